import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tellStory } from '../../src/cli/walkthrough/tell-story.ts';
import { conclude } from '../../src/cli/walkthrough.ts';
import { ageOn, birthDate, parsePersonNumber } from '../../src/shared/person-number.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { type OverviewTold, overviewOf, type Performance, playEster, SCENES, theatreOf } from './play-ester.ts';

let service: TestApp;
let ester: Performance;
const seen = new Map<string, OverviewTold>();

beforeAll(async () => {
  service = await createTestApp();
  ester = await playEster(service, async (at) => {
    seen.set(at, await overviewOf(service, 'ester'));
  });
});
afterAll(() => service.close());

describe('what Ester is told is next', () => {
  it.each([
    ['2026-11-17T09:00', 'Vårdcentralen utser din fasta vårdkontakt senast onsdag 18 november 12:00.'],
    ['2026-11-20T16:10', 'Du åker hem lördag 21 november 11:00.'],
    ['2026-11-22T13:00', 'Maj ringer dig måndag 23 november före 12:00.'],
    ['2026-11-24T09:00', 'Möte hemma torsdag 26 november 13:00.'],
    ['2026-11-27T12:00', 'Hjärtmottagningen fredag 11 december 10:00.'],
  ])('%s: %s', (at, sentence) => {
    expect(seen.get(at)?.nextStep.sentence).toBe(sentence);
  });

  it('is what, when, how, with whom and how to reach them', () => {
    expect(seen.get('2026-11-27T12:00')?.nextStep).toMatchObject({
      kind: 'step',
      what: 'Hjärtmottagningen',
      when: { form: 'fixed', start: '2026-12-11T09:00:00.000Z', words: 'fredag 11 december 10:00' },
      step: {
        who: { name: 'Provköpings lasarett, hjärtmottagningen' },
        performer: 'Ali Provsson',
        how: { words: 'Besök', place: 'Provköpings lasarett, ingång B' },
      },
      reach: { open: true, channel: { value: '040-6280402' } },
    });
  });

  it('tells in the same breath who comes the day after she goes home', () => {
    expect(seen.get('2026-11-20T16:10')?.nextStep.after?.sentence).toBe(
      'Sedan: Hemsjukvården kommer och väger dig söndag 22 november.',
    );
  });

  it('says whom she reaches on a Sunday, when Maj does not answer', () => {
    expect(seen.get('2026-11-22T13:00')?.nextStep.reach).toMatchObject({
      open: true,
      contact: { via: 'deputy-unit', name: 'Samordningsstödet (jour)' },
      channel: { value: '040-6280449' },
    });
  });

  it('merges the discharge plan and the shared one, her own words first', () => {
    const told = seen.get('2026-11-27T12:00')!;
    const sip = told.plans.find(({ kind }) => kind === 'SIP')!;
    expect(told.plans.map(({ kind, partOf }) => [kind, partOf])).toEqual([
      ['SIP', undefined],
      ['SPU', sip.id],
    ]);
    expect(told.whatMatters[0]?.text).toMatch(/^Jag vill hem till min stol vid fönstret/);
    expect(told.everyDay.map(({ what, condition }) => [what, condition])).toEqual(
      expect.arrayContaining([
        ['Du väger dig', undefined],
        ['Hemsjukvården väger dig', 'om jag inte orkat väga mig'],
      ]),
    );
  });
});

describe('the walkthrough', () => {
  const terminal = () => {
    const [out, err]: [string[], string[]] = [[], []];
    return { env: {}, out: (line: string) => out.push(line), err: (line: string) => err.push(line), lines: err };
  };

  it('tells all of it, day by day, without a deviation', () => {
    expect(ester.outcome).toEqual({ named: 5, right: 5, deviations: [] });
    const text = ester.lines.join('\n');
    for (const words of ['Måndag 16 november', 'Fredag 27 november', 'Det saknas:', 'Gällande samtycke']) {
      expect(text).toContain(words);
    }
    expect(conclude(ester.outcome, terminal())).toBe(0);
  });

  it('says what was expected and what came, and ends with 1, when something is not as in the story', async () => {
    const theatre = theatreOf(service);
    const last = SCENES.at(-1)!;
    const wrong = { ...last, sees: { ...last.sees, vad: 'Lungmottagningen', hur: 'Video' } };
    const outcome = await tellStory([wrong], 'ester', theatre);
    expect(outcome).toMatchObject({ named: 1, right: 0 });
    expect(outcome.deviations).toEqual([
      { at: last.at, what: 'vad', expected: 'Lungmottagningen', actual: 'Hjärtmottagningen' },
      { at: last.at, what: 'hur', expected: 'Video', actual: 'Besök, Provköpings lasarett, ingång B' },
    ]);
    const said = terminal();
    expect(conclude(outcome, said)).toBe(1);
    expect(said.lines).toContain('    - väntat: Lungmottagningen');
    expect(said.lines).toContain('    + fick:   Hjärtmottagningen');
  });
});

