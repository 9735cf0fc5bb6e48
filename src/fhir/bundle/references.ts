import type { FastifyRequest } from 'fastify';
import { askingOf } from '../../http/asking.ts';
import { lookUpExternalId } from '../../plans/index.ts';
import type { StaffActor } from '../../shared/actor.ts';
import { type PatientId, parsePatientId, publicId, publicPatientId } from '../../shared/ids.ts';
import { parsePersonNumber } from '../../shared/person-number.ts';
import { Problem } from '../../shared/problem.ts';
import type { FhirDeps } from '../deps.ts';
import { hsaIdOf } from '../mapping/in/parts.ts';
import { hsaIdentifier } from '../mapping/references.ts';
import { ALIASES, PERSON_SYSTEMS } from '../mapping/systems.ts';
import { findPerson } from '../rest/patient-identifier.ts';
import type { BundleEntry } from './read-bundle.ts';

/** Types of the directory: never written here, but named by what is. */
export const DIRECTORY_TYPES: ReadonlySet<string> = new Set([
  'Organization',
  'Practitioner',
  'PractitionerRole',
  'RelatedPerson',
  'HealthcareService',
]);

function nameOf(resource: fhir4.FhirResource): string | undefined {
  const { name } = resource as { readonly name?: string | readonly fhir4.HumanName[] };
  if (typeof name === 'string' || name === undefined) return name;
  const [first] = name;
  return first?.text ?? ([...(first?.given ?? []), first?.family].filter(Boolean).join(' ') || undefined);
}

/** What a resource of the directory is referred to by here: its HSA-id where it has one, else its name alone. */
export function directoryReference(resource: fhir4.FhirResource): fhir4.Reference {
  const { identifier } = resource as { readonly identifier?: readonly fhir4.Identifier[] };
  const hsaId = identifier?.map(hsaIdOf).find(Boolean);
  const display = nameOf(resource);
  return {
    type: resource.resourceType,
    ...(hsaId !== undefined && { identifier: hsaIdentifier(hsaId) }),
    ...(display !== undefined && { display }),
  };
}

/** A personal number among identifiers, in the form that a search is sent. */
function numberIn(identifiers: readonly fhir4.Identifier[]): string | undefined {
  for (const { system, value } of identifiers) {
    const known = system !== undefined && PERSON_SYSTEMS.has(ALIASES[system] ?? system);
    if (known && value !== undefined && 'kind' in parsePersonNumber(value)) return `${system}|${value}`;
  }
  return undefined;
}

/** The person that a sent Patient is: by the condition that it is sent under, else by its own number. */
export async function personOf(
  deps: FhirDeps,
  request: FastifyRequest,
  { resource, ifNoneExist }: Pick<BundleEntry, 'resource' | 'ifNoneExist'>,
): Promise<PatientId | undefined> {
  const condition = new URLSearchParams(ifNoneExist?.replace(/^Patient\?/, '')).get('identifier');
  const sent = condition ?? numberIn((resource as fhir4.Patient | undefined)?.identifier ?? []);
  return sent === undefined || sent === null
    ? undefined
    : findPerson(deps, request, [{ name: 'identifier', value: sent }]);
}

const CONDITIONAL = /^([A-Z][A-Za-z]+)\?identifier=(.+)$/;

function conditionalIn(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  const { reference } = value as { readonly reference?: unknown };
  if (typeof reference === 'string' && CONDITIONAL.test(reference)) found.add(reference);
  for (const inner of Object.values(value)) conditionalIn(inner, found);
}

async function lookUp(deps: FhirDeps, request: FastifyRequest, reference: string): Promise<string | undefined> {
  const [, type, text = ''] = CONDITIONAL.exec(reference)!;
  const sent = decodeURIComponent(text);
  if (type === 'Patient') {
    const key = await findPerson(deps, request, [{ name: 'identifier', value: sent }]);
    return key && `Patient/${publicPatientId(key)}`;
  }
  const bar = sent.indexOf('|');
  const { actor } = request;
  if (bar < 1 || actor.kind === 'citizen') return undefined;
  const externalId = { source: deps.urls.sourceName(sent.slice(0, bar)), id: sent.slice(bar + 1) };
  const asking = { ...askingOf(request), actor: actor as StaffActor };
  const { thing } = await lookUpExternalId(deps.desk, asking, externalId);
  return `${type}/${publicId(thing.patientId, thing.id)}`;
}

/**
 * What conditional references of a bundle (`Patient?identifier=…`) lead to. Those that lead to nothing, or not for this
 * sender, are not there.
 */
export async function conditionalReferences(
  deps: FhirDeps,
  request: FastifyRequest,
  entries: readonly BundleEntry[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Set<string>();
  for (const { resource } of entries) conditionalIn(resource, found);
  const known = new Map<string, string>();
  for (const reference of found) {
    const leads = await lookUp(deps, request, reference).catch((error: unknown) => {
      if (error instanceof Problem && error.status === 404) return undefined;
      throw error;
    });
    if (leads !== undefined) known.set(reference, leads);
  }
  return known;
}

/** The key of the person that a reference of ours names. */
export function patientKeyIn(reference: string | undefined): PatientId | undefined {
  const id = /^Patient\/([a-z2-7]{26})$/.exec(reference ?? '')?.[1];
  return id === undefined ? undefined : parsePatientId(id);
}
