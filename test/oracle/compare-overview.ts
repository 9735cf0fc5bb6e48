import { ownKey, type Shown } from './compare-plan.ts';
import { everything, type Question } from './law/question.ts';
import { isThere, seenIn } from './law/sees.ts';
import type { PlanOf } from './world.ts';

/** Plans that are lived by: the others are not told in the overview. */
const LIVED: readonly PlanOf['status'][] = ['proposed', 'active', 'on-hold'];
/** What the overview tells each of, whatever its state. */
const TOLD = ['plan', 'what-matters', 'goal', 'step', 'commitment', 'link'];

/** What the law lets the patient's side see of the plans that are lived by, in one. */
export function toldToPatient(question: Question): Shown {
  const told = new Map<string, string>();
  for (const plan of question.world.plans) {
    const seen = seenIn(question, plan);
    if (!LIVED.includes(plan.status) || !isThere(question, plan, seen)) continue;
    const kinds = new Map(everything(plan).map(({ id, kind }) => [id, kind]));
    for (const { id, verdict } of seen)
      if (verdict.shown !== 'nothing' && TOLD.includes(kinds.get(id)!)) told.set(id, 'shown');
  }
  return told;
}

type Told = { readonly id: string };
type Side = { readonly steps: readonly Told[]; readonly promises: readonly Told[] };

/** What an overview tells, by the keys of the things. */
export function shownInOverview(body: Record<string, unknown>): Shown {
  const lists = ['plans', 'whatMatters', 'goals', 'past', 'links'].map((name) => body[name] as readonly Told[]);
  const sides = Object.values(body.doing as Readonly<Record<string, Side>>);
  const all = [...lists.flat(), ...sides.flatMap(({ steps, promises }) => [...steps, ...promises])];
  return new Map(all.map(({ id }) => [ownKey(id), 'shown']));
}
