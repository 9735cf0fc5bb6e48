import { parseThingId, type ThingRef } from '../../shared/ids.ts';
import { fault, planUnsaid } from '../mapping/in/faults.ts';
import { itemsInside } from '../mapping/in/foreign-plan.ts';
import { isWritable, planOf as planSaid } from '../mapping/in/writable.ts';
import { readIfNoneExist } from '../write/conditional.ts';
import { isNew, nameOf, type Transaction } from './doing.ts';
import { danglingIn, type Item, type Keys } from './items.ts';
import { type PlanItem, planOf } from './plan-parts.ts';
import type { BundleEntry } from './read-bundle.ts';
import { directoryReference } from './references.ts';

/** What the entries of a bundle make: plans, and things that go into them or into others. */
export interface Made {
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
export function unfold(doing: Transaction, entries: readonly BundleEntry[]): Made {
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
export function planAmong(doing: Transaction, { plans }: Made, item: Item): PlanItem | undefined {
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

/** The plan that a thing is written into: the one that it names, one of the bundle's, else the person's only one. */
export function writingPlan(doing: Transaction, made: Made, item: Item, only: ThingRef | undefined) {
  const said = planSaid(item.resource, doing.context);
  const existing = said === undefined ? undefined : parseThingId(said);
  if (existing) return () => existing;
  const own = planAmong(doing, made, item);
  if (own) return planOf(own.name);
  if (!only) doing.faults.push(planUnsaid(`${item.place}.${planElement(item)}`));
  return () => only!;
}

/** References of plans' own lists that lead to what is not taken in: the sender is told which. */
export function droppedReferences(doing: Transaction, plans: readonly PlanItem[]): void {
  for (const { place, resource } of plans) {
    for (const [i, { reference }] of (resource.activity ?? []).entries()) {
      const leads = reference?.reference === undefined ? undefined : doing.keys.get(reference.reference);
      const isTask = leads && 'name' in leads;
      if (reference && !isTask) doing.faults.push(fault('not-held', `${place}.activity[${i}].reference`));
    }
  }
}

/** References to what the bundle does not hold. */
export function checkReferences(doing: Transaction, entries: readonly BundleEntry[], keys: Keys): void {
  for (const entry of entries) {
    if (!entry.resource || doing.refused.has(entry.index)) continue;
    doing.faults.push(...danglingIn(entry.resource, entry.place, entry.fullUrl ?? nameOf(entry), keys));
  }
}
