import { DEFAULT_LAW_SETTINGS, type Desk, type GivenConsent, type LawFacts, sipStandsAfter } from '../access/index.ts';
import { auditRow } from '../audit/index.ts';
import type { RowChange } from '../db/save-rows.ts';
import type { OutboxEvent } from '../events/index.ts';
import type { SystemActor } from '../shared/actor.ts';
import { addMonths } from '../shared/calendar.ts';
import { NIL_PATIENT, type PatientId } from '../shared/ids.ts';
import type { Act } from '../shared/owned.ts';
import { toRfc3339Utc } from '../shared/rfc3339.ts';
import { endOfDay, startOfDay } from '../shared/swedish-time.ts';
import type { Change } from './domain/contribution.ts';
import { handoversBack } from './domain/handover-consent.ts';
import type { Handover, PlanContent } from './domain/model.ts';
import { applyChanges } from './domain/plan-in-hand.ts';
import { holdUncovered } from './domain/sip-on-hold.ts';
import { hasLostConsent } from './planning-consent.ts';
import { eventsOf, fieldsOf, resourcesOf, rowsOf } from './store/changes.ts';
import type { PlanRecord } from './store/record.ts';
import { planFacts } from './view/facts.ts';

type Consents = NonNullable<LawFacts['consents']>;

/** Every active SIP that these consents do not cover rests from now on; a recipient without whom it is covered only leaves. */
export function uncoveredSips(record: PlanRecord, consents: Consents, act: Pick<Act, 'now' | 'by'>): Change<'plan'>[] {
  return record.content.plan.flatMap((plan) => {
    if (plan.kind !== 'SIP' || plan.status !== 'active' || plan.enteredInError) return [];
    const person = { ...record.law, now: record.now, units: record.units, isSelf: false, patientKnown: true };
    const standing = sipStandsAfter(consents, { ...person, plan: planFacts(record, plan.id) });
    if (standing.becomes === 'stands') return [];
    return [holdUncovered(plan, standing.uncovered, standing.explainBy, act) as Change<'plan'>];
  });
}

/**
 * Open handovers in a SIP go back to whom they came from when consent to plan together no longer holds for who is asked.
 *
 * @param hasFallen whether a consent that does not hold did so when the handover was offered
 */
export function uncoveredHandovers(
  record: PlanRecord,
  consents: Consents,
  hasFallen: (consent: GivenConsent, handover: Handover) => boolean,
  act: Pick<Act, 'now' | 'by'>,
): Change[] {
  const covers = (handover: Handover) => !hasLostConsent(record, consents, handover, (one) => hasFallen(one, handover));
  return handoversBack(record.content, covers, act);
}

/** Whether a consent has ended by the clock since the handover was offered: its own end, or that the child came of age. */
function hasEndedSince({ state, from, until }: GivenConsent, { offeredAt }: Handover, now: number): boolean {
  return state === 'given' && Date.parse(from) <= now && Date.parse(until) > Date.parse(offeredAt);
}

/** When the next consent to plan together ends: by its own end, or with the childhood that guardians answered in. */
function nextEnd({ law, now }: PlanRecord): number | undefined {
  const standing = (law.consents ?? []).filter(({ type, state }) => type === 'sip' && state === 'given');
  const { guardianConsentUntilAge } = law.settings ?? DEFAULT_LAW_SETTINGS;
  const birthDate = law.patient?.birthDate;
  const ends = standing.flatMap(({ until, guardians }) => {
    if (!guardians || birthDate === undefined) return [Date.parse(until)];
    const ofAge = addMonths(birthDate, guardianConsentUntilAge * 12);
    // Who is born on a leap day comes of age on the first of March.
    return [Date.parse(until), startOfDay(ofAge), endOfDay(ofAge)];
  });
  const ahead = ends.filter((at) => at > now);
  return ahead.length > 0 ? Math.min(...ahead) : undefined;
}

/** What ended consents have done by the clock alone, to be written in the transaction that the record was read in. */
export interface Rested {
  readonly rows: readonly RowChange[];
  /** What is told of it. */
  readonly events: readonly OutboxEvent[];
  /** The person's plans as they are then. */
  readonly content: PlanContent;
  /** When the next consent to plan together ends. */
  readonly nextAt?: number;
}

/**
 * Lets every active SIP rest whose consents have ended (docs/domain.md 7): nobody has read others' contributions since
 * that moment, and now the plan says so, and somebody owes the patient an explanation. What was on its way to whom the
 * consent was for goes back. The service itself does it, and it stands in the person's log.
 *
 * @param service who the log names
 */
export function restUncovered(desk: Desk, record: PlanRecord, service: SystemActor): Rested {
  const consents = record.law.consents ?? [];
  const act = { now: toRfc3339Utc(record.now), by: { kind: 'system', name: 'Patientkontrakt' } } as const;
  const hasFallen = (consent: GivenConsent, handover: Handover) => hasEndedSince(consent, handover, record.now);
  const ended = [
    ...(uncoveredSips(record, consents, act) as Change[]),
    ...uncoveredHandovers(record, consents, hasFallen, act),
  ];
  // Nobody has written anything: whoever signed still stands for it.
  const changes = ended.map(({ kind, before, after }) => {
    const { signedBy, signedAt } = before ?? after;
    return { kind, before, after: { ...after, ...(signedBy && signedAt ? { signedBy, signedAt } : {}) } } as Change;
  });
  const nextAt = nextEnd(record);
  const next = nextAt === undefined ? {} : { nextAt };
  if (changes.length === 0) return { rows: [], events: [], content: record.content, ...next };
  const content = applyChanges(record.content, changes);
  const rows = [...rowsOf(changes, content), logRow(desk, changes, service)];
  return { rows, events: eventsOf(changes), content, ...next };
}

function logRow(desk: Desk, changes: readonly Change[], service: SystemActor): RowChange {
  const patientId: PatientId = changes[0]?.after.patientId ?? NIL_PATIENT;
  const entry = auditRow(
    {
      actor: service,
      patientId,
      activity: 'Skriva',
      action: 'plan.transition',
      outcome: 'Beviljad',
      resources: resourcesOf(changes),
      particulars: fieldsOf(changes),
      requestId: desk.ids.thingId(),
      route: 'consent-ended',
    },
    desk.ids.thingId(),
    new Date(desk.realNow()),
  );
  return { table: 'audit_entries', write: 'insert', row: entry };
}
