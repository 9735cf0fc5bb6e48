import { availableTime } from '../mapping/healthcare-service.ts';
import { SYSTEMS } from '../mapping/systems.ts';
import { type ChannelFacts, channelsFor, contactPoint } from '../mapping/telecom.ts';
import type { FhirView } from '../mapping/view.ts';

/** Inera's guide for CareTeam (0.9), which is R5. */
export const R5_PROFILES = {
  careManager: 'https://fhir.inera.se/ig/careteam/StructureDefinition/RIVCareManager-careteam',
  managingTeam: 'https://fhir.inera.se/ig/careteam/StructureDefinition/RIVManagingTeam-careteam',
} as const;

const AVAILABILITY = 'https://fhir.inera.se/ig/careteam/StructureDefinition/RIVContactPointAvailability';
const STAFF = /^Practitioner(?:Role)?$/;

function typeOf({ reference, type }: fhir4.Reference): string | undefined {
  return reference?.split('/', 1)[0] ?? type;
}

/** The channel that a contact point was made of: its hours are told beside it, which R4 has no place for. */
function hoursOf(view: FhirView, point: fhir4.ContactPoint): fhir4.HealthcareServiceAvailableTime[] {
  const all = [...view.context.channels.values()].flat() as readonly ChannelFacts[];
  const found = channelsFor(view.reader, all).find((channel) => {
    const same = contactPoint(channel);
    return same?.system === point.system && same?.value === point.value;
  });
  return found ? availableTime([found]) : [];
}

function telecom(view: FhirView, points: readonly fhir4.ContactPoint[]): fhir5.ContactPoint[] {
  return points.map((point) => {
    const hours = hoursOf(view, point);
    if (hours.length === 0) return point as fhir5.ContactPoint;
    return {
      ...point,
      extension: [{ url: AVAILABILITY, valueAvailability: { availableTime: hours } }],
    } as fhir5.ContactPoint;
  });
}

function participant({ role, member, onBehalfOf, period }: fhir4.CareTeamParticipant): fhir5.CareTeamParticipant {
  const [first] = role ?? [];
  return {
    ...(first && { role: first }),
    ...(member && { member }),
    ...(onBehalfOf && { onBehalfOf }),
    ...(period && { coveragePeriod: period }),
  } as fhir5.CareTeamParticipant;
}

/** The profile asks for a national type of contact, and a member of staff in a role. */
function isCareManager(members: readonly fhir4.CareTeamParticipant[]): boolean {
  const [only] = members;
  const coded = only?.role?.[0]?.coding?.some(({ system }) => system === SYSTEMS.namedContact) === true;
  return coded && only?.member !== undefined && typeOf(only.member) === 'PractitionerRole';
}

/**
 * A team or a named contact in FHIR R5, as Inera's guide has them. Of a team only staff are members there; a contact that
 * the guide's profile has no room for (a role without a national code, a unit without a person) does not claim it.
 */
export function careTeamR5(view: FhirView, team: fhir4.CareTeam): fhir5.CareTeam {
  const isTeam = team.category?.[0]?.coding?.[0]?.code === 'team';
  const all = team.participant ?? [];
  const members = isTeam ? all.filter(({ member }) => member && STAFF.test(typeOf(member) ?? '')) : all;
  const claims = isTeam ? R5_PROFILES.managingTeam : isCareManager(all) ? R5_PROFILES.careManager : undefined;
  const { profile: _r4, ...meta } = team.meta ?? {};
  const { id, identifier, status, category, name, subject, period, managingOrganization, note } = team;
  return {
    resourceType: 'CareTeam',
    id,
    meta: { ...meta, ...(claims && { profile: [claims] }) },
    ...(identifier && { identifier }),
    status,
    category,
    name,
    subject: subject!,
    ...(period && { period }),
    ...(members.length > 0 && { participant: members.map(participant) }),
    ...(managingOrganization && { managingOrganization }),
    ...(team.telecom && { telecom: telecom(view, team.telecom) }),
    ...(note && { note }),
  } as fhir5.CareTeam;
}

/** What is alike in both versions, without the claims to R4's profiles. */
export function withoutProfiles<R extends fhir4.FhirResource>(resource: R): R {
  const { profile: _r4, ...meta } = resource.meta ?? {};
  const { meta: _old, ...rest } = resource;
  return { ...rest, ...(Object.keys(meta).length > 0 && { meta }) } as R;
}
