import type { Actor, StaffActor } from '../../shared/actor.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { Action } from '../actions.ts';
import type { ContributionFacts, Facts, PlanFacts } from './facts.ts';
import type { Reason } from './reasons.ts';

/**
 * What someone is to a plan:
 * - `insider`: staff of the creating unit, or of a participating unit inside shared documentation (lag 2022:913);
 * - `outsider`: staff of another participating unit: own steps and promises, and the header's outline;
 * - `former`: staff whose unit's part is over: what it wrote, was asked and has taken on, which stays with it until it
 *   gives it up, and of the header the outline that says where;
 * - `patient`: the person the plan is about;
 * - `system`: a machine of a provider that owns something in it or whose units take part: what they own and have a duty in.
 */
export type Relation = 'insider' | 'outsider' | 'former' | 'patient' | 'system';

export type Decision =
  | { readonly allowed: true; readonly relation: Relation | 'none' }
  /** `known`: the actor may know that the thing exists, so that the refusal may say so (403, not 404). */
  | { readonly allowed: false; readonly reason: Reason; readonly known: boolean };

/** Areas inside lag 2022:913 (1 kap. 1 §): health care, care of older people and of people with disabilities. */
const INSIDE = new Set(['health', 'older', 'disability']);

const EVERYONE = ['insider', 'outsider', 'former', 'patient', 'system'] as const;
const AT_WORK = ['insider', 'outsider'] as const;
/** A duty does not end by leaving: nobody is without responsibility in silence. */
const WITH_DUTIES = [...AT_WORK, 'former'] as const;

/** Who may do what in a plan that they have a relation to. Whose step or promise it is, the plan's own rules judge. */
const PLAN_ACTIONS: Partial<Record<Action, readonly Relation[]>> = {
  'plan.read': EVERYONE,
  'plan.read-history': EVERYONE,
  'plan.look-up': EVERYONE,
  'plan.change': ['insider'],
  'plan.transition': ['insider', 'patient'],
  'plan.add-content': ['insider', 'patient', 'system'],
  'content.change': [...WITH_DUTIES, 'patient', 'system'],
  'step.add': [...AT_WORK, 'patient', 'system'],
  'step.answer': [...WITH_DUTIES, 'patient'],
  'step.change': [...WITH_DUTIES, 'patient', 'system'],
  'step.report': [...WITH_DUTIES, 'patient', 'system'],
  'participant.answer': [...AT_WORK, 'patient'],
  'commitment.answer': [...WITH_DUTIES, 'patient'],
  'commitment.judge': [...WITH_DUTIES, 'patient'],
  'remark.write': [...AT_WORK, 'patient'],
  'agreement.propose': ['insider'],
  'agreement.answer': [...AT_WORK, 'patient'],
  'receipt.answer': ['insider', 'patient'],
};

/** What concerns a person without any plan: finding and registering, consents, a new plan. */
const STAFF_ACTIONS = new Set<Action>([
  'patient.register',
  'patient.find',
  'patient.read',
  'patient.change',
  'patient.join',
  'consent.read',
  'consent.record',
  'consent.withdraw',
  'plan.create',
]);
const PATIENT_ACTIONS = new Set<Action>([
  'overview.read',
  'patient.read',
  'plan.list',
  'consent.read',
  'consent.withdraw',
  'log.extract',
]);

/** What asks for a right of its own: nobody reads the log because of the care they take part in (PDL 4:2–3). */
const LOG_ACTIONS = new Set<Action>(['log.extract', 'log.review', 'log.record-review']);

/**
 * The law of who may do what: pure and total, so that it can be read, tested and replaced as one thing. Default is no.
 *
 * This is the foundation's rule: staff of participating health, older and disability units and of the creating unit;
 * other participants their own steps and promises and the outline; the patient own approved content; nobody else.
 */
export function decide(action: Action, actor: Actor, facts: Facts): Decision {
  if (actor.kind === 'staff' && !unitOf(actor, facts)) return refuse('unknown-unit', false);
  if (action === 'directory.read') return { allowed: true, relation: 'none' };
  if (facts.plan) return decideInPlan(action, actor, facts, facts.plan);
  if (actor.kind === 'citizen') {
    if (!facts.isSelf) return refuse('another-patient', false);
    return PATIENT_ACTIONS.has(action) ? { allowed: true, relation: 'patient' } : refuse('not-for-this-actor', true);
  }
  if (LOG_ACTIONS.has(action)) return decideOnLog(actor);
  if (action === 'work-list.read')
    return actor.kind === 'staff' ? { allowed: true, relation: 'none' } : refuse('not-for-this-actor', true);
  if (action === 'plan.look-up') return { allowed: true, relation: 'none' };
  // Whatever the area: of each plan only who takes part is told, and of the others nothing.
  if (action === 'plan.list' && actor.kind === 'staff') return { allowed: true, relation: 'none' };
  if (!STAFF_ACTIONS.has(action)) return refuse('no-relation', false);
  if (actor.kind === 'system')
    return action === 'plan.create' || action === 'patient.find'
      ? { allowed: true, relation: 'system' }
      : refuse('not-for-this-actor', false);
  const unit = unitOf(actor, facts);
  if (!unit || !INSIDE.has(unit.area)) return refuse('outside-shared-documentation', false);
  return { allowed: true, relation: 'insider' };
}

