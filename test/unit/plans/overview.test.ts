import { describe, expect, test } from 'vitest';
import { type PlanContent, SEVEN_STATEMENTS, type Step } from '../../../src/plans/domain/model.ts';
import { overviewOf } from '../../../src/plans/domain/overview.ts';
import { contextAt, phone, weekdays } from './directory.ts';
import { ester, HEALTH_CENTRE, HOME_HELP } from './ester.ts';
import { mirza } from './mirza.ts';
import {
  agreementAct,
  agreementVersion,
  commitment,
  contentOf,
  followUp,
  goal,
  id,
  instant,
  namedContact,
  plan,
  receipt,
  remark,
  report,
  safetyNetItem,
  step,
  tst,
} from './plan-builder.ts';

const NOW = '2026-11-27T12:00+01:00';
const see = (content: PlanContent, moment = NOW, fields = {}) => overviewOf(content, contextAt(moment, fields));
const only = (steps: readonly Step[], rest: Partial<PlanContent> = {}) =>
  contentOf({ plan: [plan(1)], step: steps, ...rest });
const byPatient = {
  recordedBy: { kind: 'patient', unit: HEALTH_CENTRE, provider: tst('R01'), principal: tst('H01') },
} as const;

describe('Ester’s overview on 27 November', () => {
  const view = see(ester.agreed);

  test('begins with her own words, byte for byte, and the next step', () => {
    expect(view.whatMatters[0]?.text).toBe(
      'Jag vill hem till min stol vid fönstret och kunna gå till brevlådan. Jag vill inte ringa 112 en gång till.',
    );
    expect(view.nextStep?.sentence).toBe('Hjärtmottagningen fredag 11 december 10:00.');
  });

  test('is one, of the lead plan and its part', () => {
    expect(view.plans.map((p) => [p.kind, p.isLead, p.partOf])).toEqual([
      ['SIP', true, undefined],
      ['SPU', false, id(2)],
    ]);
  });

  test('says what she does and what care does, work and promises', () => {
    expect(view.doing.me.steps.map((s) => s.what)).toEqual(['Du väger dig']);
    expect(view.doing.me.promises.map((p) => p.text)).toEqual([
      'ringer Maj om vikten går upp 2 kg på 3 dagar',
      'går till brevlådan varannan dag',
    ]);
    expect(view.doing.care.promises.map((p) => [p.by.name, p.text])).toEqual([
      ['Testeryds vårdcentral', 'ringer tillbaka samma dag'],
      ['Hemtjänst Norr', 'skriver upp vikten'],
    ]);
    expect(view.doing.network).toEqual({ steps: [], promises: [] });
    expect(view.past.map((s) => s.what)).toContain('Du åker hem');
  });

  test('has the weighing and what home care does instead under every day', () => {
    expect(view.everyDay).toEqual([
      expect.objectContaining({ what: 'Du väger dig', often: 'varje dag 07:00', today: 'done' }),
      expect.objectContaining({
        what: 'Hemsjukvården väger dig',
        often: 'måndagar och torsdagar',
        condition: 'om jag inte orkat',
      }),
    ]);
  });

  test('says what she can do about a booked time', () => {
    expect(view.bookedTimes).toEqual([
      expect.objectContaining({
        what: 'Hjärtmottagningen',
        when: expect.objectContaining({ words: 'fredag 11 december 10:00' }),
        changeableByPatient: true,
        change: 'Du kan ändra tiden själv.',
      }),
    ]);
    expect(see(ester.summoned, '2026-11-24T09:00+01:00').bookedTimes[0]?.change).toBe('Ring Maj');
  });

  test('resolves whom to call in every colour, by day and by night', () => {
    expect(view.safetyNet.yellow).toEqual([
      expect.objectContaining({
        day: { name: 'Maj Modell', phone: '040-6280411' },
        night: { name: '1177', phone: '1177' },
      }),
    ]);
    expect(view.safetyNet.red[0]).toMatchObject({ day: { phone: '112' }, night: { phone: '112' } });
    expect(view.safetyNet.green[0]?.day).toEqual({ name: 'Maj Modell', phone: '040-6280411' });
  });

  test('names the contact with deputy, and one way to reach care now', () => {
    expect(view.contacts).toEqual([
      expect.objectContaining({
        roleName: 'fast vårdkontakt',
        name: 'Maj Modell',
        isPrimary: true,
        deputy: { name: 'Vera Vikarie', unit: HEALTH_CENTRE, unitName: 'Testeryds vårdcentral' },
      }),
    ]);
    expect(view.reach).toMatchObject({ open: true, channel: { value: '040-6280411' } });
    expect(view.reach?.words).toMatch(/^Ring Maj Modell/);
  });

  test('shows channels for patients only', () => {
    expect(view.ways.map((w) => w.name)).toContain('Testeryds vårdcentral');
    expect(JSON.stringify(view)).not.toContain('040-6280442');
  });

  test('tells when it is followed up, and by whom', () => {
    expect(view.followUps).toEqual([
      expect.objectContaining({ plannedOn: '2027-02-26', by: expect.objectContaining({ name: 'Maj Modell' }) }),
    ]);
  });

  test('is the same each time that it is made of the same', () => {
    expect(see(ester.agreed)).toEqual(view);
    expect(JSON.parse(JSON.stringify(view))).toEqual(view);
  });
});

