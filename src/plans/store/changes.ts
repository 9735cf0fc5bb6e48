import { createHash } from 'node:crypto';
import type { AuditedResource } from '../../audit/index.ts';
import { ownedRow } from '../../db/owned-row.ts';
import type { RowChange } from '../../db/save-rows.ts';
import type { EventName, OutboxEvent } from '../../events/index.ts';
import type { Change } from '../domain/contribution.ts';
import type {
  Contribution,
  ContributionKind,
  ContributionsByKind,
  ExternalId,
  Handover,
  Plan,
  PlanContent,
  Step,
} from '../domain/model.ts';
import { dueAt } from './due-at.ts';
import { STORAGE } from './tables.ts';

/** The plan that a contribution is in; the header is in itself. */
export function planIdOf(thing: Contribution): Plan['id'] {
  return 'planId' in thing ? thing.planId : thing.id;
}

/**
 * One change per thing: a rule that changes a thing twice has made one new revision of it, since one request is one
 * change and the row can be written once.
 */
export function coalesced(changes: readonly Change[]): Change[] {
  const byId = new Map<string, Change>();
  for (const change of changes) {
    const earlier = byId.get(change.after.id);
    if (!earlier) byId.set(change.after.id, change);
    else {
      const revision = (earlier.before?.revision ?? 0) + 1;
      byId.set(change.after.id, { kind: change.kind, before: earlier.before, after: { ...change.after, revision } });
    }
  }
  return [...byId.values()];
}

/**
 * A rule's changes as rows to write, history included by the writer.
 *
 * @param content all of the person's plans as they are once the changes are made
 */
export function rowsOf(changes: readonly Change[], content: PlanContent): RowChange[] {
  const rows = changes.flatMap((change) => [rowOf(change.kind, change, content), ...externalIdRow(change)]);
  return [...rows, ...movedInList(changes, content)];
}

/** A report moves its series on in the unit's list, without being a revision of the step. */
function movedInList(changes: readonly Change[], content: PlanContent): RowChange[] {
  const written = new Set(changes.map(({ after }) => after.id));
  const reported = new Set(
    changes.flatMap(({ after }) => ('outcome' in after && 'stepId' in after ? [after.stepId] : [])),
  );
  const steps = content.step.filter((step) => reported.has(step.id) && !written.has(step.id));
  return steps.map((step) => {
    const row = { patient_id: step.patientId, id: step.id, due_at: dueAt(step, content.report) ?? 'infinity' };
    return { table: 'steps', write: 'place', row };
  });
}

/** The key by which a source system's own id is looked up: unique per provider and source. */
export function externalIdHash(provider: string, { source, id }: ExternalId): string {
  return createHash('sha256')
    .update(JSON.stringify([provider, source, id]))
    .digest('hex');
}

/** A new thing that a source system knows is entered in the look-up that alone holds that uniqueness. */
function externalIdRow({ kind, before, after }: Change): RowChange[] {
  if (before || !after.externalId) return [];
  const row = {
    hash: externalIdHash(after.recordedBy.provider, after.externalId),
    patient_id: after.patientId,
    id: after.id,
    plan_id: planIdOf(after),
    kind,
  };
  return [{ table: 'external_ids', write: 'insert', row }];
}

function rowOf<K extends ContributionKind>(kind: K, change: Change, content: PlanContent): RowChange {
  const { table, columns } = STORAGE[kind];
  const after = change.after as ContributionsByKind[K];
  return { table, write: change.before ? 'update' : 'insert', row: ownedRow(after, columns(after, content)) };
}

/** What the changes touched, for the log. */
export function resourcesOf(changes: readonly Change[]): AuditedResource[] {
  return changes.map(({ kind, after }) => ({ kind, id: after.id, owner: after.recordedBy.provider }));
}

/** Which fields the changes touched, by kind: names only. */
export function fieldsOf(changes: readonly Change[]): Record<string, unknown> {
  return {
    changed: changes.map(({ kind, before, after }) => ({
      fields: before ? changedFields(before, after) : ['*'],
      kind,
    })),
  };
}

const BOOKKEEPING = new Set(['revision', 'changedAt', 'changedBy']);

function changedFields(before: Contribution, after: Contribution): string[] {
  const was = before as unknown as Record<string, unknown>;
  const is = after as unknown as Record<string, unknown>;
  const names = new Set([...Object.keys(was), ...Object.keys(is)]);
  return [...names].filter((name) => !BOOKKEEPING.has(name) && JSON.stringify(was[name]) !== JSON.stringify(is[name]));
}

/** What is told of each change: an id and a name, no content. */
export function eventsOf(changes: readonly Change[]): OutboxEvent[] {
  return changes.map((change) => ({
    event: eventName(change),
    patientId: change.after.patientId,
    planId: planIdOf(change.after),
    resourceKind: change.kind,
    resourceId: change.after.id,
    revision: change.after.revision,
    ownerUnit: change.after.recordedBy.unit,
    ownerProvider: change.after.recordedBy.provider,
    at: change.after.changedAt,
  }));
}

/** Sent on or corrected, it is offered anew: the next one must be told. */
function handoverEvent(before: Handover | undefined, after: Handover): EventName {
  const isSame = before?.state === after.state && before.toUnit === after.toUnit;
  return isSame ? 'plan.handover.changed' : `plan.handover.${after.state}`;
}

function eventName({ kind, before, after }: Change): EventName {
  switch (kind) {
    case 'plan':
      if (!before) return 'plan.created';
      return (before as Plan).status === (after as Plan).status ? 'plan.changed' : 'plan.status-changed';
    case 'step':
      if (!before) return 'plan.step.added';
      return (before as Step).state === 'proposed' && (after as Step).state !== 'proposed'
        ? 'plan.step.answered'
        : 'plan.step.changed';
    case 'report':
      return 'plan.step.reported';
    case 'participant':
      return 'plan.participant.changed';
    case 'handover':
      return handoverEvent(before as Handover | undefined, after as Handover);
    case 'feedback':
      return before ? 'plan.feedback.changed' : 'plan.feedback.given';
    case 'agreement-version':
      if (!before) return 'plan.agreement.proposed';
      return 'agreedAt' in after && after.agreedAt ? 'plan.agreement.reached' : 'plan.content-changed';
    case 'agreement-act':
      return 'plan.agreement.answered';
    case 'receipt':
      return 'plan.receipt.answered';
    default:
      return before ? 'plan.content-changed' : 'plan.content-added';
  }
}
