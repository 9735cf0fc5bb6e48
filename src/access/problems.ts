import { defineProblem, type Problem, type ProblemFactory } from '../shared/problem.ts';
import { forbidden } from '../shared/problems.ts';
import { REASONS, type Reason } from './policy/reasons.ts';

/** A unit cannot write under a law that it does not work under. */
export const legalBasisNotYours = defineProblem({
  code: 'legal-basis-not-yours',
  kind: 'unprocessable',
  title: {
    sv: 'Enheten arbetar inte enligt den lag som anges',
    en: 'The unit does not work under the law that is stated',
  },
});

/** Refusals that a client must be able to tell from lacking a right: the act itself is what the law does not allow. */
const OF_THE_ACT = [
  'guardian-may-not-block',
  'emergency-only-for-care-providers',
  'no-emergency',
  'disclosure-without-ground',
  'search-ban',
  'second-person-needed',
] as const satisfies readonly Reason[];

const BY_REASON = new Map<Reason, ProblemFactory>(
  OF_THE_ACT.map((reason) => {
    const { sv, en, law } = REASONS[reason];
    return [reason, defineProblem({ code: reason, kind: 'forbidden', title: { sv, en }, law })];
  }),
);

/** The problem of its own that a reason has, for the documentation of a route. */
export function lawRefusal(reason: (typeof OF_THE_ACT)[number]): ProblemFactory {
  return BY_REASON.get(reason)!;
}

/** How a refusal by the policy is told to one who may know: the reason, its words and the paragraph that it comes from. */
export function refusalFor(reason: Reason): Problem {
  const { sv, en, law } = REASONS[reason];
  const own = BY_REASON.get(reason);
  return own ? own({ extra: { reason } }) : forbidden({ detail: { sv, en }, extra: { reason, law } });
}
