import type { HsaId, Party } from '../../plans/domain/model.ts';
import { type PatientId, publicId, publicPatientId, type ThingId } from '../../shared/ids.ts';
import { SYSTEMS } from './systems.ts';
import type { FhirView } from './view.ts';

/** The public id of a thing that the reader sees; undefined for any other. */
export function idOf(view: FhirView, key: ThingId | undefined): string | undefined {
  const shard = key === undefined ? undefined : view.shards.get(key);
  return shard === undefined ? undefined : publicId(shard, key!);
}

/** A reference to a thing that the reader sees. */
export function refTo(view: FhirView, type: string, key: ThingId | undefined): fhir4.Reference | undefined {
  const id = idOf(view, key);
  return id === undefined ? undefined : { reference: `${type}/${id}` };
}

/** The occurrence of a series on a day, `20261123`, as an id of its own beside the step's. */
export function occurrenceId(stepId: string, on: string): string {
  return `${stepId}.${on.replaceAll('-', '')}`;
}

export function patientRef(patientId: PatientId, display?: string): fhir4.Reference {
  return { reference: `Patient/${publicPatientId(patientId)}`, display: display || undefined };
}

export function hsaIdentifier(value: HsaId): fhir4.Identifier {
  return {
    type: { coding: [{ system: SYSTEMS.identifierType, code: 'PRN', display: 'Provider number' }] },
    system: SYSTEMS.hsaId,
    value,
  };
}

/** A unit; one that the directory lacks leads nowhere, and is named by its HSA-id alone. */
export function unitRef(view: Pick<FhirView, 'context'>, hsaId: HsaId, display?: string): fhir4.Reference {
  const unit = view.context.units.get(hsaId);
  const shown = display ?? unit?.name;
  if (unit) return { reference: `Organization/${unit.hsaId}`, display: shown };
  return { type: 'Organization', identifier: hsaIdentifier(hsaId), display: shown || undefined };
}

/** Providers and principals are named by identifier: a patient's sign-in cannot read them. */
export function organizationByIdentifier(hsaId: HsaId, display?: string): fhir4.Reference {
  return { type: 'Organization', identifier: hsaIdentifier(hsaId), display: display || undefined };
}

/** Staff in a role at a unit: an HSA-id each, joined by a full stop, at most 63 characters. */
export function roleId(staff: HsaId, unit: HsaId): string {
  return `${staff}.${unit}`;
}

/**
 * A member of staff. Staff and systems can read the directory and are given its address; a patient's sign-in cannot, and
 * is given the name alone. Someone with protected identity is called what `display` says, which must be no name.
 */
export function staffRef(view: FhirView, staff: HsaId | undefined, unit: HsaId | undefined, display: string) {
  const known = staff === undefined ? undefined : view.context.staff?.get(staff);
  const inRole = known && unit !== undefined && known.units?.includes(unit);
  const type = inRole ? 'PractitionerRole' : 'Practitioner';
  const named: fhir4.Reference = { type, display };
  if (staff === undefined) return named;
  if (!known || view.reader === 'citizen') return { ...named, identifier: hsaIdentifier(staff) };
  return { reference: inRole ? `PractitionerRole/${roleId(staff, unit!)}` : `Practitioner/${staff}`, display };
}

/** What a party is called to whoever reads, patient or staff. */
export function partyName(view: FhirView, party: Party): string {
  switch (party.kind) {
    case 'patient':
      return 'Patienten';
    case 'relative': {
      const relative = view.relatives.has(party.relatedPersonId) || view.reader === 'citizen';
      const facts = relative ? view.context.relatives.get(party.relatedPersonId) : undefined;
      return facts?.name ?? 'En närstående';
    }
    default:
      if (party.unit !== undefined) return view.context.units.get(party.unit)?.name ?? party.unit;
      return (party.kind === 'other' && party.name) || 'Annan';
  }
}

/** What a party is in a plan, in words. */
export const PARTY_ROLES: Readonly<Record<Party['kind'], string>> = {
  patient: 'Patient',
  relative: 'Närstående',
  region: 'Regionens hälso- och sjukvård',
  'municipality-health': 'Kommunens hälso- och sjukvård',
  'municipality-social': 'Kommunens socialtjänst',
  other: 'Annan aktör',
};

/** A party as an owner, a member or an agent. */
export function partyRef(view: FhirView, party: Party): fhir4.Reference {
  const display = partyName(view, party);
  if (party.kind === 'patient') return patientRef(view.patientId, display);
  if (party.kind === 'relative') {
    const { relatedPersonId: key } = party;
    const literal = view.relatives.has(key) ? refTo(view, 'RelatedPerson', key) : undefined;
    return literal ? { ...literal, display } : { type: 'RelatedPerson', display };
  }
  return party.unit === undefined ? { type: 'Organization', display } : unitRef(view, party.unit, display);
}
