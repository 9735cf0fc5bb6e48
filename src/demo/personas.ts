import { CARE_PURPOSE, STAFF_ASSURANCE } from '../identity/index.ts';
import { demoDirectory } from './directory.ts';

interface PersonaBase {
  /** Short and stable: the account at the demonstration issuer, and the name to ask for on the command line. */
  readonly id: string;
  readonly name: string;
  /** What tells this person from the others, in a few Swedish words. */
  readonly about: string;
  /** What the identity provider says about the person, by its own claim names (docs/domain.md section 7). */
  readonly claims: Readonly<Record<string, unknown>>;
}

export type DemoStaffPersona = PersonaBase & { readonly kind: 'staff'; readonly unitHsaId: string };
export type DemoCitizenPersona = PersonaBase & { readonly kind: 'citizen' };
export type DemoSystemPersona = PersonaBase & { readonly kind: 'system'; readonly providerHsaId: string };

/** A made-up person or machine that one can sign in as; `kind` says at which of the demonstration's issuers. */
export type DemoPersona = DemoStaffPersona | DemoCitizenPersona | DemoSystemPersona;

/** Social-care staff often have no medarbetaruppdrag; these two units show that. */
const UNITS_WITHOUT_COMMISSION = new Set(['SE0000000000-TST0303', 'SE0000000000-TST0304']);
const RIGHTS = ['Läsa;alla;SJF', 'Läsa;alla;VE', 'Skriva;alla;VE', 'Signera;alla;VE'];
const ASSURANCE = { acr: STAFF_ASSURANCE[0], amr: ['demo'] };

/** `Maj Modell` becomes `maj-modell`, `Övning` becomes `ovning`: easy to type and to put in a URL. */
function slug(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^a-z]+/g, '-');
}

const unitsById = new Map(demoDirectory.units.map((unit) => [unit.hsaId, unit]));

const staffPersonas: readonly DemoStaffPersona[] = demoDirectory.staff.map((member) => {
  const unit = unitsById.get(member.unitHsaIds[0]!)!;
  const name = `${member.givenName} ${member.familyName}`;
  const commission = {
    commissionHsaId: member.hsaId.replace('TSTP', 'TSTC'),
    commissionName: `${CARE_PURPOSE}, ${unit.name}`,
    commissionPurpose: CARE_PURPOSE,
    commissionRight: RIGHTS,
  };
  return {
    kind: 'staff',
    id: slug(name),
    name,
    about: `${member.title}, ${unit.name}`,
    unitHsaId: unit.hsaId,
    claims: {
      employeeHsaId: member.hsaId,
      given_name: member.givenName,
      family_name: member.familyName,
      name,
      healthCareUnitHsaId: unit.hsaId,
      healthCareProviderHsaId: unit.providerHsaId,
      ...(UNITS_WITHOUT_COMMISSION.has(unit.hsaId) ? {} : commission),
      ...ASSURANCE,
    },
  };
});

/** Every right of its own, over the whole provider; none of them comes with another. */
const ADMINISTRATION = [
  'Läsa;alla;SJF',
  'Skriva;alla;VG',
  'Spärradministration;alla;VG',
  'Loggkontroll;alla;VG',
  'Planadministration;alla;VG',
];

/** A second assignment of somebody in the directory: blocks, the access log, protection and sealing of the own provider. */
function administrator(of: string): DemoStaffPersona {
  const persona = staffPersonas.find(({ id }) => id === of)!;
  const hsaId = String(persona.claims.employeeHsaId).replace('TSTP', 'TSTA');
  const commission = {
    commissionHsaId: hsaId,
    commissionName: `${CARE_PURPOSE}, administration`,
    commissionPurpose: CARE_PURPOSE,
    commissionRight: ADMINISTRATION,
  };
  return {
    ...persona,
    id: `${of}-admin`,
    about: `spärrar, loggkontroll och planadministration, ${unitsById.get(persona.unitHsaId)!.name}`,
    claims: { ...persona.claims, ...commission },
  };
}

/** One for each of the providers that the stories are about: region, the kommun's health care and its social services. */
const administrators = ['vera-vikarie', 'hanna-hittepa', 'kim-ovning'].map(administrator);

function citizen(id: string, number: string, name: string, about: string, claimedName: object): DemoCitizenPersona {
  const claims = { personalIdentityNumber: number, ...claimedName, ...ASSURANCE };
  return { kind: 'citizen', id, name, about, claims };
}

function named(id: string, number: string, givenName: string, familyName: string, about: string): DemoCitizenPersona {
  const name = `${givenName} ${familyName}`;
  return citizen(id, number, name, about, { given_name: givenName, family_name: familyName, name });
}

/** Numbers from the list of test numbers that Skatteverket publishes; they belong to nobody. */
const citizenPersonas: readonly DemoCitizenPersona[] = [
  named('ester', '192612049029', 'Ester', 'Exempelsson', '99 år, hjärtsvikt, hem från lasarettet'),
  named('love', '200605132380', 'Love', 'Provell', '20 år, psykiatri, socialtjänst och skola'),
  named('mirza', '199103162393', 'Mirza', 'Fiktivić-Prov', '35 år, sköter provtagningen hemma'),
  named('petra', '198404202387', 'Petra', 'Övningsdotter', '42 år, bestämmer vilka som ska veta'),
  // Protected identity: the identity provider gives no name either.
  citizen('p7', '198804232380', 'Person P7', '38 år, skyddad identitet', {}),
];

function system(id: string, name: string, providerHsaId: string, about: string): DemoSystemPersona {
  return { kind: 'system', id, name, about, providerHsaId, claims: { providerHsaId, name } };
}

const systemPersonas: readonly DemoSystemPersona[] = [
  system('demo-region-journal', 'Regionens journalsystem', 'SE0000000000-TSTR01', 'för Region Exempelland'),
  system(
    'demo-kommun-hsl',
    'Kommunens journalsystem',
    'SE0000000000-TSTK01',
    'för Provköpings kommun, hälso- och sjukvård',
  ),
  system(
    'demo-kommun-omsorg',
    'Kommunens verksamhetssystem',
    'SE0000000000-TSTO01',
    'för Provköpings kommun, socialtjänst',
  ),
];

/** Everyone one can be in the demonstration: staff first, then patients, then systems. */
export const demoPersonas: readonly DemoPersona[] = [
  ...staffPersonas,
  ...administrators,
  ...citizenPersonas,
  ...systemPersonas,
];

/** The persona with this id, if there is one; an id is unique over all three kinds. */
export function findPersona(id: string): DemoPersona | undefined {
  return demoPersonas.find((persona) => persona.id === id);
}

/** @throws Error when nobody has the id; for callers that name a persona themselves */
export function getPersona(id: string): DemoPersona {
  const persona = findPersona(id);
  if (persona === undefined) throw new Error(`no demonstration persona ${id}`);
  return persona;
}
