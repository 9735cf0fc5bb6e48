import { CANONICAL_TYPES } from '../canonicals/all.ts';
import { CANONICAL_PARAMETERS } from '../canonicals/routes.ts';
import { ownProfilesOf } from '../canonicals/structure-definitions.ts';
import type { FhirDeps } from '../deps.ts';
import { isWritable } from '../mapping/in/writable.ts';
import { PLAN_RESOURCE_TYPES, type PlanResourceType } from '../mapping/plan-resources.ts';
import { CAPABILITY_ID, PROFILES } from '../mapping/systems.ts';
import type { Parameter } from '../search/parameter.ts';
import { PARAMETERS } from '../search/parameters.ts';
import { SORTS } from '../search/sorts.ts';
import { smartSecurity } from '../smart/configuration.ts';
import { OPERATION, SUBSCRIPTION_PROFILE, TOPIC_EXTENSION, topicUrl } from '../subscriptions/names.ts';
import { CONSENT_PARAMETERS } from './consent-routes.ts';
import { SERVICE_SEARCH } from './directory-routes.ts';
import { DIRECTORY_SEARCHES } from './directory-search.ts';
import { LOG_PARAMETERS } from './log-routes.ts';
import { OF_ONE_THING } from './read-routes.ts';
import { RELATED_PARAMETERS } from './related-routes.ts';
import { linksOf } from './search-routes.ts';

type Resource = fhir4.CapabilityStatementRestResource;

const READ = { code: 'read' } as const;
const SEARCH = { code: 'search-type' } as const;

const WRITES = (['vread', 'history-instance', 'create', 'update', 'patch'] as const).map((code) => ({ code }));

/** How versions and conditions are of what can be written: If-Match is demanded, and an update makes nothing new. */
const WRITTEN = {
  versioning: 'versioned-update',
  readHistory: true,
  updateCreate: false,
  conditionalCreate: true,
  conditionalRead: 'not-supported',
  conditionalUpdate: false,
  conditionalDelete: 'not-supported',
} as const satisfies Partial<Resource>;

const OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  CarePlan: ['next-step', 'everything', 'validate'],
  Task: ['validate'],
  Goal: ['validate'],
  CareTeam: ['validate'],
  Communication: ['validate'],
  Patient: ['next-step', 'everything'],
};

/** Operations that FHIR itself defines. */
const STANDARD: Readonly<Record<string, string>> = {
  'Patient-everything': 'http://hl7.org/fhir/OperationDefinition/Patient-everything',
  ...Object.fromEntries(
    ['CarePlan', 'Task', 'Goal', 'CareTeam', 'Communication'].map((type) => [
      `${type}-validate`,
      'http://hl7.org/fhir/OperationDefinition/Resource-validate',
    ]),
  ),
};

const PROFILE_OF: Readonly<Record<string, string>> = {
  Patient: PROFILES.patient,
  Practitioner: PROFILES.practitioner,
  PractitionerRole: PROFILES.practitionerRole,
  Organization: PROFILES.organization,
};

function planResource(deps: FhirDeps, type: PlanResourceType): Resource {
  const parameters = PARAMETERS[type] as Readonly<Record<string, Parameter<never>>>;
  const { includes, reverse } = linksOf(type);
  const profiles = ownProfilesOf(deps.canonicalBase, type);
  return {
    type,
    ...(profiles.length > 0 && { supportedProfile: profiles }),
    interaction: [READ, SEARCH, ...(isWritable(type) ? WRITES : [])],
    ...(isWritable(type) ? WRITTEN : { versioning: 'versioned', readHistory: false }),
    documentation: `Ordnas med _sort, en eller flera i följd: ${Object.keys(SORTS[type]).join(', ')}.`,
    ...(OF_ONE_THING.has(type) && { conditionalRead: 'full-support' }),
    ...(includes.size > 0 && { searchInclude: [...includes] }),
    ...(reverse.size > 0 && { searchRevInclude: [...reverse] }),
    searchParam: Object.entries(parameters).map(([name, { type: kind, documentation }]) => ({
      name,
      type: kind,
      documentation,
    })),
    ...operations(deps, type),
  };
}

function operations({ urls }: FhirDeps, type: string): Pick<Resource, 'operation'> {
  const names = OPERATIONS[type];
  if (!names) return {};
  return {
    operation: names.map((name) => ({
      name,
      definition: STANDARD[`${type}-${name}`] ?? urls.operation(`${type}-${name}`),
    })),
  };
}

