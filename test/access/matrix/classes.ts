import type { Answers, Expected, NO_TOKEN } from './answers.ts';

/** What everybody with a token is answered: one entry per caller. */
export type Class = Omit<Answers, keyof typeof NO_TOKEN>;

/** No part in the plan: it does not exist for them. */
export const STRANGER = '404 not-found no-relation';
/** The plan is theirs to know of, this part of it is not. */
export const NOT_THERE = '404 not-found not-found';
export const ANOTHER = '404 not-found another-patient';
export const NO_PROXY = '404 not-found proxy-not-allowed';
export const TOO_OLD = '404 not-found child-too-old-for-guardian';
export const NOT_FOR_YOU = '403 forbidden not-for-this-actor';
const WRONG_KIND = '403 actor-not-allowed not-for-this-actor';

/** Refused by a rule of the plan or the person, which the log has by the same name. */
export const rule = (code: string): Expected => `403 ${code} ${code}`;
/** Refused by the policy for want of a right or a relation. */
export const lacks = (reason: string): Expected => `403 forbidden ${reason}`;

/** Staff without any part, of a unit that is invited, and the one whose it is. One answer is for all three. */
export function staff(outsider: Expected, participant = outsider, rightful = outsider) {
  return { outsider, participant, rightful };
}

/** The patient, and who lawfully stands in the patient's place; everybody else of the public knows of nothing. */
export function patientSide(answer: Expected) {
  return {
    ...{ patient: answer, otherPatient: ANOTHER, representative: answer, proxy: NO_PROXY },
    ...{ guardian12: answer, guardian13: TOO_OLD, guardian16: TOO_OLD },
  };
}

export function citizens(answer: Expected) {
  return {
    ...{ patient: answer, otherPatient: answer, representative: answer, proxy: answer },
    ...{ guardian12: answer, guardian13: answer, guardian16: answer },
  };
}

/** A system of a provider with a part in the plan, and one of another. */
export const systems = (system: Expected, otherSystem = system) => ({ system, otherSystem });

export const NO_STAFF = staff(WRONG_KIND);
export const NO_CITIZENS = citizens(WRONG_KIND);
export const NO_SYSTEMS = systems(WRONG_KIND);

// ---------------------------------------------------------------- what concerns nobody
/** For whoever has a sign-in. */
export const EVERYONE: Class = { ...staff('200'), ...citizens('200'), ...systems('200') };
export const AT_WORK: Class = { ...staff('200'), ...NO_CITIZENS, ...systems('200') };

// ---------------------------------------------------------------- plans
/** For the team, the patient's side and systems of the team, whatever they then see of it. */
export const OF_TEAM: Class = { ...staff(STRANGER, '200', '200'), ...patientSide('200'), ...systems('200', STRANGER) };
/** The same for one thing in the plan, which a participant without duty or relation is not shown. */
export const SEEN_THINGS: Class = { ...OF_TEAM, participant: NOT_THERE };
/** Anybody of the team adds, also the patient; `BY_SYSTEMS` too. */
export const ADDED: Class = { ...staff(STRANGER, '201', '201'), ...patientSide('201'), ...NO_SYSTEMS };
export const ADDED_BY_SYSTEMS: Class = { ...ADDED, ...systems('201', STRANGER) };
export const ADDED_BY_STAFF: Class = { ...ADDED, ...NO_CITIZENS };
export const ADDED_BY_WORK: Class = { ...ADDED_BY_SYSTEMS, ...NO_CITIZENS };
/** Something is added beside what only who has a duty sees. */
export const ADDED_BESIDE: Class = { ...ADDED, participant: NOT_THERE };
export const ADDED_BESIDE_BY_STAFF: Class = { ...ADDED_BESIDE, ...NO_CITIZENS };
/** Changed by the unit whose it is; the patient, who sees it, is told by which rule not. */
export const changedBy = (told: Expected): Class => ({
  ...{ ...staff(STRANGER, NOT_THERE, '200'), ...patientSide(told), ...NO_SYSTEMS },
});
export const changedByWork = (told: Expected): Class => ({ ...changedBy(told), ...systems('200', STRANGER) });
export const CHANGED_BY_STAFF: Class = { ...changedBy('200'), ...NO_CITIZENS };
export const CHANGED_BY_WORK: Class = { ...CHANGED_BY_STAFF, ...systems('200', STRANGER) };
/** Of the planning lead alone: others of the team are told so. */
export const OF_LEAD: Class = { ...CHANGED_BY_STAFF, participant: rule('planning-lead-only') };

// ---------------------------------------------------------------- persons
/** Staff of a unit inside the law, of whatever part; what is found is filtered. */
export const STAFF: Class = { ...staff('200'), ...NO_CITIZENS, ...NO_SYSTEMS };
export const STAFF_ADDS: Class = { ...staff('201'), ...NO_CITIZENS, ...NO_SYSTEMS };
export const STAFF_OR_PATIENT: Class = { ...staff('200'), ...patientSide('200'), ...NO_SYSTEMS };
/** One thing of a provider's own: for that provider and the patient's side. */
export const OWN_PROVIDERS: Class = { ...STAFF_OR_PATIENT, participant: NOT_THERE };
/** Between units that are told: for everybody else it is not there. */
export const CONCERNED: Class = { ...STAFF, outsider: NOT_THERE, participant: NOT_THERE };
/** The same for the systems of their providers. */
export const CONCERNED_BY_WORK: Class = { ...CONCERNED, ...systems('200', NOT_THERE) };
/** Takes a right that is given apart from the others. */
export const withRight = (reason: string, answer: Expected = '200'): Class => ({
  ...{ ...staff(lacks(reason), lacks(reason), answer), ...NO_CITIZENS, ...NO_SYSTEMS },
});
/** The same for staff; the patient needs none, and a guardian may not. */
export const withRightOrPatient = (reason: string, answer: Expected = '200'): Class => ({
  ...{ ...withRight(reason, answer), ...patientSide(answer), guardian12: NOT_FOR_YOU },
});
/** What a citizen asks about without saying who: the own record, and never somebody else's. */
export const OWN: Class = {
  ...{ ...NO_STAFF, ...citizens(ANOTHER), ...NO_SYSTEMS },
  ...{ patient: '200', otherPatient: '200' },
};
export const PATIENT_SIDE: Class = { ...NO_STAFF, ...patientSide('200'), ...NO_SYSTEMS };

/** What a relative has taken on, which is closed unless a deployment opens it. */
export const OF_RELATIVES: Class = { ...NO_STAFF, ...patientSide(NOT_FOR_YOU), ...NO_SYSTEMS };

// ---------------------------------------------------------------- systems
/** For any registered system, about its own provider. */
export const SYSTEMS: Class = { ...NO_STAFF, ...NO_CITIZENS, ...systems('200') };
/** What one system has set up: another's is not there. */
export const OWN_SYSTEM: Class = { ...SYSTEMS, otherSystem: NOT_THERE };
