import { describe, expect, it, test } from 'vitest';
import { breachesOf, clocksOf, paymentOf } from '../../../src/discharge/domain/clocks.ts';
import type { DischargeMessage } from '../../../src/discharge/domain/model.ts';
import {
  type DischargeFacts,
  type NewMessage,
  sendAdmission,
  sendMessage,
} from '../../../src/discharge/domain/send.ts';
import { stayOf } from '../../../src/discharge/domain/states.ts';
import { parseLocal } from '../../../src/shared/swedish-time.ts';
import { actOf, CENTRE, NURSING, UNITS, WARD } from '../plans/acting.ts';
import { PATIENT } from '../plans/plan-builder.ts';

const FACTS: DischargeFacts = { units: UNITS, rules: [], sipConsent: true, addressProtected: false };

/** A time on a Swedish wall, as an instant. */
function at(text: string): string {
  const parsed = parseLocal(text);
  if (!('at' in parsed)) throw new Error(text);
  return new Date(parsed.at).toISOString();
}

/** A stay told message by message, each at its own time. */
class Told {
  readonly messages: DischargeMessage[];

  constructor(admittedAt: string, sentAt = admittedAt) {
    const given = {
      admittedAt: at(admittedAt),
      registeredAddress: 'Provgatan 1',
      estimatedDischarge: '2027-12-31',
      municipalHealthCareExpected: true,
      openCareUnit: CENTRE,
      receivers: [NURSING],
    };
    this.messages = [sendAdmission(PATIENT, given, FACTS, actOf(WARD, at(sentAt)))];
  }

  tell(when: string, message: NewMessage, by: string = WARD): this {
    this.messages.push(sendMessage(this.stay, message, FACTS, actOf(by, at(when))));
    return this;
  }

  get stay() {
    return stayOf(this.messages);
  }

  clock(name: string, now: string) {
    return clocksOf(this.stay, Date.parse(at(now))).find((one) => one.name === name);
  }

  payment(now: string) {
    return paymentOf(this.stay, Date.parse(at(now)));
  }
}

const READY = { kind: 'ready', sipNeeded: true } as const;
const MAJ = { kind: 'contact', person: { staff: `${CENTRE}P1`, name: 'Maj Modell' } } as const;

describe('from the notice that the patient is ready', () => {
  test.each([
    ['over Christmas', '2026-12-23T09:00', '2026-12-26', '2026-12-26'],
    ['on Christmas Eve after noon', '2026-12-24T12:00:01', '2026-12-27', '2026-12-28'],
    ['on Maundy Thursday', '2027-03-25T12:00:00', '2027-03-28', '2027-03-28'],
    ['on Good Friday after noon', '2027-03-26T12:00:01', '2027-03-29', '2027-03-30'],
    ['when summer time begins', '2027-03-28T11:59:59', '2027-03-31', '2027-03-31'],
    ['when it ends', '2026-10-25T12:00:01', '2026-10-28', '2026-10-29'],
  ])('%s', (_told, when, callDay, payDay) => {
    const told = new Told('2026-10-01T08:00').tell(when, READY);
    expect(told.clock('sip-call', `${callDay}T23:59:59`)).toMatchObject({ standing: 'waiting' });
    const next = new Date(Date.parse(`${callDay}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
    expect(told.clock('sip-call', `${next}T00:00:00`)).toMatchObject({ standing: 'breached' });
    expect(told.payment(when)).toMatchObject({ from: payDay, standing: 'to-come' });
    expect(told.payment(`${payDay}T00:00:00`)).toMatchObject({ standing: 'preconditions-unmet' });
  });

  it('the kommun pays when everything that the law asks for is there, until the patient goes home', () => {
    const told = new Told('2026-11-16T10:20')
      .tell('2026-11-18T09:15', MAJ, CENTRE)
      .tell('2026-11-20T11:00', READY)
      .tell('2026-11-21T09:00', { kind: 'sip-call', meetingAt: at('2026-11-26T13:00') }, CENTRE);
    expect(told.payment('2026-11-23T00:00:00')).toEqual({ from: '2026-11-23', standing: 'runs', unmet: [] });
    told.tell('2026-11-24T11:00', { kind: 'discharged' });
    expect(told.payment('2026-11-25T00:00:00')).toMatchObject({ standing: 'ended', endedAt: at('2026-11-24T11:00') });
  });

  it('no joint plan is owed without consent, and no call then', () => {
    const told = new Told('2026-11-16T10:20')
      .tell('2026-11-20T11:00', READY)
      .tell('2026-11-21T09:00', { kind: 'no-sip', why: 'no-consent' }, CENTRE);
    expect(told.clock('sip-call', '2026-12-01T09:00')).toMatchObject({ standing: 'stopped' });
  });
});

describe('the admission notice', () => {
  test.each([
    ['within the hour that comes twice, 24 hours by the clock', '2026-10-24T10:20', '2026-10-25T09:20:00', 'met'],
    ['a second later', '2026-10-24T10:20', '2026-10-25T09:20:01', 'breached'],
    ['in time when summer time begins', '2027-03-27T10:20', '2027-03-28T11:20:00', 'met'],
  ])('%s', (_told, admittedAt, sentAt, standing) => {
    expect(new Told(admittedAt, sentAt).clock('admission-notice', sentAt)).toMatchObject({ standing });
  });
});

describe('the day of discharge', () => {
  const left = () => new Told('2026-11-16T10:20').tell('2026-11-18T09:15', MAJ, CENTRE);
  const told = {
    kind: 'information-transfer',
    told: { namedContact: true, plannedSip: false, existingPlans: true },
  } as const;

  test.each([
    ['the same day, at the last second', '2026-11-21T23:59:59', 'met'],
    ['the day after', '2026-11-22T00:00:00', 'breached'],
  ])('information %s', (_told, when, standing) => {
    const stay = left().tell('2026-11-21T11:00', { kind: 'discharged' }).tell(when, told);
    expect(stay.clock('information-transfer', when)).toMatchObject({ standing });
  });

  it('a contact designated afterwards stays a breach, and a death in time is none', () => {
    const late = new Told('2026-11-16T10:20')
      .tell('2026-11-21T11:00', { kind: 'discharged' })
      .tell('2026-11-21T12:00', MAJ, CENTRE);
    expect(breachesOf(late.stay, Date.parse(at('2026-11-21T12:00'))).map(({ name }) => name)).toEqual([
      'named-contact',
    ]);
    const dead = left().tell('2026-11-20T11:00', READY).tell('2026-11-21T03:00', { kind: 'death' });
    expect(breachesOf(dead.stay, Date.parse(at('2027-01-01T00:00')))).toEqual([]);
    expect(dead.stay.state).toBe('dead');
  });
});
