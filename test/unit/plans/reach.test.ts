import { describe, expect, it } from 'vitest';
import { type ContactChannel, type Reach, whomToReach } from '../../../src/plans/domain/reach.ts';
import { reachInWords } from '../../../src/plans/domain/reach-in-words.ts';
import type { ReachNeeds } from '../../../src/plans/domain/reach-preference.ts';
import { ALWAYS, channel, unitOf, weekdays } from './reach-fixtures.ts';

const at = (text: string) => Date.parse(text);
const NIGHT = at('2026-11-16T22:00:00+01:00');
const DAY = at('2026-11-16T10:00:00+01:00');

const message = channel({ kind: '1177-message', value: 'https://www.1177.se/', openingHours: ALWAYS });
const phone = channel();
const switchboard = channel({ kind: 'switchboard', value: '040-6280400', openingHours: ALWAYS });
const chosen = (channels: ContactChannel[], needs: ReachNeeds, now = DAY) =>
  whomToReach([unitOf(channels)], needs, now).channel.kind;

describe('the channel', () => {
  it('is the one by which somebody answers soonest, among those open now', () => {
    expect(chosen([message, switchboard, phone], {})).toBe('phone');
    expect(chosen([message, switchboard, phone], {}, NIGHT)).toBe('switchboard');
    expect(chosen([message, phone], {}, NIGHT)).toBe('1177-message');
  });

  it('is what the patient would rather use, while that is open', () => {
    expect(chosen([phone, message], { preferred: '1177-message' })).toBe('1177-message');
    expect(chosen([phone, message], { preferred: 'phone' }, NIGHT)).toBe('1177-message');
  });

  it('is never 1177 for one who cannot log in there, booking through it included', () => {
    const booking = (value: string) => channel({ kind: 'web-booking', value, openingHours: ALWAYS });
    const needs = { cannotUse1177: true };
    expect(chosen([message, phone], needs)).toBe('phone');
    expect(whomToReach([unitOf([message, phone])], needs, NIGHT)).toMatchObject({
      open: false,
      channel: { kind: 'phone' },
    });
    expect(whomToReach([unitOf([booking('https://e-tjanster.1177.se/boka')])], needs, DAY).contact.via).toBe(
      'advice-line',
    );
    expect(chosen([booking('https://boka.example/1177')], needs)).toBe('web-booking');
  });

  it('is not a phone first for one who does not hear well, not even another contact’s', () => {
    const needs = { hearingImpaired: true };
    expect(chosen([phone, message], needs)).toBe('1177-message');
    const two = [unitOf([phone]), unitOf([message], { via: 'lead-unit', name: 'Avdelning 4' })];
    expect(whomToReach(two, needs, DAY).contact.name).toBe('Avdelning 4');
    expect(chosen([phone], needs)).toBe('phone');
    expect(chosen([phone, message], { ...needs, preferred: 'phone' })).toBe('phone');
  });

  it('is never one that the patient cannot use at all', () => {
    expect(chosen([phone, switchboard, message], { cannotUse: ['phone', 'switchboard'] })).toBe('1177-message');
  });

  it.each([
    ['a letter', channel({ kind: 'letter', openingHours: ALWAYS })],
    ['an e-mail', channel({ kind: 'e-mail', openingHours: ALWAYS })],
    ['one for professionals', channel({ audience: 'professional', openingHours: ALWAYS })],
    ['one without number or address', channel({ value: ' ', openingHours: ALWAYS })],
    ['one that never opens', channel({ openingHours: { weekly: [], holidays: 'closed', exceptions: [] } })],
  ])('is never %s: then it is 1177 by phone, day and night', (_what, dead) => {
    expect(whomToReach([unitOf([dead])], {}, NIGHT)).toEqual({
      contact: { via: 'advice-line', name: '1177 på telefon', unitName: '1177' },
      channel: { kind: 'phone', value: '1177', purpose: 'Råd om vård, dygnet runt' },
      emergency: 'Ring 112 vid fara för liv.',
      open: true,
      until: undefined,
    });
    expect(chosen([dead, message], {}, NIGHT)).toBe('1177-message');
  });
});

