import { TYPES_NOT_HELD } from '../../../src/fhir/rest/types-not-held.ts';
import { type Row, row } from './answers.ts';
import { AT_WORK, EVERYONE, OF_TEAM, OWN, PATIENT_SIDE, SEEN_THINGS, STAFF_OR_PATIENT } from './classes.ts';
import { FHIR_WRITE_ROWS } from './fhir-write-rows.ts';

/** Types that plans do not hold: always empty, without a question to the database. */
const NOTHING = row('plan.list', EVERYONE, {}, { holdsNothing: true });

/** The FHIR door. One row per route: what is done, and what each caller is answered. */
export const FHIR_ROWS: Readonly<Record<string, Row>> = {
  'GET /fhir/R4/CarePlan/:id': row('plan.read', OF_TEAM),
  'GET /fhir/R4/CareTeam/:id': row('plan.read', OF_TEAM),
  'GET /fhir/R4/Goal/:id': row('plan.read', SEEN_THINGS),
  'GET /fhir/R4/Task/:id': row('plan.read', SEEN_THINGS),
  'GET /fhir/R4/Appointment/:id': row('plan.read', SEEN_THINGS),
  'GET /fhir/R4/Communication/:id': row('plan.read', SEEN_THINGS),
  'GET /fhir/R4/Provenance/:id': row('plan.read', SEEN_THINGS),
  'GET /fhir/R4/CarePlan/:id/$everything': row('plan.read', OF_TEAM),
  'POST /fhir/R4/CarePlan/:id/$everything': row('plan.read', OF_TEAM),
  'GET /fhir/R4/CarePlan/:id/$next-step': row('plan.read', OF_TEAM),
  'POST /fhir/R4/CarePlan/:id/$next-step': row('plan.read', OF_TEAM),
  'GET /fhir/R4/CarePlan': row('plan.list', STAFF_OR_PATIENT),
  'POST /fhir/R4/CarePlan/_search': row('plan.list', STAFF_OR_PATIENT),
  'GET /fhir/R4/CareTeam': row('plan.list', STAFF_OR_PATIENT),
  'POST /fhir/R4/CareTeam/_search': row('plan.list', STAFF_OR_PATIENT),
  'GET /fhir/R4/Goal': row('plan.list', STAFF_OR_PATIENT),
  'POST /fhir/R4/Goal/_search': row('plan.list', STAFF_OR_PATIENT),
  'GET /fhir/R4/Task': row('plan.list', STAFF_OR_PATIENT),
  'POST /fhir/R4/Task/_search': row('plan.list', STAFF_OR_PATIENT),
  'GET /fhir/R4/Appointment': row('plan.list', STAFF_OR_PATIENT),
  'POST /fhir/R4/Appointment/_search': row('plan.list', STAFF_OR_PATIENT),
  'GET /fhir/R4/Communication': row('plan.list', STAFF_OR_PATIENT),
  'POST /fhir/R4/Communication/_search': row('plan.list', STAFF_OR_PATIENT),
  'GET /fhir/R4/Provenance': row('plan.list', STAFF_OR_PATIENT),
  'POST /fhir/R4/Provenance/_search': row('plan.list', STAFF_OR_PATIENT),
  'GET /fhir/R4/Patient/:id': row('patient.read', STAFF_OR_PATIENT, {}, { also: ['plan.list'] }),
  'GET /fhir/R4/Patient': row('patient.read', STAFF_OR_PATIENT, {}, { also: ['plan.list'] }),
  'POST /fhir/R4/Patient/_search': row('patient.find', AT_WORK, {}, { also: ['patient.read', 'plan.list'] }),
  'GET /fhir/R4/RelatedPerson/:id': row('representative.read', STAFF_OR_PATIENT),
  'GET /fhir/R4/Patient/$next-step': row('overview.read', OWN),
  'GET /fhir/R4/Patient/:id/$next-step': row('overview.read', PATIENT_SIDE),
  'POST /fhir/R4/Patient/$next-step': row('overview.read', OWN),
  'POST /fhir/R4/Patient/:id/$next-step': row('overview.read', PATIENT_SIDE),
  'GET /fhir/R4/Organization/:id': row('directory.read', EVERYONE),
  'GET /fhir/R4/HealthcareService/:id': row('directory.read', EVERYONE),
  'GET /fhir/R4/Practitioner/:id': row('directory.read', AT_WORK),
  'GET /fhir/R4/PractitionerRole/:id': row('directory.read', AT_WORK),
  ...Object.fromEntries(
    TYPES_NOT_HELD.flatMap((type) => [`GET /fhir/R4/${type}`, `POST /fhir/R4/${type}/_search`]).map((route) => [
      route,
      NOTHING,
    ]),
  ),

  // ---------------------------------------------------------------- the same contacts and teams in R5
  'GET /fhir/R5/CareTeam': row('plan.list', STAFF_OR_PATIENT),
  'POST /fhir/R5/CareTeam/_search': row('plan.list', STAFF_OR_PATIENT),
  'GET /fhir/R5/CareTeam/:id': row('plan.read', OF_TEAM),
  'GET /fhir/R5/Patient/:id': row('patient.read', STAFF_OR_PATIENT, {}, { also: ['plan.list'] }),
  'GET /fhir/R5/Organization/:id': row('directory.read', EVERYONE),
  'GET /fhir/R5/Practitioner/:id': row('directory.read', AT_WORK),
  'GET /fhir/R5/PractitionerRole/:id': row('directory.read', AT_WORK),
  ...FHIR_WRITE_ROWS,
};
