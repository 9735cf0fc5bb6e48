import type { ThingId } from '../../shared/ids.ts';
import { swedishDate } from '../../shared/swedish-time.ts';
import type { PlanContext } from './context.ts';
import type {
  ApprovalMethod,
  Commitment,
  CommitmentState,
  Goal,
  GoalState,
  Instant,
  SwedishDate,
  When,
} from './model.ts';
import { type WriterView, writerView } from './overview-people.ts';
import { type PartyView, partyView } from './party-view.ts';
import { latestInWords } from './when-words.ts';

/** A promise, whoever made it: one broken by care reads exactly as one by the patient. */
export interface PromiseView {
  readonly id: ThingId;
  readonly planId: ThingId;
  readonly revision: number;
  readonly by: PartyView;
  readonly to: PartyView;
  readonly text: string;
  readonly due?: When;
  readonly dueWords?: string;
  readonly state: CommitmentState;
  /** `gäller`, `hållet`, `inte hållet`. */
  readonly words: string;
  readonly judged?: { readonly at: Instant; readonly by: WriterView; readonly why?: string };
  readonly answer?: { readonly by: WriterView; readonly at: Instant; readonly method?: ApprovalMethod };
  readonly proposal?: { readonly agreementVersion: number; readonly changes: Readonly<Record<string, unknown>> };
}

export interface GoalView {
  readonly id: ThingId;
  readonly planId: ThingId;
  readonly revision: number;
  readonly text: string;
  readonly whose: Goal['whose'];
  readonly state: GoalState;
  readonly targetOn?: SwedishDate;
  readonly proposal?: { readonly agreementVersion: number; readonly changes: Readonly<Record<string, unknown>> };
}

const STATE_WORDS: Readonly<Record<'sv' | 'en', Readonly<Record<CommitmentState, string>>>> = {
  sv: {
    proposed: 'förslag, inte bekräftat',
    accepted: 'gäller',
    kept: 'hållet',
    broken: 'inte hållet',
    released: 'gäller inte längre',
    'entered-in-error': 'felaktigt infört',
  },
  en: {
    proposed: 'proposed, not confirmed',
    accepted: 'in force',
    kept: 'kept',
    broken: 'not kept',
    released: 'no longer in force',
    'entered-in-error': 'entered in error',
  },
};

/** A promise as the patient reads it; the state is what someone has judged, never drawn from missed ticks. */
export function promiseView(promise: Commitment, context: PlanContext): PromiseView {
  const { judged, answeredBy, proposal, due } = promise;
  return {
    id: promise.id,
    planId: promise.planId,
    revision: promise.revision,
    by: partyView(promise.by, context),
    to: partyView(promise.to, context),
    text: promise.text,
    ...(due !== undefined && { due, dueWords: latestInWords(due, swedishDate(context.now), context.language) }),
    state: promise.state,
    words: STATE_WORDS[context.language][promise.state],
    ...(judged && {
      judged: {
        at: judged.at,
        by: writerView(judged.by, context),
        ...(judged.why !== undefined && { why: judged.why }),
      },
    }),
    ...(answeredBy && {
      answer: {
        by: writerView(answeredBy, context),
        at: answeredBy.at,
        ...(answeredBy.method && { method: answeredBy.method }),
      },
    }),
    ...(proposal && { proposal: { agreementVersion: proposal.agreementVersion, changes: proposal.changes } }),
  };
}

/** A goal in plain words. */
export function goalView(goal: Goal): GoalView {
  const { id, planId, revision, text, whose, state, targetOn, proposal } = goal;
  return {
    id,
    planId,
    revision,
    text,
    whose,
    state,
    ...(targetOn !== undefined && { targetOn }),
    ...(proposal && { proposal: { agreementVersion: proposal.agreementVersion, changes: proposal.changes } }),
  };
}