describe('promises', () => {
  const by = { kind: 'region', unit: HEALTH_CENTRE } as const;
  const judged = { at: instant('2026-12-01T10:00+01:00'), by: { kind: 'patient' } } as const;

  test('one broken by care reads as plainly as one by the patient', () => {
    const view = see(
      only([], {
        commitment: [
          commitment(601, { state: 'broken', judged }),
          commitment(602, { state: 'broken', judged, by, to: { kind: 'patient' } }),
        ],
      }),
    );
    const [mine, theirs] = [view.doing.me.promises[0]!, view.doing.care.promises[0]!];
    expect([mine.state, mine.words]).toEqual(['broken', 'inte hållet']);
    expect([theirs.state, theirs.words, theirs.judged]).toEqual([mine.state, mine.words, mine.judged]);
  });

  test('a change of a promise stands as a proposal beside it', () => {
    const proposal = {
      agreementVersion: 2,
      changes: { text: 'ringer två gånger' },
      at: instant(NOW),
      by: { kind: 'staff' },
    } as const;
    const [promise] = see(only([], { commitment: [commitment(601, { proposal })] })).doing.me.promises;
    expect(promise).toMatchObject({
      text: 'Löfte 601',
      state: 'accepted',
      proposal: { agreementVersion: 2, changes: { text: 'ringer två gånger' } },
    });
  });
});

describe('the patient’s own passed times', () => {
  const weighing = step(3, {
    patientText: 'Du väger dig',
    responsibleParty: { kind: 'patient' },
    state: 'in-progress',
    time: { form: 'recurring', series: { every: 'day', interval: 1, startsOn: '2026-11-01', timeOfDay: '07:00' } },
  });
  const tick = report(50, 3, { occurrence: '2026-11-24', performedAt: instant('2026-11-24T07:00+01:00') });

  test('are asked about since the latest tick, not today’s that is still to come, and break no promise', () => {
    const view = see(only([weighing], { report: [tick], commitment: [commitment(601)] }));
    expect(view.askAbout).toEqual([
      {
        stepId: id(3),
        planId: id(1),
        what: 'Du väger dig',
        who: { kind: 'patient', side: 'me', name: 'Du' },
        occurrences: ['2026-11-25', '2026-11-26'],
        question: 'Hur gick det med: Du väger dig (onsdag 25 november, torsdag 26 november)?',
      },
    ]);
    expect(view.doing.me.steps[0]).toMatchObject({ late: false, asked: true });
    expect(view.doing.me.promises[0]?.state).toBe('accepted');
  });

  test('are at most a week of days, however long nobody has ticked', () => {
    expect(see(only([weighing])).askAbout[0]?.occurrences).toHaveLength(7);
  });

  test('of a single thing tell when it was to be', () => {
    const sample = step(4, {
      patientText: 'Prov',
      responsibleParty: { kind: 'patient' },
      time: { form: 'latest-by', by: '2026-11-26' },
    });
    expect(see(only([sample])).askAbout[0]?.question).toBe('Hur gick det med: Prov (senast torsdag 26 november)?');
  });

  test('are not asked about once they are ticked, nor after death', () => {
    const ticked = ['2026-11-25', '2026-11-26'].map((occurrence, i) => report(51 + i, 3, { occurrence }));
    expect(see(only([weighing], { report: [tick, ...ticked] })).askAbout).toEqual([]);
    const after = see(only([weighing]), NOW, { deceased: true });
    expect(after.askAbout).toEqual([]);
    expect(after).not.toHaveProperty('nextStep');
  });
});

