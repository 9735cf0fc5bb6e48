import { describe, expect, it } from 'vitest';
import { type Receipt, SEVEN_STATEMENTS, type Statement } from '../../../src/plans/domain/model.ts';
import { answerReceipt, latestAnswers, patientkontrakt } from '../../../src/plans/domain/receipt.ts';
import { actOf, CENTRE, HEART, NOW, NURSING, refused, Story } from './acting.ts';
import { agreementVersion, contentOf, id, PLAN, plan, receipt } from './plan-builder.ts';

type Side = Receipt['side'];
const header = plan(PLAN);
const agreed = agreementVersion(2);

/** Answers by the bits of a number: yes where it has a one. */
function answersOf(bits: number): Receipt['answers'] {
  return Object.fromEntries(SEVEN_STATEMENTS.map((statement, n) => [statement, (bits & (1 << n)) !== 0]));
}

describe('a plan is a patientkontrakt', () => {
  it('exactly when an agreement is documented and both sides say yes seven times: all combinations', () => {
    let contracts = 0;
    for (let patient = 0; patient < 128; patient++) {
      for (let staff = 0; staff < 128; staff++) {
        const receipts = [
          receipt(3, { side: 'patient', answers: answersOf(patient) }),
          receipt(4, { side: 'staff', answers: answersOf(staff) }),
        ];
        const content = contentOf({ plan: [header], 'agreement-version': [agreed], receipt: receipts });
        const result = patientkontrakt({ plan: header, content });
        if (result.patientkontrakt) contracts++;
        const noes = (bits: number) => SEVEN_STATEMENTS.filter((_, n) => (bits & (1 << n)) === 0);
        const missing = [...noes(patient).map((one) => `patient:${one}`), ...noes(staff).map((one) => `staff:${one}`)];
        if (result.missing.join() !== missing.join()) expect(result.missing).toEqual(missing);
      }
    }
    expect(contracts).toBe(1);
  });

  it('lacks the agreement and all fourteen yes while nothing is agreed', () => {
    for (const state of ['proposed', 'superseded'] as const) {
      const content = contentOf({
        plan: [header],
        'agreement-version': [agreementVersion(2, { state })],
        receipt: [receipt(3, { answers: answersOf(127) }), receipt(4, { side: 'staff', answers: answersOf(127) })],
      });
      expect(patientkontrakt({ plan: header, content }).missing).toHaveLength(15);
    }
  });

  it('takes no answers to another version, of another plan or entered in error', () => {
    const others = [{ version: 2 }, { planId: id(77) }, { enteredInError: true }];
    for (const other of others) {
      const content = contentOf({
        plan: [header],
        'agreement-version': [agreed],
        receipt: [
          receipt(3, { answers: answersOf(127), ...other }),
          receipt(4, { side: 'staff', answers: answersOf(127) }),
        ],
      });
      expect(patientkontrakt({ plan: header, content }).missing).toHaveLength(7);
    }
  });
});

describe('the latest answer', () => {
  const at = (hour: number) => `2026-11-26T${hour}:00:00.000Z`;

  it('to each statement counts, in whatever order the rows come', () => {
    const rows = [
      receipt(3, { answers: { safe: true, easyContact: true }, answeredAt: at(10) }),
      receipt(4, { answers: { safe: false }, answeredAt: at(11) }),
      receipt(5, { side: 'staff', answers: { safe: true }, answeredAt: at(12) }),
    ];
    for (const order of [rows, rows.toReversed()]) {
      expect(latestAnswers(order, 1, 'patient')).toEqual({ safe: false, easyContact: true });
    }
  });
});

describe('answering', () => {
  function answers(story: Story, who: string, side?: Side, method?: Receipt['method']) {
    const yes: { [S in Statement]?: boolean } = { safe: true };
    return story.does((hand) =>
      answerReceipt(hand, agreementVersion(2, { planId: hand.plan.id }), { side, answers: yes, method }, actOf(who)),
    );
  }

  it('is the patient’s own, or said to staff; the staff’s side is the lead principal’s', () => {
    const story = new Story();
    answers(story, 'patient');
    answers(story, HEART);
    answers(story, NURSING, 'patient', 'oral');
    expect(story.all('receipt').map(({ side, method }) => `${side} ${method}`)).toEqual([
      'patient digital',
      'staff digital',
      'patient oral',
    ]);
    expect(story.all('receipt')[0]).toMatchObject({ version: 1, answers: { safe: true }, answeredAt: NOW });
    refused('receipt-side-not-yours', () => answers(story, NURSING));
    refused('receipt-side-not-yours', () => answers(story, 'patient', 'staff'));
    refused('method-missing', () => answers(story, CENTRE, 'patient'));
  });

  it('is not to a superseded version, nor in a closed plan', () => {
    const story = new Story();
    const old = agreementVersion(2, { state: 'superseded' });
    refused('agreement-superseded', () => answerReceipt(story.hand, old, { answers: {} }, actOf('patient')));
    refused('plan-closed', () => answers(story.is({ status: 'completed' }), 'patient'));
  });
});
