import { HOME_HELP, PATIENT, tst } from './cast.ts';
import { MORNINGS, sipFor, WEIGHS_HERSELF } from './ester-plan.ts';
import type { Play } from './play.ts';
import type { Remarks, Scene } from './scene.ts';

async function meet(play: Play): Promise<Remarks> {
  await play.writePlan('maj-modell', 'SIP', sipFor(play.id('Ester'), play.id('Britt')));
  const refusal = await play.refused(play.change('maj-modell', 'SIP', 'transition', { to: 'active' }));
  const missing = (refusal.missing ?? []) as readonly { readonly code: string; readonly sv?: string }[];
  return {
    lines: ['Planen går inte att aktivera än. Det saknas:', ...missing.map(({ sv, code }) => `  – ${sv ?? code}`)],
    checks: [
      { what: 'nekas', expected: 'sip-gate-unmet', actual: String(refusal.code) },
      {
        what: 'saknas',
        expected: 'consent-region, consent-municipality',
        actual: missing.map(({ code }) => code).join(', '),
      },
    ],
  };
}

/** To plan together, one per principal; and to read what the others write, one per provider [lag 2022:913 3:1, 3:2]. */
const CONSENTS = [
  { type: 'sip', recipient: { kind: 'principal', hsaId: tst('H01') } },
  { type: 'sip', recipient: { kind: 'principal', hsaId: tst('H03') } },
  { type: 'read-care', recipient: { kind: 'provider', hsaId: tst('R01') } },
  { type: 'read-care', recipient: { kind: 'provider', hsaId: tst('K01') } },
  { type: 'read-social', recipient: { kind: 'provider', hsaId: tst('O01') } },
];

async function askConsent(play: Play): Promise<Remarks> {
  const url = `/v1/patients/${play.id('Ester')}`;
  for (const persona of ['maj-modell', 'hanna-hittepa', 'kim-ovning']) {
    await play.post(persona, `${url}/information-given`, { form: 'oral' });
  }
  await play.post('hanna-hittepa', `${url}/care-relations`, { kind: 'care' });
  await play.post('nils-norrprov', `${url}/care-relations`, { kind: 'intervention' });
  for (const consent of CONSENTS) {
    await play.post('maj-modell', `${url}/consents`, {
      ...consent,
      form: 'oral',
      data: 'Planeringen efter utskrivningen: mål, insatser och tider',
      purpose: 'Samordnad individuell plan',
      until: '2027-11-25',
      ...(consent.type === 'sip' ? { planId: play.id('SIP') } : {}),
    });
  }
  return {};
}

async function activate(play: Play): Promise<Remarks> {
  await play.report('maj-modell', 'SPU: SIP-möte i hemmet', { outcome: 'done' });
  await play.change('maj-modell', 'SIP', 'transition', { to: 'active' });
  const sip = await play.read('maj-modell', 'SIP');
  const spu = await play.read('maj-modell', 'SPU');
  return {
    checks: [
      { what: 'SIP', expected: 'active', actual: String(sip.status) },
      { what: 'utskrivningsplanen är del av', expected: 'SIP', actual: spu.partOf === sip.id ? 'SIP' : 'ingen' },
    ],
  };
}

/** How a unit's own parts of the agreement stand, as Ester reads it. */
async function standingOf(play: Play, unit: string): Promise<string> {
  type Part = { readonly party: { readonly unit?: string }; readonly standing: string };
  type Version = { readonly version: number; readonly parts: readonly Part[] };
  const { agreements } = await play.get<{ agreements: readonly { planId: string; agreed?: Version }[] }>(
    'ester',
    '/v1/my/overview',
  );
  const agreed = agreements.find(({ planId }) => planId === play.id('SIP'))?.agreed;
  const own = agreed?.parts.filter(({ party }) => party.unit === unit).map(({ standing }) => standing);
  return `version ${agreed?.version ?? '–'}: ${[...new Set(own)].join(', ')}`;
}

async function agree(play: Play): Promise<Remarks> {
  const version = await play.add('maj-modell', 'SIP', 'agreements', {});
  play.remember('överenskommelsen', version.id, '');
  const approve = (persona: string, body: object) =>
    play.post(persona, `/v1/plans/${play.id('SIP')}/agreements/${version.id}/approve`, body);
  await approve('maj-modell', { party: PATIENT, method: 'oral' });
  await approve('maj-modell', {});
  await approve('hanna-hittepa', {});
  await approve('maj-modell', { party: HOME_HELP, method: 'oral', reported: true });
  const actual = await standingOf(play, HOME_HELP.unit);
  return { checks: [{ what: 'hemtjänstens delar', expected: 'version 1: reported', actual }] };
}

async function confirm(play: Play): Promise<Remarks> {
  const url = `/v1/plans/${play.id('SIP')}/agreements/${play.id('överenskommelsen')}/approve`;
  await play.post('nils-norrprov', url, {});
  const today = { outcome: 'done', occurrence: '2026-11-27' };
  await play.report('nils-norrprov', `SIP: ${MORNINGS}`, today);
  const value = { amount: 71, unit: 'kg' };
  await play.report('nils-norrprov', `SIP: ${WEIGHS_HERSELF}`, {
    ...today,
    performedAt: '2026-11-27T07:00:00+01:00',
    value,
  });
  const actual = await standingOf(play, HOME_HELP.unit);
  return { checks: [{ what: 'hemtjänstens delar', expected: 'version 1: confirmed', actual }] };
}

/** The meeting at home: one shared plan, with consent and an agreement that all have said yes to. */
export const esterAgreement: readonly Scene[] = [
  {
    at: '2026-11-26T13:00',
    who: 'maj-modell',
    does: 'skriver en samordnad individuell plan hemma hos Ester',
    act: meet,
  },
  {
    at: '2026-11-26T13:30',
    who: 'maj-modell',
    does: 'berättar med kommunen vad delningen innebär; Ester samtycker till och med 25 november 2027, att planera ihop och att läsa varandra',
    act: askConsent,
  },
  {
    at: '2026-11-26T13:40',
    who: 'maj-modell',
    does: 'aktiverar planen; utskrivningsplanen blir en del av den',
    act: activate,
    sees: { 'nästa steg': 'Du väger dig fredag 27 november 07:00.' },
  },
  {
    at: '2026-11-26T13:50',
    who: 'maj-modell',
    does: 'överenskommelse version 1: ja av Ester (muntligt), vårdcentralen och hemsjukvården; hemtjänstens muntliga ja antecknas som återberättat',
    act: agree,
  },
  {
    at: '2026-11-27T08:10',
    who: 'nils-norrprov',
    does: 'bekräftar hemtjänstens del, och skriver upp Esters vikt klockan 07:00: 71,0 kg',
    act: confirm,
  },
  {
    at: '2026-11-27T12:00',
    named: true,
    sees: {
      'nästa steg': 'Hjärtmottagningen fredag 11 december 10:00.',
      vad: 'Hjärtmottagningen',
      när: 'fixed 2026-12-11T09:00:00.000Z',
      vem: 'Ali Provsson, Provköpings lasarett, hjärtmottagningen',
      hur: 'Besök, Provköpings lasarett, ingång B',
      når: 'Provköpings lasarett, hjärtmottagningen: 040-6280402',
    },
  },
];
