import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Play } from '../../src/cli/walkthrough/play.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { CLINIC, createPlan, ifMatch, planUrl, registerPatient } from '../support/plan-fixtures.ts';
import { ok, overviewOf, playEster, type StepTold } from './play-ester.ts';

let service: TestApp;
let play: Play;
let sip: string;
let spu: string;

beforeAll(async () => {
  service = await createTestApp();
  ({ play } = await playEster(service));
  sip = `/v1/plans/${play.id('SIP')}`;
  spu = `/v1/plans/${play.id('SPU')}`;
});
afterAll(() => service.close());

type Made = { readonly id: string; readonly revision: number; readonly state: string; readonly responsibleNow: string };
const ester = () => service.as('ester');
const read = () => overviewOf(service, 'ester');
const atRevision = (revision: number) => ({ 'if-match': `"${revision}"` });

async function stepTold(what: string): Promise<StepTold> {
  const { doing, past } = await read();
  return [...doing.me.steps, ...doing.care.steps, ...past].find((step) => step.what === what)!;
}

const WEIGHS_HERSELF = 'SIP: Väga mig varje morgon';

describe('by her own hand, Ester', () => {
  it('ticks her own step', async () => {
    service.setClock('2026-11-28T07:20:00+01:00');
    const report = { outcome: 'done', occurrence: '2026-11-28', value: { amount: 70.9, unit: 'kg' } };
    const url = `${sip}/steps/${play.id(WEIGHS_HERSELF)}/reports`;
    ok(await ester().post(url, report, { 'idempotency-key': 'saturday' }));
    const { occurrences } = await stepTold('Du väger dig');
    expect(occurrences?.find(({ on }) => on === '2026-11-28')?.state).toBe('done');
  });

  it('cannot tick what home care is to do', async () => {
    const url = `${sip}/steps/${play.id('SIP: Ta vikten')}/reports`;
    const body = { outcome: 'done', occurrence: '2026-11-30' };
    const refused = await ester().post<{ code: string }>(url, body, { 'idempotency-key': 'inte-mitt' });
    expect([refused.status, refused.body.code]).toEqual([403, 'report-not-yours']);
  });

  it('adds an activity of her own, which is hers at once and cared for by her named contact', async () => {
    const own = { title: 'Gympa till radion', responsibleParty: { kind: 'patient' } };
    const made = ok(await ester().post<Made>(`${sip}/steps`, own));
    expect(made).toMatchObject({ state: 'agreed', responsibleNow: 'SE0000000000-TST0201' });
    expect((await read()).doing.me.steps.map(({ what }) => what)).toContain('Gympa till radion');
  });

  it('wishes for something, and sees who answered and when', async () => {
    service.setClock('2026-11-28T10:00:00+01:00');
    const made = ok(await ester().post<Made>(`${sip}/steps`, { title: 'Prata med en dietist' }));
    expect(made).toMatchObject({ state: 'wished', responsibleNow: 'SE0000000000-TST0201' });
    const asked = await service.as('maj-modell').get<{ items: { step: { id: string } }[] }>('/v1/unit-steps');
    expect(asked.body.items.map(({ step }) => step.id)).toContain(made.id);

    service.setClock('2026-11-30T08:40:00+01:00');
    const url = `${sip}/steps/${made.id}/accept`;
    ok(await service.as('maj-modell').post(url, {}, atRevision(made.revision)));
    expect(await stepTold('Prata med en dietist')).toMatchObject({
      state: 'agreed',
      answer: { by: { name: 'Maj Modell' }, at: '2026-11-30T07:40:00.000Z' },
    });
  });

  it('is told why a wish is declined', async () => {
    const made = ok(await ester().post<Made>(`${sip}/steps`, { title: 'En egen syrgasapparat' }));
    const decline = `${sip}/steps/${made.id}/decline`;
    const maj = service.as('maj-modell');
    expect((await maj.post(decline, {}, atRevision(made.revision))).status).toBe(422);
    const reason = 'Din syresättning är bra utan. Vi mäter igen på hjärtmottagningen.';
    ok(await maj.post(decline, { reason }, atRevision(made.revision)));
    expect(await stepTold('En egen syrgasapparat')).toMatchObject({
      state: 'declined',
      reason,
      answer: { by: { name: 'Maj Modell' } },
    });
  });

  it('asks a question, and sees who answered and when', async () => {
    const text = 'Får jag duscha innan jag väger mig?';
    const made = ok(await ester().post<Made>(`${sip}/remarks`, { what: 'question', text }));
    expect((await read()).remarks[0]).toMatchObject({ text, awaitsAnswer: true, answers: [] });
    service.setClock('2026-11-30T09:15:00+01:00');
    const answer = { text: 'Ja, men väg dig innan du äter.' };
    ok(await service.as('maj-modell').post(`${sip}/remarks/${made.id}/answer`, answer));
    expect((await read()).remarks.find((remark) => remark.text === text)).toMatchObject({
      awaitsAnswer: false,
      answers: [
        {
          ...answer,
          at: '2026-11-30T08:15:00.000Z',
          by: { name: 'Maj Modell', unitName: 'Testeryds vårdcentral' },
        },
      ],
    });
  });

  it('asks for another time, is answered by who has the step, and sees the new time', async () => {
    const step = await play.read('ester', 'SPU: Uppföljning');
    const body = {
      what: 'another-time',
      aboutId: step.id,
      text: 'Jag orkar inte på morgonen.',
      wishedTime: 'en eftermiddag',
    };
    const made = ok(await ester().post<Made>(`${spu}/remarks`, body));
    const ali = service.as('ali-provsson');
    ok(await ali.post(`${spu}/remarks/${made.id}/answer`, { text: 'Du får 13:30 samma dag.' }));
    const time = { form: 'fixed', start: '2026-12-11T13:30:00+01:00', changeable: { byPatient: true } };
    ok(await ali.patch(`${spu}/steps/${step.id}`, { time }, atRevision(step.revision)));
    const { remarks, nextStep, bookedTimes } = await read();
    expect(remarks.find(({ what }) => what === 'another-time')?.answers).toMatchObject([
      { text: 'Du får 13:30 samma dag.', by: { name: 'Ali Provsson' } },
    ]);
    expect(bookedTimes).toContainEqual(
      expect.objectContaining({
        what: 'Hjärtmottagningen',
        when: expect.objectContaining({ start: '2026-12-11T12:30:00.000Z' }),
      }),
    );
    expect(nextStep.kind).toBe('step');
  });

  it('is not answered by a unit that has nothing to do with what she asked about', async () => {
    const { remarks } = ok(await service.as('maj-modell').get<{ remarks: { id: string; what: string }[] }>(spu));
    const asked = remarks.find(({ what }) => what === 'another-time')!;
    const answerOf = async (persona: string) => {
      const url = `${spu}/remarks/${asked.id}/answer`;
      const { status, body } = await service.as(persona).post<{ code: string }>(url, { text: 'Vi vet inte.' });
      return [status, body.code];
    };
    expect(await answerOf('hanna-hittepa')).toEqual([403, 'answer-not-yours']);
    // What home help needs for its work holds no words between her and the clinic: there it does not exist.
    expect(await answerOf('nils-norrprov')).toEqual([404, 'not-found']);
  });

  it('writes words that nobody else can change', async () => {
    const made = ok(await ester().post<Made>(`${sip}/what-matters`, { text: 'Jag vill ha fönstret öppet.' }));
    const url = `${sip}/what-matters/${made.id}`;
    const changed = { text: 'Ester vill ha det svalt.' };
    expect((await service.as('maj-modell').patch(url, changed, atRevision(made.revision))).status).toBe(403);
    expect((await read()).whatMatters.map(({ text }) => text)).toContain('Jag vill ha fönstret öppet.');
  });
});

describe('Mirza, for whom a contact has been asked', () => {
  it('is told who owes it as long as nobody is named, and not after', async () => {
    const patientId = await registerPatient(service, 'mirza');
    const plan = await createPlan(service, patientId, { steps: [], commitments: [] }, CLINIC);
    const told = async () => (await overviewOf(service, 'mirza')).nextStep;
    expect(await told()).toMatchObject({ kind: 'owed', duty: 'designate-contact' });
    const [contact] = plan.namedContacts;
    const url = `${planUrl(plan)}/named-contacts/${contact!.id}/transition`;
    const named = { to: 'designated', person: { staff: 'SE0000000000-TSTP003', name: 'Maj Modell' } };
    ok(await service.as(CLINIC).post(url, named, ifMatch(contact!)));
    expect(await told()).toMatchObject({ kind: 'proposal' });
  });
});
