import type { PlanResource, PlanResources, PlanResourceType } from '../mapping/plan-resources.ts';
import { type Range, rangeOf, rangeOfPeriod } from './dates.ts';

/** A code as a search compares it; without a system for plain codes of a required binding. */
export interface Token {
  readonly system?: string;
  readonly code: string;
}

/** One search parameter: what of a resource it looks at. */
export type Parameter<R> = { readonly documentation: string } & (
  | { readonly type: 'token'; readonly tokens: (resource: R) => readonly Token[] }
  | { readonly type: 'reference'; readonly target: string; readonly references: (resource: R) => readonly string[] }
  | { readonly type: 'date'; readonly ranges: (resource: R) => readonly Range[] }
);

const codes = (concepts: readonly (fhir4.CodeableConcept | undefined)[] | undefined): Token[] =>
  (concepts ?? []).flatMap((one) => (one?.coding ?? []).map(({ system, code }) => ({ system, code: code ?? '' })));
const identifiers = (list: readonly fhir4.Identifier[] | undefined): Token[] =>
  (list ?? []).map(({ system, value }) => ({ system, code: value ?? '' }));
const refs = (list: readonly (fhir4.Reference | undefined)[] | undefined): string[] =>
  (list ?? []).flatMap((one) => one?.reference ?? []);
const period = (one: fhir4.Period | undefined): Range[] => (one ? [rangeOfPeriod(one)] : []);
const moment = (text: string | undefined): Range[] => {
  const range = text === undefined ? undefined : rangeOf(text);
  return range ? [range] : [];
};

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
    references: (one: R) => refs([reference(one)]),
  }) as const;

