import type { DemoDirectory } from '../../src/demo/directory-types.ts';
import type { UnitFacts } from '../../src/shared/unit-facts.ts';

/** Plans of one district; five of each plan's steps are the home nurses', who so have 5,000 open steps. */
export const PLANS_PER_DISTRICT = 1000;
const STAFF_PER_UNIT = 16;

const ROLES = ['ward', 'clinic', 'rehab', 'centre', 'assessors', 'nursing', 'homeHelp'] as const;
export type UnitRole = (typeof ROLES)[number];

/** One region's and one kommun's units around the same patients: who takes part in each of their plans. */
export interface District {
  readonly units: Readonly<Record<UnitRole, UnitFacts>>;
}

/** Organisation number 0000000000 belongs to nobody. */
const hsaId = (district: number, suffix: string) => `SE0000000000-TSTB${String(district).padStart(4, '0')}${suffix}`;

/** A unit's member of staff number `n`, from 0. */
export function staffIdOf(unit: UnitFacts, n: number): string {
  return `${unit.hsaId}P${String(n).padStart(2, '0')}`;
}

export const staffNumbers = Array.from({ length: STAFF_PER_UNIT }, (_, n) => n);

export function districtNumber(n: number): District {
  const region = { hsaId: hsaId(n, 'R'), name: `Region Prov ${n}`, kind: 'region' } as const;
  const kommun = { hsaId: hsaId(n, 'K'), name: `Provköping ${n} kommun`, kind: 'municipality' } as const;
  const joinedFrom = '2024-01-01T00:00:00Z';
  const regionCare = { hsaId: hsaId(n, 'RC'), name: region.name, kind: 'care', joinedFrom } as const;
  const kommunCare = {
    hsaId: hsaId(n, 'KC'),
    name: `${kommun.name}, hälso- och sjukvård`,
    kind: 'care',
    joinedFrom,
  } as const;
  const social = {
    hsaId: hsaId(n, 'KS'),
    name: `${kommun.name}, socialtjänst`,
    kind: 'social-care',
    joinedFrom,
  } as const;
  const unit = (
    suffix: string,
    name: string,
    area: UnitFacts['area'],
    provider: UnitFacts['provider'],
    principal: UnitFacts['principal'],
  ): UnitFacts => ({ hsaId: hsaId(n, suffix), name: `${name} ${n}`, area, active: true, provider, principal });
  return {
    units: {
      ward: unit('U1', 'Provlasarettet, avdelning', 'health', regionCare, region),
      clinic: unit('U2', 'Hjärtmottagningen', 'health', regionCare, region),
      rehab: unit('U3', 'Rehabiliteringen', 'health', regionCare, region),
      centre: unit('U4', 'Provköpings vårdcentral', 'health', regionCare, region),
      assessors: unit('U5', 'Biståndsenheten', 'older', social, kommun),
      nursing: unit('U6', 'Hemsjukvården', 'health', kommunCare, kommun),
      homeHelp: unit('U7', 'Hemtjänsten', 'older', social, kommun),
    },
  };
}

export function unitsOf(district: District): readonly UnitFacts[] {
  return ROLES.map((role) => district.units[role]);
}

/** The districts' principals, providers, units, staff and channels, as the directory import takes them. */
export function directoryOf(districts: readonly District[]): DemoDirectory {
  const units = districts.flatMap(unitsOf);
  const byId = <T extends { readonly hsaId: string }>(all: readonly T[]) => [
    ...new Map(all.map((one) => [one.hsaId, one])).values(),
  ];
  return {
    principals: byId(units.map(({ principal }) => principal)),
    providers: byId(
      units.map(({ provider: { hsaId: id, name, kind }, principal }) => ({
        hsaId: id,
        name,
        kind,
        principalHsaId: principal.hsaId,
        joinedSharedDocumentationFrom: '2024-01-01',
      })),
    ),
    units: units.map(({ hsaId: id, name, area, provider }) => ({
      hsaId: id,
      name,
      area,
      providerHsaId: provider.hsaId,
    })),
    staff: units.flatMap((unit) =>
      staffNumbers.map((n) => ({
        hsaId: staffIdOf(unit, n),
        givenName: 'Prov',
        familyName: `Personal-${n}`,
        title: 'sjuksköterska',
        unitHsaIds: [unit.hsaId],
      })),
    ),
    channels: units.flatMap(({ hsaId: id }) => channelsOf(id)),
  };
}

function channelsOf(ownerHsaId: string): DemoDirectory['channels'] {
  const inEmergency = 'Ring 112 om det är bråttom och farligt.';
  const phone = { ownerHsaId, kind: 'phone', openingHours: 'mån-fre 08:00-17:00' } as const;
  return [
    {
      ...phone,
      key: 'telefon',
      value: '040-6280420',
      purpose: 'Frågor om din vård och din plan',
      audience: 'patient',
      whenClosed: 'Ring 1177 för råd, dygnet runt.',
      inEmergency,
      order: 1,
    },
    {
      ownerHsaId,
      key: '1177',
      kind: '1177-message',
      value: 'https://www.1177.se/',
      purpose: 'Frågor som kan vänta; svar inom två vardagar',
      audience: 'patient',
      openingHours: 'dygnet runt',
      inEmergency,
      order: 2,
    },
    {
      ...phone,
      key: 'samverkan',
      value: '040-6280442',
      purpose: 'Samverkan, bara för personal',
      audience: 'professional',
      order: 3,
    },
  ];
}
