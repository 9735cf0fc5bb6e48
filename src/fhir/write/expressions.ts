import { Problem } from '../../shared/problem.ts';

/** Where the fields of `/v1` stand in FHIR, by the change that they are of: what a rule refuses is told by the element. */
const ELEMENTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  step: {
    title: 'Task.code.text',
    patientText: 'Task.description',
    clinicalText: 'Task.note',
    responsibleParty: 'Task.owner',
    time: 'Task.executionPeriod',
    agreedLatest: 'Task.restriction.period.end',
    predecessors: 'Task.extension',
    condition: 'Task.extension',
    way: 'Task.extension',
    ownYes: 'Task.extension',
    method: 'Task.extension',
    reason: 'Task.statusReason',
    to: 'Task.status',
    outcome: 'Task.status',
    occurrence: 'Task.id',
    note: 'Task.note',
  },
  commitment: {
    text: 'Task.description',
    due: 'Task.restriction.period.end',
    by: 'Task.owner',
    to: 'Task.requester',
    why: 'Task.statusReason',
    reason: 'Task.statusReason',
    ownYes: 'Task.extension',
    method: 'Task.extension',
  },
  goal: {
    text: 'Goal.description.text',
    clinicalText: 'Goal.note',
    targetOn: 'Goal.target[0].due',
    whose: 'Goal.expressedBy',
    state: 'Goal.lifecycleStatus',
    to: 'Goal.lifecycleStatus',
    reason: 'Goal.statusReason',
  },
  'what-matters': { text: 'Goal.description.text', ownResources: 'Goal.note' },
  contact: {
    role: 'CareTeam.participant[0].role',
    person: 'CareTeam.participant[0].member',
    roleName: 'CareTeam.participant[0].member',
    unit: 'CareTeam.managingOrganization',
    from: 'CareTeam.participant[0].period.start',
    to: 'CareTeam.participant[0].period.end',
    state: 'CareTeam.status',
    reason: 'CareTeam.reasonCode',
  },
  participant: { party: 'CareTeam.participant.member', role: 'CareTeam.participant.role' },
  remark: {
    what: 'Communication.category',
    text: 'Communication.payload',
    aboutId: 'Communication.about',
    wishedTime: 'Communication.payload',
    remark: 'Communication.inResponseTo',
  },
  plan: {
    title: 'CarePlan.title',
    purpose: 'CarePlan.description',
    periodFrom: 'CarePlan.period.start',
    periodTo: 'CarePlan.period.end',
    to: 'CarePlan.status',
    reason: 'CarePlan.note',
    offerAgainOn: 'CarePlan.status',
    decideBy: 'CarePlan.status',
    replaces: 'CarePlan.replaces',
  },
};

const RESOURCE: Readonly<Record<string, string>> = {
  step: 'Task',
  commitment: 'Task',
  goal: 'Goal',
  'what-matters': 'Goal',
  contact: 'CareTeam',
  participant: 'CareTeam',
  remark: 'Communication',
  plan: 'CarePlan',
};
/** Fields that every kind has, by where they stand in any resource. */
const COMMON: Readonly<Record<string, string>> = {
  approvedForPatient: 'meta.security',
  legalBasis: 'extension',
  externalId: 'identifier',
};

/** The FHIR element that a field of a change stands in; the resource itself for one that has none. */
export function elementOf(act: string, field: string): string {
  const [kind = ''] = act.split('.', 1);
  const [first = ''] = field.split(/[.[]/, 1);
  const resource = RESOURCE[kind] ?? 'Resource';
  const common = COMMON[first];
  return ELEMENTS[kind]?.[first] ?? (common ? `${resource}.${common}` : resource);
}

/** The same refusal, its fields told as elements of the resource that was sent. */
export function inElements(error: unknown, act: string): unknown {
  if (!(error instanceof Problem)) return error;
  const { invalidParameters } = error.particulars;
  if (!invalidParameters) return error;
  const named = invalidParameters.map((one) => ({ ...one, name: elementOf(act, one.name) }));
  return new Problem(error.definition, { ...error.particulars, invalidParameters: named });
}
