import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Play } from '../../src/cli/walkthrough/play.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { type AgreementTold, type OverviewTold, ok, overviewOf, type PromiseTold, playEster } from './play-ester.ts';

let service: TestApp;
let play: Play;
/** Address of Ester's shared plan. */
let sip: string;

beforeAll(async () => {
  service = await createTestApp();
  ({ play } = await playEster(service));
  sip = `/v1/plans/${play.id('SIP')}`;
});
afterAll(() => service.close());

const read = (): Promise<OverviewTold> => overviewOf(service, 'ester');

async function promises(): Promise<readonly PromiseTold[]> {
  const { me, network, care } = (await read()).doing;
  return [...me.promises, ...network.promises, ...care.promises];
}

async function promise(text: string): Promise<PromiseTold> {
  return (await promises()).find((one) => one.text === text)!;
}

async function agreement(): Promise<AgreementTold> {
  return (await read()).agreements.find(({ planId }) => planId === play.id('SIP'))!;
}

async function judge(persona: string, text: string, body: object): Promise<void> {
  const { id, revision } = await promise(text);
  ok(await service.as(persona).post(`${sip}/commitments/${id}/judge`, body, { 'if-match': `"${revision}"` }));
}

const CALL_BACK = 'Vi ringer tillbaka samma dag.';
const LETTER_BOX = 'Jag går till brevlådan varannan dag.';

describe('what Ester and care have promised each other', () => {
  it('stands on both sides, and her daughter’s between them', async () => {
    const { me, network, care } = (await read()).doing;
    const texts = (all: readonly PromiseTold[]) => all.map(({ text, words }) => `${text} ${words}`);
    expect(texts(me.promises)).toEqual([
      'Jag ringer Maj om vikten går upp 2 kg på 3 dagar. gäller',
      `${LETTER_BOX} gäller`,
    ]);
    expect(texts(network.promises)).toEqual(['Britt handlar på söndagar. gäller']);
    expect(texts(care.promises)).toEqual([`${CALL_BACK} gäller`, 'Vi skriver upp vikten. gäller']);
  });

  it('is not broken by a missed tick: a passed own time is asked about', async () => {
    service.setClock('2026-11-29T09:00:00+01:00');
    const { askAbout } = await read();
    expect(askAbout.map(({ question }) => question)).toEqual(['Hur gick det med: Du väger dig (lördag 28 november)?']);
    expect((await promises()).map(({ state }) => state)).not.toContain('broken');
  });

  it('shows a promise broken by care as plainly as one by her', async () => {
    service.setClock('2026-11-30T16:30:00+01:00');
    await judge('ester', CALL_BACK, { to: 'broken', why: 'Ingen ringde tillbaka i fredags.' });
    await judge('ester', LETTER_BOX, { to: 'broken', why: 'Det var halt.' });
    const [byCare, byHer] = [await promise(CALL_BACK), await promise(LETTER_BOX)];
    expect(byCare).toMatchObject({
      state: 'broken',
      words: 'inte hållet',
      judged: { at: '2026-11-30T15:30:00.000Z', by: { name: 'Du' }, why: 'Ingen ringde tillbaka i fredags.' },
    });
    expect(Object.keys(byHer).sort()).toEqual(Object.keys(byCare).sort());
    expect([byHer.state, byHer.words]).toEqual([byCare.state, byCare.words]);
  });

  it('cannot be judged by a unit that is on neither side of it', async () => {
    const { id, revision } = await promise('Vi skriver upp vikten.');
    const url = `${sip}/commitments/${id}/judge`;
    const refused = await service
      .as('hanna-hittepa')
      .post<{ code: string }>(url, { to: 'kept' }, { 'if-match': `"${revision}"` });
    expect([refused.status, refused.body.code]).toEqual([403, 'judgement-not-yours']);
  });
});

