import {
  type Action,
  type Answered,
  type Asking,
  changedBy,
  type Desk,
  type GivenConsent,
  givenConsent,
  type LawFacts,
  momentOf,
  type Sent,
  writing,
} from '../access/index.ts';
import {
  type AnswerOfGuardian,
  answerAsGuardian,
  CONSENT,
  type Consent,
  consentEvents,
  consentResource,
  consentRow,
  mayKnowConsent,
  withdrawConsent as withdraw,
} from '../consents/index.ts';
import type { ThingId, ThingRef } from '../shared/ids.ts';
import type { Act } from '../shared/owned.ts';
import { notFound, stale } from '../shared/problems.ts';
import { toRfc3339Utc } from '../shared/rfc3339.ts';
import type { Change } from './domain/contribution.ts';
import { applyChanges } from './domain/plan-in-hand.ts';
import { uncoveredHandovers, uncoveredSips } from './rest-uncovered.ts';
import { eventsOf, resourcesOf, rowsOf } from './store/changes.ts';
import { askedBy, type ChangeRecord, loadForChange } from './store/record.ts';
import { factsOf, planFacts } from './view/facts.ts';

type ConsentRule = (act: Pick<Act, 'now' | 'by'>, consent: Consent, record: ChangeRecord) => Consent;

/**
 * Withdraws a consent, for the patient and for staff who are told so. It holds from this moment, and in the same
 * transaction an active SIP that it no longer covers goes on hold.
 *
 * @throws notFound, stale; consentNotGiven
 */
export function withdrawConsent(
  desk: Desk,
  asking: Asking,
  ref: ThingRef,
  reason: string | undefined,
  sent: Sent = {},
): Promise<Answered<Consent>> {
  return changeConsent(desk, asking, ref, sent, 'consent.withdraw', (act, consent) => withdraw(act, consent, reason));
}

/**
 * Notes one guardian's answer to a consent for a child. A no from one takes the ground away, just as a withdrawal does.
 *
 * @throws notFound, stale; consentNotGiven, consentNotByGuardians, consentGuardianUnknown
 */
export function recordGuardianAnswer(
  desk: Desk,
  asking: Asking,
  ref: ThingRef,
  answer: AnswerOfGuardian,
  sent: Sent = {},
): Promise<Answered<Consent>> {
  return changeConsent(desk, asking, ref, sent, 'consent.record', (act, consent, { guardians }) =>
    answerAsGuardian(act, consent, answer, guardians.all),
  );
}

function changeConsent(
  desk: Desk,
  asking: Asking,
  ref: ThingRef,
  sent: Sent,
  action: Action,
  rule: ConsentRule,
): Promise<Answered<Consent>> {
  const { actor } = asking;
  return writing<ChangeRecord, Action, Consent>(desk, asking, {
    action,
    patientId: ref.patientId,
    idempotency: sent.idempotency,
    load: (client) =>
      loadForChange({ pool: desk.pool, client }, actor, { patientId: ref.patientId, ...momentOf(desk) }),
    facts: (record) => factsOf(record, actor),
    work: ({ relation }, record) => {
      const before = demandConsent(record, asking, ref);
      const { expectedRevision } = sent;
      if (expectedRevision !== undefined && before.revision !== expectedRevision) {
        throw stale({ extra: { revision: before.revision } });
      }
      const by = changedBy(actor);
      // A guardian or representative is not the patient, and the history says so.
      const isOther = actor.kind === 'citizen' && relation !== 'patient';
      const act = { now: toRfc3339Utc(record.now), by: isOther ? ({ ...by, kind: 'relative' } as const) : by };
      const consent = rule(act, before, record);
      const changes = changesOf(record, consent, act);
      return {
        rows: [consentRow(consent, 'update'), ...rowsOf(changes, applyChanges(record.content, changes))],
        events: [...consentEvents(consent), ...eventsOf(changes)],
        resources: [consentResource(consent), ...resourcesOf(changes)],
        particulars: { changed: [consent.state === before.state ? 'guardianAnswers' : 'state'] },
        result: {
          status: 200,
          patientId: consent.patientId,
          planId: consent.planId,
          resourceKind: CONSENT,
          resourceId: consent.id,
        },
        answer: consent,
      };
    },
    replay: (_grant, record, made) => demandConsent(record, asking, { ...made, id: made.resourceId }),
    shownBy: (consent) => [consentResource(consent)],
  });
}

/** The consent that a request names, among those that its actor may know of. @throws notFound */
export function demandConsent(record: ChangeRecord, { actor }: Asking, ref: ThingRef): Consent {
  const found = askedBy(record).consents.find(({ id, patientId }) => id === ref.id && patientId === ref.patientId);
  const unit = actor.kind === 'staff' ? record.units.get(actor.unitHsaId) : undefined;
  if (!found || !mayKnowConsent({ actor, unit, plansOfUnit: plansOf(record, unit?.hsaId) }, found)) throw notFound();
  return found;
}

/** Plans that a unit leads, has made or takes part in. */
function plansOf(record: ChangeRecord, unit: string | undefined): ReadonlySet<ThingId> {
  const plans = record.content.plan.filter(({ id }) => {
    const { participants, leadUnit, createdByUnit } = planFacts(record, id);
    const takesPart = participants.some(
      (one) => one.unit === unit && (one.state === 'invited' || one.state === 'accepted'),
    );
    return unit !== undefined && (takesPart || leadUnit === unit || createdByUnit === unit);
  });
  return new Set(plans.map(({ id }) => id));
}

/** The person's consents as the policy takes them, with one of them as it becomes. */
function consentsWith(record: ChangeRecord, consent: Consent): readonly GivenConsent[] {
  const given = givenConsent(consent, record.guardians.today);
  const consents: NonNullable<LawFacts['consents']> = record.law.consents ?? [];
  return consents.map((one) => (one.id === consent.id ? given : one));
}

/** What a consent to plan together does to the SIPs that rested on it, and to what was on its way in them. */
function changesOf(record: ChangeRecord, consent: Consent, act: Pick<Act, 'now' | 'by'>): Change[] {
  if (consent.type !== 'sip') return [];
  const consents = consentsWith(record, consent);
  const back = uncoveredHandovers(record, consents, ({ id }) => id === consent.id, act);
  return [...uncoveredSips(record, consents, act), ...back] as Change[];
}
