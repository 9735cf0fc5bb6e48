import type { ThingId } from '../../shared/ids.ts';
import { addCommitment } from './commitment-commands.ts';
import type { Act, Change, NewOwned } from './contribution.ts';
import type { CreatePlan, PlannedSign, PlannedStep } from './create-plan.ts';
import { planFollowUp } from './follow-up.ts';
import { addGoal } from './goal-commands.ts';
import { addLink } from './link.ts';
import type { ContributionKind, WhomToCall } from './model.ts';
import { addNamedContact } from './named-contact-commands.ts';
import { inviteParticipant } from './participant-commands.ts';
import { isSameParty } from './party.ts';
import { placed, type Ref } from './plan-draft.ts';
import { handAfter, inPlan, type PlanInHand } from './plan-in-hand.ts';
import { addSafetyNetItem, type SafetyNetCommand } from './safety-net.ts';
import { knownByExternalId, SENT_AGAIN } from './sent-again.ts';
import { addStepNaming, type StepCommand } from './step-add.ts';
import { refuseCircle } from './step-order.ts';
import { addWhatMatters } from './what-matters.ts';

type PartKind = Exclude<ContributionKind, 'plan'>;

/** A plan that is brought up to date part by part: each sees what those before it have changed. */
class Resending {
  hand: PlanInHand;
  readonly changes: Change[] = [];
  readonly act: Act;

  constructor(hand: PlanInHand, act: Act) {
    this.hand = hand;
    this.act = act;
  }

  apply(path: string, rule: (hand: PlanInHand) => readonly Change[]): void {
    try {
      const changes = rule(this.hand);
      this.changes.push(...changes);
      this.hand = handAfter(this.hand, changes);
    } catch (error) {
      throw path === '' ? error : placed(error, path);
    }
  }

  /** Brings up to date what is known of a list, and adds what is new of it. Parts without an own id are left alone. */
  each<K extends PartKind, T extends NewOwned>(
    field: string,
    kind: K,
    items: readonly T[] = [],
    add: (hand: PlanInHand, item: T, index: number) => readonly Change[],
    known = (hand: PlanInHand, item: T) => knownByExternalId(hand, kind, item.externalId!, this.act),
  ): void {
    items.forEach((item, i) => {
      if (!item.externalId) return;
      this.apply(`${field}[${i}]`, (hand) => {
        const there = known(hand, item);
        const again = SENT_AGAIN[kind] as (...sent: unknown[]) => Change[];
        return there ? again(hand, there, item, this.act) : add(hand, item, i);
      });
    });
  }
}

/** The keys of a list that is sent again, by place and by the names of its parts: those that known parts have. */
interface ResentKeys {
  readonly ids: readonly ThingId[];
  readonly byRef: ReadonlyMap<Ref, ThingId>;
}

function keysOf<K extends PartKind>(
  sending: Resending,
  kind: K,
  items: readonly (NewOwned & { readonly ref?: Ref })[] = [],
): ResentKeys {
  const byRef = new Map<Ref, ThingId>();
  const ids = items.map(({ externalId, ref }) => {
    const known = externalId && knownByExternalId(sending.hand, kind, externalId, sending.act);
    const id = known?.id ?? sending.act.newId();
    // A part without an own id was made the first time: which of the plan's it is, nobody can tell.
    if (externalId && ref !== undefined) byRef.set(ref, id);
    return id;
  });
  return { ids, byRef };
}

/** What a step names, as the plan's own keys; a field that names a part without an own id is left as it was. */
function readStep(step: PlannedStep, steps: ResentKeys, contacts: ResentKeys): Omit<PlannedStep, 'contact'> & Named {
  const { ref: _ref, contact, predecessors, ...rest } = step;
  const before = predecessors?.map((ref) => steps.byRef.get(ref));
  const { namedContactRef, unit } = contact ?? {};
  const named = namedContactRef === undefined ? undefined : contacts.byRef.get(namedContactRef);
  const isWhole = namedContactRef === undefined || named !== undefined;
  return {
    ...rest,
    ...(contact && isWhole && { contact: { ...(named && { namedContactId: named }), ...(unit && { unit }) } }),
    ...(before && !before.includes(undefined) && { predecessors: before as readonly ThingId[] }),
  };
}
type Named = Pick<StepCommand, 'contact' | 'predecessors'>;