describe('the contact', () => {
  const lead = unitOf([channel({ value: '040-6280401', openingHours: ALWAYS })], {
    via: 'lead-unit',
    name: 'Avdelning 4',
  });

  it('is the next one when the first has no channel open', () => {
    expect(whomToReach([unitOf([phone]), lead], {}, DAY).contact.via).toBe('unit');
    expect(whomToReach([unitOf([phone]), lead], {}, NIGHT).contact.via).toBe('lead-unit');
    expect(whomToReach([unitOf([]), lead], {}, DAY).contact.via).toBe('lead-unit');
  });

  it('is, when all is closed, the one that opens first', () => {
    const early = unitOf([channel({ openingHours: weekdays('07:00', '08:00') })], { name: 'Hemsjukvården' });
    expect(whomToReach([unitOf([phone]), early], {}, NIGHT)).toMatchObject({
      open: false,
      opensAt: at('2026-11-17T07:00:00+01:00'),
      contact: { name: 'Hemsjukvården' },
    });
    expect(whomToReach([unitOf([phone]), unitOf([phone], { name: 'B' })], {}, NIGHT).contact.name).toBe(
      'Testeryds vårdcentral',
    );
  });

  it('is nobody who is away, and opens only when back', () => {
    const away = [{ from: at('2026-11-16T00:00:00+01:00'), to: at('2026-11-18T12:00:00+01:00') }];
    expect(whomToReach([unitOf([phone], { away })], {}, DAY)).toMatchObject({
      open: false,
      opensAt: at('2026-11-18T12:00:00+01:00'),
    });
    const twice = [...away, { from: away[0]!.to, to: at('2026-11-18T18:00:00+01:00') }];
    expect(whomToReach([unitOf([phone], { away: twice })], {}, DAY)).toMatchObject({
      opensAt: at('2026-11-19T08:00:00+01:00'),
    });
  });

  it('is open no longer than there is somebody behind the channel', () => {
    const leaves = at('2026-11-16T12:00:00+01:00');
    const away = [{ from: leaves, to: leaves + 3_600_000 }];
    expect(whomToReach([unitOf([phone], { away })], {}, DAY)).toMatchObject({ open: true, until: leaves });
    expect(whomToReach([unitOf([phone], { to: leaves })], {}, DAY)).toMatchObject({ open: true, until: leaves });
    expect(whomToReach([unitOf([phone], { to: leaves })], {}, leaves).contact.via).toBe('advice-line');
    expect(whomToReach([unitOf([phone], { from: leaves })], {}, DAY)).toMatchObject({ open: false, opensAt: leaves });
  });
});

describe('what applies until then and in an emergency', () => {
  const closed = (some: Partial<ContactChannel>, needs: ReachNeeds = {}) =>
    whomToReach([unitOf([channel(some)])], needs, NIGHT) as Reach & { open: false };

  it('is the channel’s own text, else 1177', () => {
    expect(closed({ whenClosed: 'Ring jouren 040-6280449.' }).untilThen).toBe('Ring jouren 040-6280449.');
    expect(closed({ whenClosed: ' ' }).untilThen).toBe('Ring 1177 för råd, dygnet runt.');
    expect(closed({ whenClosed: null }).untilThen).toBe('Ring 1177 för råd, dygnet runt.');
  });

  it('never promises to call one who must not be called', () => {
    const needs = { doNotCall: true };
    expect(closed({ whenClosed: 'Tala in så ringer vi upp.' }, needs).untilThen).toBe(
      'Ring 1177 för råd, dygnet runt.',
    );
  });

  it.each([
    [undefined, 'Ring 112 vid fara för liv.'],
    [null, 'Ring 112 vid fara för liv.'],
    ['', 'Ring 112 vid fara för liv.'],
    ['Ring 112 om du får ont i bröstet.', 'Ring 112 om du får ont i bröstet.'],
    ['Kom till akuten.', 'Kom till akuten. Ring 112 vid fara för liv.'],
    ['Ring 040-6281120.', 'Ring 040-6281120. Ring 112 vid fara för liv.'],
  ])('always names 112: %j', (inEmergency, told) => {
    expect(closed({ inEmergency }).emergency).toBe(told);
    expect(whomToReach([unitOf([channel({ inEmergency })])], {}, DAY).emergency).toBe(told);
  });
});

describe('in words', () => {
  const words = (channels: ContactChannel[], now: number, some = {}) =>
    reachInWords(whomToReach([unitOf(channels, some)], {}, now), now);
  const maj = { via: 'contact', name: 'Maj Modell', role: 'fast vårdkontakt' } as const;

  it.each([
    [
      'a phone that is open',
      words([phone], DAY, maj),
      'Ring Maj Modell, fast vårdkontakt, Testeryds vårdcentral: 040-6280420. Öppet till 17:00. Ring 112 vid fara för liv.',
    ],
    [
      'a unit where one asks for the contact',
      words([phone], DAY, { askFor: 'Maj Modell' }),
      'Ring Testeryds vårdcentral: 040-6280420. Fråga efter Maj Modell. Öppet till 17:00. Ring 112 vid fara för liv.',
    ],
    [
      'a deputy',
      words([switchboard], DAY, { via: 'deputy', name: 'Bo Test', role: 'ersättare', inPlaceOf: 'Maj Modell' }),
      'Ring växeln, 040-6280400, och be att få tala med Bo Test, ersättare för Maj Modell, Testeryds vårdcentral. Öppet dygnet runt. Ring 112 vid fara för liv.',
    ],
    [
      'a deputy without a name',
      words([phone], DAY, { via: 'deputy', name: 'ersättare', inPlaceOf: 'fast vårdkontakt' }),
      'Ring ersättare för fast vårdkontakt, Testeryds vårdcentral: 040-6280420. Öppet till 17:00. Ring 112 vid fara för liv.',
    ],
    [
      'a phone that is closed',
      words([phone], NIGHT),
      'Ring Testeryds vårdcentral från imorgon 08:00: 040-6280420. Till dess gäller: Ring 1177 för råd, dygnet runt. Ring 112 vid fara för liv.',
    ],
    [
      'a message, when nobody answers at once',
      words([message], NIGHT, maj),
      'Skriv till Maj Modell, fast vårdkontakt, Testeryds vårdcentral i 1177. Behöver du tala med någon nu: ring 1177 för råd, dygnet runt. Ring 112 vid fara för liv.',
    ],
    ['nobody but 1177', words([], NIGHT), 'Ring 1177 på telefon: 1177. Öppet dygnet runt. Ring 112 vid fara för liv.'],
  ])('%s', (_what, said, expected) => {
    expect(said).toBe(expected);
  });
});
