import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Play } from '../../src/cli/walkthrough/play.ts';
import { getPersona, Stage } from '../../src/demo/index.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { ok } from './play-ester.ts';

const tst = (suffix: string) => `SE0000000000-TST${suffix}`;
const UNITS = [
  ['tove-testrup', '0101'],
  ['ali-provsson', '0102'],
  ['noa-fiktiv', '0103'],
  ['lo-lungstrom-prov', '0104'],
  ['runa-modell', '0105'],
  ['pia-pahitt', '0107'],
  ['maj-modell', '0201'],
  ['hanna-hittepa', '0302'],
] as const;
const [HOME_CARE, MEDICINE, MAIL] = ['Viktkontroll', 'Läkemedel', 'Brev till vårdcentralen'];

let service: TestApp;

beforeAll(async () => {
  service = await createTestApp({ start: '2026-11-01T08:00:00+01:00' });
});
afterAll(() => service.close());

const daily = { form: 'recurring', series: { every: 'day', startsOn: '2026-11-02', endsOn: '2026-12-31' } };

/** A person with a plan that home care writes for itself. */
async function homeCarePlan(citizen: string): Promise<Play> {
  const play = new Play(new Stage(service.app, service.issuer));
  const {
    personalIdentityNumber: personNumber,
    given_name: givenName,
    family_name: familyName,
  } = getPersona(citizen).claims;
  const person = await play.post('hanna-hittepa', '/v1/patients', { personNumber, givenName, familyName });
  await play.writePlan('hanna-hittepa', 'plan', {
    patientId: person.id,
    kind: 'VP',
    status: 'proposed',
    title: 'Hemsjukvård',
    approvedForPatient: true,
    steps: [
      { title: HOME_CARE, patientText: 'Vi väger dig', time: daily },
      { title: MEDICINE, patientText: 'Vi delar dina läkemedel', time: daily },
      { title: MAIL, patientText: 'Vi skriver till vårdcentralen', time: { form: 'latest-by', by: '2026-11-20' } },
    ],
  });
  return play;
}

