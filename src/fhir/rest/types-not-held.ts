import type { Server } from '../../http/server.ts';
import type { FhirDeps } from '../deps.ts';
import { NOTHING_HERE } from './access.ts';
import { emptyBundle } from './bundle.ts';
import { doorUrl, sendResource } from './reply.ts';

/** Clinical types of R4 that general patient apps ask for and plans do not hold. */
export const TYPES_NOT_HELD = [
  'AllergyIntolerance',
  'Condition',
  'Coverage',
  'Device',
  'DiagnosticReport',
  'DocumentReference',
  'Encounter',
  'FamilyMemberHistory',
  'Immunization',
  'Medication',
  'MedicationAdministration',
  'MedicationDispense',
  'MedicationRequest',
  'MedicationStatement',
  'Observation',
  'Procedure',
  'QuestionnaireResponse',
  'RiskAssessment',
  'Specimen',
] as const;

/** Answers a search for them with nothing found, so that such apps load; nothing is read for it. */
export function registerTypesNotHeld(door: Server, deps: FhirDeps): void {
  for (const type of TYPES_NOT_HELD) {
    door.get(`/${type}`, NOTHING_HERE, (request, reply) =>
      sendResource(reply, emptyBundle(`${doorUrl(request, deps)}/${type}`)),
    );
    door.post(`/${type}/_search`, NOTHING_HERE, (request, reply) =>
      sendResource(reply, emptyBundle(`${doorUrl(request, deps)}/${type}`)),
    );
  }
}
