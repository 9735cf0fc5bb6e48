import type { FastifyRequest } from 'fastify';
import { recordingRefusals } from '../../access/index.ts';
import { askingOf } from '../../http/asking.ts';
import { findPatients } from '../../patients/index.ts';
import type { PatientId } from '../../shared/ids.ts';
import { parsePersonNumber } from '../../shared/person-number.ts';
import { wrong } from '../../shared/problem.ts';
import type { FhirDeps } from '../deps.ts';
import { ALIASES, PERSON_SYSTEMS } from '../mapping/systems.ts';
import { searchAcrossPatients, searchParameterInvalid } from '../problems.ts';
import type { Sent } from '../search/criteria.ts';

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