describe('the agreement', () => {
  const own = step(3, { patientText: 'Du går till brevlådan', responsibleParty: { kind: 'patient' } });
  const theirs = step(4, {
    patientText: 'Hemtjänsten följer med',
    responsibleParty: { kind: 'municipality-social', unit: HOME_HELP },
  });
  const parts = [
    { kind: 'step', id: id(3), revision: 1, party: { kind: 'patient' } },
    { kind: 'step', id: id(4), revision: 1, party: { kind: 'municipality-social', unit: HOME_HELP } },
  ] as const;
  const agreed = agreementVersion(901, { parts, agreedAt: '2026-11-26T13:00:00.000Z' });

  test('tells of each part whose it is and whether they have said yes', () => {
    const acts = [agreementAct(950)];
    const [view] = see(only([own, theirs], { 'agreement-version': [agreed], 'agreement-act': acts })).agreements;
    expect(view?.agreed?.parts.map((p) => [p.text, p.party.name, p.words])).toEqual([
      ['Du går till brevlådan', 'Du', 'bekräftat'],
      ['Hemtjänsten följer med', 'Hemtjänst Norr', 'inte bekräftat'],
    ]);
  });

  test('shows a reservation with its words, and a yes that others have told of as not confirmed', () => {
    const party = { kind: 'municipality-social', unit: HOME_HELP } as const;
    const reservation = agreementAct(951, { party, act: 'reservation', text: 'Inte på söndagar' });
    const told = agreementAct(952, { party, standing: 'reported' });
    const partOf = (act: typeof told) =>
      see(only([own, theirs], { 'agreement-version': [agreed], 'agreement-act': [act] })).agreements[0]?.agreed
        ?.parts[1];
    expect(partOf(reservation)).toMatchObject({ standing: 'reserved', reservation: 'Inte på söndagar' });
    expect(partOf(told)).toMatchObject({ standing: 'reported', words: 'återberättat, inte bekräftat' });
  });

  test('shows a proposed version beside the one in force until it is answered, and who must still say yes', () => {
    const proposal = {
      agreementVersion: 2,
      changes: { agreedLatest: '2026-12-24' },
      at: instant(NOW),
      by: { kind: 'staff' },
    } as const;
    const changed = { ...theirs, revision: 2, agreedLatest: '2026-12-01', proposal };
    const open = agreementVersion(902, {
      version: 2,
      state: 'proposed',
      parts: [parts[0], { ...parts[1], revision: 2 }],
    });
    const content = only([own, changed], { 'agreement-version': [agreed, open], 'agreement-act': [agreementAct(950)] });
    const [view] = see(content).agreements;
    expect(view?.agreed?.version).toBe(1);
    expect(view?.proposed).toMatchObject({ version: 2, state: 'proposed' });
    expect(view?.proposed?.parts[1]?.proposed).toEqual({ agreedLatest: '2026-12-24' });
    expect(view?.proposed?.awaits.length).toBeGreaterThan(0);
    expect(see(content).doing.care.steps[0]).toMatchObject({
      agreedLatest: '2026-12-01',
      proposal: { agreementVersion: 2 },
    });
  });

  test('seven yes from both sides make it a patientkontrakt, and each answer missing is named', () => {
    const yes = Object.fromEntries(SEVEN_STATEMENTS.map((s) => [s, true]));
    const with_ = (patient: object, staff: object) =>
      see(
        only([own], {
          'agreement-version': [agreed],
          receipt: [receipt(970, { answers: patient }), receipt(971, { side: 'staff', answers: staff })],
        }),
      ).receipt!;
    expect(with_(yes, yes)).toMatchObject({ patientkontrakt: true, missing: [] });
    for (const statement of SEVEN_STATEMENTS) {
      expect(with_({ ...yes, [statement]: false }, yes).missing).toEqual([`patient:${statement}`]);
      expect(with_(yes, { ...yes, [statement]: undefined }).missing).toEqual([`staff:${statement}`]);
    }
    expect(with_(yes, {}).statements[0]).toEqual({ statement: 'safe', words: 'Jag känner mig trygg', patient: true });
  });
});

