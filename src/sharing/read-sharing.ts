import {
  type Action,
  type Asking,
  citizenMayKnow,
  type Desk,
  decide,
  momentOf,
  type OnRecord,
  reading,
  type Target,
} from '../access/index.ts';
import type { PatientId, ThingRef } from '../shared/ids.ts';
import type { HsaId } from '../shared/owned.ts';
import { notFound } from '../shared/problems.ts';
import { demandThing } from './change-sharing.ts';
import type { SharingKind, SharingThing, SharingThings } from './domain/model.ts';
import { sharingResource } from './store/changes.ts';
import { loadSharing, type SharingRecord } from './store/record.ts';

/** How things of one kind are read. */
export interface SharingReading<K extends SharingKind> {
  readonly action: Action;
  readonly kind: K;
  readonly patientId: PatientId;
  /** One thing; absent for all of the person's. */
  readonly about?: ThingRef;
  /** What a reader of one thing must be allowed to be aimed at; each thing that fails it is left out. */
  readonly targetOf?: (thing: SharingThings[K]) => Target;
}

/**
 * Reads what is recorded of one kind: for the patient all that is in direct access, for staff what their own provider has recorded or is
 * named in, since who else the patient turns to is not for them to know (PDL 4:1).
 *
 * @throws notFound for a person or thing that is not there and for one that may not be known of, alike
 */
export function readSharing<K extends SharingKind>(
  desk: Desk,
  asking: Asking,
  spec: SharingReading<K>,
): Promise<readonly SharingThings[K][]> {
  const { action, kind, patientId, about } = spec;
  return reading(desk, asking, {
    action,
    load: () => loadSharing(desk.pool, asking.actor, { patientId, kinds: [kind], ...momentOf(desk) }),
    facts: (record) => ({ ...record.facts, target: ownTarget(record) }),
    patientOf: (record) => record.patientId,
    show: (_grant, record) => {
      if (!record.goesBy) throw notFound();
      const all = about ? [demandThing(record, kind, about)] : (record.things[kind] as readonly SharingThings[K][]);
      const shown = all.filter((thing) => mayRead(asking, record, thing, spec));
      if (about && shown.length === 0) throw notFound();
      return { answer: shown, resources: shown.map((thing) => sharingResource(kind, thing)), hits: shown.length };
    },
  });
}

/** Staff ask about their own unit, until it is known what each thing is about. */
function ownTarget({ facts }: SharingRecord): Target | undefined {
  const { actorUnit } = facts;
  return actorUnit && { unit: actorUnit.hsaId, provider: actorUnit.provider.hsaId };
}

/** The provider that a thing is about, or is put to. */
function namedIn(thing: SharingThing): HsaId | undefined {
  if ('askedProvider' in thing) return thing.askedProvider;
  return 'provider' in thing ? thing.provider : undefined;
}

function onRecord(thing: SharingThing): OnRecord {
  const { recordedBy, createdAt } = thing;
  // A unit that stands there is the one that recorded it, or of the provider that stands beside it.
  const named = { unit: 'unit' in thing ? thing.unit : undefined, provider: namedIn(thing) ?? recordedBy.provider };
  return { unit: recordedBy.unit, provider: recordedBy.provider, at: createdAt, names: named };
}

function mayRead<K extends SharingKind>(
  { actor }: Asking,
  record: SharingRecord,
  thing: SharingThings[K],
  { action, targetOf }: SharingReading<K>,
): boolean {
  if (actor.kind === 'citizen') return action === 'sealing.read' || citizenMayKnow(record.facts)(onRecord(thing));
  if (targetOf) return decide(action, actor, { ...record.facts, target: targetOf(thing) }).allowed;
  const own = record.facts.actorUnit?.provider.hsaId;
  return own !== undefined && (thing.recordedBy.provider === own || namedIn(thing) === own);
}
