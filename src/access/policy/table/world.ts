import type { CitizenActor, StaffActor, SystemActor } from '../../../shared/actor.ts';
import type { ThingId } from '../../../shared/ids.ts';
import type { UnitArea, UnitFacts } from '../../../shared/unit-facts.ts';
import type { Facts } from '../facts.ts';
import type { ContributionFacts, ParticipantFacts, PlanFacts } from '../facts-plan.ts';
import type { GivenConsent } from '../facts-sharing.ts';

/** A small made-up world, in which the policy table is drawn and the rules are tried one fact at a time. */

const tst = (suffix: string) => `SE0000000000-TST${suffix}`;

const REGION = { hsaId: tst('H01'), name: 'Region Exempelland', kind: 'region' } as const;
const KOMMUN = { hsaId: tst('H03'), name: 'Provköpings kommun', kind: 'municipality' } as const;
const OTHER_REGION = { hsaId: tst('H02'), name: 'Region Norrprov', kind: 'region' } as const;

const JOINED = '2024-01-01T00:00:00.000Z';
const provider = (suffix: string, kind: 'care' | 'social-care') => ({
  hsaId: tst(suffix),
  name: suffix,
  kind,
  joinedFrom: JOINED,
});
const REGION_CARE = provider('R01', 'care');
const KOMMUN_CARE = provider('K01', 'care');
const KOMMUN_SOCIAL = provider('O01', 'social-care');

function unit(suffix: string, area: UnitArea, of: UnitFacts['provider'], principal: UnitFacts['principal']): UnitFacts {
  return { hsaId: tst(suffix), name: suffix, area, active: true, provider: of, principal };
}

export const UNITS = {
  /** The planning lead. */
  healthCentre: unit('0201', 'health', REGION_CARE, REGION),
  ward: unit('0101', 'health', REGION_CARE, REGION),
  nursing: unit('0302', 'health', KOMMUN_CARE, KOMMUN),
  homeCare: unit('0303', 'older', KOMMUN_SOCIAL, KOMMUN),
  assessors: unit('0301', 'older', KOMMUN_SOCIAL, KOMMUN),
  youngAdults: unit('0304', 'individual-and-family', KOMMUN_SOCIAL, KOMMUN),
  school: unit('0305', 'school', KOMMUN_CARE, KOMMUN),
  stranger: unit('0401', 'health', provider('R02', 'care'), OTHER_REGION),
} as const satisfies Record<string, UnitFacts>;

export const NOW = Date.parse('2026-11-16T08:00:00.000Z');
export const BEFORE = '2026-10-01T00:00:00.000Z';
export const AFTER = '2027-05-31T22:00:00.000Z';
export const PLAN_ID = '00000000-0000-7000-8000-000000000001' as ThingId;
export const RELATED_ID = '00000000-0000-7000-8000-000000000002' as ThingId;

export const ALL_RIGHTS = ['Läsa;alla;SJF', 'Skriva;alla;VE', 'Signera;alla;VE'];

/** Staff at a unit; social-care staff act without an assignment unless rights are given. */
export function staffAt({ hsaId, provider: of }: UnitFacts, rights?: readonly string[]): StaffActor {
  const stated = rights ?? (of.kind === 'care' ? ALL_RIGHTS : undefined);
  const commission = stated && { hsaId: `${hsaId}-C`, purpose: 'Vård och behandling', rights: stated };
  return {
    kind: 'staff',
    issuer: 'https://staff.example',
    employeeHsaId: `${hsaId}-P`,
    name: 'Prov Testsson',
    unitHsaId: hsaId,
    providerHsaId: of.hsaId,
    ...(commission ? { commission } : {}),
  };
}

export const CITIZEN: CitizenActor = { kind: 'citizen', issuer: 'https://citizen.example', personNumberHash: 'hash' };

export function systemOf({ provider: of }: UnitFacts): SystemActor {
  return { kind: 'system', issuer: 'https://system.example', clientId: `client-${of.hsaId}`, providerHsaId: of.hsaId };
}

export function consentTo(type: GivenConsent['type'], to: UnitFacts, fields: Partial<GivenConsent> = {}): GivenConsent {
  return {
    id: `${type}-${to.hsaId}` as ThingId,
    type,
    state: 'given',
    recipient: { kind: 'unit', hsaId: to.hsaId },
    from: BEFORE,
    until: AFTER,
    ...fields,
  };
}

export function participant(of: UnitFacts, fields: Partial<ParticipantFacts> = {}): ParticipantFacts {
  return { unit: of.hsaId, state: 'accepted', hasDuty: true, ...fields };
}

const TAKING_PART = [UNITS.nursing, UNITS.homeCare, UNITS.youngAdults, UNITS.school] as const;

/** An active agreement that a health centre leads, with home nursing, home care, young adults' services and a school. */
export const PLAN: PlanFacts = {
  id: PLAN_ID,
  kind: 'OVERENSKOMMELSE',
  status: 'active',
  createdByUnit: UNITS.healthCentre.hsaId,
  leadUnit: UNITS.healthCentre.hsaId,
  participants: TAKING_PART.map((of) => participant(of)),
  owners: [UNITS.healthCentre, ...TAKING_PART].map((of) => ({
    unit: of.hsaId,
    provider: of.provider.hsaId,
    kind: 'step',
    writtenAt: BEFORE,
  })),
  partners: { region: [REGION.hsaId], municipality: [KOMMUN.hsaId] },
};

/** Everything in order: an adult patient who has been informed and consents to all, with nothing blocked or sealed. */
export const FACTS: Facts = {
  now: NOW,
  units: new Map(Object.values(UNITS).map((of) => [of.hsaId, of])),
  isSelf: false,
  patientKnown: true,
  patient: { birthDate: '1984-04-20', protection: 'none' },
  guardianBlocks: [],
  sealings: [],
  blocks: [],
  information: [REGION_CARE, KOMMUN_CARE, KOMMUN_SOCIAL].map(({ hsaId }) => ({ provider: hsaId, at: BEFORE })),
  consents: [
    ...Object.values(UNITS).map((of) => consentTo('sip', of)),
    consentTo('read-care', UNITS.healthCentre),
    consentTo('read-care', UNITS.nursing),
    consentTo('read-social', UNITS.homeCare),
  ],
  plan: PLAN,
};

/** The facts as they are when a unit's staff ask. */
export function askedAt(of: UnitFacts, facts: Facts = FACTS): Facts {
  return { ...facts, actorUnit: of };
}

/** A step written by a unit, approved for the patient. */
export function stepOf(of: UnitFacts, fields: Partial<ContributionFacts> = {}): ContributionFacts {
  return {
    kind: 'step',
    ownerUnit: of.hsaId,
    ownerProvider: of.provider.hsaId,
    legalBasis: of.provider.kind === 'care' ? 'HSL' : 'SoL',
    approvedForPatient: true,
    writtenAt: BEFORE,
    duties: [],
    ...fields,
  };
}