describe('what is new', () => {
  test('a changed time shows at once, marked, and says when it is later than agreed', () => {
    const moved = step(3, {
      patientText: 'Läkarbesök',
      state: 'booked',
      agreedLatest: '2026-12-01',
      time: { form: 'fixed', start: instant('2026-12-03T10:00+01:00'), changeable: { byPatient: false } },
      factsChanged: { at: instant('2026-11-26T10:00+01:00'), fields: ['time'] },
    });
    const view = see(only([moved]));
    expect(view.changed).toEqual([
      expect.objectContaining({ what: 'Läkarbesök', fields: ['time'], words: 'Ändrad: Tid', laterThanAgreed: true }),
    ]);
    expect(view.bookedTimes[0]).toMatchObject({
      laterThanAgreed: true,
      change: 'Passar inte tiden? Säg till, så hittar vi en annan.',
    });
    expect(view.nextStep?.step?.laterThanAgreed).toBe(true);
  });

  test('a wish is told with who answered it and when, and why not', () => {
    const answeredBy = {
      kind: 'staff',
      name: 'Maj Modell',
      staff: tst('P003'),
      unit: HEALTH_CENTRE,
      at: instant(NOW),
      method: 'oral',
    } as const;
    const wish = step(3, { ...byPatient, state: 'declined', reason: 'Vi har ingen bassäng', answeredBy });
    expect(see(only([wish])).past[0]).toMatchObject({
      answer: { by: { name: 'Maj Modell', unitName: 'Testeryds vårdcentral' }, method: 'oral' },
      reason: 'Vi har ingen bassäng',
    });
  });

  test('why one unit has declined another’s step is between them', () => {
    const declined = step(3, { state: 'declined', reason: 'Fel enhet' });
    expect(JSON.stringify(see(only([declined])))).not.toContain('Fel enhet');
  });

  test('questions have their answers, with who and when; those without wait', () => {
    const asked = remark(81, {
      ...byPatient,
      aboutId: id(3),
      what: 'another-time',
      wishedTime: 'en eftermiddag',
      createdAt: '2026-11-25T08:00:00.000Z',
    });
    const answer = remark(82, { what: 'answer', answers: id(81), text: 'Vi ringer dig' });
    const waiting = remark(83, { ...byPatient, createdAt: '2026-11-26T08:00:00.000Z' });
    const view = see(only([step(3, { patientText: 'Besök' })], { remark: [asked, answer, waiting] }));
    expect(view.remarks).toEqual([
      expect.objectContaining({ id: id(83), awaitsAnswer: true, answers: [] }),
      expect.objectContaining({
        id: id(81),
        about: { id: id(3), what: 'Besök' },
        wishedTime: 'en eftermiddag',
        awaitsAnswer: false,
        answers: [expect.objectContaining({ text: 'Vi ringer dig', at: '2026-11-16T08:00:00.000Z' })],
      }),
    ]);
  });

  test('words to the patient come with reports, notes for colleagues never', () => {
    const reports = [
      report(50, 3, { patientText: 'Vikten är bra', note: 'Ser trött ut' }),
      report(51, 3, { note: 'Sur' }),
    ];
    const view = see(only([step(3, { patientText: 'Väger dig' })], { report: reports }));
    expect(view.messages).toEqual([expect.objectContaining({ text: 'Vikten är bra', what: 'Väger dig' })]);
    expect(JSON.stringify(view)).not.toMatch(/trött|Sur/);
  });
});

