import { agreementSuperseded, NOT_YOURS } from '../problems.ts';
import { agreedVersionOf } from './agreement-versions.ts';
import { type Act, added, type Change, newInPlan } from './contribution.ts';
import { type AgreementVersion, type ApprovalMethod, type Receipt, SEVEN_STATEMENTS, type Statement } from './model.ts';
import { inPlan, type PlanInHand, refuseClosed } from './plan-in-hand.ts';
import { demandMethod } from './step-add.ts';
import { epochOf } from './when.ts';
import { actsAs, isUnit } from './who-may.ts';

export interface ReceiptCommand {
  /** Whose answers; the acting side's when absent. Staff may take down the patient's. */
  readonly side?: Receipt['side'];
  readonly answers: Receipt['answers'];
  readonly method?: ApprovalMethod;
}

/** The staff's side is that of the principal with the overall responsibility. */
function demandLeadPrincipal(hand: PlanInHand, unit: string): void {
  const { plan, units } = hand;
  const lead = plan.leadPrincipal ?? units.get(plan.leadUnit)?.principal.hsaId;
  if (lead === undefined || units.get(unit)?.principal.hsaId !== lead) throw NOT_YOURS['receipt-side-not-yours']();
}

/**
 * Answers the seven statements ("mitt kvitto") on a version of the agreement: the patient by own act, or orally or in
 * writing to staff; the staff's side by the lead principal's staff. A later answer to a statement counts instead of an
 * earlier one; the others stand.
 *
 * @throws receipt-side-not-yours (403), agreement-superseded, plan-closed (409), method-missing (422)
 */
export function answerReceipt(
  hand: PlanInHand,
  version: AgreementVersion,
  command: ReceiptCommand,
  act: Act,
): Change[] {
  const who = actsAs(act);
  const side = command.side ?? (isUnit(who) ? 'staff' : 'patient');
  if (who === 'relative' || (who === 'patient' && side === 'staff')) throw NOT_YOURS['receipt-side-not-yours']();
  if (side === 'staff') demandLeadPrincipal(hand, who);
  refuseClosed(hand.plan);
  if (version.state === 'superseded') throw agreementSuperseded();
  const heard = isUnit(who) && side === 'patient';
  const receipt: Receipt = {
    ...newInPlan(act, hand.plan, { approvedForPatient: true }),
    version: version.version,
    side,
    answers: command.answers,
    method: heard ? demandMethod(command.method) : (command.method ?? 'digital'),
    answeredAt: act.now,
  };
  return [added('receipt', receipt)];
}

/** What one side says of each statement on a version: its latest answer to it. */
export function latestAnswers(
  receipts: readonly Receipt[],
  version: number,
  side: Receipt['side'],
): Receipt['answers'] {
  const own = receipts.filter((one) => one.version === version && one.side === side && !one.enteredInError);
  const inOrder = own.sort((a, b) => epochOf(a.answeredAt) - epochOf(b.answeredAt) || (a.id < b.id ? -1 : 1));
  return Object.assign({}, ...inOrder.map((receipt) => receipt.answers));
}

/** What a plan lacks to be a patientkontrakt: the documented agreement, or one side's yes to a statement. */
export type Missing = 'documented-agreement' | `${Receipt['side']}:${Statement}`;

/**
 * Whether the plan is a patientkontrakt: not a kind but a result, a documented agreement and seven yes from both sides to
 * the version in force (docs/domain.md 3 and 5).
 */
export function patientkontrakt(hand: Pick<PlanInHand, 'plan' | 'content'>): {
  readonly patientkontrakt: boolean;
  readonly missing: readonly Missing[];
} {
  const agreed = agreedVersionOf(hand);
  const receipts = [...inPlan(hand, 'receipt')];
  const missing: Missing[] = agreed ? [] : ['documented-agreement'];
  for (const side of ['patient', 'staff'] as const) {
    const answers = agreed ? latestAnswers(receipts, agreed.version, side) : {};
    for (const statement of SEVEN_STATEMENTS) {
      if (answers[statement] !== true) missing.push(`${side}:${statement}`);
    }
  }
  return { patientkontrakt: missing.length === 0, missing };
}
