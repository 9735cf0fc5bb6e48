import {
  type Asking,
  actorUnitPart,
  type Desk,
  isListed,
  isUnderProtection,
  momentOf,
  readActorUnit,
  reading,
  readingMany,
  Sealed,
} from '../access/index.ts';
import type { ReadingPlace } from '../db/query.ts';
import { recordQuery } from '../db/record-query.ts';
import { readStaysOf, type Stay, stayParts } from '../discharge/index.ts';
import {
  factsOf,
  type PlanRecord,
  type PlanTarget,
  planQuery,
  readBeside,
  recordFrom,
  type VisiblePlan,
  visiblePlan,
} from '../plans/index.ts';
import type { StaffActor } from '../shared/actor.ts';
import type { ThingRef } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import type { Finding } from './domain/finding.ts';
import { findingsPart, inUtc, readFindings } from './store/findings.ts';
import { type FindingPlace, unitFindingsPart } from './store/unit-findings.ts';

export type { FindingPlace } from './store/unit-findings.ts';

/** A plan's record with its findings. */
export interface FindingsRecord extends PlanRecord {
  readonly findings: readonly Finding[];
  readonly stays: readonly Stay[];
}

export type StaffAsking = Asking & { readonly actor: StaffActor };

const FINDINGS = [findingsPart, ...stayParts];
const ofPlan = planQuery('plan_findings', 'plan', FINDINGS);
const ofPerson = planQuery('person_findings', 'person', FINDINGS);
const ofUnit = recordQuery('unit_findings', [actorUnitPart, unitFindingsPart], { unbound: true });

/** Reads the record that a plan's findings, or one finding's plan, are judged by. */
export function loadFindings(
  place: ReadingPlace,
  actor: StaffActor,
  target: PlanTarget,
): Promise<Sealed<FindingsRecord>> {
  return readBeside(place, {
    query: target.planId === undefined ? ofPerson : ofPlan,
    actor,
    target,
    make: (raw, of, beside) => ({
      ...recordFrom(raw, of, beside),
      findings: readFindings(raw, 'findings'),
      stays: readStaysOf(raw).stays,
    }),
  });
}

/** The findings of one plan that the reader may know of: one's own unit's, and those about what one may see. */
export function listFindings(desk: Desk, asking: StaffAsking, plan: ThingRef): Promise<readonly Finding[]> {
  const { actor } = asking;
  const { patientId, id: planId } = plan;
  return reading(desk, asking, {
    action: 'finding.read',
    load: () => loadFindings(desk, actor, { patientId, planId, ...momentOf(desk) }),
    facts: (record) => factsOf(record, actor, planId),
    patientOf: (record) => record.patientId,
    show: (_grant, record) => {
      const seen = seenFindings(record, actor, record.findings);
      const { recordedBy } = record.content.plan.find(({ id }) => id === planId)!;
      const asked = { kind: 'plan', id: planId, owner: recordedBy.provider };
      return { answer: seen, resources: [asked, ...seen.map(resourceOf)] };
    },
  });
}

/** One finding. @throws notFound alike for what is not there and what one may not know of */
export function readFinding(desk: Desk, asking: StaffAsking, ref: ThingRef): Promise<Finding> {
  const { actor } = asking;
  return reading(desk, asking, {
    action: 'finding.read',
    load: () => loadFindings(desk, actor, { patientId: ref.patientId, ...momentOf(desk) }),
    facts: (record) => factsAbout(record, actor, ref),
    patientOf: (record) => record.patientId,
    show: (_grant, record) => {
      const [found] = seenFindings(
        record,
        actor,
        record.findings.filter(({ id }) => id === ref.id),
      );
      if (!found) throw notFound();
      return { answer: found, resources: [resourceOf(found)] };
    },
  });
}

/**
 * What the policy is told of a finding: its plan, or the person alone when it is about a stay in hospital. One that is not
 * there has a plan that nobody has a relation to.
 */
export function factsAbout(record: FindingsRecord, actor: StaffActor, { id }: ThingRef) {
  const found = record.findings.find((finding) => finding.id === id);
  return factsOf(record, actor, found?.subjectKind === 'hospital-stay' ? undefined : (found?.planId ?? id));
}

export function resourceOf({ id, ownerProvider }: Finding) {
  return { kind: 'finding', id, owner: ownerProvider };
}

/** Those that a reader may know of: one's own unit's, and those about something that one may see. */
export function seenFindings(
  record: FindingsRecord,
  actor: StaffActor,
  findings: readonly Finding[],
): readonly Finding[] {
  const plans = new Map<string, VisiblePlan | undefined>();
  const planFor = (planId: ThingRef['id']) => {
    if (!plans.has(planId)) plans.set(planId, visiblePlan(record, actor, planId));
    return plans.get(planId);
  };
  return findings.filter((finding) => {
    const { subjectKind, subjectId, planId } = finding;
    const isOwn = finding.ownerUnit === actor.unitHsaId;
    if (subjectKind === 'hospital-stay')
      return !isWithheld(record, actor, subjectId) && (isOwn || isToldOf(record, actor, subjectId));
    const plan = planId && planFor(planId);
    if (!plan) return false;
    if (isOwn) return true;
    if (subjectKind === 'consent' || subjectKind === 'sheet') return false;
    return (plan.content[subjectKind] as readonly { readonly id: string }[]).some(({ id }) => id === subjectId);
  });
}

/** Whether the stay is from a time when the person was protected, and stays with those on the list. */
function isWithheld(record: FindingsRecord, actor: StaffActor, stayId: ThingRef['id']): boolean {
  const admission = record.stays.find((stay) => stay.admission.id === stayId)?.admission;
  if (!admission || isListed(actor, factsOf(record, actor))) return false;
  return isUnderProtection(record.protectedWhile, admission.createdAt, admission.changedAt);
}

/** Both sides of a stay know what is late in it: who sent the admission notice, and whom it was sent to. */
function isToldOf({ stays }: FindingsRecord, actor: StaffActor, stayId: ThingRef['id']): boolean {
  const admission = stays.find((stay) => stay.admission.id === stayId)?.admission;
  const unit = actor.unitHsaId;
  return admission !== undefined && (admission.recordedBy.unit === unit || admission.receivers.includes(unit));
}

/** One page of the acting unit's own open findings, the oldest first; a log entry for each patient whose data left. */
export function listUnitFindings(
  desk: Desk,
  asking: StaffAsking,
  page: { readonly limit: number; readonly after?: FindingPlace },
): Promise<readonly Finding[]> {
  const { actor } = asking;
  return readingMany(desk, asking, {
    action: 'finding.list',
    load: async () => {
      const { after, limit } = page;
      const now = new Date(desk.clock.now()).toISOString();
      const place = [after?.since ?? null, after?.patientId ?? null, after?.id ?? null];
      return new Sealed(await ofUnit(desk.pool, actor, {}, [...place, limit, actor.employeeHsaId, now]));
    },
    facts: (raw) => ({ actorUnit: readActorUnit(raw), isSelf: false, patientKnown: false }),
    show: (_grant, raw) => {
      const findings = (raw.unitFindings as Finding[]).map(inUtc);
      return {
        answer: findings,
        hits: findings.length,
        resources: findings.map((one) => ({ patientId: one.patientId, resource: resourceOf(one) })),
      };
    },
  });
}
