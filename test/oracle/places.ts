/** Principals, providers and units of the random worlds. Nothing here exists; the organisation number is nobody's. */

export const tst = (suffix: string) => `SE0000000000-TST${suffix}`;

export type Area = 'health' | 'older' | 'disability' | 'individual-and-family' | 'school' | 'other';

export interface PrincipalPlace {
  readonly id: string;
  readonly kind: 'region' | 'municipality';
}

export interface ProviderPlace {
  readonly id: string;
  readonly kind: 'care' | 'social-care';
  readonly principal: string;
  /** Since and until when it has joined shared documentation; never, without a beginning. */
  readonly joinedFrom?: string;
  readonly joinedTo?: string;
}

export interface UnitPlace {
  readonly id: string;
  readonly words: string;
  readonly area: Area;
  readonly provider: string;
  readonly closed?: true;
}

export const PRINCIPALS: readonly PrincipalPlace[] = [
  { id: tst('XH1'), kind: 'region' },
  { id: tst('XH2'), kind: 'region' },
  { id: tst('XH3'), kind: 'municipality' },
];

const LONG_AGO = '1999-12-31T23:00:00Z';

export const PROVIDERS: readonly ProviderPlace[] = [
  { id: tst('XRV'), kind: 'care', principal: tst('XH1'), joinedFrom: LONG_AGO },
  {
    id: tst('XPV'),
    kind: 'care',
    principal: tst('XH1'),
    joinedFrom: '2009-06-30T22:00:00Z',
    joinedTo: '2029-12-31T23:00:00Z',
  },
  { id: tst('XNV'), kind: 'care', principal: tst('XH1') },
  { id: tst('XSV'), kind: 'care', principal: tst('XH2'), joinedFrom: LONG_AGO },
  { id: tst('XKV'), kind: 'care', principal: tst('XH3'), joinedFrom: LONG_AGO },
  { id: tst('XKO'), kind: 'social-care', principal: tst('XH3'), joinedFrom: LONG_AGO },
  { id: tst('XNO'), kind: 'social-care', principal: tst('XH3') },
];

function unit(suffix: string, provider: string, area: Area, words: string): UnitPlace {
  return { id: tst(suffix), provider: tst(provider), area, words };
}

export const UNITS: readonly UnitPlace[] = [
  unit('XA1', 'XRV', 'health', 'regionens avdelning'),
  unit('XA2', 'XRV', 'health', 'regionens mottagning'),
  unit('XA3', 'XRV', 'health', 'regionens vårdcentral'),
  { ...unit('XA9', 'XRV', 'health', 'regionens stängda enhet'), closed: true },
  unit('XP1', 'XPV', 'health', 'den privata mottagningen'),
  unit('XN1', 'XNV', 'health', 'mottagningen som inte är ansluten'),
  unit('XS1', 'XSV', 'health', 'den andra regionens klinik'),
  unit('XK1', 'XKV', 'health', 'hemsjukvården'),
  unit('XK2', 'XKV', 'older', 'sjuksköterskorna på boendet'),
  unit('XK3', 'XKV', 'school', 'elevhälsan'),
  unit('XO1', 'XKO', 'older', 'hemtjänsten'),
  unit('XO2', 'XKO', 'disability', 'LSS-enheten'),
  unit('XO3', 'XKO', 'individual-and-family', 'individ- och familjeomsorgen'),
  unit('XM1', 'XNO', 'older', 'hemtjänsten som inte är ansluten'),
];

const byId = <T extends { readonly id: string }>(all: readonly T[]) => new Map(all.map((one) => [one.id, one]));
const units = byId(UNITS);
const providers = byId(PROVIDERS);
const principals = byId(PRINCIPALS);

export const findUnit = (id: string): UnitPlace | undefined => units.get(id);

export function placeOf(unitId: string): UnitPlace {
  const found = units.get(unitId);
  if (!found) throw new Error(`no unit ${unitId}`);
  return found;
}

export const providerOf = (unitId: string): ProviderPlace => providers.get(placeOf(unitId).provider)!;
export const principalOf = (unitId: string): PrincipalPlace => principals.get(providerOf(unitId).principal)!;
export const providerPlace = (id: string): ProviderPlace => providers.get(id)!;

/** Units that may write and take part: not the closed one. */
export const OPEN_UNITS: readonly string[] = UNITS.filter((one) => !one.closed).map((one) => one.id);

/** Statements that write them to the directory. */
export function directoryStatements(): readonly { readonly text: string; readonly values: readonly unknown[] }[] {
  const key = `md5(r->>'id')::uuid`;
  return [
    {
      text: `insert into principals (hsa_id, id, name, kind) select r->>'id', ${key}, r->>'id', r->>'kind'
        from json_array_elements($1) r`,
      values: [JSON.stringify(PRINCIPALS)],
    },
    {
      text: `insert into care_providers (hsa_id, id, name, kind, principal_hsa_id, joined_shared_documentation_from,
        joined_shared_documentation_to) select r->>'id', ${key}, r->>'id', r->>'kind', r->>'principal',
        (r->>'joinedFrom')::timestamptz, (r->>'joinedTo')::timestamptz from json_array_elements($1) r`,
      values: [JSON.stringify(PROVIDERS)],
    },
    {
      text: `insert into units (hsa_id, id, name, area, provider_hsa_id, active) select r->>'id', ${key}, r->>'words',
        r->>'area', r->>'provider', r->>'closed' is null from json_array_elements($1) r`,
      values: [JSON.stringify(UNITS)],
    },
  ];
}
