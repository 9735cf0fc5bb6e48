import { describe, expect, test } from 'vitest';
import type { PlanContent, Step } from '../../../src/plans/domain/model.ts';
import { nextStepOfOverview, nextStepOfPlan } from '../../../src/plans/domain/next-step.ts';
import { contextAt } from './directory.ts';
import { ester, HEALTH_CENTRE, HEART } from './ester.ts';
import { IBD, mirza } from './mirza.ts';
import { contentOf, followUp, id, namedContact, plan, step, tst } from './plan-builder.ts';

function tell(content: PlanContent, moment: string, fields = {}) {
  return nextStepOfOverview(content, contextAt(moment, fields))!;
}

const only = (steps: readonly Step[], rest: Partial<PlanContent> = {}) =>
  contentOf({ plan: [plan(1)], step: steps, ...rest });
const NOW = '2026-11-23T09:00+01:00';

describe('what Ester is told', () => {
  test.each([
    [
      '2026-11-17T09:00+01:00',
      'admitted',
      'Vårdcentralen utser din fasta vårdkontakt senast onsdag 18 november 12:00.',
    ],
    ['2026-11-20T16:10+01:00', 'readyToGo', 'Du åker hem lördag 21 november 11:00.'],
    ['2026-11-22T13:00+01:00', 'home', 'Maj ringer dig måndag 23 november före 12:00.'],
    ['2026-11-24T09:00+01:00', 'summoned', 'Möte hemma torsdag 26 november 13:00.'],
    ['2026-11-27T12:00+01:00', 'agreed', 'Hjärtmottagningen fredag 11 december 10:00.'],
  ] as const)('%s (%s): %s', (moment, record, sentence) => {
    expect(tell(ester[record], moment).sentence).toBe(sentence);
  });

  test('the way home and who comes the day after are said together', () => {
    const next = tell(ester.readyToGo, '2026-11-20T16:10+01:00');
    expect(next.after?.sentence).toBe('Sedan: Hemsjukvården kommer och väger dig söndag 22 november.');
  });

  test('what, when, how, with whom and how to reach them', () => {
    expect(tell(ester.agreed, '2026-11-27T12:00+01:00')).toMatchObject({
      kind: 'step',
      planId: id(1),
      what: 'Hjärtmottagningen',
      when: { form: 'fixed', start: '2026-12-11T09:00:00.000Z', changeable: { byPatient: true } },
      step: {
        id: id(110),
        performer: 'Ali Provsson',
        how: { kind: 'visit', words: 'Besök', place: 'Provköpings lasarett, ingång B' },
        responsibleNow: { unit: HEART, name: 'Hjärtmottagningen' },
      },
      reach: { open: true, contact: { name: 'Hjärtmottagningen' }, channel: { value: '040-6280402' } },
    });
  });

  test('in the weekend she is told when Maj’s telephone opens and what applies until then', () => {
    const { reach } = tell(ester.home, '2026-11-22T13:00+01:00');
    expect(reach).toMatchObject({ open: false, contact: { name: 'Maj Modell' }, channel: { value: '040-6280411' } });
    expect(!reach.open && new Date(reach.opensAt).toISOString()).toBe('2026-11-23T07:00:00.000Z');
  });
});

describe('what Mirza is told', () => {
  test.each([
    ['2026-11-20T09:00+01:00', 'before', 'Ditt prov måndag 30 november.'],
    ['2026-12-01T09:00+01:00', 'sampleSent', 'Svar från Runa senast måndag 7 december.'],
    [
      '2026-12-08T09:00+01:00',
      'sampleSent',
      'Vi är sena. Runa Modell eller ersättare hör av sig idag. Det gäller: Svar från Runa senast måndag 7 december.',
    ],
    [
      '2026-12-08T12:00+01:00',
      'sampleSent',
      'Vi är sena. Runa Modell eller ersättare hör av sig när det öppnar, onsdag 9 december 08:00. Det gäller: Svar från Runa senast måndag 7 december.',
    ],
    [
      '2026-12-08T07:59+01:00',
      'sampleSent',
      'Vi är sena. Runa Modell eller ersättare hör av sig när det öppnar, tisdag 8 december 08:00. Det gäller: Svar från Runa senast måndag 7 december.',
    ],
    ['2026-12-08T09:00+01:00', 'answered', 'Vaccin på vårdcentralen senast torsdag 10 december.'],
  ] as const)('%s (%s): %s', (moment, record, sentence) => {
    expect(tell(mirza[record], moment).sentence).toBe(sentence);
  });

  test('in English the time is English and the plan’s own words stay', () => {
    const english = tell(mirza.sampleSent, '2026-12-01T09:00+01:00', { language: 'en' });
    expect(english.sentence).toBe('Svar från Runa – by Monday 7 December.');
    const late = tell(mirza.sampleSent, '2026-12-08T09:00+01:00', { language: 'en' });
    expect(late.sentence).toMatch(/^We are late\. Runa Modell or a deputy will be in touch today\./);
  });
});

