import { describe, expect, it, test } from 'vitest';
import { findAll } from '../../../src/attention/domain/find.ts';
import type { Look } from '../../../src/attention/domain/look.ts';
import { DEFAULT_ATTENTION, STAY_RULES } from '../../../src/attention/domain/rule-list.ts';
import { type DischargeMessage, type Stay, stayOf } from '../../../src/discharge/index.ts';
import { contentOf, id, instant, step, tst } from '../plans/plan-builder.ts';

const { planId: _none, ...owned } = step(90);
const rule = { name: 'days', rule: { counts: 'hours', hours: 24 } };
let number = 0;

function message(kind: DischargeMessage['kind'], sentAt: string, fields: object = {}): DischargeMessage {
  const recordedBy = { ...owned.recordedBy, unit: tst('0101') };
  return {
    ...{ ...owned, id: id(kind === 'admission' ? 300 : 301 + number++), recordedBy, kind, state: 'sent' },
    ...{ admissionId: id(300), sentAt: instant(sentAt), receivers: [tst('0301')], receipts: [] },
    ...fields,
  } as unknown as DischargeMessage;
}

const admission = (sentAt = '2026-11-16T13:00+01:00') =>
  message('admission', sentAt, {
    admittedAt: instant('2026-11-16T10:00+01:00'),
    openCareUnit: tst('0201'),
    notice: { rule, lastInstant: instant('2026-11-17T10:00+01:00') },
  });
const ready = (sentAt = '2026-11-20T10:00+01:00') => {
  const last = new Date(Date.parse(instant(sentAt)) + 3 * 86_400_000).toISOString();
  return message('ready', sentAt, { sipNeeded: true, call: { rule, lastInstant: last } });
};
const home = message('discharged', '2026-11-21T11:00+01:00', {
  at: instant('2026-11-21T11:00+01:00'),
  informationBy: instant('2026-11-21T23:59:59.999+01:00'),
});
const contact = (sentAt: string) => message('contact', sentAt, { roleName: 'Fast vårdkontakt' });

function look(now: string, messages: readonly DischargeMessage[], more: Partial<Look> = {}): Look {
  const stays: Stay[] = [stayOf(messages)];
  const nothing = { consents: [], units: new Map(), staff: new Map(), deceased: false, settings: DEFAULT_ATTENTION };
  return { now: Date.parse(instant(now)), content: contentOf({}), stays, ...nothing, ...more };
}
const found = (at: Look) => findAll(at).now.map(({ rule: name, ownerUnit }) => [name, ownerUnit]);

const LATE: readonly (readonly [(typeof STAY_RULES)[number], DischargeMessage[], string, string, string])[] = [
  [
    'admission-notice-late',
    [admission('2026-11-17T10:00:01+01:00')],
    '2026-11-17T10:00+01:00',
    '2026-11-17T10:00:01+01:00',
    tst('0101'),
  ],
  [
    'discharged-without-contact',
    [admission(), home],
    '2026-11-21T11:00+01:00',
    '2026-11-21T11:00:00.001+01:00',
    tst('0201'),
  ],
  [
    'sip-call-late',
    [admission(), contact('2026-11-18T10:00+01:00'), ready()],
    '2026-11-23T10:00+01:00',
    '2026-11-23T10:00:00.001+01:00',
    tst('0201'),
  ],
  [
    'information-transfer-late',
    [admission(), contact('2026-11-18T10:00+01:00'), home],
    '2026-11-21T23:59:59.999+01:00',
    '2026-11-22T00:00+01:00',
    tst('0101'),
  ],
];

describe('what the law’s time has run out for is found for who owes it, also where there is no plan', () => {
  test.each(LATE)('%s', (name, messages, before, from, owner) => {
    const early = look(before, messages);
    expect(found(early).map(([one]) => one)).not.toContain(name);
    expect(findAll(early).lookAgainAt).toBeLessThanOrEqual(Date.parse(instant(from)));
    expect(found(look(from, messages))).toContainEqual([name, owner]);
  });

  it('has a rule for every clock', () => {
    expect(LATE.map(([name]) => name).toSorted()).toEqual([...STAY_RULES].toSorted());
  });
});

const AT = '2026-12-01T12:00+01:00';
const SPARED: readonly (readonly [string, DischargeMessage[], Partial<Look>?])[] = [
  [
    'a call made late',
    [admission(), contact('2026-11-18T10:00+01:00'), ready(), message('sip-call', '2026-11-30T10:00+01:00')],
  ],
  ['word that there will be no joint plan', [admission(), ready(), message('no-sip', '2026-11-30T10:00+01:00')]],
  ['becoming worse', [admission(), ready(), message('interruption', '2026-11-30T10:00+01:00')]],
  ['a stay that was withdrawn', [{ ...admission('2026-11-18T10:00+01:00'), state: 'cancelled' }, home]],
  ['a death', [admission('2026-11-18T10:00+01:00'), home], { deceased: true }],
];
test.each(
  SPARED.map(([why, messages, more]) => [why, messages, more ?? {}] as const),
)('%s ends it', (_why, messages, more) => {
  expect(found(look(AT, messages, more))).toEqual([]);
});

it('a call before the patient became worse is made anew when the patient is ready again', () => {
  const before = [
    admission(),
    contact('2026-11-18T10:00+01:00'),
    ready(),
    message('sip-call', '2026-11-20T11:00+01:00'),
  ];
  expect(found(look(AT, before))).toEqual([]);
  const again = [...before, message('interruption', '2026-11-20T19:00+01:00'), ready('2026-11-25T10:00+01:00')];
  expect(found(look('2026-11-28T10:00:00.001+01:00', again))).toEqual([['sip-call-late', tst('0201')]]);
});

it('is the ward’s to see to when the unit that owes it is no more', () => {
  const units = new Map([[tst('0201'), { hsaId: tst('0201'), active: false }]]) as unknown as Look['units'];
  expect(found(look(AT, [admission(), home], { units }))).toContainEqual(['discharged-without-contact', tst('0101')]);
});
