import { MESSAGE_MOVES, STAY_MOVES } from '../discharge/index.ts';
import { CONTACT_MOVES, HANDOVER_MOVES, PARTICIPANT_MOVES, PLAN_MOVES, STEP_MOVES } from '../plans/index.ts';

type Moves = Readonly<Record<string, readonly string[]>>;

/** A mistake can be marked from anywhere: drawn, it would be a line from every state and say nothing. */
const UNDRAWN = 'entered-in-error';

/** Mermaid reads a hyphen as part of an arrow. */
const nameOf = (state: string) => state.replaceAll('-', '_');

function drawn(states: readonly string[], lines: readonly string[]): string {
  const named = states.filter((state) => state.includes('-')).map((state) => `  ${nameOf(state)}: ${state}`);
  return ['```mermaid', 'stateDiagram-v2', ...named, ...lines, '```'].join('\n');
}

function diagramOf(moves: Moves, first: string): string {
  const states = Object.keys(moves).filter((state) => state !== UNDRAWN);
  const lines = states.flatMap((from) => {
    const next = moves[from]!.filter((to) => to !== UNDRAWN);
    return next.length === 0 ? [`  ${nameOf(from)} --> [*]`] : next.map((to) => `  ${nameOf(from)} --> ${nameOf(to)}`);
  });
  return drawn(states, [`  [*] --> ${nameOf(first)}`, ...lines]);
}

/** Each message that moves a stay is an arrow with its name; back from leave leads to where the stay was. */
function stayDiagram(): string {
  const states = Object.keys(STAY_MOVES).filter((state) => state !== 'cancelled');
  const lines = states.flatMap((from) => {
    const moves = Object.entries(STAY_MOVES[from as keyof typeof STAY_MOVES]).filter(([, to]) => to !== 'same');
    if (moves.length === 0) return [`  ${nameOf(from)} --> [*]`];
    return moves.flatMap(([message, to]) => {
      const ends = to === 'before' ? ['admitted', 'ready'] : [to];
      return ends.map((end) => `  ${nameOf(from)} --> ${nameOf(end)}: ${message}`);
    });
  });
  return drawn(states, ['  [*] --> admitted: admission', ...lines]);
}

/** Every state diagram of the documents, by the name that stands in its mark: drawn from the tables that the rules use. */
export const STATE_DIAGRAMS: Readonly<Record<string, () => string>> = {
  plan: () => diagramOf(PLAN_MOVES, 'draft'),
  step: () => diagramOf(STEP_MOVES, 'proposed'),
  'named-contact': () => diagramOf(CONTACT_MOVES, 'requested'),
  participant: () => diagramOf(PARTICIPANT_MOVES, 'invited'),
  handover: () => diagramOf(HANDOVER_MOVES, 'offered'),
  'discharge-message': () => diagramOf(MESSAGE_MOVES, 'sent'),
  'hospital-stay': stayDiagram,
};

const MARK = /<!-- diagram: ([a-z-]+) -->\n[\s\S]*?<!-- \/diagram -->/g;

/**
 * A document with its diagrams drawn anew, between `<!-- diagram: step -->` and `<!-- /diagram -->`.
 *
 * @throws Error for a mark of a diagram that there is none of
 */
export function withDiagrams(document: string): string {
  return document.replaceAll(MARK, (_all, name: string) => {
    const draw = STATE_DIAGRAMS[name];
    if (!draw) throw new Error(`no such diagram: ${name}`);
    return `<!-- diagram: ${name} -->\n\n${draw()}\n\n<!-- /diagram -->`;
  });
}