describe('a late step', () => {
  const late = step(3, {
    patientText: 'Boendestöd',
    responsibleNow: tst('0304'),
    time: { form: 'latest-by', by: '2026-11-20' },
  });
  const noa = namedContact(4, { person: { name: 'Noa Fiktiv' }, unit: tst('0103') });

  test('without a named contact the responsible unit has it and calls', () => {
    const next = tell(only([late]), NOW);
    expect(next.late).toMatchObject({
      due: '2026-11-20T23:00:00.000Z',
      holder: { as: 'unit', unit: tst('0304') },
      callsToday: true,
    });
    expect(next.sentence).toBe(
      'Vi är sena. Socialtjänst unga vuxna hör av sig idag. Det gäller: Boendestöd senast fredag 20 november.',
    );
  });

  test('the named contact has it, but is not said to call while it is in another unit’s list only', () => {
    const next = tell(only([late], { 'named-contact': [noa] }), NOW);
    expect(next.late).toMatchObject({ holder: { name: 'Noa Fiktiv' }, caller: { unit: tst('0304') } });
    expect(next.sentence).toBe(
      'Vi är sena. Socialtjänst unga vuxna hör av sig idag. Det gäller: Boendestöd senast fredag 20 november. Du kan också vända dig till Noa Fiktiv eller ersättare.',
    );
  });

  test('once it is in the named contact’s list, the named contact calls', () => {
    const hasInList = (unit: string) => unit === tst('0103');
    const next = tell(only([late], { 'named-contact': [noa] }), NOW, { hasInList });
    expect(next.sentence).toMatch(/^Vi är sena\. Noa Fiktiv eller ersättare hör av sig idag\./);
  });

  test('while the contact is away the deputy has it; when both are, the unit', () => {
    const own = step(3, { patientText: 'Svar', time: { form: 'latest-by', by: '2026-11-20' } });
    const away = [{ from: '2026-11-20', to: '2026-11-27' }];
    const maj = namedContact(4, { person: { name: 'Maj Modell' }, unit: HEALTH_CENTRE, away });
    const deputy = { name: 'Vera Vikarie', unit: HEALTH_CENTRE };
    const withDeputy = tell(only([own], { 'named-contact': [{ ...maj, deputy }] }), NOW);
    expect(withDeputy.late?.holder).toMatchObject({ as: 'deputy', name: 'Vera Vikarie', inPlaceOf: 'Maj Modell' });
    expect(withDeputy.sentence).toMatch(/^Vi är sena\. Vera Vikarie, ersättare för Maj Modell, hör av sig idag\./);
    const alone = tell(only([own], { 'named-contact': [maj] }), NOW);
    expect(alone.sentence).toMatch(/^Vi är sena\. Testeryds vårdcentral hör av sig idag\./);
  });

  test('nobody is said to call at all when the unit’s hours are not known', () => {
    const next = tell(only([late]), NOW, { channels: new Map() });
    expect(next.late).not.toHaveProperty('opensAt');
    expect(next.sentence).toMatch(/^Vi är sena\. Socialtjänst unga vuxna har ansvar för det\./);
  });

  test('a telephone for professionals does not make a unit open', () => {
    const own = step(3, { time: { form: 'latest-by', by: '2026-11-20' } });
    expect(tell(only([own]), '2026-11-23T18:00+01:00').late).toMatchObject({
      callsToday: false,
      opensAt: '2026-11-24T07:00:00.000Z',
    });
  });
});

