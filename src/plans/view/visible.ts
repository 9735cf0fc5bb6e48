import {
  isProtectedNow,
  type Relation,
  readerOf,
  relationTo,
  type Sight,
  withoutProtectedStaff,
} from '../../access/index.ts';
import type { AuditedResource } from '../../audit/index.ts';
import type { Actor } from '../../shared/actor.ts';
import type { ThingId } from '../../shared/ids.ts';
import { onceFor } from '../../shared/once.ts';
import type { Contribution, ContributionKind, Plan, PlanContent } from '../domain/model.ts';
import type { PlanRecord } from '../store/record.ts';
import { KINDS } from '../store/tables.ts';
import { handedWording } from './circumstances.ts';
import { contributionFactsIn, factsOf, planOf } from './facts.ts';

/** One plan as one reader may see it: what is refused is not in it. */
export interface VisiblePlan {
  readonly relation: Relation;
  readonly header: Plan;
  /** An outline holds kind, status and lead only. */
  readonly headerShown: 'whole' | 'outline';
  readonly content: PlanContent;
  /** Something is left out that the law lets the reader know of, never whose or what (lag 2022:913 2:4–5). */
  readonly hasMore: boolean;
  /** Something is shown only because it was opened in an emergency: the log says so of each read. */
  readonly isEmergency: boolean;
}

/** The plans of a record that the actor may know of, each filtered contribution by contribution. */
export function visiblePlans(record: PlanRecord, actor: Actor): VisiblePlan[] {
  const plans = record.content.plan.map((plan) => visiblePlan(record, actor, plan.id));
  return plans.filter((plan) => plan !== undefined);
}

/** One plan as the actor may see it; undefined when it does not exist for them. */
export function visiblePlan(record: PlanRecord, actor: Actor, planId: ThingId): VisiblePlan | undefined {
  const header = record.content.plan.find((plan) => plan.id === planId);
  const facts = factsOf(record, actor, planId);
  const relation = header && relationTo(facts.plan!, actor, facts);
  if (!header || !relation) return undefined;
  const read = readerOf(actor, facts);
  const factsFor = contributionFactsIn(record);
  const content = {} as Record<ContributionKind, Contribution[]>;
  let hasMore = false;
  let isEmergency = false;
  for (const kind of KINDS) {
    content[kind] = [];
    for (const thing of record.content[kind]) {
      if (planOf(thing) !== planId) continue;
      const sight = read(factsFor(kind, thing));
      hasMore ||= sight.mayKnowLeftOut;
      const seen = asSeen(record, sight, kind, thing);
      if (seen) content[kind].push(seen);
      isEmergency ||= seen !== undefined && sight.ground === 'emergency';
    }
  }
  const sight = read(factsFor('plan', header));
  const headerSeen = asSeen(record, sight, 'plan', header) as Plan | undefined;
  const seen = headerSeen ?? stubFor(actor, header, content);
  if (!seen) return undefined;
  content.plan = [seen];
  const told = withoutProtectedStaff(keepVisibleParts(content as unknown as PlanContent), protectedIn(record));
  return {
    relation,
    header: told.plan[0]!,
    headerShown: headerSeen && sight.shown !== 'outline' ? 'whole' : 'outline',
    content: told,
    hasMore,
    isEmergency,
  };
}

const NOBODY: ReadonlySet<string> = new Set();

/** Staff whom no answer names. */
export function protectedIn({ law }: Pick<PlanRecord, 'law'>): ReadonlySet<string> {
  return law.protectedStaff ?? NOBODY;
}

/**
 * A thing as its sight allows, undefined when nothing of it is shown. What may be shown only as it once was, and has
 * changed since, is shown as the copy that was handed over reads, or left out: nothing newer may be told.
 */
export function asSeen(
  record: PlanRecord,
  sight: Sight,
  kind: ContributionKind,
  thing: Contribution,
): Contribution | undefined {
  if (sight.shown === 'nothing') return undefined;
  if (sight.asOf === undefined) return forReader(sight, kind, thing);
  const handed = sight.ground === 'handed-copy' ? handedWording(record, thing, sight.asOf) : undefined;
  return handed && forReader(sight, kind, handed);
}

/**
 * Which plan it is, for staff and systems that see something of it but not its present header: their part is over and
 * it has changed since, or it is not theirs to read. A patient meets no plan without its header.
 */
function stubFor(
  actor: Actor,
  header: Plan,
  content: Readonly<Record<ContributionKind, readonly Contribution[]>>,
): Plan | undefined {
  if (actor.kind === 'citizen' || KINDS.every((kind) => content[kind].length === 0)) return undefined;
  const { status: _s, leadUnit: _u, planningLead: _p, leadPrincipal: _h, ...stub } = outlineOf(header);
  return stub as Plan;
}

