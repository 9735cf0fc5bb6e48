import { describe, expect, test } from 'vitest';
import { designationsOwed } from '../../../src/plans/domain/contact-owed.ts';
import type { NamedContact } from '../../../src/plans/domain/model.ts';
import { nextStepOfOverview } from '../../../src/plans/domain/next-step.ts';
import { contextAt } from './directory.ts';
import { contentOf, namedContact, plan, step, tst } from './plan-builder.ts';

const NOW = '2026-11-23T09:00+01:00';
const ASKED = { state: 'requested', isPrimary: false, unit: tst('0201') } as const;

function next(contacts: readonly NamedContact[], more = {}) {
  const content = contentOf({ plan: [plan(1)], 'named-contact': contacts, ...more });
  const context = contextAt(NOW, {});
  return nextStepOfOverview(content, { ...context, owed: designationsOwed(content, context) });
}

describe('a named contact that has been asked for', () => {
  test('is what care owes, by the unit that was asked, at once and without a time that nobody has set', () => {
    const told = next([namedContact(5, ASKED)]);
    expect(told).toMatchObject({ kind: 'owed', duty: 'designate-contact', reach: expect.anything() });
    expect(told).not.toHaveProperty('when');
    expect(told!.sentence).toMatch(/ utser en fast vårdkontakt åt dig\. Tiden är inte bestämd än\.$/);
  });

  test('comes after what has been agreed, and is not said in the same breath', () => {
    const told = next([namedContact(5, ASKED)], { step: [step(3, { time: { form: 'latest-by', by: '2026-11-27' } })] });
    expect(told).toMatchObject({ kind: 'step' });
    expect(told).not.toHaveProperty('after');
  });

  test.each<[string, Partial<NamedContact>]>([
    ['is designated', { state: 'designated' }],
    ['has been declined', { state: 'declined' }],
    ['is not for the patient to see', { approvedForPatient: false }],
    ['was asked for by mistake', { enteredInError: true }],
  ])('is owed no more when it %s', (_what, fields) => {
    expect(next([namedContact(5, { ...ASKED, ...fields })])).toMatchObject({ kind: 'follow-up' });
  });

  test('is owed no more when another of the role has been designated', () => {
    expect(next([namedContact(5, ASKED), namedContact(6)])).toMatchObject({ kind: 'follow-up' });
  });
});