describe('when no agreed step is left', () => {
  test('the named contact follows up or closes, else the planning lead, else the lead unit', () => {
    const lead = plan(1, { planningLead: { name: 'Kim Övning' } });
    const contact = namedContact(4, { person: { name: 'Maj Modell' }, unit: HEALTH_CENTRE });
    const words = (content: PlanContent) => tell(content, NOW).sentence;
    expect(words(contentOf({ plan: [lead], 'named-contact': [contact], 'follow-up': [followUp(5)] }))).toBe(
      'Inget mer är planerat just nu. Maj Modell följer upp med dig torsdag 4 februari 2027 eller avslutar planen.',
    );
    expect(words(contentOf({ plan: [lead] }))).toBe(
      'Inget mer är planerat just nu. Kim Övning följer upp med dig eller avslutar planen.',
    );
    expect(words(contentOf({ plan: [plan(1)] }))).toBe(
      'Inget mer är planerat just nu. Testeryds vårdcentral följer upp med dig eller avslutar planen.',
    );
  });

  test('a follow-up that should have been says so', () => {
    const content = only([], { 'follow-up': [followUp(5, { plannedOn: '2026-11-20' })] });
    expect(tell(content, NOW).sentence).toBe(
      'Vi är sena med uppföljningen, som skulle ha varit fredag 20 november. Testeryds vårdcentral följer upp med dig eller avslutar planen.',
    );
  });

  test.each([
    [
      'a unit’s yes',
      step(3, {
        state: 'proposed',
        patientText: 'Viktkontroll',
        responsibleParty: { kind: 'municipality-health', unit: tst('0302') },
      }),
      'Vi väntar på svar från Hemsjukvården: Viktkontroll. Testeryds vårdcentral följer upp.',
    ],
    [
      'the patient’s yes',
      step(3, { state: 'proposed', patientText: 'Gå till brevlådan', responsibleParty: { kind: 'patient' } }),
      'Ett förslag väntar på ditt svar: Gå till brevlådan.',
    ],
    [
      'an answer to a wish',
      step(3, { state: 'wished', patientText: 'Ett samtal till' }),
      'Du har önskat: Ett samtal till. Testeryds vårdcentral svarar dig.',
    ],
  ])('%s is waited for, and not told as if it were agreed', (_, asked, sentence) => {
    const next = tell(only([asked]), NOW);
    expect(next).toMatchObject({ kind: 'proposal', step: { state: asked.state } });
    expect(next).not.toHaveProperty('when');
    expect(next.sentence).toBe(sentence);
  });

  test('a plan that rests says who decides about going on, and by when', () => {
    const rests = plan(1, {
      status: 'on-hold',
      onHold: { reason: 'Samtycket är återkallat', decidesUnit: IBD, decideBy: '2026-11-26' },
    });
    const next = tell(contentOf({ plan: [rests] }), NOW);
    expect(next).toMatchObject({ kind: 'resting', by: { unit: IBD }, byWhen: '2026-11-26' });
    expect(next.sentence).toBe(
      'Planen vilar. Mag- och tarmmottagningen beslutar om fortsättningen senast torsdag 26 november.',
    );
  });

  test('steps that all rest say the same, and that no date is set when none is', () => {
    const resting = step(3, { state: 'on-hold', patientText: 'Sjukgymnastik' });
    expect(tell(only([resting]), NOW).sentence).toBe(
      'Det här vilar: Sjukgymnastik. Testeryds vårdcentral beslutar om fortsättningen. Något datum för beslutet är inte satt.',
    );
    const planned = only([resting], { 'follow-up': [followUp(5)] });
    expect(tell(planned, NOW).sentence).toMatch(/senast torsdag 4 februari 2027\.$/);
  });

  test('a plan that is a proposal as a whole is gone through with the patient', () => {
    expect(tell(contentOf({ plan: [plan(1, { status: 'proposed' })] }), NOW).sentence).toBe(
      'Planen är ett förslag. Testeryds vårdcentral går igenom den med dig.',
    );
  });
});

