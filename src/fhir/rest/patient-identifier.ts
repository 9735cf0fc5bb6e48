import type { FastifyRequest } from 'fastify';
import { recordingRefusals } from '../../access/index.ts';
import { askingOf } from '../../http/asking.ts';
import { findPatients } from '../../patients/index.ts';
import { type PatientId, publicPatientId } from '../../shared/ids.ts';
import { parsePersonNumber } from '../../shared/person-number.ts';
import { wrong } from '../../shared/problem.ts';
import type { FhirDeps } from '../deps.ts';
import { ALIASES, PERSON_SYSTEMS } from '../mapping/systems.ts';
import { searchAcrossPatients, searchParameterInvalid } from '../problems.ts';
import type { Sent } from '../search/criteria.ts';
import type { SearchRequest } from '../search/sent.ts';

/** A person's number, by the person that something is about. */
export const BY_PERSON = 'patient.identifier';

/** Whether a criterion names the person by number: `patient.identifier=…`, or `patient:identifier=…`. */
function asksByNumber({ name, modifier }: Sent): boolean {
  return name === BY_PERSON || ((name === 'patient' || name === 'subject') && modifier === 'identifier');
}

/**
 * A search with the person's number, if that was sent, in the form of the person's id, so that nothing later on, and no
 * link of the answer, holds the number.
 *
 * @returns `isFound` false when the number is nobody's here
 * @throws searchParameterInvalid for a number that is not sent in a form
 */
export async function withPatient(deps: FhirDeps, request: FastifyRequest, sent: SearchRequest) {
  const byNumber = sent.criteria.filter(asksByNumber);
  if (byNumber.length === 0) return { asked: sent, isFound: true };
  if (request.method !== 'POST') {
    const reason = wrong(
      'patient',
      'Numret skickas i innehållet till POST _search.',
      'Send the number in POST _search.',
    );
    throw searchParameterInvalid({ invalidParameters: [reason] });
  }
  const rest = sent.criteria.filter((one) => !asksByNumber(one));
  const found = await findPerson(deps, request, byNumber);
  if (!found) return { asked: { ...sent, criteria: rest }, isFound: false };
  return { asked: { ...sent, criteria: [...rest, { name: 'patient', value: publicPatientId(found) }] }, isFound: true };
}

/** The twelve characters of one `system|number`; undefined for a system that names no persons. */
function digitsOf({ name, value }: Sent): string | undefined {
  const bar = value.indexOf('|');
  const system = bar < 0 ? undefined : value.slice(0, bar);
  if (system !== undefined && !PERSON_SYSTEMS.has(ALIASES[system] ?? system)) return undefined;
  const number = parsePersonNumber(value.slice(bar + 1));
  if ('kind' in number) return number.digits;
  const reason = wrong(name, 'Numret finns inte.', 'There is no such number.');
  throw searchParameterInvalid({ invalidParameters: [reason] });
}

/**
 * Finds the one person that holds a number, through the same use case and with the same log as the REST door.
 *
 * @throws searchAcrossPatients for several numbers; searchParameterInvalid, without the value
 */
export async function findPerson(
  deps: FhirDeps,
  request: FastifyRequest,
  sent: readonly Sent[],
): Promise<PatientId | undefined> {
  const only = await recordingRefusals(deps.desk, askingOf(request), 'patient.find', async () => onlyOf(sent));
  const digits = digitsOf(only);
  if (digits === undefined) return undefined;
  const [found] = await findPatients(deps.desk, askingOf(request), deps.personNumberHash(digits));
  return found?.canonical?.patientId;
}

function onlyOf([only, ...others]: readonly Sent[]): Sent {
  if (!only || others.length > 0 || only.value.includes(',')) throw searchAcrossPatients();
  return only;
}
