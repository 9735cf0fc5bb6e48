import { findUnit, principalOf, providerOf } from './places.ts';
import type { PlanOf, Thing, Who, World } from './world.ts';

/** Text that only colleagues may read: an answer that holds it showed the whole of a thing. */
export const CLINICAL = 'Bara för kollegor';
export const TITLE = 'Planens rubrik';
/** Where steps are done. */
export const PLACE = 'Storgatan 1, Testeryd';

/** A party as plans write it. */
export function partyOf(who: Who): object {
  if (who === 'patient') return { kind: 'patient' };
  if (who === 'nobody-here') return { kind: 'other', name: 'Försäkringskassan' };
  if ('related' in who) return { kind: 'relative', relatedPersonId: who.related };
  const { area } = findUnit(who.unit)!;
  if (area === 'school' || area === 'other') return { kind: 'other', unit: who.unit };
  if (principalOf(who.unit).kind === 'region') return { kind: 'region', unit: who.unit };
  const isCare = providerOf(who.unit).kind === 'care';
  return { kind: isCare ? 'municipality-health' : 'municipality-social', unit: who.unit };
}

export function headerContent({ kind, status, creator, lead, leadPrincipal }: PlanOf): object {
  return {
    ...{ kind, status, title: TITLE, purpose: 'Trygg hemma', language: 'sv', createdByUnit: creator, leadUnit: lead },
    ...(leadPrincipal ? { leadPrincipal } : {}),
    ...(status === 'on-hold' ? { onHold: { reason: 'Vila', decidesUnit: lead } } : {}),
    ...(status === 'declined' ? { declined: { reason: 'Inte nu' } } : {}),
  };
}

const DAY = '2030-01-01';
const AT = '2030-01-01T10:00:00.000Z';

type Fields = { readonly [K in Thing['kind']]: (thing: Thing, place: number) => object };

const FIELDS: Fields = {
  'what-matters': () => ({ text: 'Min stol vid fönstret' }),
  goal: ({ state }) => ({ text: 'Gå till brevlådan', clinicalText: CLINICAL, whose: 'patient', state }),
  'named-contact': ({ state, unit }) => ({
    role: 'fast-vardkontakt',
    state,
    unit,
    roleName: 'Sjuksköterska',
    away: [],
    isPrimary: false,
  }),
  participant: ({ state, party, writtenAt }) => ({
    party: partyOf(party!),
    state,
    invitedAt: new Date(writtenAt).toISOString(),
  }),
  step: ({ state, party, unit, support }, place) => ({
    ...{
      title: 'Viktkontroll',
      clinicalText: CLINICAL,
      patientText: 'Du vägs hemma.',
      purpose: 'treatment',
      healthMeasure: false,
    },
    ...{ state, responsibleParty: partyOf(party!), responsibleNow: unit, predecessors: [], order: place },
    ...(support ? { supportUnit: support } : {}),
    way: { kind: 'visit', place: PLACE },
  }),
  report: ({ about, id }) => ({
    stepId: about,
    outcome: 'done',
    performedAt: AT,
    reportedAt: AT,
    clientKey: id,
    note: CLINICAL,
    patientText: 'Gjort',
  }),
  'self-care-assessment': ({ about, owner }) => ({
    ...{ stepId: about, assessor: { staff: `${owner}P`, name: 'Någon', profession: 'sjuksköterska' }, unit: owner },
    ...{ assessedOn: DAY, reviewOn: DAY, helpNeeded: 'Ingen', ifItFails: 'Ring' },
  }),
  commitment: ({ state, party, to }, place) => ({
    by: partyOf(party!),
    to: partyOf(to!),
    text: 'Vi ringer',
    state,
    order: place,
  }),
  'safety-net-item': (_thing, place) => ({ level: 'yellow', sign: 'Yr', advice: 'Ring', order: place }),
  'agreement-version': ({ state, parts = [] }) => ({
    ...{ version: 1, state, proposedAt: AT },
    parts: parts.map(({ id, kind, party }) => ({ id, kind, revision: 1, party: partyOf(party) })),
  }),
  'agreement-act': ({ party }) => ({
    version: 1,
    party: partyOf(party!),
    act: 'approval',
    method: 'oral',
    standing: 'given',
    givenAt: AT,
  }),
  receipt: () => ({ version: 1, side: 'staff', answers: { safe: true }, method: 'oral', answeredAt: AT }),
  'follow-up': ({ unit, done }) => ({ plannedOn: DAY, responsibleUnit: unit, ...(done ? { doneOn: DAY } : {}) }),
  link: () => ({ to: 'other', title: 'Länk', url: 'https://example.org/' }),
  remark: ({ about }) => ({ what: 'comment', text: 'En fråga', ...(about ? { aboutId: about } : {}) }),
};

/** A thing's own fields; what the law does not ask about is always the same. */
export function contentOf(_world: World, thing: Thing, place: number): object {
  return FIELDS[thing.kind](thing, place);
}