/** New steps come before changes of known ones, which may be put after them. */
function resendSteps(sending: Resending, command: CreatePlan, contacts: ResentKeys): void {
  const { act } = sending;
  const planned = command.steps ?? [];
  const steps = keysOf(sending, 'step', planned);
  const known = planned.map(({ externalId }) => externalId && knownByExternalId(sending.hand, 'step', externalId, act));
  for (const isOld of [false, true]) {
    planned.forEach((step, i) => {
      if (!step.externalId || (known[i] !== undefined) !== isOld) return;
      sending.apply(`steps[${i}]`, (hand) => {
        const sent = readStep(step, steps, contacts);
        if (!isOld) return addStepNaming(hand, sent, sent, act, steps.ids[i]!, 'later');
        return SENT_AGAIN.step!(hand, inPlan(hand, 'step').find(({ id }) => id === steps.ids[i])!, sent, act);
      });
    });
  }
  refuseCircle(inPlan(sending.hand, 'step'), 'steps');
}

/** Whom a sign says to call, when the plan's own key of a named contact can be told. */
function readSign({ call, ...sign }: PlannedSign, contacts: ResentKeys): SafetyNetCommand {
  const read = (whom: NonNullable<typeof call>['day']): WhomToCall | undefined => {
    if (!whom || !('namedContactRef' in whom)) return whom;
    const namedContactId = contacts.byRef.get(whom.namedContactRef);
    return namedContactId && { namedContactId };
  };
  const [day, night] = [read(call?.day), read(call?.night)];
  const isWhole = call && !call.day === !day && !call.night === !night;
  return isWhole ? { ...sign, call: { ...(day && { day }), ...(night && { night }) } } : sign;
}

/**
 * Brings a plan that its source system sends again up to date, on behalf of the planning lead: the header, and those parts
 * that have ids of their own in that system, new ones included. Parts without such an id were made the first time and
 * are left as they are, so that nothing is doubled however often a plan is sent.
 *
 * @throws planning-lead-only (403); what the rule of each part throws, its field named by its place in the command
 */
export function resendPlan(hand: PlanInHand, command: CreatePlan, act: Act): Change[] {
  const sending = new Resending(hand, act);
  sending.apply('', (now) => SENT_AGAIN.plan!(now, now.plan, command, act));
  sending.each(
    'participants',
    'participant',
    command.participants,
    (now, one) => inviteParticipant(now, one, act),
    (now, one) => inPlan(now, 'participant').find(({ party }) => isSameParty(party, one.party)),
  );
  sending.each('whatMatters', 'what-matters', command.whatMatters, (now, words) => addWhatMatters(now, words, act));
  sending.each('goals', 'goal', command.goals, (now, goal) => addGoal(now, goal, act));
  const contacts = keysOf(sending, 'named-contact', command.namedContacts);
  sending.each('namedContacts', 'named-contact', command.namedContacts, (now, { ref: _ref, ...contact }, i) =>
    addNamedContact(now, contact, act, contacts.ids[i]),
  );
  resendSteps(sending, command, contacts);
  sending.each('commitments', 'commitment', command.commitments, (now, promise) => addCommitment(now, promise, act));
  const signs = command.safetyNet?.map((sign) => readSign(sign, contacts));
  sending.each('safetyNet', 'safety-net-item', signs, (now, sign) => addSafetyNetItem(now, sign, act));
  sending.each('followUps', 'follow-up', command.followUps, (now, followUp) => planFollowUp(now, followUp, act));
  sending.each('links', 'link', command.links, (now, link) => addLink(now, link, act));
  return sending.changes;
}
