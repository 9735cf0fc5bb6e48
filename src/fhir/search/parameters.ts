import type { PlanResource, PlanResources, PlanResourceType } from '../mapping/plan-resources.ts';
import { codes, identifiers, moment, type Parameter, period, present, type Token } from './parameter.ts';

const id = {
  type: 'token',
  documentation: 'Resursens id.',
  tokens: (one: PlanResource) => [{ code: one.id! }],
} as const;
const lastUpdated = {
  type: 'date',
  documentation: 'När resursen senast ändrades.',
  ranges: (one: PlanResource) => moment(one.meta?.lastUpdated),
} as const;
const ofPatient = <R>(reference: (one: R) => fhir4.Reference | undefined) =>
  ({
    type: 'reference',
    target: 'Patient',
    documentation: 'Personen som det gäller. Krävs, utom för den egna personen eller med _id.',
    references: (one: R) => present([reference(one)]),
  }) as const;

const status = <R extends { readonly status?: string }>() =>
  ({ type: 'token', documentation: 'Läge.', tokens: (one: R) => [{ code: one.status ?? '' }] }) as const;

/** References of one element to things of a type; an id alone is of that type. */
const leadsTo = <R>(target: string, documentation: string, references: (one: R) => readonly fhir4.Reference[]) =>
  ({ type: 'reference', target, documentation, references }) as const;

const basedOn = <R extends { readonly basedOn?: fhir4.Reference[] }>() =>
  leadsTo<R>('CarePlan', 'Planen.', (one) => present(one.basedOn));

const sourceId = <R extends { readonly identifier?: fhir4.Identifier[] }>() =>
  ({
    type: 'token',
    documentation: 'Källsystemets id.',
    tokens: (one: R) => identifiers(one.identifier),
  }) as const;

const intent = <R extends { readonly intent?: string }>() =>
  ({ type: 'token', documentation: 'Plan eller förslag.', tokens: (one: R) => [{ code: one.intent ?? '' }] }) as const;

type Parameters = { readonly [T in PlanResourceType]: Readonly<Record<string, Parameter<PlanResources[T]>>> };

const subject = <R extends { readonly subject?: fhir4.Reference }>() => ofPatient<R>((one) => one.subject);

