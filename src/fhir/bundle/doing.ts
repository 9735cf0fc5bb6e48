import type { FastifyRequest } from 'fastify';
import type { MadeThing } from '../../plans/index.ts';
import { Problem } from '../../shared/problem.ts';
import type { FhirDeps } from '../deps.ts';
import type { InContext } from '../mapping/in/change.ts';
import { fault, type InFault } from '../mapping/in/faults.ts';
import { isWritable } from '../mapping/in/writable.ts';
import { preferOf } from '../write/answer.ts';
import { isLenient } from '../write/judge.ts';
import type { Leads } from './items.ts';
import type { BundleEntry } from './read-bundle.ts';
import { DIRECTORY_TYPES, directoryReference } from './references.ts';
import type { EntryResult, Results } from './results.ts';
import { addressesOf } from './whose.ts';

/** What an entry is called while it is carried out. */
export const nameOf = ({ index }: BundleEntry) => `entry-${index}`;
export const isNew = ({ method }: BundleEntry) => method === 'POST';

/** One transaction under way: what its addresses lead to, where its parts stand, and what is wrong with it. */
export class Transaction {
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

/** What a new entry's addresses lead to: what it makes, or somebody whom it names. */
export function readNew(doing: Transaction, entry: BundleEntry): void {
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

/** A refusal whose places are told in the bundle. */
export function inBundle(doing: Transaction, error: unknown): unknown {
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

/** A refusal of one part, as what was let go. */
export function toldAs(doing: Transaction, name: string, problem: Problem): InFault {
  const place = doing.places.get(name) ?? 'Bundle.entry';
  const { sv, en } = problem.particulars.detail ?? problem.definition.title;
  return fault('not-held', place, sv, en);
}

/** What became of each entry. */
export function resultsOf(
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