describe('words', () => {
  test.each([
    ['Du får en tid. Ta med dina papper.', 'Du får en tid. Ta med dina papper. Tid: senast fredag 27 november.'],
    ['Har du mätt blodtrycket?', 'Har du mätt blodtrycket? Tid: senast fredag 27 november.'],
    ['maj ringer dig. ', 'Maj ringer dig senast fredag 27 november.'],
  ])('%j with a time becomes %j', (patientText, sentence) => {
    const told = tell(only([step(3, { patientText, time: { form: 'latest-by', by: '2026-11-27' } })]), NOW);
    expect(told.sentence).toBe(sentence);
  });

  test.each<[Step['time'], string]>([
    [undefined, 'Steget. Tiden är inte bestämd än.'],
    [
      { form: 'window', from: '2026-11-25', to: '2026-11-27' },
      'Steget mellan onsdag 25 november och fredag 27 november.',
    ],
    [
      { form: 'window', from: '2026-11-25T07:00:00Z', to: '2026-11-25T11:00:00Z' },
      'Steget onsdag 25 november mellan 08:00 och 12:00.',
    ],
    [{ form: 'as-needed', by: '2027-11-30' }, 'Steget vid behov, senast tisdag 30 november 2027.'],
    [{ form: 'waiting-list', expected: '2027-01-14' }, 'Steget (du står i kö, beräknad tid torsdag 14 januari 2027).'],
    [{ form: 'patient-books', by: '2026-11-27' }, 'Steget (du bokar tiden själv, senast fredag 27 november).'],
    [{ form: 'patient-books' }, 'Steget (du bokar tiden själv).'],
    [
      { form: 'fixed', start: '2026-11-27T09:00:00Z', end: '2026-11-27T09:45:00Z', changeable: { byPatient: true } },
      'Steget fredag 27 november 10:00–10:45.',
    ],
    [
      { form: 'recurring', series: { every: 'week', interval: 2, startsOn: '2026-11-27', timeOfDay: '14:00' } },
      'Steget fredag 27 november 14:00.',
    ],
  ])('%j: %s', (time, sentence) => {
    expect(tell(only([step(3, { patientText: 'Steget', time })]), NOW).sentence).toBe(sentence);
  });

  test('clinical words never reach the patient, nor a name that is protected', () => {
    const performer = { staff: tst('P010'), name: 'Skyddad Person' };
    const secret = step(3, { patientText: 'Ett samtal', clinicalText: 'Bedömning av suicidrisk', performer });
    const staff = new Map([[tst('P010'), { active: true, protectedIdentity: true }]]);
    const told = JSON.stringify(tell(only([secret]), NOW, { staff }));
    expect(told).not.toMatch(/suicid|Skyddad/);
  });
});

describe('several plans', () => {
  const lead = plan(1);
  const part = plan(2, { kind: 'VP', partOf: id(1) });
  const content = contentOf({
    plan: [part, lead],
    step: [
      step(3, { planId: id(2), time: { form: 'latest-by', by: '2026-11-25' } }),
      step(4, { time: { form: 'latest-by', by: '2026-11-24' } }),
    ],
    'named-contact': [namedContact(5, { person: { name: 'Maj Modell' }, unit: HEALTH_CENTRE })],
  });

  test('each answers for itself and the overview for all of them', () => {
    const context = contextAt(NOW);
    expect(nextStepOfPlan(content, id(2), context)?.step?.id).toBe(id(3));
    expect(nextStepOfPlan(content, id(1), context)?.step?.id).toBe(id(4));
    expect(nextStepOfOverview(content, context)).toEqual(
      expect.objectContaining({ planId: id(1), after: expect.objectContaining({ stepId: id(3) }) }),
    );
  });

  test('a part plan’s late step is in the hands of the whole plan’s named contact', () => {
    const late = nextStepOfPlan(content, id(2), contextAt('2026-11-26T09:00+01:00'))?.late;
    expect(late?.holder.name).toBe('Maj Modell');
  });

  test('a patient who has died, a plan that is over and one that is not there have no next step', () => {
    expect(nextStepOfOverview(content, contextAt(NOW, { deceased: true }))).toBeUndefined();
    expect(nextStepOfPlan(content, id(9), contextAt(NOW))).toBeUndefined();
    const closed = contentOf({ ...content, plan: [plan(1, { status: 'completed' })] });
    expect(nextStepOfPlan(closed, id(1), contextAt(NOW))).toBeUndefined();
  });
});