/** Staff with the right over their whole provider; that it is their own provider's log, the statement that reads it holds. */
function decideOnLog(actor: Exclude<Actor, { kind: 'citizen' }>): Decision {
  if (actor.kind === 'system') return refuse('not-for-this-actor', false);
  const holds = (actor.commission?.rights ?? []).some((stated) => {
    const [name, kinds, over = ''] = stated.normalize('NFC').split(';');
    return name === 'Loggkontroll' && kinds === 'alla' && ['VG', 'SJF'].includes(over);
  });
  return holds ? { allowed: true, relation: 'insider' } : refuse('log-review-missing', true);
}

function decideInPlan(action: Action, actor: Actor, facts: Facts, plan: PlanFacts): Decision {
  const relation = relationTo(plan, actor, facts);
  if (!relation) return refuse(actor.kind === 'citizen' ? 'another-patient' : 'no-relation', false);
  if (!PLAN_ACTIONS[action]?.includes(relation)) return refuse('not-for-this-actor', true);
  return { allowed: true, relation };
}

/** What the actor is to this plan, or undefined: then the plan does not exist for them. */
export function relationTo(plan: PlanFacts, actor: Actor, facts: Facts): Relation | undefined {
  if (actor.kind === 'citizen') return facts.isSelf ? 'patient' : undefined;
  const taking = plan.participants.filter(({ state }) => state === 'accepted' || state === 'invited');
  if (actor.kind === 'system') {
    return [...plan.owners, ...taking].some((o) => o.provider === actor.providerHsaId) ? 'system' : undefined;
  }
  const unit = unitOf(actor, facts);
  if (!unit) return undefined;
  const own = unit.hsaId;
  if (own === plan.createdByUnit || own === plan.leadUnit) return 'insider';
  const part = taking.find((p) => p.unit === own);
  if (part) return INSIDE.has(unit.area) ? 'insider' : 'outsider';
  const wasPart = plan.participants.some((p) => p.unit === own) || plan.owners.some((o) => o.unit === own);
  return wasPart ? 'former' : undefined;
}

/** How much of one contribution the actor is shown: all of it, its outline, or nothing. */
export function sees(
  relation: Relation,
  actor: Actor,
  contribution: ContributionFacts,
): 'whole' | 'outline' | 'nothing' {
  const header = contribution.outline === 'header' ? 'outline' : 'nothing';
  switch (relation) {
    case 'insider':
      return 'whole';
    case 'patient':
      return contribution.approvedForPatient ? 'whole' : 'nothing';
    case 'system':
      return isOfProvider(actor, contribution) ? 'whole' : header;
    case 'outsider':
      if (isOwn(actor, contribution) || hasDuty(actor, contribution)) return 'whole';
      return contribution.outline ? 'outline' : 'nothing';
    case 'former':
      return isOwn(actor, contribution) || hasDuty(actor, contribution) ? 'whole' : header;
  }
}

function isOwn(actor: Actor, contribution: ContributionFacts): boolean {
  return actor.kind === 'staff' && contribution.ownerUnit === actor.unitHsaId;
}

function hasDuty(actor: Actor, contribution: ContributionFacts): boolean {
  return actor.kind === 'staff' && contribution.duties.some(({ unit }) => unit === actor.unitHsaId);
}

/** What a provider's system may handle: what the provider owns, and what its units are asked, have taken on or promised. */
function isOfProvider(actor: Actor, contribution: ContributionFacts): boolean {
  if (actor.kind !== 'system') return false;
  const own = actor.providerHsaId;
  return contribution.ownerProvider === own || contribution.duties.some(({ provider }) => provider === own);
}

/** The acting unit, when directory and token agree about it: missing or contradictory facts count against the actor. */
function unitOf(actor: StaffActor, facts: Facts): UnitFacts | undefined {
  const unit = facts.actorUnit;
  if (!unit?.active || unit.hsaId !== actor.unitHsaId) return undefined;
  return unit.provider.hsaId === actor.providerHsaId ? unit : undefined;
}

function refuse(reason: Reason, known: boolean): Decision {
  return { allowed: false, reason, known };
}
