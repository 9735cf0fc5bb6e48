import type { MadeByName } from '../../plans/index.ts';
import { type PatientId, parseThingId, publicId, type ThingId } from '../../shared/ids.ts';
import { inviteTeam, isNamedContact } from '../mapping/in/care-team.ts';
import type { InChange, InContext } from '../mapping/in/change.ts';
import { fault, type InFault } from '../mapping/in/faults.ts';
import { rewritten } from '../mapping/in/rewrite.ts';
import { creating, type Writable } from '../mapping/in/writable.ts';

/** What an address inside a bundle leads to: something that is there already, or something that the bundle makes. */
export type Leads =
  | { readonly to: fhir4.Reference }
  | { readonly name: string; readonly type: string }
  /** Something that the bundle holds and that is not taken in. */
  | { readonly dropped: true };

export type Keys = ReadonlyMap<string, Leads>;

/** A resource that a bundle makes a thing of. */
export interface Item {
  readonly name: string;
  readonly place: string;
  /** What fragments (`#x`) in it begin with. */
  readonly within: string;
  readonly resource: Exclude<Writable, fhir4.CarePlan>;
  readonly faults: readonly InFault[];
}

/** Keys that lead to no thing: what a change would be, before what it names has been made. */
const NOTHING = '00000000-0000-4000-8000-000000000000';

export const RESOURCE_OF_KIND: Readonly<Record<string, string>> = {
  plan: 'CarePlan',
  step: 'Task',
  commitment: 'Task',
  goal: 'Goal',
  'what-matters': 'Goal',
  'named-contact': 'CareTeam',
  participant: 'CareTeam',
  remark: 'Communication',
};

/** Where a thing that was made is found: of somebody who was invited, the team. */
export function addressOf({
  kind,
  thing,
  planId,
}: {
  kind: string;
  thing: { patientId: PatientId; id: ThingId };
  planId: ThingId;
}) {
  const id = kind === 'participant' ? planId : thing.id;
  return { type: RESOURCE_OF_KIND[kind] ?? 'Basic', id: publicId(thing.patientId, id) };
}

function leadsTo(leads: Leads, made: MadeByName): fhir4.Reference {
  if ('to' in leads) return { reference: undefined as never, ...leads.to };
  if ('dropped' in leads) return { reference: undefined as never };
  const own = made.get(leads.name);
  const address = own && addressOf(own);
  const nothing = publicId(NOTHING as PatientId, NOTHING as ThingId);
  return { reference: address ? `${address.type}/${address.id}` : `${leads.type}/${nothing}` };
}

/** Whether an address can only lead to something in the bundle itself. */
function isInside(reference: string): boolean {
  return reference.startsWith('urn:') || reference.startsWith('#') || reference.includes('?');
}

/** The addresses of a resource that lead nowhere: a bundle must hold what it refers to. */
export function danglingIn(resource: unknown, path: string, within: string, keys: Keys): InFault[] {
  const faults: InFault[] = [];
  rewritten(resource, path, (reference, at) => {
    const known = keys.has(reference) || keys.has(`${within}${reference}`);
    if (!known && isInside(reference)) faults.push(fault('reference', `${at}.reference`));
    return undefined;
  });
  return faults;
}

/** The resource with its addresses inside the bundle as they are once `made` is made. */
export function resolved<R>(resource: R, within: string, keys: Keys, made: MadeByName): R {
  const plain = rewritten(resource, '', (reference) => {
    const leads = keys.get(reference) ?? (reference.startsWith('#') ? keys.get(`${within}${reference}`) : undefined);
    return leads && leadsTo(leads, made);
  });
  return JSON.parse(JSON.stringify(plain)) as R;
}

/** The changes that an item comes to, with what it names as far as that is made. */
export function changesOf(item: Item, context: InContext, keys: Keys, made: MadeByName): InChange {
  const resource = resolved(item.resource, item.within, keys, made);
  const isTeam = resource.resourceType === 'CareTeam' && !isNamedContact(resource);
  return isTeam ? inviteTeam(resource, context) : creating(resource, context);
}

/** Faults by their place in the bundle instead of in the resource. */
export function placedFaults(faults: readonly InFault[], place: string): InFault[] {
  return faults.map((one) => ({ ...one, expression: one.expression.replace(/^[A-Z][A-Za-z]*/, place) }));
}

/** Whether a reference is to a thing of ours, rather than of the sender's own system. */
export function isOurs(reference: string): boolean {
  return parseThingId(reference.split('/').at(-1) ?? '') !== undefined;
}

/** What names come before others: a task is made after those that it refers to. */
export function inOrder(items: readonly Item[], keys: Keys): Item[] {
  const byName = new Map(items.map((item) => [item.name, item]));
  const done = new Set<string>();
  const order: Item[] = [];
  const visit = (item: Item): void => {
    if (done.has(item.name)) return;
    done.add(item.name);
    rewritten(item.resource, '', (reference) => {
      const leads = keys.get(reference) ?? keys.get(`${item.within}${reference}`);
      const before = leads && 'name' in leads ? byName.get(leads.name) : undefined;
      if (before) visit(before);
      return undefined;
    });
    order.push(item);
  };
  const rank = (item: Item) => ['Goal', 'CareTeam', 'Task', 'Communication'].indexOf(item.resource.resourceType);
  for (const item of items.toSorted((a, b) => rank(a) - rank(b))) visit(item);
  return order;
}
