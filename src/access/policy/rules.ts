import type { Action } from '../actions.ts';
import {
  bySecondPerson,
  type Demand,
  inEmergency,
  inEmergencyWithoutPatient,
  mayBlock,
  mayOpenInEmergency,
  ofTheLiving,
  onLawfulGround,
  onOwnProvider,
  onOwnUnit,
  ownCareRelation,
  withRelation,
  withSecondPerson,
  withSecondPersonWhenProtected,
} from './demands.ts';
import type { Relation } from './relation.ts';
import type { Reach, Right } from './rights.ts';

/** What one action asks of the one who does it. Default is no: whoever is not named may not. */
export interface Rule {
  /** What staff need the right to. */
  readonly right: Right;
  /** Over how much; own unit unless said. */
  readonly reach?: Reach;
  /** Concerns no person: anyone who is signed in, staff alone, or systems alone. */
  readonly open?: 'everyone' | 'staff' | 'system';
  /** Who may, by what they are to the plan. */
  readonly inPlan?: readonly Relation[];
  /** Who may, by what they are to the person, when no plan is meant. */
  readonly toPerson?: readonly Relation[];
  /** An unknown person gives an empty answer, so a hidden one must too; what is found is filtered. */
  readonly asIfUnknown?: true;
  readonly demand?: Demand;
}

const PATIENT_SIDE = ['patient', 'guardian', 'representative'] as const;
const READING_CITIZENS = [...PATIENT_SIDE, 'proxy'] as const;
const AT_WORK = ['insider', 'outsider'] as const;
const READERS = [...AT_WORK, 'former', 'reader', ...READING_CITIZENS, 'system'] as const;

const STAFF: Pick<Rule, 'toPerson'> = { toPerson: ['insider'] };
const STAFF_OR_PATIENT: Pick<Rule, 'toPerson'> = { toPerson: ['insider', ...PATIENT_SIDE] };
const BOTH_SIDES: Pick<Rule, 'inPlan'> = { inPlan: [...AT_WORK, ...PATIENT_SIDE] };
/** What one has taken on stays with one, also when the part in the plan is over, until one lets it go. */
const WHOSE_IT_IS: Pick<Rule, 'inPlan'> = { inPlan: [...AT_WORK, 'former', ...PATIENT_SIDE] };
const WHOSE_IT_IS_OR_SYSTEM: Pick<Rule, 'inPlan'> = { inPlan: [...AT_WORK, 'former', ...PATIENT_SIDE, 'system'] };
/** From one unit to the next: also by one whose part is over but who still has what is to be handed over. */
const AMONG_UNITS: Pick<Rule, 'inPlan'> = { inPlan: [...AT_WORK, 'former'] };
/** What a record system sends for its provider's units; what is taken over is answered by people. */
const AMONG_UNITS_OR_SYSTEM: Pick<Rule, 'inPlan'> = { inPlan: [...AT_WORK, 'former', 'system'] };

