import { hsaIdentifier, organizationByIdentifier, roleId } from './references.ts';
import { PROFILES, SYSTEMS } from './systems.ts';

interface Named {
  readonly hsaId: string;
  readonly name: string;
}

/** An entry of the directory as a search gives it: a unit, a provider or a principal. */
export interface OrganizationEntry extends Named {
  readonly active: boolean;
  readonly provider?: Named;
  readonly principal?: Named;
  readonly organizationNumber?: string;
  /** Län (two digits) or kommun (four). */
  readonly areaCode?: string;
}

/** A unit is a part of its provider, a provider of its principal; both are named by identifier. */
export function organizationFrom(entry: OrganizationEntry): fhir4.Organization {
  const above = entry.provider ?? entry.principal;
  const { organizationNumber, areaCode } = entry;
  const area = areaCode && { system: areaCode.length === 2 ? SYSTEMS.county : SYSTEMS.municipality, value: areaCode };
  return {
    resourceType: 'Organization',
    id: entry.hsaId,
    meta: { profile: [PROFILES.organization] },
    identifier: [
      hsaIdentifier(entry.hsaId),
      ...(organizationNumber ? [{ system: SYSTEMS.organizationNumber, value: organizationNumber }] : []),
      ...(area ? [area] : []),
    ],
    active: entry.active,
    name: entry.name,
    ...(above && { partOf: organizationByIdentifier(above.hsaId, above.name) }),
  };
}

/** A member of staff as a search gives it; one with protected identity comes without a name. */
export interface StaffEntry {
  readonly hsaId: string;
  readonly active: boolean;
  readonly title?: string;
  readonly givenName?: string;
  readonly familyName?: string;
  readonly units: readonly Named[];
}

export const ROLE_UNKNOWN = 'Medarbetare';

/** What staff are called: the name, or the title of someone whose name is protected. */
export function staffName({ givenName, familyName, title }: StaffEntry): string {
  return familyName === undefined ? (title ?? ROLE_UNKNOWN) : `${givenName} ${familyName}`;
}

export function practitionerFrom(entry: StaffEntry): fhir4.Practitioner {
  const { givenName, familyName } = entry;
  const name = familyName === undefined ? { text: 'Skyddad uppgift' } : { family: familyName, given: [givenName!] };
  return {
    resourceType: 'Practitioner',
    id: entry.hsaId,
    meta: { profile: [PROFILES.practitioner] },
    identifier: [hsaIdentifier(entry.hsaId)],
    active: entry.active,
    name: [name],
  };
}

/** Someone's work at one unit; undefined when the directory does not have them there. */
export function practitionerRoleFrom(entry: StaffEntry, unitHsaId: string): fhir4.PractitionerRole | undefined {
  const unit = entry.units.find(({ hsaId }) => hsaId === unitHsaId);
  if (!unit) return undefined;
  return {
    resourceType: 'PractitionerRole',
    id: roleId(entry.hsaId, unit.hsaId),
    meta: { profile: [PROFILES.practitionerRole] },
    active: entry.active,
    practitioner: { reference: `Practitioner/${entry.hsaId}`, display: staffName(entry) },
    organization: { reference: `Organization/${unit.hsaId}`, display: unit.name },
    ...(entry.title !== undefined && { code: [{ text: entry.title }] }),
  };
}
