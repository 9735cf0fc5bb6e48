import type { FastifyRequest } from 'fastify';
import { askingOf } from '../../http/asking.ts';
import { changeTogether, type TogetherPart, withPublicIds } from '../../plans/index.ts';
import type { PatientId } from '../../shared/ids.ts';
import type { FhirDeps } from '../deps.ts';
import { fault } from '../mapping/in/faults.ts';
import { isWritable, planOf as planSaid } from '../mapping/in/writable.ts';
import { demandWriteReach } from '../smart/narrow.ts';
import { onlyPlanOf } from '../write/create.ts';
import { demandTaken } from '../write/judge.ts';
import { changingParts } from './changing.ts';
import { inBundle, isNew, readNew, resultsOf, Transaction, toldAs } from './doing.ts';
import { inOrder, resolved } from './items.ts';
import { type Carrying, itemParts, type PlanItem, planParts } from './plan-parts.ts';
import type { BundleEntry } from './read-bundle.ts';
import { conditionalReferences } from './references.ts';
import type { Results } from './results.ts';
import { checkReferences, droppedReferences, type Made, planAmong, unfold, writingPlan } from './unfold.ts';
import { whoseBundle } from './whose.ts';

/**
 * Carries out a transaction: what is new first, then what is changed, and plans that are moved on last; all of it in one go
 * for one person, or nothing. Under `Prefer: handling=lenient` what cannot be held is left out and told by its entry.
 *
 * @throws resource-not-taken (422) naming every place; what a rule refuses, with its place
 */
export async function carryOut(
  deps: FhirDeps,
  request: FastifyRequest,
  entries: readonly BundleEntry[],
): Promise<Results> {
  const doing = new Transaction(deps, request);
  const conditional = await conditionalReferences(deps, request, entries);
  const whose = await whoseBundle(deps, request, entries, conditional);
  doing.faults.push(...whose.faults);
  for (const [address, leads] of whose.keys) doing.keys.set(address, leads);
  for (const [reference, to] of conditional) doing.keys.set(reference, { to: { reference: to } });
  for (const entry of entries) {
    if (isNew(entry)) readNew(doing, entry);
    else if (entry.method === 'DELETE' || (entry.method !== 'GET' && !isWritable(entry.type))) {
      doing.refuse(entry, 'Kan inte göras här', 'Cannot be done here');
    }
  }
  const made = unfold(doing, entries);
  checkReferences(doing, entries, doing.keys);
  droppedReferences(doing, made.plans);
  const { patientId } = whose;
  const writes = made.plans.length + made.items.length > 0 || entries.some(isChange);
  if (writes && patientId === undefined && whose.faults.length === 0) {
    doing.faults.push(fault('required', 'Bundle.entry', 'Ingen patient är angiven', 'No patient is named'));
  }
  if (patientId === undefined || doing.faults.some(({ code }) => code !== 'not-held')) {
    demandTaken(doing.faults, doing.lenient);
    return resultsOf(doing, entries, new Map(), new Map());
  }
  return write(deps, request, doing, entries, made, patientId);
}

const isNewMethod = (method: BundleEntry['method']) => (method === 'POST' ? 'c' : 'u');

const isChange = ({ method }: BundleEntry) => method === 'PUT' || method === 'PATCH';

async function write(
  deps: FhirDeps,
  request: FastifyRequest,
  doing: Transaction,
  entries: readonly BundleEntry[],
  made: Made,
  patientId: PatientId,
): Promise<Results> {
  for (const { type, method } of entries) {
    if (isWritable(type) && method !== 'GET') demandWriteReach(request, type, isNewMethod(method), patientId);
  }
  const carrying: Carrying = {
    context: doing.context,
    keys: doing.keys,
    lenient: doing.lenient,
    key: `fhir:${request.id}`,
    letGo: (name, problem) => {
      const told = [...(doing.letGo.get(name) ?? []), toldAs(doing, name, problem)];
      doing.letGo.set(name, told);
    },
  };
  const plans = made.plans.map((one) => planParts({ ...one, resource: resolvedPlan(doing, one) }, patientId, carrying));
  const lonely = made.items.some((item) => !planSaid(item.resource, doing.context) && !planAmong(doing, made, item));
  const only = lonely ? await onlyPlanOf(deps, request, patientId) : undefined;
  const things = inOrder(made.items, doing.keys).map((item) => {
    const { entry } = item as Made['items'][number];
    const onlyNew = entry?.ifNoneExist !== undefined;
    return itemParts(item, writingPlan(doing, made, item, only), onlyNew, carrying);
  });
  const changes = await changingParts(deps, request, entries.filter(isChange), doing.places);
  const planned = [...plans, ...things, ...changes.planned];
  const dropped = demandTaken([...doing.faults, ...planned.flatMap(({ faults }) => faults)], doing.lenient);
  const parts: TogetherPart[] = [...planned.flatMap((one) => one.parts), ...lastMoves(plans)];
  if (parts.length === 0) return resultsOf(doing, entries, new Map(), changes.unchanged);
  const { answer } = await changeTogether(deps.desk, askingOf(request), {
    patientId,
    parts,
    named: planned.flatMap(({ named }) => named),
  }).catch((error: unknown) => {
    throw inBundle(doing, withPublicIds(error));
  });
  for (const one of dropped) {
    const index = Number(/^Bundle\.entry\[(\d+)\]/.exec(one.expression)?.[1]);
    const name = `entry-${index}`;
    doing.letGo.set(name, [...(doing.letGo.get(name) ?? []), one]);
  }
  return resultsOf(doing, entries, answer.made, changes.unchanged);
}

/** Plans that are over are closed before others become active: a person has one lead plan that is. */
function lastMoves(plans: readonly { readonly moves: readonly TogetherPart[] }[]): TogetherPart[] {
  return plans.toSorted((a, b) => b.moves.length - a.moves.length).flatMap(({ moves }) => moves);
}

function resolvedPlan(doing: Transaction, { resource, name }: PlanItem): fhir4.CarePlan {
  return resolved(resource, name, doing.keys, new Map());
}