describe('Ester, who turns 100', () => {
  const asWard = () => service.as('tove-testrup');
  const numberOn = async (instant: string) => {
    service.setClock(instant);
    const { body } = await asWard().get<{ personNumbers: { number: string }[] }>(
      `/v1/patients/${ester.play.id('Ester')}`,
    );
    return body.personNumbers[0]?.number;
  };

  it.each([
    ['2025-12-31T23:59:59+01:00', '261204-9029'],
    ['2026-01-01T00:00:00+01:00', '261204+9029'],
    ['2026-07-01T12:00:00+02:00', '261204+9029'],
    ['2026-12-03T23:59:00+01:00', '261204+9029'],
    ['2026-12-04T00:00:00+01:00', '261204+9029'],
    ['2026-12-31T23:59:59+01:00', '261204+9029'],
    ['2027-01-01T00:00:00+01:00', '261204+9029'],
  ])('at %s is shown as %s', async (instant, shown) => {
    expect(await numberOn(instant)).toBe(shown);
  });

  it('is 99 on the day before and 100 on the day', () => {
    const number = parsePersonNumber('261204+9029', '2026-11-16');
    if (!('digits' in number)) throw new Error('not a number');
    const born = birthDate(number)!;
    expect(born).toBe('1926-12-04');
    expect([ageOn(born, '2026-12-03'), ageOn(born, '2026-12-04')]).toEqual([99, 100]);
  });

  it.each([
    '261204+9029',
    '192612049029',
    '19261204-9029',
  ])('is one person, however the number is written: %s', async (personNumber) => {
    for (const instant of ['2026-12-03T12:00:00+01:00', '2026-12-05T12:00:00+01:00']) {
      service.setClock(instant);
      const found = await asWard().post<{ items: { id: string }[] }>('/v1/patients/search', { personNumber });
      expect(found.body.items.map(({ id }) => id)).toEqual([ester.play.id('Ester')]);
      const again = { personNumber, givenName: 'Ester', familyName: 'Exempelsson' };
      const refused = await asWard().post<{ code: string }>('/v1/patients', again);
      expect([refused.status, refused.body.code]).toEqual([409, 'person-number-taken']);
    }
  });

  it.each([
    '2025-12-31T23:59:59+01:00',
    '2026-01-01T00:00:00+01:00',
    '2026-12-03T23:59:59+01:00',
    '2026-12-04T00:00:00+01:00',
    '2027-01-01T00:00:00+01:00',
  ])('(c) at %s is found by the number that is shown then, as the same person and no other', async (instant) => {
    const personNumber = (await numberOn(instant))!;
    const found = await asWard().post<{ items: { id: string }[] }>('/v1/patients/search', { personNumber });
    expect(found.body.items.map(({ id }) => id)).toEqual([ester.play.id('Ester')]);
    const again = await asWard().post<{ code: string }>('/v1/patients', {
      personNumber,
      givenName: 'Ester',
      familyName: 'Exempelsson',
    });
    expect([again.status, again.body.code]).toEqual([409, 'person-number-taken']);
  });

  it('has the same plan before and after the birthday', async () => {
    service.setClock('2026-12-04T09:00:00+01:00');
    const { plans, nextStep } = await overviewOf(service, 'ester');
    expect(plans).toHaveLength(2);
    expect(nextStep.sentence).toBe('Hjärtmottagningen fredag 11 december 10:00.');
  });
});
