import { type Desk, isHidden, isListed, isUnderProtection, momentOf, providerReader } from '../access/index.ts';
import type { SystemActor } from '../shared/actor.ts';
import type { PatientId, ThingId } from '../shared/ids.ts';
import { onceFor } from '../shared/once.ts';
import type { Contribution, ContributionKind } from './domain/model.ts';
import type { PlanRecord } from './store/record.ts';
import { KINDS } from './store/tables.ts';
import { loadForTelling } from './store/told.ts';
import { contributionFactsIn, factsOf, planOf } from './view/facts.ts';

/** Something that has happened, as far as it must be known to judge who may be told. */
export interface Happening {
  readonly event: string;
  readonly planId?: ThingId;
  readonly resourceKind: string;
  readonly resourceId: ThingId;
  readonly ownerProvider: string;
  /** When it happened, business time. */
  readonly at: string;
}

/**
 * Which of these happenings in one plan (or about the person alone) the system's provider may be told of at this moment, on facts read now:
 * of a contribution when the provider may know of it, of the person and of consents when they are the provider's own, of a stay in hospital
 * unless it was told while the person was protected. Of somebody
 * who has died nothing more is told but that the person's own entry has changed.
 *
 * @returns one answer for each, in their order
 */
export async function mayTellProvider(
  desk: Pick<Desk, 'pool' | 'clock' | 'law'>,
  actor: SystemActor,
  about: { readonly patientId: PatientId; readonly planId?: ThingId },
  happenings: readonly Happening[],
): Promise<readonly boolean[]> {
  const sealed = await loadForTelling(desk.pool, actor, { ...about, ...momentOf(desk) });
  return sealed.facts((record) => {
    const judge = judgeOf(record, actor);
    return happenings.map(judge);
  });
}

function judgeOf(record: PlanRecord, actor: SystemActor): (happening: Happening) => boolean {
  const aboutPerson = factsOf(record, actor);
  if (!record.patientKnown || isHidden(actor, aboutPerson)) return () => false;
  const hasDied = record.law.patient?.deceasedOn !== undefined;
  const things = new Map<ThingId, { kind: ContributionKind; thing: Contribution }>();
  for (const kind of KINDS) for (const thing of record.content[kind]) things.set(thing.id, { kind, thing });
  const factsFor = contributionFactsIn(record);
  const readerIn = onceFor((planId: ThingId) => providerReader(actor, factsOf(record, actor, planId)));
  const isListedNow = isListed(actor, aboutPerson);
  return ({ event, resourceKind, resourceId, ownerProvider, planId, at }) => {
    const isOwn = ownerProvider === actor.providerHsaId;
    if (hasDied) return isOwn && event === 'patient.changed';
    const found = things.get(resourceId);
    if (found) return readerIn(planOf(found.thing))(factsFor(found.kind, found.thing));
    const isOfStay = resourceKind === 'discharge-message';
    if (isOfStay && !isListedNow && isUnderProtection(record.protectedWhile, at)) return false;
    return isOwn && (planId === undefined || things.has(planId));
  };
}