interface Tick {
  readonly step: string;
  readonly key: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A sender's key is good for one report alone, so each plan's reports have keys of their own. */
const keyIn = (play: Play, key: string) => `${play.id('plan').slice(0, 8)}-${key}`;

/** What a phone has gathered in a fortnight without coverage: 30 ticks, some of them wrong and taken back, by its own clock. */
function ticks(): Tick[] {
  const all: Tick[] = [];
  const tick = (step: string, at: string, body: object) => {
    const times = { performedAt: at, reportedAt: at };
    all.push({ step, key: `phone-${all.length + 1}`, body: { ...times, ...body } });
  };
  for (let day = 2; day <= 14; day += 1) {
    const on = `2026-11-${String(day).padStart(2, '0')}`;
    tick(HOME_CARE!, `${on}T09:00:00+01:00`, {
      occurrence: on,
      outcome: 'done',
      value: { amount: 70 + day, unit: 'kg' },
    });
    tick(MEDICINE!, `${on}T09:05:00+01:00`, {
      occurrence: on,
      ...(day % 5 === 0 ? { outcome: 'not-done', reason: 'not-at-home' } : { outcome: 'done' }),
    });
  }
  tick(HOME_CARE!, '2026-11-05T09:30:00+01:00', { occurrence: '2026-11-05', outcome: 'undone' });
  tick(MEDICINE!, '2026-11-10T17:00:00+01:00', { occurrence: '2026-11-10', outcome: 'done' });
  tick(MAIL!, '2026-11-12T15:00:00+01:00', { outcome: 'done' });
  tick(MAIL!, '2026-11-12T15:01:00+01:00', { outcome: 'undone' });
  return all;
}

/** The same order for the same seed, so that a failure can be seen again. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state;
  };
  return items
    .map((item) => [random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}

async function send(play: Play, { step, key, body }: Tick): Promise<{ status: number; replayed: boolean; id: string }> {
  const planUrl = `/v1/plans/${play.id('plan')}`;
  const answer = await service
    .as('hanna-hittepa')
    .post<{ id: string }>(`${planUrl}/steps/${play.id(`plan: ${step}`)}/reports`, body, {
      'idempotency-key': keyIn(play, key),
    });
  const replayed = answer.headers['idempotency-replayed'] === 'true';
  return { status: answer.status, replayed, id: answer.body.id };
}

interface Whole {
  readonly steps: readonly { readonly title: string; readonly state: string; readonly time?: object }[];
  readonly reports: readonly {
    readonly stepId: string;
    readonly clientKey: string;
    readonly [field: string]: unknown;
  }[];
}

/** A plan as it reads, without what differs between any two: keys, revisions and when the service heard of it. */
async function reads(play: Play) {
  const whole = ok(await service.as('hanna-hittepa').get<Whole>(`/v1/plans/${play.id('plan')}`));
  const steps = whole.steps.map(({ title, state, time }) => ({ title, state, time }));
  const reports = whole.reports
    .map(({ clientKey, outcome, occurrence, performedAt, reportedAt, value, reason }) => {
      return {
        clientKey: clientKey.slice(keyIn(play, '').length),
        outcome,
        occurrence,
        performedAt,
        reportedAt,
        value,
        reason,
      };
    })
    .sort((a, b) => (a.clientKey < b.clientKey ? -1 : 1));
  return { steps, reports };
}

describe('home care without coverage', () => {
  it('sends the same 30 reports twice, in other orders, and all plans read the same', async () => {
    const [inOrder, again, atOnce] = [
      await homeCarePlan('ester'),
      await homeCarePlan('mirza'),
      await homeCarePlan('petra'),
    ];
    service.setClock('2026-11-15T10:00:00+01:00');
    const all = ticks();
    expect(all).toHaveLength(30);
    for (const tick of all) expect((await send(inOrder!, tick)).status).toBe(201);
    const expected = await reads(inOrder!);

    // The connection was lost after 19 of them had arrived; the phone begins anew, with what it has in any order.
    const first = new Map<string, string>();
    for (const tick of shuffled(all, 1).slice(0, 19)) first.set(tick.key, (await send(again!, tick)).id);
    for (const tick of shuffled(all, 2)) {
      const { status, replayed, id } = await send(again!, tick);
      expect([status, replayed]).toEqual([201, first.has(tick.key)]);
      if (first.has(tick.key)) expect(id).toBe(first.get(tick.key));
    }
    expect(await reads(again!)).toEqual(expected);

    // And all at once, each twice.
    const twice = shuffled([...all, ...all], 3);
    const answers = await Promise.all(twice.map((tick) => send(atOnce!, tick)));
    expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(30);
    expect(await reads(atOnce!)).toEqual(expected);

    expect(expected.steps).toMatchObject([
      { title: HOME_CARE, state: 'in-progress' },
      { title: MEDICINE, state: 'in-progress' },
      { title: MAIL, state: 'agreed' },
    ]);
  });

  it('undoes a wrong tick, and both are in the history', async () => {
    const play = await homeCarePlan('love');
    service.setClock('2026-11-16T09:00:00+01:00');
    const states: unknown[] = [];
    for (const outcome of ['done', 'undone']) {
      await play.report('hanna-hittepa', `plan: ${MAIL}`, { outcome });
      states.push((await play.read('hanna-hittepa', `plan: ${MAIL}`)).state);
      service.setClock('2026-11-16T09:02:00+01:00');
    }
    expect(states).toEqual(['done', 'agreed']);
    type Entry = {
      kind: string;
      id: string;
      changedBy: { name: string };
      fields: { field: string; after?: unknown }[];
    };
    const url = `/v1/plans/${play.id('plan')}/history?limit=100`;
    const { items } = ok(await service.as('hanna-hittepa').get<{ items: Entry[] }>(url));
    const values = (kind: string, field: string) =>
      items
        .filter((entry) => entry.kind === kind && (kind === 'report' || entry.id === play.id(`plan: ${MAIL}`)))
        .map(({ fields }) => fields.find((one) => one.field === field)?.after)
        .reverse();
    expect(values('report', 'outcome')).toEqual(['done', 'undone']);
    expect(values('step', 'state')).toEqual(['agreed', 'done', 'agreed']);
    expect(new Set(items.map(({ changedBy }) => changedBy.name))).toEqual(new Set(['Hanna Hittepå']));
  });
});

describe('eight units', () => {
  const OF = (unit: string) => `Vägning ${unit}`;
  let play: Play;

  beforeAll(async () => {
    service.setClock('2026-11-20T08:00:00+01:00');
    play = new Play(new Stage(service.app, service.issuer));
    const search = { personNumber: getPersona('ester').claims.personalIdentityNumber };
    const found = await play.post<{ items: { id: string }[] }>('tove-testrup', '/v1/patients/search', search);
    const patientId =
      found.items[0]?.id ??
      (await play.post('tove-testrup', '/v1/patients', { ...search, givenName: 'Ester', familyName: 'Exempelsson' }))
        .id;
    await play.writePlan('tove-testrup', 'plan', {
      patientId,
      kind: 'VP',
      status: 'proposed',
      title: 'Åtta enheter',
      approvedForPatient: true,
      steps: UNITS.map(([, unit]) => ({
        title: OF(unit),
        responsibleParty: { kind: unit === '0302' ? 'municipality-health' : 'region', unit: tst(unit) },
        time: { form: 'recurring', series: { every: 'day', startsOn: '2026-11-16' } },
      })),
    });
    for (const [persona, unit] of UNITS.slice(1)) await play.change(persona, `plan: ${OF(unit)}`, 'accept', {});
  });

  it('tick their own steps at once, from phones that all count from one, and none is refused', async () => {
    const days = ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19'];
    const sent = UNITS.flatMap(([persona, unit]) => {
      const url = `/v1/plans/${play.id('plan')}/steps/${play.id(`plan: ${OF(unit)}`)}/reports`;
      return days.map(async (occurrence, i) => {
        const headers = { 'idempotency-key': String(i + 1) };
        type Made = { stepId: string; occurrence: string };
        const answer = await service.as(persona).post<Made>(url, { outcome: 'done', occurrence }, headers);
        const { stepId, occurrence: made } = answer.body;
        return [answer.status, stepId === play.id(`plan: ${OF(unit)}`), made === occurrence];
      });
    });
    const answers = await Promise.all(sent);
    expect(answers.filter((answer) => !answer.every((one) => one === 201 || one === true))).toEqual([]);
  });

  it('change their own steps at once, each by the revision that it has seen, and none gets a 412', async () => {
    const seen = await Promise.all(
      UNITS.map(async ([persona, unit]) => [persona, await play.read(persona, `plan: ${OF(unit)}`)] as const),
    );
    const changed = await Promise.all(
      seen.map(([persona, { id, revision }]) => {
        const url = `/v1/plans/${play.id('plan')}/steps/${id}`;
        const body = { performer: { name: getPersona(persona).name } };
        return service.as(persona).patch(url, body, { 'if-match': `"${revision}"` });
      }),
    );
    expect(changed.map(({ status }) => status)).toEqual(UNITS.map(() => 200));
    const whole = ok(
      await service
        .as('tove-testrup')
        .get<{ steps: { performer?: { name: string } }[] }>(`/v1/plans/${play.id('plan')}`),
    );
    expect(whole.steps.map(({ performer }) => performer?.name)).toEqual(UNITS.map(([id]) => getPersona(id).name));
  });
});