describe('the signs to watch', () => {
  it('are green, yellow and red, with whom to call by day and by night', async () => {
    const { safetyNet } = await read();
    expect(safetyNet.green).toMatchObject([{ sign: 'Vikten är jämn', advice: 'Fortsätt som vanligt.' }]);
    expect(safetyNet.yellow).toMatchObject([
      {
        sign: 'Vikten går upp 2 kg på 3 dagar',
        day: { name: expect.stringContaining('Maj Modell'), phone: '040-6280411' },
        night: { name: '1177', phone: '1177' },
      },
    ]);
    expect(safetyNet.red).toMatchObject([{ day: { phone: '112' }, night: { phone: '112' } }]);
  });

  it('never lead to a telephone that is for professionals', async () => {
    const text = JSON.stringify(await read());
    for (const number of ['040-6280441', '040-6280442', '08-46500442', '08-46500443', '040-6280448']) {
      expect(text).not.toContain(number);
    }
  });
});

describe('a reservation', () => {
  it('is seen beside its part, in its own words, and binds nobody', async () => {
    const { agreed } = await agreement();
    const part = agreed!.parts.find(({ text }) => text === 'Hemsjukvården väger dig')!;
    expect(part.standing).toBe('confirmed');
    const url = `${sip}/agreements/${play.id('överenskommelsen')}/reserve`;
    const text = 'Vi kan inte komma på helgdagar.';
    ok(await service.as('hanna-hittepa').post(url, { against: [part.id], text }));
    const after = (await agreement()).agreed!;
    expect(after.parts.find(({ id }) => id === part.id)).toMatchObject({
      standing: 'reserved',
      words: 'reservation',
      reservation: text,
    });
    expect(after.version).toBe(1);
  });

  it('cannot be made against another party’s part', async () => {
    const part = (await agreement()).agreed!.parts.find(({ text }) => text === 'Vi skriver upp vikten.')!;
    const url = `${sip}/agreements/${play.id('överenskommelsen')}/reserve`;
    const refused = await service.as('hanna-hittepa').post(url, { against: [part.id] });
    expect(refused.status).toBe(422);
  });
});

describe('a changed promise', () => {
  const AGREED = 'Vi skriver upp vikten.';
  const WANTED = 'Vi skriver upp vikten och ringer Maj om den stiger.';

  it('stands as a proposal beside the agreed one until the parties have answered', async () => {
    const { id, revision } = await promise(AGREED);
    const url = `${sip}/commitments/${id}`;
    ok(await service.as('nils-norrprov').patch(url, { text: WANTED }, { 'if-match': `"${revision}"` }));
    const shown = await promise(AGREED);
    expect(shown.proposal).toEqual({ agreementVersion: 2, changes: { text: WANTED } });
    const { agreed, proposed } = await agreement();
    expect([agreed?.version, proposed?.version]).toEqual([1, 2]);
    expect(proposed?.awaits).toEqual(['patient', 'region', 'municipality']);
    const sameAgain = ok(await service.as('maj-modell').post<{ version: number }>(`${sip}/agreements`, {}));
    expect(sameAgain.version).toBe(2);
    expect(proposed?.parts.find((part) => part.id === id)).toMatchObject({ proposed: { text: WANTED } });

    const approve = `${sip}/agreements/${await versionId(2)}/approve`;
    for (const persona of ['ester', 'maj-modell']) ok(await service.as(persona).post(approve, {}));
    expect((await promise(AGREED)).proposal).toBeDefined();
    expect((await agreement()).proposed?.awaits).toEqual(['municipality']);

    ok(await service.as('nils-norrprov').post(approve, {}));
    const after = await promise(WANTED);
    expect(after).not.toHaveProperty('proposal');
    expect(await agreement()).toMatchObject({ agreed: { version: 2 } });
    expect((await agreement()).proposed).toBeUndefined();
  });

  async function versionId(version: number): Promise<string> {
    type Versions = { agreementVersions: { id: string; version: number }[] };
    const { agreementVersions } = ok(await service.as('maj-modell').get<Versions>(sip));
    return agreementVersions.find((one) => one.version === version)!.id;
  }

  it('answers each with what they said themselves', async () => {
    const approve = `${sip}/agreements/${await versionId(2)}/approve`;
    type Act = { party: { kind: string; unit?: string } };
    const again = ok(await service.as('maj-modell').post<Act>(approve, {}));
    expect(again.party).toEqual({ kind: 'region', unit: 'SE0000000000-TST0201' });
    const hers = ok(await service.as('ester').post<Act>(approve, {}));
    expect(hers.party).toEqual({ kind: 'patient' });
  });
});

