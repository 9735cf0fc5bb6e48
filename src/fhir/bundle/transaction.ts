import type { FastifyRequest } from 'fastify';
import { askingOf } from '../../http/asking.ts';
import { changeTogether, type MadeThing, type TogetherPart, withPublicIds } from '../../plans/index.ts';
import { type PatientId, parseThingId, type ThingRef } from '../../shared/ids.ts';
import { Problem } from '../../shared/problem.ts';
import type { FhirDeps } from '../deps.ts';
import type { InContext } from '../mapping/in/change.ts';
import { fault, type InFault } from '../mapping/in/faults.ts';
import { itemsInside } from '../mapping/in/foreign-plan.ts';
import { isWritable, planOf as planSaid } from '../mapping/in/writable.ts';
import { resourceNotTaken } from '../problems.ts';
import { demandWriteReach } from '../smart/narrow.ts';
import { preferOf } from '../write/answer.ts';
import { readIfNoneExist } from '../write/conditional.ts';
import { onlyPlanOf } from '../write/create.ts';
import { demandTaken, isLenient, refusalOf } from '../write/judge.ts';
import { changingParts } from './changing.ts';
import { danglingIn, type Item, inOrder, type Keys, type Leads, resolved } from './items.ts';
import { type Carrying, itemParts, type PlanItem, planOf, planParts } from './plan-parts.ts';
import type { BundleEntry } from './read-bundle.ts';
import { conditionalReferences, DIRECTORY_TYPES, directoryReference } from './references.ts';
import type { EntryResult, Results } from './results.ts';
import { addressesOf, whoseBundle } from './whose.ts';

const nameOf = ({ index }: BundleEntry) => `entry-${index}`;
const isNew = ({ method }: BundleEntry) => method === 'POST';

/** One transaction under way. */
class Transaction {
  readonly keys = new Map<string, Leads>();
  readonly faults: InFault[] = [];
  readonly refused = new Map<number, InFault[]>();
  readonly places = new Map<string, string>();
  readonly letGo = new Map<string, InFault[]>();
  readonly context: InContext;
  readonly lenient: boolean;

  constructor(deps: FhirDeps, request: FastifyRequest) {
    this.context = { urls: deps.urls };
    this.lenient = isLenient(preferOf(request));
  }

  /** An entry that cannot be carried out: of the whole when strict, of itself when lenient. */
  refuse(entry: BundleEntry, sv: string, en: string): void {
    const own = fault('not-held', entry.place, sv, en);
    this.refused.set(entry.index, [own]);
    if (!this.lenient) this.faults.push(own);
    for (const address of addressesOf(entry)) this.keys.set(address, { dropped: true });
  }

  name(entry: BundleEntry, leads: Leads): void {
    for (const address of addressesOf(entry)) if (!this.keys.has(address)) this.keys.set(address, leads);
  }
}

function readNew(doing: Transaction, entry: BundleEntry): void {
  const { type, resource } = entry;
  if (type === 'Patient') return;
  if (isWritable(type)) doing.name(entry, { name: nameOf(entry), type });
  else if (DIRECTORY_TYPES.has(type)) {
    const to = directoryReference(resource!);
    doing.name(entry, { to });
    if (!to.identifier) {
      doing.refuse(
        entry,
        'Katalogen ändras inte här; namnges utan HSA-id',
        'The directory is not changed here; named without HSA-id',
      );
      for (const address of addressesOf(entry)) doing.keys.set(address, { to });
    }
  } else doing.refuse(entry, 'Resurstypen hör inte till en plan', 'The resource type is no part of a plan');
}

interface Made {
  readonly plans: readonly PlanItem[];
  readonly items: readonly (Item & { readonly entry?: BundleEntry })[];
}

/** The resource under the id that its condition names, when it has none of its own. */
function identified<R extends Pick<fhir4.Task, 'identifier'>>(doing: Transaction, entry: BundleEntry, resource: R): R {
  const { urls } = doing.context;
  const condition = readIfNoneExist({ urls }, entry.ifNoneExist);
  if (!condition || resource.identifier) return resource;
  return { ...resource, identifier: [{ system: urls.source(condition.source), value: condition.id }] };
}

/** What an entry makes: a plan with what is inside it, or one thing. */
function unfold(doing: Transaction, entries: readonly BundleEntry[]): Made {
  const plans: PlanItem[] = [];
  const items: (Item & { entry?: BundleEntry })[] = [];
  for (const entry of entries) {
    const { place, resource, type } = entry;
    if (!isNew(entry) || !isWritable(type)) continue;
    const name = nameOf(entry);
    const fullUrl = entry.fullUrl ?? name;
    doing.places.set(name, place);
    if (resource!.resourceType !== 'CarePlan') {
      const own = identified(doing, entry, resource as Item['resource']);
      items.push({ name, place, within: fullUrl, resource: own, faults: [], entry });
      continue;
    }
    plans.push({ name, place, resource: identified(doing, entry, resource), onlyNew: entry.ifNoneExist !== undefined });
    const inside = itemsInside(plans.at(-1)!.resource, { place, fullUrl }, doing.context, doing.lenient);
    for (const [i, one] of inside.entries()) {
      const own = `${name}-${i}`;
      doing.places.set(own, one.place);
      const inner = one.resource.resourceType;
      if (isWritable(inner) && inner !== 'CarePlan') {
        items.push({
          name: own,
          place: one.place,
          within: fullUrl,
          resource: one.resource as Item['resource'],
          faults: one.faults,
        });
        if (one.fullUrl) doing.keys.set(one.fullUrl, { name: own, type: inner });
      } else if (one.fullUrl) doing.keys.set(one.fullUrl, { to: directoryReference(one.resource) });
    }
  }
  return { plans, items };
}

