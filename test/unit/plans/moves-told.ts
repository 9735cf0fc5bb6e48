/**
 * Reads moves as the domain's own text states them ("draft → proposed · active ⇄ on-hold · a, b → c"), so that a table is
 * compared with the sentence and not with a copy of itself.
 */
export function movesTold(sentence: string): Set<string> {
  const moves = new Set<string>();
  for (const clause of sentence.split(' · ')) {
    const both = clause.includes('⇄');
    const [from = '', to = ''] = clause.split(both ? ' ⇄ ' : ' → ');
    for (const a of from.split(', ')) {
      for (const b of to.split(', ')) {
        moves.add(`${a} → ${b}`);
        if (both) moves.add(`${b} → ${a}`);
      }
    }
  }
  return moves;
}

/** Every pair of states. */
export function pairs<S extends string>(states: readonly S[]): readonly (readonly [S, S])[] {
  return states.flatMap((from) => states.map((to) => [from, to] as const));
}
