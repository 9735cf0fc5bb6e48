import {
  type Action,
  type Answered,
  type Asking,
  changedBy,
  type Desk,
  demandLegalBasis,
  type Grant,
  legalBasisOf,
  momentOf,
  ownerOf,
  type Sent,
  type Target,
  writing,
} from '../access/index.ts';
import type { IdempotentResult } from '../db/idempotency.ts';
import type { Actor } from '../shared/actor.ts';
import type { PatientId, ThingRef } from '../shared/ids.ts';
import type { Act, HsaId, LegalBasis, RecordedBy } from '../shared/owned.ts';
import { notFound, stale } from '../shared/problems.ts';
import { toRfc3339Utc } from '../shared/rfc3339.ts';
import type { UnitFacts } from '../shared/unit-facts.ts';
import type { SharingChange, SharingKind, SharingThings } from './domain/model.ts';
import { sharingEvents, sharingResource, sharingRow } from './store/changes.ts';
import { loadSharing, type SharingRecord } from './store/record.ts';

export type { SharingRecord } from './store/record.ts';

/** What a rule of this slice is given: the record under the lock, the act, and the thing that the request names. */
export interface SharingContext<K extends SharingKind> {
  readonly actor: Actor;
  readonly record: SharingRecord;
  readonly act: Act;
  /** The key that something new is written on. */
  readonly patientId: PatientId;
  /** The acting unit; absent for citizens. */
  readonly unit?: UnitFacts;
  readonly thing?: SharingThings[K];
}

/** Whose data an act of a citizen is about: who owns what is then written. Nobody when it is about all of them. */
export interface Party {
  readonly provider?: HsaId;
  readonly unit?: HsaId;
}

export interface SharingAct<K extends SharingKind> extends Sent {
  readonly action: Action;
  readonly patientId: PatientId;
  /** The kind that is answered with. */
  readonly kind: K;
  /** What else the rule must know. */
  readonly alsoReads?: readonly SharingKind[];
  /** The thing that the request changes. */
  readonly about?: ThingRef;
  readonly status: 200 | 201;
  /** Units and providers that the request names. */
  readonly named?: readonly HsaId[];
  readonly legalBasis?: LegalBasis;
  /** What the act is aimed at, for the policy. Never throws: what is wrong with it the rule says, once let in. */
  readonly target?: (record: SharingRecord, thing: SharingThings[K] | undefined) => Target | undefined;
  /** Whose data a citizen's act is about. */
  readonly party?: (record: SharingRecord) => Party;
  /** Gives the changes, the one that is answered with first. Throws a Problem to write nothing. */
  readonly rule: (context: SharingContext<K>) => readonly SharingChange[];
}

/**
 * Records, changes or ends something that the law is judged by. It acts on the very next request: history, log entry
 * and event are written with it or not at all.
 *
 * @throws notFound for a person or thing that is not there or may not be known of; stale; what the rule refuses
 */
export function changeSharing<K extends SharingKind>(
  desk: Desk,
  asking: Asking,
  spec: SharingAct<K>,
): Promise<Answered<SharingThings[K]>> {
  const { patientId, kind, about, status } = spec;
  const kinds = [kind, ...(spec.alsoReads ?? [])];
  return writing<SharingRecord, Action, SharingThings[K]>(desk, asking, {
    action: spec.action,
    patientId,
    idempotency: spec.idempotency,
    load: (client, made) =>
      loadSharing(client, asking.actor, {
        patientId: made?.patientId ?? patientId,
        kinds,
        named: spec.named,
        ...momentOf(desk),
      }),
    facts: (record) => ({ ...record.facts, target: spec.target?.(record, about && findThing(record, kind, about)) }),
    work: (grant, record) => {
      const context = contextOf(desk, asking.actor, record, spec, grant);
      const changes = spec.rule(context);
      const first = changes[0]!;
      return {
        rows: changes.map(sharingRow),
        events: changes.flatMap(sharingEvents),
        resources: changes.map((change) => sharingResource(change.kind, change.after)),
        particulars: { kind: first.kind, change: first.before ? 'changed' : 'new' },
        result: { status, patientId: first.after.patientId, resourceKind: first.kind, resourceId: first.after.id },
        answer: first.after as SharingThings[K],
      };
    },
    replay: (_grant, record, made) => madeThing(record, kind, made),
    shownBy: (thing) => [sharingResource(kind, thing)],
  });
}

function contextOf<K extends SharingKind>(
  desk: Desk,
  actor: Actor,
  record: SharingRecord,
  spec: SharingAct<K>,
  grant: Grant,
): SharingContext<K> {
  const { goesBy, facts } = record;
  if (!goesBy) throw notFound();
  const thing = spec.about && demandThing(record, spec.kind, spec.about);
  if (thing && spec.expectedRevision !== undefined && thing.revision !== spec.expectedRevision) {
    throw stale({ extra: { revision: thing.revision } });
  }
  const unit = actor.kind === 'staff' ? facts.actorUnit : undefined;
  if (unit) demandLegalBasis(unit, spec.legalBasis);
  const act: Act = {
    now: toRfc3339Utc(record.now),
    by: byWhom(actor, grant),
    owner: unit ? ownerOf(actor, unit) : ownedFor(actor, record, spec.party?.(record) ?? {}, grant),
    legalBasis: unit ? legalBasisOf(unit) : 'HSL',
    newId: () => desk.ids.thingId(),
  };
  return { actor, record, act, patientId: goesBy, unit, thing };
}

/** A guardian or representative is not the patient, and the history says so. */
function byWhom(actor: Actor, { relation }: Grant): Act['by'] {
  const by = changedBy(actor);
  return actor.kind === 'citizen' && relation !== 'patient' ? { ...by, kind: 'relative' } : by;
}

/** What a citizen asks of one provider is that provider's record; what is asked of all of them belongs to none. */
function ownedFor(actor: Actor, record: SharingRecord, { provider, unit }: Party, grant: Grant): RecordedBy {
  const facts = unit === undefined ? undefined : record.units.get(unit);
  const owner = provider ?? facts?.provider.hsaId ?? '';
  const { kind, name } = byWhom(actor, grant);
  const principal = facts?.principal.hsaId ?? record.providers.get(owner)?.principal ?? '';
  return { kind, ...(name === undefined ? {} : { name }), unit: unit ?? owner, provider: owner, principal };
}

/** The thing that a request names, if the person has it. */
export function findThing<K extends SharingKind>(
  record: SharingRecord,
  kind: K,
  ref: ThingRef,
): SharingThings[K] | undefined {
  const things = record.things[kind] as readonly SharingThings[K][];
  return things.find(({ id, patientId }) => id === ref.id && patientId === ref.patientId);
}

/** @throws notFound */
export function demandThing<K extends SharingKind>(record: SharingRecord, kind: K, ref: ThingRef): SharingThings[K] {
  const found = findThing(record, kind, ref);
  if (!found) throw notFound();
  return found;
}

/** What an earlier request with the same key made, as it is now. */
function madeThing<K extends SharingKind>(record: SharingRecord, kind: K, made: IdempotentResult): SharingThings[K] {
  return demandThing(record, kind, { patientId: made.patientId, id: made.resourceId });
}