describe('a changed time', () => {
  it('shows at once, marked', async () => {
    const step = await play.read('ali-provsson', 'SPU: Uppföljning');
    const url = `/v1/plans/${play.id('SPU')}/steps/${step.id}`;
    const time = { form: 'fixed', start: '2026-12-10T09:00:00+01:00', changeable: { byPatient: true } };
    ok(await service.as('ali-provsson').patch(url, { time }, { 'if-match': `"${step.revision}"` }));
    const { nextStep, changed, bookedTimes } = await read();
    expect(nextStep.sentence).toBe('Hjärtmottagningen torsdag 10 december 09:00.');
    expect(changed[0]).toMatchObject({ what: 'Hjärtmottagningen', words: 'Ändrad: Tid', laterThanAgreed: false });
    expect(bookedTimes).toContainEqual(
      expect.objectContaining({ what: 'Hjärtmottagningen', changed: expect.anything() }),
    );
  });
});

describe('the seven statements', () => {
  const STATEMENTS = [
    'safe',
    'clearWhoDoesWhat',
    'easyContact',
    'namedContact',
    'nextStepKnown',
    'canInfluenceTimes',
    'helpedWithCoordination',
  ] as const;
  const SIDES = [
    ['ester', 'patient'],
    ['maj-modell', 'staff'],
  ] as const;
  let url: string;

  beforeAll(async () => {
    type Versions = { agreementVersions: { id: string; state: string }[] };
    const { agreementVersions } = ok(await service.as('maj-modell').get<Versions>(sip));
    url = `${sip}/agreements/${agreementVersions.find(({ state }) => state === 'agreed')!.id}/receipts`;
  });

  const say = async (persona: string, answers: object) => ok(await service.as(persona).post(url, { answers }));
  const all = (answer: boolean) => Object.fromEntries(STATEMENTS.map((statement) => [statement, answer]));

  it('unanswered are fourteen that are missing', async () => {
    const { receipt } = await read();
    expect(receipt.patientkontrakt).toBe(false);
    expect(receipt.missing).toHaveLength(14);
    expect(receipt.statements.every(({ patient, staff }) => patient === undefined && staff === undefined)).toBe(true);
  });

  it('with seven yes from both sides make it a patientkontrakt, from one side not', async () => {
    await say('ester', all(true));
    const half = (await read()).receipt;
    expect(half.patientkontrakt).toBe(false);
    expect(half.missing).toEqual(STATEMENTS.map((statement) => `staff:${statement}`));
    await say('maj-modell', all(true));
    expect((await read()).receipt).toMatchObject({ patientkontrakt: true, missing: [] });
  });

  it.each(STATEMENTS)('with yes and no to %s from either side are what each has said last', async (statement) => {
    for (const patient of [true, false]) {
      for (const staff of [true, false]) {
        await say('ester', { [statement]: patient });
        await say('maj-modell', { [statement]: staff });
        const { receipt } = await read();
        expect(receipt.statements).toContainEqual(expect.objectContaining({ statement, patient, staff }));
        const said = { patient, staff };
        const missing = SIDES.flatMap(([, side]) => (said[side] ? [] : [`${side}:${statement}`]));
        expect([receipt.patientkontrakt, receipt.missing]).toEqual([patient && staff, missing]);
      }
    }
    await say('ester', { [statement]: true });
    await say('maj-modell', { [statement]: true });
  });

  it('are answered for staff by the lead principal’s alone', async () => {
    const refused = await service.as('hanna-hittepa').post<{ code: string }>(url, { answers: { safe: true } });
    expect([refused.status, refused.body.code]).toEqual([403, 'receipt-side-not-yours']);
  });
});
