import type { Server } from '../../http/server.ts';
import type { FhirDeps } from '../deps.ts';
import { NOTHING_HERE } from './access.ts';
import { emptyBundle } from './bundle.ts';
import { doorUrl, sendResource } from './reply.ts';

/** Clinical types of R4 that general patient apps ask for, or that a plan elsewhere refers to, and plans here do not hold. */
export const TYPES_NOT_HELD = [
  'AdverseEvent',
  'AllergyIntolerance',
  'ClinicalImpression',
  'CommunicationRequest',
  'Condition',
  'Coverage',
  'Device',
  'DeviceRequest',
  'DiagnosticReport',
  'DocumentReference',
  'Encounter',
  'EpisodeOfCare',
  'FamilyMemberHistory',
  'Flag',
  'ImagingStudy',
  'Immunization',
  'List',
  'Media',
  'Medication',
  'MedicationAdministration',
  'MedicationDispense',
  'MedicationRequest',
  'MedicationStatement',
  'NutritionOrder',
  'Observation',
  'Procedure',
  'QuestionnaireResponse',
  'RequestGroup',
  'RiskAssessment',
  'Specimen',
  'VisionPrescription',
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