/** The plan of the bundle that a thing goes into: the one that names it, or that it names, else the only one. */
function planAmong(doing: Transaction, { plans }: Made, item: Item): PlanItem | undefined {
  const inside = plans.find(({ name }) => item.name.startsWith(`${name}-`));
  if (inside) return inside;
  const leads = (reference: string | undefined) => {
    const to = reference === undefined ? undefined : doing.keys.get(reference);
    return to && 'name' in to ? to.name : undefined;
  };
  const basedOn = 'basedOn' in item.resource ? item.resource.basedOn : undefined;
  const said = basedOn?.map(({ reference }) => leads(reference)).find(Boolean);
  if (said !== undefined) return plans.find(({ name }) => name === said);
  const naming = plans.find(({ resource }) =>
    [
      ...(resource.goal ?? []),
      ...(resource.careTeam ?? []),
      ...(resource.activity ?? []).flatMap((one) => one.reference ?? []),
    ].some(({ reference }) => leads(reference) === item.name),
  );
  return naming ?? (plans.length === 1 ? plans[0] : undefined);
}

const planElement = ({ resource }: Item) =>
  resource.resourceType === 'Task' || resource.resourceType === 'Communication' ? 'basedOn' : 'extension';

function writingPlan(doing: Transaction, made: Made, item: Item, only: ThingRef | undefined) {
  const said = planSaid(item.resource, doing.context);
  const existing = said === undefined ? undefined : parseThingId(said);
  if (existing) return () => existing;
  const own = planAmong(doing, made, item);
  if (own) return planOf(own.name);
  if (!only) doing.faults.push(fault('required', `${item.place}.${planElement(item)}`));
  return () => only!;
}

/** References of plans' own lists that lead to what is not taken in: the sender is told which. */
function droppedReferences(doing: Transaction, plans: readonly PlanItem[]): void {
  for (const { place, resource } of plans) {
    for (const [i, { reference }] of (resource.activity ?? []).entries()) {
      const leads = reference?.reference === undefined ? undefined : doing.keys.get(reference.reference);
      const isTask = leads && 'name' in leads;
      if (reference && !isTask) doing.faults.push(fault('not-held', `${place}.activity[${i}].reference`));
    }
  }
}

function checkReferences(doing: Transaction, entries: readonly BundleEntry[], keys: Keys): void {
  for (const entry of entries) {
    if (!entry.resource || doing.refused.has(entry.index)) continue;
    doing.faults.push(...danglingIn(entry.resource, entry.place, entry.fullUrl ?? nameOf(entry), keys));
  }
}

/** A refusal whose places are told in the bundle. */
function inBundle(doing: Transaction, error: unknown): unknown {
  if (!(error instanceof Problem)) return error;
  const { part, ...extra } = (error.particulars.extra ?? {}) as Record<string, unknown>;
  const place = typeof part === 'string' ? doing.places.get(part) : undefined;
  if (place === undefined) return error;
  const { invalidParameters = [], detail } = error.particulars;
  const named = invalidParameters.map((one) => ({ ...one, name: one.name.replace(/^[A-Z][A-Za-z]*/, place) }));
  const whole = [{ name: place, reason: detail ?? error.definition.title }];
  return new Problem(error.definition, {
    ...error.particulars,
    extra,
    invalidParameters: named.length > 0 ? named : whole,
  });
}

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

function toldAs(doing: Transaction, name: string, problem: Problem): InFault {
  const place = doing.places.get(name) ?? 'Bundle.entry';
  const { sv, en } = problem.particulars.detail ?? problem.definition.title;
  return fault('not-held', place, sv, en);
}

function resultsOf(
  doing: Transaction,
  entries: readonly BundleEntry[],
  made: ReadonlyMap<string, MadeThing>,
  unchanged: ReadonlyMap<number, EntryResult>,
): Results {
  const results = new Map<number, EntryResult>();
  for (const entry of entries) {
    const { index, place } = entry;
    const name = nameOf(entry);
    const own = made.get(name);
    const refused = doing.refused.get(index);
    const idle = unchanged.get(index);
    // What was let go inside a plan is told by the plan's own entry.
    const inner = [...doing.letGo]
      .filter(([one]) => one === name || one.startsWith(`${name}-`))
      .flatMap(([, told]) => told);
    const leads = doing.keys.get(entry.fullUrl ?? '');
    if (refused) results.set(index, { kind: 'refused', faults: refused });
    else if (own) results.set(index, { kind: 'made', made: own, dropped: inner });
    else if (idle) results.set(index, idle);
    else if (leads && 'to' in leads)
      results.set(index, { kind: 'known', reference: leads.to.reference ?? directoryAddress(leads.to) });
    else if (entry.method === 'GET') results.set(index, { kind: 'read' });
    else results.set(index, { kind: 'refused', faults: inner.length > 0 ? inner : [fault('not-held', place)] });
  }
  return results;
}

function directoryAddress({ type, identifier }: fhir4.Reference): string {
  return `${type}/${identifier?.value}`;
}

/** A refusal of everything at once, for what cannot be carried out at all. */
export function refuseAll(faults: readonly InFault[]): Problem {
  return refusalOf(faults, resourceNotTaken);
}
