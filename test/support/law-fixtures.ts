import { demoPersonas } from '../../src/demo/index.ts';
import { parseThingId } from '../../src/shared/ids.ts';
import type { Caller, TestApp } from './app.ts';

const tst = (suffix: string) => `SE0000000000-TST${suffix}`;

/** Every right of its own, over the whole provider. */
export const ADMINISTRATOR = [
  'Läsa;alla;SJF',
  'Skriva;alla;VG',
  'Signera;alla;VG',
  'Spärradministration;alla;VG',
  'Planadministration;alla;VG',
  'Loggkontroll;alla;VG',
];

/** The same person with other rights in the assignment. */
export function withRights(service: TestApp, personaId: string, rights: readonly string[] = ADMINISTRATOR): Caller {
  const { persona } = service.as(personaId);
  const commission = {
    commissionHsaId: tst('C999'),
    commissionName: 'Vård och behandling',
    commissionPurpose: 'Vård och behandling',
  };
  return service.caller({ ...persona, claims: { ...commission, ...persona.claims, commissionRight: rights } });
}

/** Providers of the demonstration that have joined shared documentation, with somebody who speaks for each. */
const JOINED = [
  { provider: tst('R01'), by: 'maj-modell', consent: 'read-care' },
  { provider: tst('K01'), by: 'hanna-hittepa', consent: 'read-care' },
  { provider: tst('O01'), by: 'kim-ovning', consent: 'read-social' },
] as const;
const PRINCIPALS = [tst('H01'), tst('H03')];
/** Units that lag 2022:913 covers; the others have no relation in its sense. */
const OUTSIDE = new Set([tst('0304'), tst('0305')]);

interface Done {
  readonly patients: Set<string>;
  readonly relations: Set<string>;
}
const done = new WeakMap<TestApp, Done>();

function doneFor(service: TestApp): Done {
  const known = done.get(service);
  if (known) return known;
  const fresh = { patients: new Set<string>(), relations: new Set<string>() };
  done.set(service, fresh);
  return fresh;
}

export async function must(caller: Caller, url: string, body: object): Promise<Record<string, unknown>> {
  const reply = await caller.post(url, body);
  if (reply.status >= 300) throw new Error(`${url}: ${reply.text}`);
  return reply.body;
}

/** A consent to a recipient, of a type, as staff record one that the patient has given. */
export function consentBody(type: string, kind: string, hsaId: string, more: object = {}) {
  return {
    type,
    form: 'oral',
    data: 'Planeringen: mål, insatser och tider',
    recipient: { kind, hsaId },
    purpose: 'Samordnad planering',
    until: '2027-11-30',
    ...more,
  };
}

/**
 * Tells the person what shared documentation means, and takes the consents to plan together and to read.
 *
 * @param more of each consent: another last day, where the clock stands in another year
 */
export async function shareWithAll(service: TestApp, patientId: string, more: object = {}): Promise<void> {
  const { patients } = doneFor(service);
  if (patients.has(patientId)) return;
  patients.add(patientId);
  const url = `/v1/patients/${patientId}`;
  await Promise.all([
    ...JOINED.map(({ by }) => must(service.as(by), `${url}/information-given`, { form: 'oral' })),
    ...PRINCIPALS.map((hsaId) =>
      must(service.as('maj-modell'), `${url}/consents`, consentBody('sip', 'principal', hsaId, more)),
    ),
    ...JOINED.map(({ provider, consent }) =>
      must(service.as('maj-modell'), `${url}/consents`, consentBody(consent, 'provider', provider, more)),
    ),
  ]);
}

/** Registers a unit's own relation to the patient, by somebody who works there. */
export async function relate(service: TestApp, patientId: string, unit: string): Promise<void> {
  const { relations } = doneFor(service);
  const key = `${patientId} ${unit}`;
  const persona = demoPersonas.find((one) => one.kind === 'staff' && one.unitHsaId === unit);
  if (relations.has(key) || OUTSIDE.has(unit) || !persona) return;
  relations.add(key);
  const isSocial = String(persona.claims.healthCareProviderHsaId) === tst('O01');
  const kind = isSocial ? 'intervention' : 'care';
  await must(service.as(persona.id), `/v1/patients/${patientId}/care-relations`, { kind });
}

const UNITS_OF_PLAN = `select distinct u from (
  select unnest(array[p.lead_unit, p.created_by_unit]) as u from plans p where p.id = $1
  union select t.unit from participants t where t.plan_id = $1 and t.state in ('invited', 'accepted')
  union select unnest(array[s.responsible_now, s.responsible_unit]) from steps s where s.plan_id = $1) all_units
  where u is not null`;

/**
 * All that the law asks for, so that everyone who takes part in a plan and is inside shared documentation reads what the
 * others write: information (2:2), consent to plan together and to read (3:1, 3:2), and a relation of each unit.
 *
 * @param planId public id of the plan; without one only information and consents
 */
export async function shareFully(service: TestApp, patientId: string, planId?: string): Promise<void> {
  await shareWithAll(service, patientId);
  if (planId === undefined) return;
  const { rows } = await service.owner.query<{ u: string }>(UNITS_OF_PLAN, [parseThingId(planId)!.id]);
  await Promise.all(rows.map(({ u }) => relate(service, patientId, u)));
}
