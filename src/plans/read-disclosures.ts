import { type Asking, citizenMayKnow, type Desk, momentOf, reading } from '../access/index.ts';
import { namedAsRecipient } from '../consents/index.ts';
import type { Actor } from '../shared/actor.ts';
import type { PatientId, ThingRef } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import type { Disclosure } from './domain/disclosure.ts';
import { type DisclosuresOfPerson, disclosureResource, loadDisclosures } from './store/disclosures.ts';

/**
 * Lists the copies that have been made about a person: to the patient all in direct access, to staff those that their provider has made
 * and those that their unit or provider was handed.
 *
 * @throws notFound
 */
export function listDisclosures(desk: Desk, asking: Asking, patientId: PatientId): Promise<readonly Disclosure[]> {
  return read(desk, asking, patientId, (all) => all);
}

/** Reads one copy as it was handed over: for who made it, for its receiver, and for the patient. @throws notFound */
export async function readDisclosure(desk: Desk, asking: Asking, ref: ThingRef): Promise<Disclosure> {
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
): Promise<readonly Disclosure[]> {
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
      return { answer: shown, resources, hits: shown.length };
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
