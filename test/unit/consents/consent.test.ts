import { describe, expect, test } from 'vitest';
import {
  consentFacts,
  consentInForce,
  consentState,
  recordConsent,
  withdrawConsent,
} from '../../../src/consents/domain/consent.ts';
import { DEFAULT_CONSENT_SETTINGS, type RecipientFacts } from '../../../src/consents/domain/demands.ts';
import type { NewConsent } from '../../../src/consents/domain/model.ts';
import { actAt, ESTER, refusalOf } from '../patients/act.ts';

const NOW = '2026-11-16T08:00:00.000Z';
const act = actAt(NOW);
const KOMMUN = { kind: 'principal', hsaId: 'SE0000000000-TSTH03' } as const;
const sip: NewConsent = {
  type: 'sip',
  state: 'given',
  form: 'oral',
  data: 'Planeringen efter utskrivning',
  recipient: KOMMUN,
  purpose: 'Samordnad individuell plan',
  until: '2027-03-31T22:00:00.000Z',
  takenBy: { name: 'Maj Modell' },
};
const record = (given: Partial<NewConsent> = {}, facts: RecipientFacts = { active: true }) =>
  recordConsent(act, ESTER, { ...sip, ...given }, facts, DEFAULT_CONSENT_SETTINGS);
const refusal = (given: Partial<NewConsent>, facts?: RecipientFacts) => refusalOf(() => record(given, facts));

describe('a consent', () => {
  test('begins at once unless told, and the patient sees it', () => {
    expect(record()).toMatchObject({ from: NOW, state: 'given', revision: 1, approvedForPatient: true });
    expect(record({ from: '2026-12-01T00:00:00.000Z' }).from).toBe('2026-12-01T00:00:00.000Z');
  });

  test('must have an end, after its beginning and after now', () => {
    expect(refusal({ until: undefined })).toBe('consent-needs-end');
    expect(refusal({ until: NOW })).toBe('consent-dates');
    expect(refusal({ from: '2020-01-01T00:00:00.000Z', until: '2021-01-01T00:00:00.000Z' })).toBe('consent-dates');
    expect(refusal({ from: '2027-04-01T00:00:00.000Z' })).toBe('consent-dates');
  });

  test('lasts at most two years, the last day included', () => {
    expect(refusal({ until: '2028-11-16T23:00:00.000Z' })).toBeUndefined();
    expect(refusal({ until: '2028-11-16T23:00:00.001Z' })).toBe('consent-too-long');
    expect(refusal({ until: '9998-12-31T00:00:00.000Z' })).toBe('consent-too-long');
    const year = { longestMonths: 12 };
    expect(
      refusalOf(() => recordConsent(act, ESTER, { ...sip, until: '2027-11-17T23:00:00.000Z' }, { active: true }, year)),
    ).toBe('consent-too-long');
  });

  test.each(['allt', 'Allt!', ' ALLA UPPGIFTER ', 'Hela journalen.', 'everything', '…'])('is never to %j', (words) => {
    expect(refusal({ data: words })).toBe('consent-too-general');
    expect(refusal({ purpose: words })).toBe('consent-too-general');
    expect(refusal({ type: 'disclosure', recipient: { kind: 'person', name: words } })).toBe('consent-too-general');
  });

  test('that was refused is remembered for as long as a consent may last', () => {
    const refused = record({ state: 'refused', until: undefined, reason: 'Vill inte.' });
    expect(refused).toMatchObject({ state: 'refused', until: '2028-11-16T23:00:00.000Z', reason: 'Vill inte.' });
  });
});

