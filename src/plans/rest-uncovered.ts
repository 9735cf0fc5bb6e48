import { type Desk, type LawFacts, sipStandsAfter } from '../access/index.ts';
import { auditRow } from '../audit/index.ts';
import type { RowChange } from '../db/save-rows.ts';
import { outboxRow } from '../events/index.ts';
import type { SystemActor } from '../shared/actor.ts';
import { NIL_PATIENT, type PatientId } from '../shared/ids.ts';
import type { Act } from '../shared/owned.ts';
import { toRfc3339Utc } from '../shared/rfc3339.ts';
import type { Change } from './domain/contribution.ts';
import type { PlanContent } from './domain/model.ts';
import { applyChanges } from './domain/plan-in-hand.ts';
import { holdUncovered } from './domain/sip-on-hold.ts';
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

/** What ended consents have done by the clock alone, to be written in the transaction that the record was read in. */
export interface Rested {
  readonly rows: readonly RowChange[];
  /** The person's plans as they are then. */
  readonly content: PlanContent;
  /** When the next consent to plan together ends. */
  readonly nextAt?: number;
}

/**
 * Lets every active SIP rest whose consents have ended (docs/domain.md 7): nobody has read others' contributions since
 * that moment, and now the plan says so, and somebody owes the patient an explanation. The service itself does it, and it
 * stands in the person's log.
 *
 * @param service who the log names
 */
export function restUncovered(desk: Desk, record: PlanRecord, service: SystemActor): Rested {
  const consents = record.law.consents ?? [];
  const act = { now: toRfc3339Utc(record.now), by: { kind: 'system', name: 'Patientkontrakt' } } as const;
  // Nobody has written anything: whoever signed the header still stands for it.
  const changes = uncoveredSips(record, consents, act).map(({ kind, before, after }) => {
    const { signedBy, signedAt } = before ?? after;
    return { kind, before, after: { ...after, ...(signedBy && signedAt ? { signedBy, signedAt } : {}) } } as Change;
  });
  const ends = consents
    .filter(({ type, state, until }) => type === 'sip' && state === 'given' && Date.parse(until) > record.now)
    .map(({ until }) => Date.parse(until));
  const next = ends.length > 0 ? { nextAt: Math.min(...ends) } : {};
  if (changes.length === 0) return { rows: [], content: record.content, ...next };
  const content = applyChanges(record.content, changes);
  return { rows: [...rowsOf(changes, content), ...toldOf(desk, changes, service)], content, ...next };
}

function toldOf(desk: Desk, changes: readonly Change[], service: SystemActor): RowChange[] {
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
  return [
    { table: 'audit_entries', write: 'insert', row: entry },
    ...eventsOf(changes).map(
      (event): RowChange => ({ table: 'outbox', write: 'insert', row: outboxRow(event, desk.ids.thingId()) }),
    ),
  ];
}