describe('contacts', () => {
  test('who is designated in lead plan and part plan is shown once, and one is primary', () => {
    const shared = { person: { name: 'Maj Modell' }, unit: tst('0201'), state: 'designated', isPrimary: true } as const;
    const view = overviewOf(
      contentOf({
        plan: [plan(1), plan(2, { kind: 'SPU', partOf: id(1) })],
        'named-contact': [
          namedContact(10, { ...shared, planId: id(2) }),
          namedContact(11, shared),
          namedContact(12, { ...shared, planId: id(2), person: { name: 'Vera Vikarie' } }),
        ],
      }),
      contextAt('2026-11-20T12:00:00Z'),
    );
    expect(view.contacts.map(({ name, isPrimary }) => [name, isPrimary])).toEqual([
      ['Maj Modell', true],
      ['Vera Vikarie', false],
    ]);
  });

  test('who is away has a deputy acting, and those whose time is over are gone', () => {
    const deputy = { name: 'Vera Vikarie', unit: HEALTH_CENTRE };
    const maj = namedContact(5, {
      person: { name: 'Maj Modell' },
      unit: HEALTH_CENTRE,
      deputy,
      away: [{ from: '2026-11-26', to: '2026-11-29' }],
    });
    const former = namedContact(6, {
      person: { name: 'Förra' },
      unit: HEALTH_CENTRE,
      isPrimary: false,
      to: '2026-11-26',
    });
    const view = see(only([], { 'named-contact': [former, maj] }));
    expect(view.contacts).toHaveLength(1);
    expect(view.contacts[0]).toMatchObject({ awayUntil: '2026-11-29', acting: { as: 'deputy', name: 'Vera Vikarie' } });
  });

  test('a contact that has been asked for is told as that, without a name', () => {
    const [asked] = see(
      only([], { 'named-contact': [namedContact(5, { state: 'requested', isPrimary: false })] }),
    ).contacts;
    expect(asked).toMatchObject({ state: 'requested', roleName: 'fast vårdkontakt' });
    expect(asked).not.toHaveProperty('name');
  });

  test('staff whose name is protected are a role and a unit', () => {
    const staff = new Map([[tst('P003'), { active: true, protectedIdentity: true }]]);
    const view = see(ester.agreed, NOW, { staff });
    expect(JSON.stringify(view.contacts)).not.toContain('Maj Modell');
    expect(view.contacts[0]?.name).toBe('fast vårdkontakt');
  });
});

describe('the safety net', () => {
  const sign = (fields: object) => see(only([], { 'safety-net-item': [safetyNetItem(5, fields)] })).safetyNet;

  test('never leaves a sign without someone who answers', () => {
    expect(sign({ level: 'red' }).red[0]).toMatchObject({ day: { phone: '112' }, night: { phone: '112' } });
    expect(sign({ level: 'yellow' }).yellow[0]).toMatchObject({ day: { phone: '1177' }, night: { phone: '1177' } });
    const gone = { day: { namedContactId: id(99) }, night: { unit: tst('0999') } };
    expect(sign({ level: 'yellow', call: gone }).yellow[0]).toMatchObject({
      day: { phone: '1177' },
      night: { phone: '1177' },
    });
  });

  test('calls a unit at its number for patients', () => {
    const call = { day: { unit: HEALTH_CENTRE }, night: { name: 'Jouren', phone: '040-6280449' } };
    expect(sign({ level: 'yellow', call }).yellow[0]).toMatchObject({
      day: { name: 'Testeryds vårdcentral', phone: '040-6280420' },
      night: { name: 'Jouren', phone: '040-6280449' },
    });
  });
});

