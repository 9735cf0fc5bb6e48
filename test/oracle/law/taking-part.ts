import { providerOf } from '../places.ts';
import type { PlanOf, Thing } from '../world.ts';
import { type AnyThing, everything, isUnit, type Question, within } from './question.ts';

/** How a unit takes part in a plan, and what there is its own to do. */

const OPEN_STEPS = ['agreed', 'booked', 'in-progress', 'on-hold'];
const TAKEN_STEPS = [...OPEN_STEPS, 'done', 'not-done'];
const ASKED_STEPS = ['wished', 'proposed'];

const linesOf = (plan: PlanOf, unit: string) =>
  plan.things.filter((it) => it.kind === 'participant' && !it.mistaken && isUnit(it.party, unit));

export const leads = (plan: PlanOf, unit: string) => plan.creator === unit || plan.lead === unit;

/** Invited or taking part now. */
export const takesPart = (plan: PlanOf, unit: string) =>
  linesOf(plan, unit).some(({ state }) => state === 'invited' || state === 'accepted');

/** Its part is over: it has left or declined, and is not there on any other line. */
export const isOver = (plan: PlanOf, unit: string) =>
  linesOf(plan, unit).length > 0 && !takesPart(plan, unit) && plan.lead !== unit;

/** When it ended; undefined when there is nothing that says. */
export function endedAt(plan: PlanOf, unit: string): number | undefined {
  const ends = linesOf(plan, unit).map(({ changedAt }) => changedAt);
  return isOver(plan, unit) ? Math.max(...ends) : undefined;
}

/** An accepted duty that is not over: to act on a step, keep a promise, be the contact, follow up. */
function isOpenDuty(thing: Thing, unit: string): boolean {
  if (thing.mistaken) return false;
  switch (thing.kind) {
    case 'step':
      return OPEN_STEPS.includes(thing.state!) && (thing.unit === unit || isUnit(thing.party, unit));
    case 'commitment':
      return thing.state === 'accepted' && isUnit(thing.party, unit);
    case 'named-contact':
      return thing.state === 'designated' && thing.unit === unit;
    case 'follow-up':
      return !thing.done && thing.unit === unit;
    default:
      return false;
  }
}

const hasOpenDuty = (plan: PlanOf, unit: string) => plan.things.some((thing) => isOpenDuty(thing, unit));

/** Plans that have ended give no duties. */
const LIVING = ['draft', 'proposed', 'active', 'on-hold'];

/** A relation that the unit itself has registered, with the person and whatever plan. */
export function hasRegistered({ world, now }: Question, unit: string, after = Number.NEGATIVE_INFINITY): boolean {
  const kinds = providerOf(unit).kind === 'care' ? ['care'] : ['intervention', 'investigation'];
  return (
    !world.patient.deceasedOn &&
    world.relations.some((it) => it.unit === unit && kinds.includes(it.kind) && it.from > after && within(now, it))
  );
}

/** A relation in force: registered, or following from taking part with an accepted duty. */
export function hasRelation(question: Question, plan: PlanOf, unit: string): boolean {
  // What was registered before the part was over went with it.
  if (hasRegistered(question, unit, endedAt(plan, unit))) return true;
  if (question.world.patient.deceasedOn) return false;
  if (!LIVING.includes(plan.status)) return false;
  // To lead a plan is a duty that has been taken.
  return (
    plan.lead === unit || (linesOf(plan, unit).some(({ state }) => state === 'accepted') && hasOpenDuty(plan, unit))
  );
}

function isDutyIn(thing: AnyThing, unit: string): 'accepted' | 'asked' | undefined {
  switch (thing.kind) {
    case 'step':
      if (thing.unit === unit) return 'accepted';
      if (isUnit(thing.party, unit) && TAKEN_STEPS.includes(thing.state!)) return 'accepted';
      return (isUnit(thing.party, unit) && ASKED_STEPS.includes(thing.state!)) || thing.support === unit
        ? 'asked'
        : undefined;
    case 'commitment':
      if (isUnit(thing.party, unit))
        return ['accepted', 'kept', 'broken'].includes(thing.state!) ? 'accepted' : 'asked';
      return isUnit(thing.to, unit) ? 'asked' : undefined;
    case 'participant':
      if (!isUnit(thing.party, unit)) return undefined;
      return thing.state === 'accepted' ? 'accepted' : thing.state === 'invited' ? 'asked' : undefined;
    case 'named-contact':
      return thing.unit === unit ? (thing.state === 'designated' ? 'accepted' : 'asked') : undefined;
    case 'follow-up':
      return thing.unit === unit ? 'accepted' : undefined;
    case 'agreement-act':
      return isUnit(thing.party, unit) ? 'accepted' : undefined;
    case 'agreement-version':
      return thing.parts?.some(({ party }) => isUnit(party, unit)) ? 'asked' : undefined;
    default:
      return undefined;
  }
}

/** Whether a thing is this unit's own to do, or about such a thing. */
export function dutyIn(plan: PlanOf, thing: AnyThing, unit: string): 'accepted' | 'asked' | undefined {
  const own = isDutyIn(thing, unit);
  if (own || thing.about === undefined) return own;
  const about = plan.things.find(({ id }) => id === thing.about);
  return about && (about.kind === 'step' || about.kind === 'commitment') ? isDutyIn(about, unit) : undefined;
}

/** Takes part in any way: on a line of its own, as the one who leads, or by what it is asked or has to do. */
export const isIn = (plan: PlanOf, unit: string) =>
  takesPart(plan, unit) ||
  (leads(plan, unit) && !isOver(plan, unit)) ||
  (!isOver(plan, unit) && plan.things.some((thing) => isWork(thing) && isDutyIn(thing, unit) !== undefined));

const isWork = (thing: Thing) =>
  !thing.mistaken && ['step', 'commitment', 'named-contact', 'follow-up'].includes(thing.kind);

/** Its own duty in a thing: what it has taken on stays, what it was asked goes with its part and comes with a new asking. */
export function dutyLeft(plan: PlanOf, thing: AnyThing, unit: string): 'accepted' | 'asked' | undefined {
  const duty = dutyIn(plan, thing, unit);
  if (!duty || thing.mistaken) return undefined;
  if (duty === 'accepted' || isIn(plan, unit)) return duty;
  const ended = endedAt(plan, unit);
  if (ended !== undefined) return thing.writtenAt > ended ? duty : undefined;
  // Who has only written something is past it.
  return everything(plan).some(({ owner }) => owner === unit) ? undefined : duty;
}

/** Whether a unit has, or has had, any part in a plan. */
export const hasPart = (plan: PlanOf, unit: string) =>
  isIn(plan, unit) || isOver(plan, unit) || everything(plan).some(({ owner }) => owner === unit);