/** What each type can be searched by, beside what all can. */
export const PARAMETERS: Parameters = {
  CarePlan: {
    _id: id,
    _lastUpdated: lastUpdated,
    patient: subject(),
    subject: subject(),
    status: status(),
    category: { type: 'token', documentation: 'Typ av plan.', tokens: (one) => codes(one.category) },
    identifier: sourceId(),
    'plan-state': {
      type: 'token',
      documentation: 'Planens eget läge: föreslagen och avböjd för sig (egen parameter).',
      tokens: (one) => [planState(one)],
    },
    date: { type: 'date', documentation: 'När planen gäller.', ranges: (one) => period(one.period) },
    intent: intent(),
    'part-of': leadsTo('CarePlan', 'Planen som den är en del av.', (one) => present(one.partOf)),
    replaces: leadsTo('CarePlan', 'Planen som den ersätter.', (one) => present(one.replaces)),
    'care-team': leadsTo('CareTeam', 'Team och fasta kontakter.', (one) => present(one.careTeam)),
    goal: leadsTo('Goal', 'Mål och vad som är viktigt.', (one) => present(one.goal)),
    'activity-reference': leadsTo('Task', 'Steg, löften och bokade tider.', (one) =>
      present(one.activity?.map(({ reference }) => reference)),
    ),
  },
  Task: {
    _id: id,
    _lastUpdated: lastUpdated,
    patient: ofPatient((one) => one.for),
    subject: ofPatient((one) => one.for),
    status: status(),
    code: { type: 'token', documentation: 'Steg, tillfälle eller löfte.', tokens: (one) => codes([one.code]) },
    'business-status': {
      type: 'token',
      documentation: 'Vårt eget, finare läge.',
      tokens: (one) => codes([one.businessStatus]),
    },
    identifier: sourceId(),
    'based-on': basedOn(),
    'part-of': leadsTo('Task', 'Steget som ett tillfälle hör till.', (one) => present(one.partOf)),
    focus: leadsTo('Appointment', 'Den bokade tiden, eller det som överlämnas.', (one) => present([one.focus])),
    'group-identifier': {
      type: 'token',
      documentation: 'Planens id.',
      tokens: (one) => identifiers(one.groupIdentifier && [one.groupIdentifier]),
    },
    intent: intent(),
    owner: leadsTo('Organization', 'Vem som ansvarar; bara tillsammans med en patient.', (one) => present([one.owner])),
    requester: leadsTo('Organization', 'Vem som skrev; bara tillsammans med en patient.', (one) =>
      present([one.requester]),
    ),
    'authored-on': { type: 'date', documentation: 'När det skrevs.', ranges: (one) => moment(one.authoredOn) },
    modified: { type: 'date', documentation: 'När det senast ändrades.', ranges: (one) => moment(one.lastModified) },
    period: { type: 'date', documentation: 'När det är tänkt att ske.', ranges: (one) => period(one.executionPeriod) },
  },
  Goal: {
    _id: id,
    _lastUpdated: lastUpdated,
    patient: subject(),
    subject: subject(),
    'lifecycle-status': {
      type: 'token',
      documentation: 'Läge.',
      tokens: (one) => [{ code: one.lifecycleStatus }],
    },
    category: { type: 'token', documentation: 'Mål eller vad som är viktigt.', tokens: (one) => codes(one.category) },
    'achievement-status': {
      type: 'token',
      documentation: 'Om det är nått.',
      tokens: (one) => codes([one.achievementStatus]),
    },
    'target-date': {
      type: 'date',
      documentation: 'När det ska vara nått.',
      ranges: (one) => (one.target ?? []).flatMap(({ dueDate }) => moment(dueDate)),
    },
    identifier: sourceId(),
  },
  CareTeam: {
    _id: id,
    _lastUpdated: lastUpdated,
    patient: subject(),
    subject: subject(),
    status: status(),
    category: { type: 'token', documentation: 'Team eller fast kontakt.', tokens: (one) => codes(one.category) },
    date: { type: 'date', documentation: 'När kontakten gäller.', ranges: (one) => period(one.period) },
    identifier: sourceId(),
    participant: leadsTo('Organization', 'Vem som är med; bara tillsammans med en patient.', (one) =>
      present(one.participant?.map(({ member }) => member)),
    ),
  },
  Appointment: {
    _id: id,
    _lastUpdated: lastUpdated,
    patient: ofPatient((one) => one.participant.map(({ actor }) => actor).find(isPatient)),
    status: status(),
    date: { type: 'date', documentation: 'När tiden börjar.', ranges: (one) => moment(one.start) },
    actor: leadsTo('HealthcareService', 'Vem som är med; bara tillsammans med en patient.', (one) =>
      present(one.participant.map((participant) => participant.actor)),
    ),
    'part-status': {
      type: 'token',
      documentation: 'Vad de som är med har svarat.',
      tokens: (one) => one.participant.map((participant) => ({ code: participant.status })),
    },
  },
  ServiceRequest: {
    _id: id,
    _lastUpdated: lastUpdated,
    patient: subject(),
    subject: subject(),
    status: status(),
    identifier: sourceId(),
    'based-on': basedOn(),
    intent: intent(),
    performer: leadsTo('Organization', 'Vem som ansvarar; bara tillsammans med en patient.', (one) =>
      present(one.performer),
    ),
    requester: leadsTo('Organization', 'Vem som skrev; bara tillsammans med en patient.', (one) =>
      present([one.requester]),
    ),
    occurrence: {
      type: 'date',
      documentation: 'När det är tänkt att ske.',
      ranges: (one) => period(one.occurrencePeriod),
    },
    authored: { type: 'date', documentation: 'När det skrevs.', ranges: (one) => moment(one.authoredOn) },
  },
  Communication: {
    _id: id,
    _lastUpdated: lastUpdated,
    patient: subject(),
    subject: subject(),
    status: status(),
    category: { type: 'token', documentation: 'Slag av meddelande.', tokens: (one) => codes(one.category) },
    'based-on': basedOn(),
    sent: { type: 'date', documentation: 'När det skickades.', ranges: (one) => moment(one.sent) },
    identifier: sourceId(),
    'part-of': leadsTo('Task', 'Överlämningen som en återkoppling hör till.', (one) => present(one.partOf)),
    recipient: leadsTo('Organization', 'Till vem; bara tillsammans med en patient.', (one) => present(one.recipient)),
    sender: leadsTo('Organization', 'Från vem; bara tillsammans med en patient.', (one) => present([one.sender])),
  },
  Provenance: {
    _id: id,
    _lastUpdated: lastUpdated,
    // Whose it is follows from the plan, so that the person is all that need be told.
    patient: ofPatient(() => undefined),
    target: leadsTo('CarePlan', 'Planen som överenskommelsen gäller.', (one) => present(one.target)),
    agent: leadsTo('Organization', 'Vem som svarade eller skrev ned det; bara tillsammans med en patient.', (one) =>
      present(one.agent.map(({ who }) => who)),
    ),
    'agent-type': {
      type: 'token',
      documentation: 'Del i svaret: attester, author eller custodian.',
      tokens: (one) => codes(one.agent.map(({ type }) => type)),
    },
    when: { type: 'date', documentation: 'När svaret gavs.', ranges: (one) => moment(one.occurredDateTime) },
    recorded: { type: 'date', documentation: 'När det skrevs ned.', ranges: (one) => moment(one.recorded) },
  },
};

function planState({ extension, status }: fhir4.CarePlan): Token {
  const own = extension?.find(({ url }) => url.endsWith('/StructureDefinition/plan-state'));
  return { code: own?.valueCode ?? status };
}

function isPatient(actor: fhir4.Reference | undefined): boolean {
  return actor?.reference?.startsWith('Patient/') === true;
}
