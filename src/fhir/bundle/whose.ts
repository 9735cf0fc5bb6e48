import type { FastifyRequest } from 'fastify';
import { type PatientId, parseThingId, publicPatientId } from '../../shared/ids.ts';
import type { FhirDeps } from '../deps.ts';
import { fault, type InFault } from '../mapping/in/faults.ts';
import { isWritable, subjectOf, type Writable } from '../mapping/in/writable.ts';
import type { Leads } from './items.ts';
import type { BundleEntry } from './read-bundle.ts';
import { patientKeyIn, personOf } from './references.ts';

/** Whose record a bundle is about, and what its own Patients lead to. */
export interface Whose {
  readonly patientId?: PatientId;
  readonly keys: ReadonlyMap<string, Leads>;
  readonly faults: readonly InFault[];
}

/** The addresses that an entry may be referred to by in its bundle. */
export function addressesOf({ fullUrl, type, resource }: Pick<BundleEntry, 'fullUrl' | 'type' | 'resource'>): string[] {
  const own = resource?.id !== undefined && !parseThingId(resource.id) ? [`${type}/${resource.id}`] : [];
  return fullUrl === undefined ? own : [fullUrl, ...own];
}

/** The person's key that an entry names by itself: of whom it says it is, or of the thing or plan that it is about. */
function namedBy(entry: BundleEntry, conditional: ReadonlyMap<string, string>): PatientId | undefined {
  const { id, resource, type } = entry;
  const own = id === undefined ? undefined : parseThingId(id.split('.', 1)[0]!)?.patientId;
  if (own !== undefined || !resource || !isWritable(type)) return own;
  const { reference } = subjectOf(resource as Writable);
  const said = reference?.reference;
  return (
    patientKeyIn(said === undefined ? undefined : (conditional.get(said) ?? said)) ?? keyOfPlan(resource as Writable)
  );
}

function keyOfPlan(resource: Writable): PatientId | undefined {
  const basedOn = 'basedOn' in resource ? resource.basedOn : undefined;
  const reference = basedOn?.[0]?.reference ?? '';
  return parseThingId(reference.split('/').at(-1) ?? '')?.patientId;
}

/**
 * Finds the one person that a bundle is about: its Patient, found by number and never made here, and whoever its entries
 * name. Several persons are a fault: one transaction is one person's.
 */
export async function whoseBundle(
  deps: FhirDeps,
  request: FastifyRequest,
  entries: readonly BundleEntry[],
  conditional: ReadonlyMap<string, string>,
): Promise<Whose> {
  const keys = new Map<string, Leads>();
  const faults: InFault[] = [];
  const persons = new Set<PatientId>();
  for (const entry of entries) {
    if (entry.type === 'Patient' && entry.method === 'POST') {
      const found = patientKeyIn(`Patient/${entry.resource?.id}`) ?? (await personOf(deps, request, entry));
      if (found === undefined) {
        faults.push(fault('reference', entry.place, 'Personen är inte känd här', 'The person is not known here'));
        continue;
      }
      persons.add(found);
      const to = { reference: `Patient/${publicPatientId(found)}` };
      for (const address of addressesOf(entry)) keys.set(address, { to });
    } else if (entry.method !== 'GET' && entry.method !== 'HEAD') {
      const named = namedBy(entry, conditional);
      if (named !== undefined) persons.add(named);
    }
  }
  const [patientId, ...others] = persons;
  if (others.length > 0) {
    faults.push(
      fault('invalid', 'Bundle.entry', 'En transaktion gäller en enda person', 'A transaction is about one person'),
    );
  }
  return { ...(patientId !== undefined && { patientId }), keys, faults };
}
