import { type Asking, citizenMayKnow, type Desk, momentOf, reading } from '../access/index.ts';
import { namedAsRecipient } from '../consents/index.ts';
import type { Actor } from '../shared/actor.ts';
import type { PatientId, ThingId, ThingRef } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import type { Disclosure } from './domain/disclosure.ts';
import type { Contribution } from './domain/model.ts';
import { type DisclosuresOfPerson, disclosureResource, loadDisclosures } from './store/disclosures.ts';
import { copiedWordings } from './view/copied.ts';

/** A copy, and what of its wordings the reader is shown. */
export interface ShownDisclosure {
  readonly made: Disclosure;
  readonly wordings: ReadonlyMap<ThingId, Contribution>;
}

/**
 * Lists the copies that have been made about a person: to the patient all in direct access, to staff those that their provider has made
 * and those that their unit or provider was handed.
 *
 * @throws notFound
 */
export function listDisclosures(desk: Desk, asking: Asking, patientId: PatientId): Promise<readonly ShownDisclosure[]> {
  return read(desk, asking, patientId, (all) => all);
}

/**
 * Reads one copy as it was handed over, for its receiver; for who made it and for the patient, what of it is theirs to
 * read now.
 *
 * @throws notFound
 */
export async function readDisclosure(desk: Desk, asking: Asking, ref: ThingRef): Promise<ShownDisclosure> {
  const [found] = await read(desk, asking, ref.patientId, (all) => {
    const one = all.filter(({ id, patientId }) => id === ref.id && patientId === ref.patientId);
    if (one.length === 0) throw notFound();
    return one;
  });
  return found!;
}

function read(
  desk: Desk,
  asking: Asking,
  patientId: PatientId,
  choose: (all: readonly Disclosure[]) => readonly Disclosure[],
): Promise<readonly ShownDisclosure[]> {
  const { actor } = asking;
  return reading(desk, asking, {
    action: 'disclosure.read',
    load: () => loadDisclosures(desk.pool, actor, { patientId, ...momentOf(desk) }),
    facts: (record) => record.facts,
    patientOf: () => patientId,
    show: (_grant, record) => {
      if (!record.goesBy) throw notFound();
      const shown = choose(record.disclosures.filter((one) => concerns(one, actor, record)));
      const resources = shown.flatMap((one) => [
        disclosureResource(one),
        ...one.items.map(({ kind, id, wording }) => ({ kind, id, owner: wording.recordedBy.provider })),
      ]);
      const answer = shown.map((made) => ({ made, wordings: copiedWordings(record, actor, made) }));
      return { answer, resources, hits: shown.length };
    },
  });
}

function concerns(
  { receiver, recordedBy, createdAt }: Disclosure,
  actor: Actor,
  { facts, receiverUnits }: DisclosuresOfPerson,
): boolean {
  const { actorUnit: unit } = facts;
  if (actor.kind === 'citizen') {
    const names = namedAsRecipient(receiver, receiverUnits);
    return citizenMayKnow(facts)({ unit: recordedBy.unit, provider: recordedBy.provider, at: createdAt, names });
  }
  if (!unit) return false;
  if (recordedBy.provider === unit.provider.hsaId) return true;
  if (receiver.kind === 'unit') return receiver.hsaId === unit.hsaId;
  return receiver.kind === 'provider' && receiver.hsaId === unit.provider.hsaId;
}