describe('a recipient', () => {
  test('is in the directory and active', () => {
    expect(refusal({}, {})).toBe('consent-recipient-unknown');
    expect(refusal({}, { active: false })).toBe('consent-recipient-unknown');
  });

  const unit = { kind: 'unit', hsaId: 'SE0000000000-TST0302' } as const;
  const provider = { kind: 'provider', hsaId: 'SE0000000000-TSTK01' } as const;
  test.each([
    ['read-care', unit, { providerKind: 'care', area: 'health' }, undefined],
    ['read-care', provider, { providerKind: 'care' }, undefined],
    ['read-care', unit, { providerKind: 'social-care', area: 'older' }, 'consent-recipient-unfit'],
    ['read-care', unit, { providerKind: 'care', area: 'school' }, 'consent-recipient-unfit'],
    ['read-care', KOMMUN, {}, 'consent-recipient-unfit'],
    ['read-social', unit, { providerKind: 'social-care', area: 'older' }, undefined],
    ['read-social', unit, { providerKind: 'social-care', area: 'disability' }, undefined],
    ['read-social', unit, { providerKind: 'social-care', area: 'individual-and-family' }, 'consent-recipient-unfit'],
    ['read-social', unit, { providerKind: 'care', area: 'older' }, 'consent-recipient-unfit'],
    ['sip', unit, { providerKind: 'social-care', area: 'individual-and-family' }, undefined],
    ['disclosure', unit, { providerKind: 'care', area: 'school' }, undefined],
  ] as const)('of %s to %o that is %o', (type, recipient, facts, expected) => {
    expect(refusal({ type, recipient }, { active: true, ...facts })).toBe(expected);
  });

  test.each(['sip', 'read-care', 'read-social'] as const)('of %s is no named person', (type) => {
    expect(refusal({ type, recipient: { kind: 'person', name: 'Försäkringskassan' } }, {})).toBe(
      'consent-recipient-unfit',
    );
  });

  test('of one copy may be a named person', () => {
    expect(
      refusal({ type: 'disclosure', recipient: { kind: 'person', name: 'Försäkringskassan' } }, {}),
    ).toBeUndefined();
  });
});

describe('a consent in force', () => {
  const at = (instant: string) => Date.parse(instant);
  const consent = record({ from: '2026-11-20T00:00:00.000Z', until: '2026-12-01T00:00:00.000Z' });

  test('has begun and not ended', () => {
    const inForce = (instant: string) => consentInForce([consent], 'sip', KOMMUN, at(instant));
    expect(inForce('2026-11-19T23:59:59.999Z')).toBe(false);
    expect(inForce('2026-11-20T00:00:00.000Z')).toBe(true);
    expect(inForce('2026-11-30T23:59:59.999Z')).toBe(true);
    expect(inForce('2026-12-01T00:00:00.000Z')).toBe(false);
    expect(consentState(consent, at('2026-12-01T00:00:00.000Z'))).toBe('expired');
  });

  test('is of this type, to this recipient, and stands in for no other', () => {
    const now = at('2026-11-25T00:00:00.000Z');
    expect(consentInForce([consent], 'read-care', KOMMUN, now)).toBe(false);
    expect(consentInForce([consent], 'sip', { kind: 'unit', hsaId: KOMMUN.hsaId }, now)).toBe(false);
    expect(consentInForce([consent], 'sip', { kind: 'principal', hsaId: 'SE0000000000-TSTH01' }, now)).toBe(false);
  });

  test('is not one that was refused, withdrawn, entered in error, or is to a named person', () => {
    const now = at('2026-11-25T00:00:00.000Z');
    const withdrawn = withdrawConsent(actAt('2026-11-21T00:00:00.000Z'), consent);
    expect(consentInForce([withdrawn], 'sip', KOMMUN, now)).toBe(false);
    expect(consentInForce([record({ state: 'refused' })], 'sip', KOMMUN, now)).toBe(false);
    expect(consentInForce([{ ...consent, enteredInError: true }], 'sip', KOMMUN, now)).toBe(false);
    const copy = record({ type: 'disclosure', recipient: { kind: 'person', name: 'Försäkringskassan' } }, {});
    expect(consentFacts(copy)).toBeUndefined();
  });
});

describe('a withdrawal', () => {
  const soon = actAt('2026-11-18T19:14:00.000Z');

  test('holds from its moment, also before the consent has begun', () => {
    expect(withdrawConsent(soon, record(), 'Vill inte.')).toMatchObject({
      state: 'withdrawn',
      withdrawnAt: soon.now,
      reason: 'Vill inte.',
      revision: 2,
    });
    expect(withdrawConsent(soon, record({ from: '2026-12-01T00:00:00.000Z' })).state).toBe('withdrawn');
  });

  test('is of what is given: not of a refusal, an earlier withdrawal, or what has expired', () => {
    const withdrawn = withdrawConsent(soon, record());
    const late = actAt('2027-04-01T00:00:00.000Z');
    for (const work of [
      () => withdrawConsent(soon, withdrawn),
      () => withdrawConsent(soon, record({ state: 'refused' })),
      () => withdrawConsent(late, record()),
    ]) {
      expect(refusalOf(work)).toBe('consent-not-given');
    }
  });
});