function otherResource(deps: FhirDeps, type: Resource['type'], searchParam?: Resource['searchParam']): Resource {
  const profile = PROFILE_OF[type];
  return {
    type,
    ...(profile !== undefined && { supportedProfile: [profile] }),
    interaction: searchParam ? [READ, SEARCH] : [READ],
    ...(searchParam && { searchParam }),
    ...operations(deps, type),
  };
}

const DIRECTORY = ['Organization', 'HealthcareService', 'Practitioner', 'PractitionerRole'] as const;

const PATIENT_SEARCH: Resource['searchParam'] = [
  { name: '_id', type: 'token', documentation: 'Personens id.' },
  { name: 'identifier', type: 'token', documentation: 'Personnummer och liknande; bara i POST _search, för personal.' },
];

const SERVICE_PARAMETERS: Resource['searchParam'] = Object.keys(SERVICE_SEARCH).map((name) => ({
  name,
  type: name === 'organization' ? 'reference' : 'token',
  documentation: 'Enheten, med HSA-id.',
}));

function directorySearch(type: string): Resource['searchParam'] {
  if (type === 'HealthcareService') return SERVICE_PARAMETERS;
  const searched = DIRECTORY_SEARCHES[type];
  if (!searched) return undefined;
  const parameters = Object.entries(searched.parameters);
  return parameters.map(([name, { type: kind, words }]) => ({ name, type: kind, documentation: words }));
}

const DATES: ReadonlySet<string> = new Set(['date', 'period', '_lastUpdated']);

function searchedBy(names: readonly string[]): Resource['searchParam'] {
  return names.map((name) => ({ name, type: name === 'patient' ? 'reference' : DATES.has(name) ? 'date' : 'token' }));
}

const CANONICAL_SEARCH: Resource['searchParam'] = CANONICAL_PARAMETERS.map((name) => ({
  name,
  type: name === 'url' ? 'uri' : name === 'name' ? 'string' : 'token',
}));

/** Subscriptions of system clients, with the topic that they can be about (Backport 1.1). */
function subscriptionResource({ canonicalBase }: FhirDeps): Resource {
  return {
    type: 'Subscription',
    extension: [{ url: TOPIC_EXTENSION, valueUri: topicUrl(canonicalBase) }],
    supportedProfile: [SUBSCRIPTION_PROFILE],
    interaction: [{ code: 'create' }, READ, SEARCH, { code: 'delete' }],
    operation: ['status', 'events'].map((name) => ({ name, definition: `${OPERATION}-${name}` })),
  };
}

/**
 * What this door can do, and nothing that it cannot: a test walks the answer and tries each line.
 *
 * @param base how callers reach this door
 * @param released the day of the running version
 */
export function capabilityStatement(deps: FhirDeps, base: string, released: string): fhir4.CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    id: CAPABILITY_ID,
    url: deps.urls.capability,
    version: deps.softwareVersion,
    name: 'Patientkontrakt',
    title: 'Patientkontrakt, FHIR R4',
    status: 'active',
    date: released,
    publisher: 'Patientkontrakt',
    description:
      'Gemensam plan över region och kommun: vem som gör vad, nästa steg och vem man vänder sig till. Läsning, sökning, ändring och historik inom en patients planer.',
    kind: 'instance',
    software: { name: 'Patientkontrakt', version: deps.softwareVersion },
    implementation: { description: 'Patientkontrakt', url: base },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    patchFormat: ['application/json-patch+json'],
    rest: [
      {
        mode: 'server',
        documentation:
          'En sökning gäller en patient. Personnummer skickas bara i innehållet till POST _search, aldrig i en adress.',
        security: {
          cors: deps.browserApps,
          ...smartSecurity(deps.smart),
          description: 'Åtkomstbiljett (Bearer) från en betrodd utfärdare.',
        },
        resource: [
          ...PLAN_RESOURCE_TYPES.map((type) => planResource(deps, type)),
          otherResource(deps, 'Patient', PATIENT_SEARCH),
          otherResource(deps, 'RelatedPerson', searchedBy(RELATED_PARAMETERS)),
          ...DIRECTORY.map((type) => otherResource(deps, type, directorySearch(type))),
          otherResource(deps, 'Consent', searchedBy(CONSENT_PARAMETERS)),
          otherResource(deps, 'AuditEvent', searchedBy(LOG_PARAMETERS)),
          subscriptionResource(deps),
          otherResource(deps, 'CapabilityStatement'),
          ...CANONICAL_TYPES.map((type) => otherResource(deps, type, CANONICAL_SEARCH)),
        ],
        interaction: [{ code: 'transaction' }, { code: 'batch' }],
      },
    ],
  };
}
