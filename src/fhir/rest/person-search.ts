import type { FastifyRequest } from 'fastify';
import { type Action, recordingRefusals } from '../../access/index.ts';
import { askingOf } from '../../http/asking.ts';
import type { PatientId } from '../../shared/ids.ts';
import type { FhirDeps } from '../deps.ts';
import { searchAcrossPatients } from '../problems.ts';
import { alternatives, referenceTail, refuseModifiers } from '../search/criteria.ts';
import { readSearch, type SearchRequest } from '../search/sent.ts';
import { BY_PERSON, withPatient } from './patient-identifier.ts';
import { keyOf, ownKey } from './patient-routes.ts';
import { thingOf } from './read-routes.ts';

const NO_LINKS = { includes: new Set<string>(), reverse: new Set<string>() };

/**
 * Reads a search of one person's things, and finds out whose: by reference, or in a form by number.
 *
 * @param names what the type is searched by
 * @param action what the log calls it when it is refused
 * @throws as {@link patientAsked}; searchParameterInvalid for a modifier that is not known
 */
export async function readPersonSearch(
  deps: FhirDeps,
  request: FastifyRequest,
  names: readonly string[],
  action: Action,
): Promise<{ readonly asked: SearchRequest; readonly patientId?: PatientId }> {
  const known = new Set([...names, ...(request.method === 'POST' ? [BY_PERSON] : [])]);
  const sent = readSearch(request, known, new Set(), NO_LINKS);
  refuseModifiers(sent.criteria, { patient: ['Patient', 'identifier'] });
  const { asked, isFound } = await withPatient(deps, request, sent);
  const patientId = isFound ? await patientAsked(deps, request, asked, action) : undefined;
  return { asked, ...(patientId !== undefined && { patientId }) };
}

/**
 * Whose a search of one person's things is: the patient that it names, the person that its ids are of, else the citizen
 * who asks. Nobody for a citizen who is not registered.
 *
 * @param action what the log calls it when it is refused
 * @throws searchAcrossPatients for anyone else who names none, and for whoever names several [PDL 2:8]
 */
async function patientAsked(
  deps: FhirDeps,
  request: FastifyRequest,
  { criteria }: SearchRequest,
  action: Action,
): Promise<PatientId | undefined> {
  const valuesOf = (name: string) =>
    criteria.filter((one) => one.name === name).flatMap(({ value }) => alternatives(value));
  const only = await recordingRefusals(deps.desk, askingOf(request), action, async () => {
    const byPatient = valuesOf('patient').map((one) => keyOf(referenceTail(one, 'Patient').slice('Patient/'.length)));
    const byId = valuesOf('_id').map((one) => thingOf(one).patientId);
    const [first, ...others] = new Set([...byPatient, ...byId]);
    const nobody = first === undefined && request.actor.kind !== 'citizen';
    if (others.length > 0 || nobody) throw searchAcrossPatients();
    return first;
  });
  return only ?? ownKey(deps, request);
}

/** Whether a resource is one of those that `_id` asks for, if it does. */
export function isAsked({ id }: fhir4.Resource, { criteria }: SearchRequest): boolean {
  return criteria.every(({ name, value }) => name !== '_id' || alternatives(value).includes(id!));
}
