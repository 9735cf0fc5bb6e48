import { type Row, row } from './answers.ts';
import {
  ADDED_BY_SYSTEMS,
  AT_WORK,
  type Class,
  citizens,
  EVERYONE,
  lacks,
  NO_CITIZENS,
  NO_SYSTEMS,
  NOT_FOR_YOU,
  NOT_THERE,
  OF_TEAM,
  OWN_PROVIDERS,
  SEEN_THINGS,
  STAFF_OR_PATIENT,
  SYSTEMS,
  staff,
  systems,
} from './classes.ts';

const everyone = (answer: string): Class => ({ ...staff(answer), ...citizens(answer), ...systems(answer) });

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

/** Form alone is judged: nothing of anybody is asked for. */
const JUDGED = row('plan.read', EVERYONE, {}, { holdsNothing: true, also: WRITES });
/** What was sent is not what this reader sees, and so a change that nobody may make this way. */
const NOT_TAKEN = '422 resource-not-taken';

interface Type {
  readonly seen: Class;
  /** Creating one. */
  readonly created: Class;
  /** Sending back what the ward sees. */
  readonly put?: Partial<Class>;
}

const TYPES: Readonly<Record<string, Type>> = {
  CarePlan: {
    seen: OF_TEAM,
    created: { ...staff(NOT_TAKEN), ...NO_CITIZENS, ...NO_SYSTEMS },
    put: { participant: NOT_TAKEN, patient: NOT_TAKEN, representative: NOT_TAKEN, system: NOT_TAKEN },
  },
  Task: { seen: SEEN_THINGS, created: ADDED_BY_SYSTEMS },
  Goal: { seen: SEEN_THINGS, created: ADDED_BY_SYSTEMS },
  CareTeam: { seen: OF_TEAM, created: everyone(NOT_TAKEN), put: { participant: NOT_TAKEN } },
  Communication: { seen: SEEN_THINGS, created: { ...ADDED_BY_SYSTEMS, system: NOT_FOR_YOU } },
};

function ofType(type: string, { seen, created, put }: Type): [string, Row][] {
  const at = `/fhir/R4/${type}`;
  const history = row('plan.read-history', seen, {}, { also: ['plan.read'] });
  return [
    [`GET ${at}/:id/_history`, history],
    [`GET ${at}/:id/_history/:version`, history],
    [`PUT ${at}/:id`, wrote({ ...seen, ...put })],
    [`PATCH ${at}/:id`, wrote(seen)],
    [`POST ${at}`, wrote(created)],
    [`POST ${at}/$validate`, JUDGED],
    [`POST ${at}/:id/$validate`, JUDGED],
  ];
}

/** A search by address and by form is one. */
const searched = (type: string, one: Row): Rows => ({
  [`GET /fhir/R4/${type}`]: one,
  [`POST /fhir/R4/${type}/_search`]: one,
});

/** Handed out by those who review the log of their own provider. */
const OF_LOG = row('log.extract', STAFF_OR_PATIENT, {
  ...{ outsider: lacks('log-review-missing'), participant: lacks('log-review-missing') },
});

/** Writing, history and validation in FHIR, and what else it shows of a person and the directory. */
export const FHIR_WRITE_ROWS: Rows = {
  ...Object.fromEntries(Object.entries(TYPES).flatMap(([type, one]) => ofType(type, one))),
  // An empty bundle: what is in one is judged as if it had been asked for alone.
  'POST /fhir/R4': wrote(everyone('400 bundle-invalid')),
  'GET /fhir/R4/ServiceRequest/:id': row('plan.read', SEEN_THINGS),
  'GET /fhir/R4/ServiceRequest': row('plan.list', STAFF_OR_PATIENT),
  'POST /fhir/R4/ServiceRequest/_search': row('plan.list', STAFF_OR_PATIENT),
  'POST /fhir/R4/Patient/:id/$everything': row('plan.list', STAFF_OR_PATIENT, {}, { also: ['patient.read'] }),
  'GET /fhir/R4/Patient/:id/$everything': row('plan.list', STAFF_OR_PATIENT, {}, { also: ['patient.read'] }),
  'GET /fhir/R4/Consent/:id': row('consent.read', OWN_PROVIDERS, {}, { also: ['block.read'] }),
  ...searched('Consent', row('consent.read', STAFF_OR_PATIENT, { guardian12: NOT_FOR_YOU }, { also: ['block.read'] })),
  'GET /fhir/R4/AuditEvent/:id': OF_LOG,
  ...searched('AuditEvent', OF_LOG),
  ...searched('RelatedPerson', row('representative.read', STAFF_OR_PATIENT)),
  'GET /fhir/R4/Organization': row('directory.read', EVERYONE),
  'POST /fhir/R4/Organization/_search': row('directory.read', EVERYONE),
  'GET /fhir/R4/Practitioner': row('directory.read', AT_WORK),
  'POST /fhir/R4/Practitioner/_search': row('directory.read', AT_WORK),
  'GET /fhir/R4/PractitionerRole': row('directory.read', AT_WORK),
  'POST /fhir/R4/PractitionerRole/_search': row('directory.read', AT_WORK),
  ...searched('HealthcareService', row('directory.read', EVERYONE)),

  // ---------------------------------------------------------------- events, for systems alone
  'POST /fhir/R4/Subscription': row('subscription.change', { ...SYSTEMS, ...systems('400 resource-invalid') }),
  'GET /fhir/R4/Subscription': row('subscription.read', SYSTEMS),
  'GET /fhir/R4/Subscription/:id': row('subscription.read', { ...SYSTEMS, ...systems(NOT_THERE) }),
  'DELETE /fhir/R4/Subscription/:id': row('subscription.change', { ...SYSTEMS, ...systems(NOT_THERE) }),
  'GET /fhir/R4/Subscription/:id/$status': row('subscription.read', { ...SYSTEMS, ...systems(NOT_THERE) }),
  'GET /fhir/R4/Subscription/:id/$events': row(
    'event.read',
    { ...SYSTEMS, ...systems(NOT_THERE) },
    {},
    { also: ['subscription.read'] },
  ),
};
