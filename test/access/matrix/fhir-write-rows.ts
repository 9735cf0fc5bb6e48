import { type Row, row } from './answers.ts';
import { AT_WORK, type Class, EVERYONE, OF_TEAM, SEEN_THINGS, STAFF_OR_PATIENT } from './classes.ts';

type Rows = Readonly<Record<string, Row>>;

/** What is written in FHIR is judged change by change: each leaves the entry of what it came to. */
const WRITES = [
  ...[
    'plan.create',
    'plan.change',
    'plan.transition',
    'plan.read',
    'plan.list',
    'plan.read-history',
    'plan.add-content',
  ],
  ...['step.add', 'step.change', 'step.answer', 'step.report', 'content.change', 'commitment.answer'],
  ...['commitment.judge', 'participant.answer', 'remark.write', 'patient.find', 'plan.look-up'],
];
const wrote = (answers: Class) => row('plan.read', answers, {}, { also: WRITES });

const TYPES: Readonly<Record<string, Class>> = {
  CarePlan: OF_TEAM,
  Task: SEEN_THINGS,
  Goal: SEEN_THINGS,
  CareTeam: OF_TEAM,
  Communication: SEEN_THINGS,
};

function ofType(type: string, seen: Class): Rows {
  const at = `/fhir/R4/${type}`;
  return {
    [`GET ${at}/:id/_history`]: row('plan.read-history', seen, {}, { also: ['plan.read'] }),
    [`GET ${at}/:id/_history/:version`]: row('plan.read-history', seen, {}, { also: ['plan.read'] }),
    [`PUT ${at}/:id`]: wrote(seen),
    [`PATCH ${at}/:id`]: wrote(seen),
    [`POST ${at}`]: wrote(seen),
    [`POST ${at}/$validate`]: wrote(EVERYONE),
    [`POST ${at}/:id/$validate`]: wrote(EVERYONE),
  };
}

/** Writing, history and validation in FHIR, and what else it shows of a person and the directory. */
export const FHIR_WRITE_ROWS: Rows = {
  ...Object.entries(TYPES).reduce<Rows>((rows, [type, seen]) => ({ ...rows, ...ofType(type, seen) }), {}),
  'POST /fhir/R4': wrote(EVERYONE),
  'GET /fhir/R4/ServiceRequest/:id': row('plan.read', SEEN_THINGS),
  'GET /fhir/R4/ServiceRequest': row('plan.list', STAFF_OR_PATIENT),
  'POST /fhir/R4/ServiceRequest/_search': row('plan.list', STAFF_OR_PATIENT),
  'GET /fhir/R4/Patient/:id/$everything': row('plan.list', STAFF_OR_PATIENT, {}, { also: ['patient.read'] }),
  'GET /fhir/R4/Consent/:id': row('consent.read', STAFF_OR_PATIENT, {}, { also: ['block.read'] }),
  'GET /fhir/R4/Consent': row('consent.read', STAFF_OR_PATIENT, {}, { also: ['block.read'] }),
  'GET /fhir/R4/AuditEvent': row('log.extract', STAFF_OR_PATIENT),
  'GET /fhir/R4/Organization': row('directory.read', EVERYONE),
  'POST /fhir/R4/Organization/_search': row('directory.read', EVERYONE),
  'GET /fhir/R4/Practitioner': row('directory.read', AT_WORK),
  'POST /fhir/R4/Practitioner/_search': row('directory.read', AT_WORK),
  'GET /fhir/R4/PractitionerRole': row('directory.read', AT_WORK),
  'POST /fhir/R4/PractitionerRole/_search': row('directory.read', AT_WORK),
  'GET /fhir/R4/HealthcareService': row('directory.read', EVERYONE),
};
