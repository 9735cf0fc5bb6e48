import type { HeldNumber } from '../../patients/domain/numbers.ts';
import type { Patient } from '../../patients/domain/patient.ts';
import { publicPatientId } from '../../shared/ids.ts';
import type { PersonNumberKind } from '../../shared/person-number.ts';
import { hsaIdentifier } from './references.ts';
import { PROFILES, SOURCE, SYSTEMS } from './systems.ts';
import type { ReaderKind } from './view.ts';

const NUMBER_SYSTEMS: Readonly<Record<PersonNumberKind, string>> = {
  personnummer: SYSTEMS.personnummer,
  samordningsnummer: SYSTEMS.samordningsnummer,
  reservnummer: SYSTEMS.reservnummer,
};

/** The patient's fast läkarkontakt, when a plan that the reader sees names one. */
export interface GeneralPractitioner {
  readonly staff?: string;
  readonly name: string;
  /** Whether this reader can read the directory's own entry. */
  readonly readable: boolean;
}

const PROTECTED = {
  'confidentiality-mark': 'sekretessmarkering',
  'protected-registration': 'skyddadFolkbokforing',
} as const;

/** One slice each in the national profile: of several numbers of one kind the one that is held. */
function identifiers(numbers: readonly HeldNumber[]): fhir4.Identifier[] {
  const held = new Map(numbers.filter(({ until }) => until === undefined).map((number) => [number.kind, number]));
  return [...held.values()].map(({ kind, digits }) => ({ system: NUMBER_SYSTEMS[kind], value: digits }));
}

function practitionerOf(gp: GeneralPractitioner): Pick<fhir4.Patient, 'contained' | 'generalPractitioner'> {
  if (gp.readable && gp.staff !== undefined) {
    return { generalPractitioner: [{ reference: `Practitioner/${gp.staff}`, display: gp.name }] };
  }
  const practitioner: fhir4.Practitioner = {
    resourceType: 'Practitioner',
    id: 'fast-lakarkontakt',
    ...(gp.staff !== undefined && { identifier: [hsaIdentifier(gp.staff)] }),
    name: [{ text: gp.name }],
  };
  return {
    contained: [practitioner],
    generalPractitioner: [{ reference: '#fast-lakarkontakt', display: gp.name }],
  };
}

/**
 * The person, with what the REST door tells of them: numbers to staff only. Someone with protected identity has no name
 * and no other trait here, and says why.
 */
export function patientFrom(patient: Patient, reader: ReaderKind, gp?: GeneralPractitioner): fhir4.Patient {
  const { protectedIdentity, givenName, familyName, language, deceasedOn, numbers } = patient;
  const label = protectedIdentity === 'lifted' ? undefined : protectedIdentity && PROTECTED[protectedIdentity];
  return {
    resourceType: 'Patient',
    id: publicPatientId(patient.patientId),
    meta: {
      versionId: String(patient.revision),
      lastUpdated: patient.changedAt,
      source: `${SOURCE}#${patient.recordedBy.unit}`,
      profile: [PROFILES.patient],
      ...(label && { security: [{ system: SYSTEMS.securityLabel, code: label }] }),
    },
    ...(label ? {} : gp && practitionerOf(gp)),
    ...(reader === 'staff' && { identifier: identifiers(numbers) }),
    active: deceasedOn === undefined,
    name: label ? [{ text: 'Skyddad uppgift' }] : [{ family: familyName, given: givenName.split(' ').filter(Boolean) }],
    ...(deceasedOn !== undefined && { deceasedDateTime: deceasedOn }),
    communication: [{ language: { coding: [{ system: SYSTEMS.language, code: language }] }, preferred: true }],
  };
}
