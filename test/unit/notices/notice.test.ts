import { describe, expect, test } from 'vitest';
import {
  isNoticeWay,
  NOTICE_WAYS,
  type NoticePerson,
  noticeText,
  noticeWay,
} from '../../../src/notices/domain/notice.ts';
import { sendAt } from '../../../src/notices/domain/when-to-send.ts';
import { CONTACT_WAYS } from '../../../src/patients/domain/contact-needs.ts';

const NOW = Date.parse('2026-11-18T10:00:00+01:00');
const ester: NoticePerson = {
  isProtected: false,
  language: 'sv',
  cannotUse1177: false,
  numbers: [{ kind: 'personnummer', digits: '192612049029' }],
};

describe('how a person is told that there is something new', () => {
  test.each([
    ['nothing is wished', {}, 'portal-inbox'],
    ['1177 cannot be used', { cannotUse1177: true }, 'letter'],
    ['SMS is wished', { preferredWay: 'sms' }, 'sms'],
    ['e-mail is wished', { preferredWay: 'e-mail' }, 'e-mail'],
    ['a letter is wished', { preferredWay: 'letter' }, 'letter'],
    ['calls are wished', { preferredWay: 'phone' }, 'by-people'],
    ['a relative is to be asked', { preferredWay: 'through-relative' }, 'by-people'],
    ['the person has died', { deceasedOn: '2026-11-17', preferredWay: 'letter' }, 'deceased'],
    ['the identity is protected', { isProtected: true, preferredWay: 'sms' }, 'portal-inbox'],
    [
      'the identity is protected and 1177 cannot be used',
      { isProtected: true, cannotUse1177: true },
      'protected-identity',
    ],
  ] as const)('when %s', (_when, more, way) => {
    expect(noticeWay({ ...ester, ...more } as NoticePerson, NOW)).toBe(way);
  });

  test('from the first minute of the thirteenth birthday, in Sweden', () => {
    const child = { ...ester, numbers: [{ kind: 'personnummer' as const, digits: '201311180000' }] };
    expect(noticeWay(child, Date.parse('2026-11-17T23:59:59+01:00'))).toBe('child');
    expect(noticeWay(child, Date.parse('2026-11-18T00:00:00+01:00'))).toBe('portal-inbox');
  });

  test('never otherwise than wished, never after death, and never about nobody', () => {
    for (const preferredWay of CONTACT_WAYS) {
      const way = noticeWay({ ...ester, preferredWay }, NOW);
      expect(isNoticeWay(way) || way === 'by-people').toBe(true);
      expect(noticeWay({ ...ester, preferredWay, deceasedOn: '2026-11-17' }, NOW)).toBe('deceased');
      expect(noticeWay({ ...ester, preferredWay, isProtected: true }, NOW)).toBe('portal-inbox');
    }
    expect(noticeWay(undefined, NOW)).toBe('unknown-person');
  });

  test('in their language when we have it, and an SMS has room in one', () => {
    for (const way of NOTICE_WAYS) {
      expect(noticeText(way, 'sv').text).toMatch(/din plan/);
      expect(noticeText(way, 'en-GB')).toMatchObject({ language: 'en' });
      expect(noticeText(way, 'bs')).toMatchObject({ language: 'sv' });
    }
    expect(noticeText('sms', 'sv').text.length).toBeLessThanOrEqual(160);
    expect(noticeText('sms', 'en').text.length).toBeLessThanOrEqual(160);
  });
});

describe('when a notice goes out', () => {
  test.each([
    ['in the daytime, when it has settled', '2026-11-18T10:00:00+01:00', '2026-11-18T10:15:00+01:00'],
    ['in the morning, for what happens at night', '2026-11-18T03:00:00+01:00', '2026-11-18T08:00:00+01:00'],
    ['the morning after, for what happens in the evening', '2026-11-18T19:45:00+01:00', '2026-11-19T08:00:00+01:00'],
    ['just before the evening', '2026-11-18T19:44:00+01:00', '2026-11-18T19:59:00+01:00'],
    ['at eight by the clock when clocks went forward', '2026-03-28T22:00:00+01:00', '2026-03-29T08:00:00+02:00'],
    ['at eight by the clock when clocks went back', '2026-10-24T22:00:00+02:00', '2026-10-25T08:00:00+01:00'],
  ])('is %s', (_what, happened, sent) => {
    expect(new Date(sendAt(Date.parse(happened))).toISOString()).toBe(new Date(sent).toISOString());
  });
});
