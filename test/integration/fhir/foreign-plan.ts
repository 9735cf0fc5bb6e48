/** A plan as another system sends it: contained resources, inline activities, `urn:uuid` addresses, a conditional Patient. */

const urn = (n: number) => `urn:uuid:00000000-0000-4000-8000-00000000000${n}`;
const SNOMED = 'http://snomed.info/sct';

interface Options {
  /** Only what a plan here can hold. */
  readonly plain?: boolean;
  readonly personNumber: string;
  /** Source ids that tell this plan from the next. */
  readonly id?: string;
  readonly status?: fhir4.CarePlan['status'];
}

function patientEntry(personNumber: string): fhir4.BundleEntry {
  const identifier = [{ system: 'http://electronichealth.se/identifier/personnummer', value: personNumber }];
  const patient: fhir4.Patient = { resourceType: 'Patient', identifier, name: [{ family: 'Exempel' }] };
  return {
    fullUrl: urn(1),
    resource: patient,
    request: {
      method: 'POST',
      url: 'Patient',
      ifNoneExist: `identifier=http://electronichealth.se/identifier/personnummer|${personNumber}`,
    },
  };
}

function planEntry({ plain, id = 'p1', status = 'active' }: Options): fhir4.BundleEntry {
  const contained: fhir4.CareTeam = {
    resourceType: 'CareTeam',
    id: 'team',
    status: 'active',
    participant: [
      { role: [{ text: 'Sjukgymnast' }], member: { type: 'Practitioner', display: 'Fia Fiktiv' } },
      { role: [{ text: 'Patient' }], member: { reference: urn(1) } },
    ],
  };
  const foreign: Partial<fhir4.CarePlan> = {
    category: [{ coding: [{ system: SNOMED, code: '698360004' }], text: 'Egenvårdsplan vid diabetes' }],
    addresses: [{ reference: urn(4) }],
  };
  const walk = {
    detail: {
      code: plain
        ? { text: 'Motion' }
        : { coding: [{ system: SNOMED, code: '229065009', display: 'Motion' }], text: 'Motion' },
      status: 'in-progress' as const,
      description: 'Gå en halvtimme varje dag.',
    },
  };
  return {
    fullUrl: urn(2),
    resource: {
      resourceType: 'CarePlan',
      identifier: [{ system: 'https://region.example/planer', value: id }],
      status,
      intent: 'order',
      title: 'Diabetes, egenvård',
      subject: { reference: urn(1) },
      period: { start: '2026-11-01' },
      contained: [contained],
      careTeam: [{ reference: '#team' }],
      goal: [{ reference: urn(3) }],
      activity: [
        walk,
        { detail: { code: { text: 'Kost' }, status: 'not-started' } },
        { reference: { reference: urn(5) } },
      ],
      ...(plain ? {} : foreign),
    } as fhir4.CarePlan,
    request: { method: 'POST', url: 'CarePlan' },
  };
}

const GOAL: fhir4.Goal = {
  resourceType: 'Goal',
  identifier: [{ system: 'https://region.example/mal', value: 'g1' }],
  lifecycleStatus: 'accepted',
  description: { text: 'HbA1c under 52' },
  subject: { reference: urn(1) },
};

const TASK: fhir4.Task = {
  resourceType: 'Task',
  identifier: [{ system: 'https://region.example/steg', value: 't1' }],
  status: 'requested',
  intent: 'plan',
  basedOn: [{ reference: urn(2) }],
  for: { reference: urn(1) },
  code: { text: 'Ögonbottenfoto' },
  restriction: { period: { end: '2026-12-20' } },
};

/** The bundle; what a plan cannot hold is a diagnosis, a code of another system and a reason for the plan. */
export function foreignBundle(options: Options): fhir4.Bundle {
  const diagnosis: fhir4.Condition = {
    resourceType: 'Condition',
    subject: { reference: urn(1) },
    code: { text: 'Diabetes' },
  };
  const condition: fhir4.BundleEntry = {
    fullUrl: urn(4),
    resource: diagnosis,
    request: { method: 'POST', url: 'Condition' },
  };
  const suffix = (resource: typeof GOAL | typeof TASK) => ({
    ...resource,
    identifier: [{ ...resource.identifier![0], value: `${options.id ?? 'p1'}-${resource.identifier![0]!.value}` }],
  });
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      { fullUrl: urn(5), resource: suffix(TASK) as fhir4.Task, request: { method: 'POST', url: 'Task' } },
      planEntry(options),
      { fullUrl: urn(3), resource: suffix(GOAL) as fhir4.Goal, request: { method: 'POST', url: 'Goal' } },
      patientEntry(options.personNumber),
      ...(options.plain ? [] : [condition]),
    ],
  };
}