describe('what is not told', () => {
  test('what is not approved for the patient, mistakes, clinical words, drafts and plans that are over', () => {
    const hidden = { approvedForPatient: false };
    const content = contentOf({
      plan: [plan(1), plan(2, { status: 'draft' }), plan(3, { kind: 'VP', status: 'completed' })],
      step: [
        step(10, { ...hidden, title: 'HEMLIGT' }),
        step(11, { enteredInError: true, title: 'HEMLIGT' }),
        step(12, { title: 'Samtal', clinicalText: 'HEMLIGT' }),
        step(13, { planId: id(2), title: 'HEMLIGT' }),
        step(14, { planId: id(3), title: 'HEMLIGT' }),
      ],
      goal: [goal(20, { clinicalText: 'HEMLIGT' }), goal(21, { ...hidden, text: 'HEMLIGT' })],
      commitment: [commitment(30, { ...hidden, text: 'HEMLIGT' })],
      'named-contact': [namedContact(40, { ...hidden, person: { name: 'HEMLIGT' }, unit: HEALTH_CENTRE })],
      remark: [remark(50, { ...hidden, text: 'HEMLIGT' })],
      report: [report(60, 12, { ...hidden, patientText: 'HEMLIGT', note: 'HEMLIGT' })],
      'follow-up': [followUp(70, { ...hidden, outcome: 'HEMLIGT' })],
      'safety-net-item': [safetyNetItem(80, { ...hidden, sign: 'HEMLIGT' })],
    });
    expect(JSON.stringify(see(content))).not.toContain('HEMLIGT');
  });

  test('a tick whose words are not for the patient still counts as done', () => {
    const visits = step(3, {
      responsibleNow: HEALTH_CENTRE,
      state: 'in-progress',
      time: { form: 'recurring', series: { every: 'day', interval: 1, startsOn: '2026-11-26' } },
    });
    const ticked = report(50, 3, { occurrence: '2026-11-26', approvedForPatient: false });
    expect(see(only([visits], { report: [ticked] })).nextStep?.kind).toBe('follow-up');
  });

  test('a person without a lived plan has an overview without a next step', () => {
    const view = see(contentOf({}));
    expect(view.plans).toEqual([]);
    expect(view).not.toHaveProperty('nextStep');
    expect(view).not.toHaveProperty('reach');
  });
});

describe('in English', () => {
  test('all that is ours is English', () => {
    const view = see(mirza.sampleSent, '2026-12-08T13:00+01:00', { language: 'en' });
    expect(view.nextStep?.sentence).toMatch(/^We are late/);
    expect(view.reach?.words).toMatch(/^Call .* from Wednesday 9 December 08:00: 040-6280405\./);
    expect(view.receipt?.statements[0]?.words).toBe('I feel safe');
    expect(view.everyDay).toEqual([]);
    expect(see(ester.agreed, NOW, { language: 'en' }).everyDay.map((e) => e.often)).toEqual([
      'every day 07:00',
      'Mondays and Thursdays',
    ]);
  });
});

describe('the cost', () => {
  test('an overview of 20 steps with reports takes less than a millisecond', () => {
    const steps = Array.from({ length: 20 }, (_, i) =>
      step(100 + i, {
        state: i % 3 ? 'agreed' : 'in-progress',
        responsibleParty: i % 4 ? { kind: 'region', unit: HEALTH_CENTRE } : { kind: 'patient' },
        time:
          i % 3
            ? { form: 'latest-by', by: `2026-12-${String(i + 1).padStart(2, '0')}` }
            : { form: 'recurring', series: { every: 'day', interval: 1, startsOn: '2026-09-01' } },
      }),
    );
    const reports = Array.from({ length: 300 }, (_, i) =>
      report(1000 + i, 100 + (i % 20), { occurrence: `2026-11-${String((i % 26) + 1).padStart(2, '0')}` }),
    );
    const parts = steps.map((s) => ({ kind: 'step', id: s.id, revision: 1, party: s.responsibleParty }) as const);
    const content = only(steps, {
      report: reports,
      commitment: Array.from({ length: 6 }, (_, i) => commitment(600 + i)),
      'agreement-version': [agreementVersion(901, { parts })],
      'agreement-act': [agreementAct(950)],
      'named-contact': [namedContact(301, { person: { staff: tst('P003'), name: 'Maj Modell' }, unit: HEALTH_CENTRE })],
    });
    const context = contextAt(NOW, {
      channels: new Map([[HEALTH_CENTRE, [phone('040-6280420', weekdays('08:00', '17:00'))]]]),
    });
    const times = Array.from({ length: 300 }, () => {
      const started = performance.now();
      overviewOf(content, context);
      return performance.now() - started;
    });
    // The machine is shared: what it takes when nothing else runs is the smallest.
    expect(Math.min(...times)).toBeLessThan(1);
  });
});