/** Relations in which only the patient's own text is shown. */
const CITIZENS: ReadonlySet<Relation> = new Set<Relation>([
  'patient',
  'guardian',
  'representative',
  'proxy',
  'relative',
]);

/** What its writer is told of a thing that the change itself took out of sight. */
export function asShownTo<T extends Contribution>(
  relation: Relation,
  { law }: Pick<PlanRecord, 'law'>,
  kind: ContributionKind,
  thing: T,
): T {
  if (!CITIZENS.has(relation)) return thing;
  return forReader({ shown: 'limited', ...(isProtectedNow(law) ? { placeless: true } : {}) }, kind, thing) as T;
}

/**
 * A thing as its sight allows: clinical text and notes for colleagues go first, then all but an outline; and the place
 * where no place is told.
 */
export function forReader(
  sight: Pick<Sight, 'shown' | 'placeless'>,
  kind: ContributionKind,
  thing: Contribution,
): Contribution {
  if (sight.shown === 'whole') return thing;
  if (sight.shown === 'outline' && kind === 'plan') return outlineOf(thing as Plan);
  return withoutClinical(sight.placeless ? withoutItsPlace(thing) : thing);
}

function withoutItsPlace(thing: Contribution): Contribution {
  if (!('way' in thing) || thing.way?.place === undefined) return thing;
  const { place: _place, ...way } = thing.way;
  return { ...thing, way };
}

function withoutClinical(thing: Contribution): Contribution {
  const isClinical = 'clinicalText' in thing;
  const hasNote = 'stepId' in thing && 'note' in thing;
  // Most hold neither, and are shown as they are: a copy of each was a tenth of what an overview cost.
  if (!isClinical && !hasNote) return thing;
  // Overwritten, not deleted: an object that has lost a field is made and read twelve times as slowly.
  const bare = isClinical ? { ...thing, clinicalText: undefined } : thing;
  return hasNote ? ({ ...bare, note: undefined } as Contribution) : bare;
}

/**
 * Shows earlier wordings by the same policy as today's. A wording is shown only while the present one is, so that what
 * has been taken from a reader is not found in the past.
 *
 * @param present what the reader sees today, in whatever plan it stands
 */
export function earlierWordings<T extends { readonly kind: ContributionKind; readonly thing: Contribution }>(
  record: PlanRecord,
  actor: Actor,
  present: ReadonlySet<ThingId>,
  wordings: readonly T[],
): T[] {
  const readerIn = onceFor((planId: ThingId) => readerOf(actor, factsOf(record, actor, planId)));
  const factsFor = contributionFactsIn(record);
  return wordings.flatMap((wording) => {
    const { kind, thing } = wording;
    if (!present.has(thing.id)) return [];
    const sight = readerIn(planOf(thing))(factsFor(kind, thing));
    const seen = sight.asOf === undefined ? asSeen(record, sight, kind, thing) : undefined;
    return seen
      ? [{ ...wording, thing: withoutProtectedStaff(withVisibleParts(seen, present), protectedIn(record)) }]
      : [];
  });
}

/** Kind, status and lead, and whose it is; title, purpose and the rest follow the access rules. */
export function outlineOf(plan: Plan): Plan {
  const { patientId, id, revision, recordedBy, legalBasis, approvedForPatient, enteredInError } = plan;
  const { createdAt, changedAt, changedBy, kind, status, createdByUnit, leadUnit, planningLead, leadPrincipal } = plan;
  return {
    ...{ patientId, id, revision, recordedBy, legalBasis, approvedForPatient, enteredInError, createdAt, changedAt },
    ...{ changedBy, kind, status, createdByUnit, leadUnit, planningLead, leadPrincipal },
    title: '',
    language: plan.language,
  };
}

/** An agreement version names its parts; a reader is told only of those that they see, today and in its history. */
export function keepVisibleParts(content: PlanContent): PlanContent {
  const seen = new Set<string>([...content.step, ...content.commitment, ...content.goal].map((thing) => thing.id));
  return {
    ...content,
    'agreement-version': content['agreement-version'].map((version) => withVisibleParts(version, seen)),
  };
}

function withVisibleParts<T extends Contribution>(thing: T, seen: ReadonlySet<string>): T {
  return 'parts' in thing ? { ...thing, parts: thing.parts.filter((part) => seen.has(part.id)) } : thing;
}

/** All that several visible plans hold, as one content: the patient meets one overview. */
export function mergedContent(plans: readonly VisiblePlan[]): PlanContent {
  const content = {} as Record<ContributionKind, Contribution[]>;
  for (const kind of KINDS) content[kind] = plans.flatMap((plan) => plan.content[kind] as readonly Contribution[]);
  return content as unknown as PlanContent;
}

/** What left with an answer, for the log. */
export function resourcesIn(content: PlanContent): AuditedResource[] {
  return KINDS.flatMap((kind) =>
    content[kind].map((thing) => ({ kind, id: thing.id, owner: thing.recordedBy.provider })),
  );
}