const status = <R extends { readonly status?: string }>() =>
  ({ type: 'token', documentation: 'Läge.', tokens: (one: R) => [{ code: one.status ?? '' }] }) as const;

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
    identifier: { type: 'token', documentation: 'Källsystemets id.', tokens: (one) => identifiers(one.identifier) },
    'plan-state': {
      type: 'token',
      documentation: 'Planens eget läge: föreslagen och avböjd för sig (egen parameter).',
      tokens: (one) => [planState(one)],
    },
    date: { type: 'date', documentation: 'När planen gäller.', ranges: (one) => period(one.period) },
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
    identifier: { type: 'token', documentation: 'Källsystemets id.', tokens: (one) => identifiers(one.identifier) },
    'based-on': {
      type: 'reference',
      target: 'CarePlan',
      documentation: 'Planen.',
      references: (one) => refs(one.basedOn),
    },
    'part-of': {
      type: 'reference',
      target: 'Task',
      documentation: 'Steget som ett tillfälle hör till.',
      references: (one) => refs(one.partOf),
    },
    owner: {
      type: 'reference',
      target: 'Organization',
      documentation: 'Vem som ansvarar; bara tillsammans med en patient.',
      references: (one) => refs([one.owner]),
    },
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
  },
  CareTeam: {
    _id: id,
    _lastUpdated: lastUpdated,
    patient: subject(),
    subject: subject(),
    status: status(),
    category: { type: 'token', documentation: 'Team eller fast kontakt.', tokens: (one) => codes(one.category) },
  },
  Appointment: {
    _id: id,
    _lastUpdated: lastUpdated,
    patient: ofPatient((one) => one.participant.map(({ actor }) => actor).find(isPatient)),
    status: status(),
    date: { type: 'date', documentation: 'När tiden börjar.', ranges: (one) => moment(one.start) },
  },
  ServiceRequest: {
    _id: id,
    _lastUpdated: lastUpdated,
    patient: subject(),
    subject: subject(),
    status: status(),
    identifier: { type: 'token', documentation: 'Källsystemets id.', tokens: (one) => identifiers(one.identifier) },
    'based-on': {
      type: 'reference',
      target: 'CarePlan',
      documentation: 'Planen.',
      references: (one) => refs(one.basedOn),
    },
    performer: {
      type: 'reference',
      target: 'Organization',
      documentation: 'Vem som ansvarar; bara tillsammans med en patient.',
      references: (one) => refs(one.performer),
    },
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
    'based-on': {
      type: 'reference',
      target: 'CarePlan',
      documentation: 'Planen.',
      references: (one) => refs(one.basedOn),
    },
    sent: { type: 'date', documentation: 'När det skickades.', ranges: (one) => moment(one.sent) },
  },
  Provenance: {
    _id: id,
    _lastUpdated: lastUpdated,
    target: {
      type: 'reference',
      target: 'CarePlan',
      documentation: 'Planen som överenskommelsen gäller.',
      references: (one) => refs(one.target),
    },
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

/** What a search may follow from one resource to others of the same person's plans. */
export const INCLUDES: Readonly<Record<string, (resource: PlanResource) => readonly string[]>> = {
  'CarePlan:care-team': (one) => (one.resourceType === 'CarePlan' ? refs(one.careTeam) : []),
  'CarePlan:goal': (one) => (one.resourceType === 'CarePlan' ? refs(one.goal) : []),
  'CarePlan:activity-reference': (one) =>
    one.resourceType === 'CarePlan' ? refs(one.activity?.map(({ reference }) => reference)) : [],
  'CarePlan:part-of': (one) => (one.resourceType === 'CarePlan' ? refs(one.partOf) : []),
  'Task:based-on': (one) => (one.resourceType === 'Task' ? refs(one.basedOn) : []),
  'Task:part-of': (one) => (one.resourceType === 'Task' ? refs(one.partOf) : []),
  'Task:focus': (one) => (one.resourceType === 'Task' ? refs([one.focus]) : []),
  'ServiceRequest:based-on': (one) => (one.resourceType === 'ServiceRequest' ? refs(one.basedOn) : []),
  'Communication:based-on': (one) => (one.resourceType === 'Communication' ? refs(one.basedOn) : []),
  'Provenance:target': (one) => (one.resourceType === 'Provenance' ? refs(one.target) : []),
};

/** What a search may bring along of that which refers to its matches. */
export const REVERSE_INCLUDES: Readonly<Record<string, readonly PlanResourceType[]>> = {
  'Task:based-on': ['CarePlan'],
  'Task:part-of': ['Task'],
  'ServiceRequest:based-on': ['CarePlan'],
  'Communication:based-on': ['CarePlan'],
  'Provenance:target': ['CarePlan', 'Task', 'Goal', 'CareTeam', 'Appointment', 'ServiceRequest', 'Communication'],
};

/** What each type can be put in order by, and the instant that decides; the id decides between equals. */
export const SORTS: { readonly [T in PlanResourceType]: Readonly<Record<string, (one: PlanResource) => number>> } = {
  CarePlan: { _lastUpdated: changed },
  Task: { _lastUpdated: changed, period: deciding },
  Goal: { _lastUpdated: changed },
  CareTeam: { _lastUpdated: changed },
  Appointment: { _lastUpdated: changed, date: starting },
  ServiceRequest: { _lastUpdated: changed, occurrence: deciding },
  Communication: { _lastUpdated: changed },
  Provenance: { _lastUpdated: changed },
};

/** Later than anything that is: for what has no time. */
const LAST = 8.64e15;

function changed(one: PlanResource): number {
  return Date.parse(one.meta!.lastUpdated!);
}

function starting(one: PlanResource): number {
  return one.resourceType === 'Appointment' && one.start !== undefined ? Date.parse(one.start) : LAST;
}

/** A booked time counts by its start, anything else by its last moment, as our own order does. */
function deciding(one: PlanResource): number {
  const period =
    one.resourceType === 'Task' ? one.executionPeriod : one.resourceType === 'ServiceRequest' && one.occurrencePeriod;
  if (!period) return LAST;
  const { start, end } = period;
  const booked = one.resourceType === 'Task' && one.focus?.reference?.startsWith('Appointment/');
  const at = booked ? start : (end ?? start);
  return at === undefined ? LAST : (rangeOf(at)?.from ?? LAST);
}