/** Who may do what. Whose step or promise it is, and what the plan's state allows, the plan's own rules judge. */
export const RULES: Readonly<Record<Action, Rule>> = {
  'directory.read': { right: 'read', open: 'everyone' },
  'work-list.read': { right: 'read', open: 'staff' },
  'finding.list': { right: 'read', open: 'staff' },
  'event.read': { right: 'read', open: 'system' },
  'subscription.read': { right: 'read', open: 'system' },
  'subscription.change': { right: 'write', open: 'system' },
  'feedback.count': { right: 'read', open: 'staff' },
  'discharge.list': { right: 'read', open: 'staff' },

  // ------------------------------------------------------------ the person
  'patient.register': { right: 'write', ...STAFF, asIfUnknown: true },
  'patient.find': { right: 'read', toPerson: ['insider', 'system'], asIfUnknown: true },
  'patient.read': { right: 'read', ...STAFF_OR_PATIENT },
  'patient.change': { right: 'write', ...STAFF },
  'patient.join': { right: 'write', ...STAFF },
  'representative.read': { right: 'read', ...STAFF_OR_PATIENT },
  'representative.register': { right: 'write', ...STAFF },
  'representative.end': { right: 'write', ...STAFF },

  // ------------------------------------------------------------ consent, information, relation
  'consent.read': { right: 'read', ...STAFF_OR_PATIENT },
  'consent.record': { right: 'write', ...STAFF, demand: ofTheLiving },
  'consent.withdraw': { right: 'write', ...STAFF_OR_PATIENT },
  'consent.effect': { right: 'read', ...STAFF_OR_PATIENT },
  'inability.record': { right: 'write', ...STAFF, demand: ofTheLiving },
  'information.read': { right: 'read', ...STAFF_OR_PATIENT },
  'information.record': { right: 'write', ...STAFF, demand: ofTheLiving },
  'care-relation.read': { right: 'read', ...STAFF_OR_PATIENT },
  'care-relation.register': { right: 'write', ...STAFF, demand: ownCareRelation },
  'care-relation.end': { right: 'write', ...STAFF, demand: onOwnUnit },
  'existence.read': {
    right: 'read',
    reach: 'SJF',
    inPlan: ['insider', 'former', 'reader'],
    toPerson: ['insider'],
    demand: withRelation,
  },

  // ------------------------------------------------------------ blocks, emergencies, copies
  'block.read': {
    right: 'block-administration',
    toPerson: ['insider', 'patient', 'representative'],
    demand: onOwnProvider('block-administration'),
  },
  'block.set': { right: 'block-administration', toPerson: ['insider', ...PATIENT_SIDE], demand: mayBlock },
  'block.lift': {
    right: 'block-administration',
    toPerson: ['insider', 'patient', 'representative'],
    demand: onOwnProvider('block-administration'),
  },
  'block.request-lift': { right: 'read', ...STAFF, demand: inEmergencyWithoutPatient },
  'emergency.read': { right: 'read', toPerson: [...AT_WORK, 'patient', 'representative'] },
  'emergency.open': { right: 'read', toPerson: AT_WORK, demand: mayOpenInEmergency },
  'emergency.close': { right: 'read', toPerson: AT_WORK, demand: inEmergency },
  'disclosure.read': { right: 'read', toPerson: [...AT_WORK, ...PATIENT_SIDE] },
  'disclosure.make': { right: 'write', toPerson: AT_WORK, demand: onLawfulGround },

  // ------------------------------------------------------------ direct access and protection
  'guardian-block.read': { right: 'plan-administration', ...STAFF },
  'guardian-block.set': { right: 'plan-administration', ...STAFF },
  'guardian-block.lift': { right: 'plan-administration', ...STAFF },
  'unit-decision.read': { right: 'read', ...STAFF },
  'unit-decision.record': { right: 'plan-administration', ...STAFF, demand: onOwnUnit },
  'unit-decision.end': { right: 'plan-administration', ...STAFF, demand: onOwnUnit },
  'sealing.read': { right: 'plan-administration', toPerson: ['insider', 'patient', 'representative'] },
  'sealing.set': {
    right: 'plan-administration',
    toPerson: ['insider', 'patient', 'representative'],
    demand: onOwnProvider('plan-administration'),
  },
  'sealing.lift': {
    right: 'plan-administration',
    toPerson: ['insider', 'patient', 'representative'],
    demand: onOwnProvider('plan-administration'),
  },
  'protection.read': { right: 'plan-administration', ...STAFF },
  'protection.set': { right: 'plan-administration', ...STAFF },
  'protection.grant-access': { right: 'plan-administration', ...STAFF },
  'protection.revoke-access': { right: 'plan-administration', ...STAFF },
  'export.read': { right: 'plan-administration', ...STAFF },
  'export.ask': { right: 'plan-administration', ...STAFF, demand: onOwnUnit },
  'export.answer': { right: 'plan-administration', ...STAFF, demand: bySecondPerson },
  'export.take': { right: 'plan-administration', ...STAFF, demand: withSecondPerson },

  // ------------------------------------------------------------ log and retention
  'log.extract': { right: 'log-review', reach: 'VG', ...STAFF_OR_PATIENT, demand: withSecondPersonWhenProtected },
  'log.review': { right: 'log-review', reach: 'VG', toPerson: AT_WORK, demand: onOwnProvider('log-review') },
  'log.record-review': { right: 'log-review', reach: 'VG', toPerson: AT_WORK, demand: onOwnProvider('log-review') },
  'retention.preview': {
    right: 'plan-administration',
    reach: 'VG',
    toPerson: AT_WORK,
    demand: onOwnProvider('plan-administration'),
  },
  'retention.run': {
    right: 'plan-administration',
    reach: 'VG',
    toPerson: AT_WORK,
    demand: onOwnProvider('plan-administration'),
  },

  // ------------------------------------------------------------ reading plans
  'overview.read': { right: 'read', toPerson: READING_CITIZENS },
  'plan.list': { right: 'read', toPerson: [...AT_WORK, ...READING_CITIZENS], asIfUnknown: true },
  'plan.read': { right: 'read', inPlan: READERS },
  'plan.read-history': { right: 'read', inPlan: READERS },
  'plan.look-up': { right: 'read', inPlan: READERS, toPerson: [...AT_WORK, 'system'], asIfUnknown: true },
  'plan.allowed-actions': { right: 'read', inPlan: READERS },
  'sheet.print': { right: 'read', toPerson: AT_WORK, demand: ofTheLiving },
  'sheet.read': { right: 'read', toPerson: [...AT_WORK, ...READING_CITIZENS] },
  'sheet.record': { right: 'write', toPerson: AT_WORK },
  'plan.export': { right: 'read', inPlan: [...AT_WORK, 'former', ...PATIENT_SIDE, 'system'] },
  'own-steps.read': { right: 'read', toPerson: ['relative'] },

  // ------------------------------------------------------------ changing plans
  'plan.create': { right: 'write', toPerson: ['insider', 'system'] },
  'plan.change': { right: 'write', inPlan: ['insider'] },
  'plan.transition': { right: 'write', inPlan: ['insider', ...PATIENT_SIDE] },
  'plan.add-content': { right: 'write', inPlan: ['insider', ...PATIENT_SIDE, 'system'] },
  'content.change': { right: 'write', ...WHOSE_IT_IS_OR_SYSTEM },
  'content.sign': { right: 'sign', inPlan: [...AT_WORK, 'former'] },
  'content.disagree': { right: 'write', inPlan: [...AT_WORK, 'former', ...PATIENT_SIDE] },
  'step.add': { right: 'write', inPlan: [...AT_WORK, ...PATIENT_SIDE, 'system'] },
  'step.answer': { right: 'write', ...WHOSE_IT_IS },
  'step.change': { right: 'write', ...WHOSE_IT_IS_OR_SYSTEM },
  'step.report': { right: 'write', ...WHOSE_IT_IS_OR_SYSTEM },
  'participant.answer': { right: 'write', inPlan: [...AT_WORK, ...PATIENT_SIDE] },
  'commitment.answer': { right: 'write', ...WHOSE_IT_IS },
  'commitment.judge': { right: 'write', ...WHOSE_IT_IS },
  'remark.write': { right: 'write', ...BOTH_SIDES },
  // What a unit sees of a stay is what was sent to it: the law names the receivers (LUS 2:1, 3:1, 3:2).
  'discharge.read': { right: 'read', toPerson: [...AT_WORK, ...READING_CITIZENS, 'system'] },
  'discharge.send': { right: 'write', toPerson: [...AT_WORK, 'system'] },
  'discharge.receive': { right: 'write', toPerson: [...AT_WORK, 'system'] },
  'handover.offer': { right: 'write', ...AMONG_UNITS_OR_SYSTEM },
  'handover.answer': { right: 'write', ...AMONG_UNITS },
  'feedback.write': { right: 'write', ...AMONG_UNITS },
  // To the person: what is late in a stay in hospital, for those whom its messages were sent to.
  'finding.read': { right: 'read', inPlan: [...AT_WORK, 'former', 'reader'], toPerson: AT_WORK },
  'finding.explain': { right: 'write', ...AMONG_UNITS, toPerson: AT_WORK },
  'agreement.propose': { right: 'write', inPlan: ['insider'] },
  'agreement.answer': { right: 'sign', ...BOTH_SIDES },
  'receipt.answer': { right: 'write', inPlan: ['insider', ...PATIENT_SIDE] },
};
