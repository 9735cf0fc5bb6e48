import { onceFor } from '../../shared/once.ts';

/**
 * Every identifier system and code system that leaves through the FHIR door. Nothing outside this list, FHIR R4's own
 * bindings and our own systems is ever sent: a code is never guessed.
 */

/** National systems: identifiers, plan types, named contacts, protected identity. */
export const SYSTEMS = {
  personnummer: 'http://electronichealth.se/identifier/personnummer',
  samordningsnummer: 'http://electronichealth.se/identifier/samordningsnummer',
  reservnummer: 'http://electronichealth.se/identifier/nationelltReservnummer',
  hsaId: 'urn:oid:1.2.752.29.4.19',
  organizationNumber: 'urn:oid:2.5.4.97',
  municipality: 'urn:oid:1.2.752.129.2.2.1.17',
  county: 'urn:oid:1.2.752.129.2.2.1.18',
  planType: 'https://fhir.inera.se/CodeSystem/typeofcareplan-cs',
  namedContact: 'https://terminologitjansten.inera.se/inera-kodverksforvaltning/kodverk/kv_typ_av_fast_kontakt',
  careTeam: 'https://fhir.inera.se/ig/careteam/CodeSystem/typ-av-careteam-cs',
  securityLabel: 'http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel',
  actCode: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  identifierType: 'http://terminology.hl7.org/CodeSystem/v2-0203',
  goalAchievement: 'http://terminology.hl7.org/CodeSystem/goal-achievement',
  provenanceAgent: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type',
  language: 'urn:ietf:bcp:47',
} as const;

/** What `meta.source` begins with: the HSA-id of the unit whose words it holds follows. */
export const SOURCE = 'urn:oid:1.2.752.129.2.1.4.1';

/** Other spellings in circulation, accepted on search and never sent, each with the system that it means. */
export const ALIASES: Readonly<Record<string, string>> = {
  'urn:oid:1.2.752.129.2.1.3.1': SYSTEMS.personnummer,
  'https://terminology.hl7.se/sid/se-personnummer': SYSTEMS.personnummer,
  'urn:oid:1.2.752.129.2.1.3.3': SYSTEMS.samordningsnummer,
  'urn:oid:1.2.752.74.9.1': SYSTEMS.reservnummer,
  'urn:oid:1.2.752.129.2.1.4.1': SYSTEMS.hsaId,
};

/** Systems of numbers that tell who a person is. */
export const PERSON_SYSTEMS: ReadonlySet<string> = new Set([
  SYSTEMS.personnummer,
  SYSTEMS.samordningsnummer,
  SYSTEMS.reservnummer,
]);

export const PROFILES = {
  patient: 'http://hl7.se/fhir/ig/base/StructureDefinition/SEBasePatient',
  practitioner: 'http://hl7.se/fhir/ig/base/StructureDefinition/SEBasePractitioner',
  practitionerRole: 'http://hl7.se/fhir/ig/base/StructureDefinition/SEBasePractitionerRole',
  organization: 'http://hl7.se/fhir/ig/base/StructureDefinition/SEBaseOrganization',
  ineraCarePlan: 'https://fhir.inera.se/ig/ehds-tk/StructureDefinition/inera-ehds-care-plan',
} as const;

/** Where our own canonicals live unless an installation says otherwise: a name that is reserved for examples. */
export const DEFAULT_CANONICAL_BASE = 'https://patientkontrakt.example/fhir';

/** Names of our own extensions. */
export type OwnExtension =
  | 'agreement'
  | 'agreement-version'
  | 'answer-method'
  | 'condition'
  | 'follow-up'
  | 'legal-basis'
  | 'link'
  | 'next-step'
  | 'participant-state'
  | 'plan'
  | 'plan-state'
  | 'predecessor'
  | 'proposed-change'
  | 'receipt'
  | 'responsible-now'
  | 'safety-net'
  | 'self-care-assessment'
  | 'series'
  | 'step-time'
  | 'way';

/** Names of our own code systems. */
export type OwnCodeSystem =
  | 'contact-state'
  | 'goal-category'
  | 'plan-type'
  | 'problem'
  | 'remark-kind'
  | 'report'
  | 'step-state'
  | 'task-kind'
  | 'way';

/** A source system that goes by an address of its own. */
const ABSOLUTE = /^(?:https?:\/\/|urn:)\S+$/;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What the statement of what the R4 door can do is known by there; the R5 door's has `-r5` after it. */
export const CAPABILITY_ID = 'patientkontrakt';

/** Addresses of what is our own, under the base of this installation. Those of closed lists are put together once: an answer repeats them. */
export function ownUrls(base: string) {
  return {
    extension: onceFor((name: OwnExtension) => `${base}/StructureDefinition/${name}`),
    system: onceFor((name: OwnCodeSystem) => `${base}/CodeSystem/${name}`),
    /** Where a source system's own ids belong. */
    source: (name: string) => (ABSOLUTE.test(name) ? name : `${base}/sid/source/${encodeURIComponent(name)}`),
    /** What a source system is called here, by the system of its identifiers: a foreign one by its address. */
    sourceName: (system: string) => {
      const own = `${base}/sid/source/`;
      return system.startsWith(own) ? decoded(system.slice(own.length)) : system;
    },
    plan: `${base}/sid/plan`,
    capability: `${base}/CapabilityStatement/${CAPABILITY_ID}`,
    operation: (name: string) => `${base}/OperationDefinition/${name}`,
  };
}
export type OwnUrls = ReturnType<typeof ownUrls>;
