/** Parts of resources: `_elements` and `_summary` (R4 search.html#summary). */

/** Elements that each type has a summary of in R4, among those that leave here; the mandatory ones stand first. */
const TYPES: Readonly<Record<string, readonly [mandatory: string, summary: string]>> = {
  CarePlan: ['status intent subject', 'identifier replaces partOf category title description period created author'],
  Task: [
    'status intent',
    'identifier basedOn groupIdentifier partOf statusReason businessStatus code description focus for executionPeriod lastModified requester owner',
  ],
  Goal: ['lifecycleStatus description subject', 'achievementStatus category statusDate expressedBy'],
  CareTeam: ['', 'identifier status category name subject period managingOrganization'],
  Appointment: ['status participant', 'cancelationReason start end'],
  ServiceRequest: [
    'status intent subject',
    'identifier basedOn code occurrencePeriod authoredOn requester performer patientInstruction',
  ],
  Communication: ['status', 'identifier basedOn partOf subject'],
  Provenance: ['target recorded agent', ''],
  Consent: ['status scope category', 'identifier patient dateTime performer organization provision policyRule'],
  AuditEvent: ['type recorded agent source', 'subtype action outcome outcomeDesc purposeOfEvent'],
  Patient: ['', 'identifier active name deceasedDateTime'],
  RelatedPerson: ['patient', 'identifier active relationship name telecom'],
  Organization: ['', 'identifier active name partOf'],
  Practitioner: ['', 'identifier active name'],
  PractitionerRole: ['', 'active practitioner organization code'],
  HealthcareService: ['', 'active providedBy name comment'],
};

const ALWAYS = ['resourceType', 'id', 'meta'];
const words = (text: string) => text.split(' ').filter(Boolean);

/** What of a resource is asked for; all of it when neither is given. */
export interface Subset {
  readonly elements?: readonly string[];
  readonly summary?: 'true' | 'text' | 'data';
}

function keptOf(type: string, { elements, summary }: Subset): ReadonlySet<string> | undefined {
  const [mandatory = '', own = ''] = TYPES[type] ?? [];
  const base = [...ALWAYS, ...words(mandatory)];
  if (elements) return new Set([...base, ...elements]);
  if (summary === 'true') return new Set([...base, ...words(own)]);
  return summary === 'text' ? new Set([...base, 'text']) : undefined;
}

/** Marks what is not whole, so that nobody writes it back as if it were. */
const SUBSETTED: fhir4.Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'SUBSETTED',
};

/** The part of a resource that is asked for, marked as a part; mandatory elements always stay. */
export function subsetOf<R extends fhir4.FhirResource>(resource: R, subset: Subset): R {
  const kept = keptOf(resource.resourceType, subset);
  if (!kept && subset.summary !== 'data') return resource;
  const entries = Object.entries(resource).filter(([name]) => (kept ? kept.has(name) : name !== 'text'));
  const meta = { ...resource.meta, tag: [...(resource.meta?.tag ?? []), SUBSETTED] };
  return { ...Object.fromEntries(entries), meta } as R;
}
