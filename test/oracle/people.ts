import type { DemoPersona } from '../../src/demo/index.ts';
import { tst } from './places.ts';

/** Who asks, as the law sees them: taken from a token and nothing else. */
export interface StaffAsking {
  readonly kind: 'staff';
  readonly id: string;
  readonly staff: string;
  readonly unit: string;
  readonly provider: string;
  /** Undefined without an assignment (medarbetaruppdrag). */
  readonly rights?: readonly string[];
  readonly scope?: string;
}
export interface CitizenAsking {
  readonly kind: 'citizen';
  readonly id: CitizenName;
}
export interface SystemAsking {
  readonly kind: 'system';
  readonly id: string;
  readonly provider: string;
}
export type Asking = StaffAsking | CitizenAsking | SystemAsking;

/** Test numbers that Skatteverket publishes; they belong to nobody. */
export const NUMBERS = {
  love: '200605132380',
  mirza: '199103162393',
  petra: '198404202387',
  ester: '192612049029',
  p7: '198804232380',
  tolvan: '191212121212',
  extra: '197010632391',
} as const;
export type CitizenName = keyof typeof NUMBERS;
/** Whose plans they are: one world at a time for each. */
export const PATIENTS = ['love', 'mirza', 'petra'] as const satisfies readonly CitizenName[];
export type PatientName = (typeof PATIENTS)[number];
/** Guardians, representatives, relatives and strangers. */
export const OTHERS = ['ester', 'p7', 'tolvan', 'extra'] as const satisfies readonly CitizenName[];

export const bornOn = (name: PatientName) => NUMBERS[name].replace(/^(....)(..)(..).*/, '$1-$2-$3');

const READ_OWN = 'Läsa;alla;VE';
const READ_SHARED = 'Läsa;alla;SJF';
const WRITE = 'Skriva;alla;VE';
const SIGN = 'Signera;alla;VE';
const ALL = [READ_SHARED, READ_OWN, WRITE, SIGN];

function staff(unit: string, provider: string, rights: readonly string[] | undefined, profile = 'full'): StaffAsking {
  const suffix = `${unit}${profile}`;
  return {
    kind: 'staff',
    id: suffix,
    staff: tst(`${unit}P${profile === 'full' ? '' : profile}`.toUpperCase().replaceAll('-', '')),
    unit: tst(unit),
    provider: tst(provider),
    ...(rights ? { rights } : {}),
  };
}

const ORDINARY: readonly (readonly [unit: string, provider: string])[] = [
  ['XA1', 'XRV'],
  ['XA2', 'XRV'],
  ['XA3', 'XRV'],
  ['XP1', 'XPV'],
  ['XN1', 'XNV'],
  ['XS1', 'XSV'],
  ['XK1', 'XKV'],
  ['XK2', 'XKV'],
  ['XK3', 'XKV'],
  ['XO2', 'XKO'],
  ['XM1', 'XNO'],
];

/** One member of staff with all ordinary rights at each unit; home help and social services without an assignment. */
export const ORDINARY_STAFF: readonly StaffAsking[] = [
  ...ORDINARY.map(([unit, provider]) => staff(unit, provider, ALL)),
  staff('XO1', 'XKO', undefined),
  staff('XO3', 'XKO', undefined),
];

/** Those whom the law stops, or gives more, for what stands in their token. */
export const SPECIAL_STAFF: readonly StaffAsking[] = [
  staff('XA1', 'XRV', ALL, 'second'),
  staff('XA1', 'XRV', [READ_OWN, WRITE, SIGN], 'unshared'),
  staff('XK1', 'XKV', [READ_OWN, WRITE, SIGN], 'unshared'),
  staff('XO2', 'XKO', [READ_OWN, WRITE, SIGN], 'unshared'),
  staff('XA2', 'XRV', ['Läsa;alla;VG', WRITE, SIGN], 'within'),
  staff('XA1', 'XRV', [WRITE], 'writer'),
  staff('XA1', 'XRV', [READ_SHARED, READ_OWN], 'reader'),
  staff('XK1', 'XKV', [READ_SHARED, READ_OWN, WRITE], 'unsigning'),
  staff('XA1', 'XRV', [READ_OWN, 'Spärradministration;alla;VG'], 'blocks'),
  staff('XK1', 'XKV', [READ_OWN, 'Spärradministration;alla;VG'], 'blocks'),
  staff('XA1', 'XRV', ['Loggkontroll;alla;VG'], 'log'),
  staff('XA1', 'XRV', [...ALL, 'Planadministration;alla;VG'], 'plans'),
  staff('XA1', 'XRV', [...ALL, 'Planadministration;alla;VG', 'Loggkontroll;alla;VG'], 'office'),
  staff('XA2', 'XRV', [...ALL, 'Planadministration;alla;VE', 'Loggkontroll;alla;VG'], 'office'),
  staff('XK1', 'XKV', [...ALL, 'Planadministration;alla;VG'], 'office'),
  staff('XA1', 'XRV', undefined, 'bare'),
  staff('XA9', 'XRV', ALL, 'closed'),
  staff('XZ9', 'XRV', ALL, 'unknown'),
  staff('XA1', 'XKV', ALL, 'mismatch'),
  { ...staff('XA1', 'XRV', ALL, 'scoped'), scope: 'directory.read' },
];

export const SYSTEMS: readonly SystemAsking[] = ['XRV', 'XKV', 'XKO', 'XSV'].map((provider) => ({
  kind: 'system',
  id: `system-${provider.toLowerCase()}`,
  provider: tst(provider),
}));

export const citizen = (id: CitizenName): CitizenAsking => ({ kind: 'citizen', id });

const ASSURANCE = { acr: 'http://id.sambi.se/loa/loa3', amr: ['test'] };

/** The person or machine that a token is made for. */
export function personaOf(asking: Asking): DemoPersona {
  const base = { id: asking.id, name: asking.id, about: asking.id };
  if (asking.kind === 'citizen') {
    return { ...base, kind: 'citizen', claims: { personalIdentityNumber: NUMBERS[asking.id], ...ASSURANCE } };
  }
  if (asking.kind === 'system') {
    const { provider } = asking;
    return { ...base, kind: 'system', providerHsaId: provider, claims: { providerHsaId: provider, name: asking.id } };
  }
  const commission = {
    commissionHsaId: `${asking.staff}C`,
    commissionName: 'Vård och behandling',
    commissionPurpose: 'Vård och behandling',
    commissionRight: asking.rights,
  };
  const claims = {
    employeeHsaId: asking.staff,
    name: asking.id,
    healthCareUnitHsaId: asking.unit,
    healthCareProviderHsaId: asking.provider,
    ...(asking.rights ? commission : {}),
    ...ASSURANCE,
  };
  return { ...base, kind: 'staff', unitHsaId: asking.unit, claims };
}
