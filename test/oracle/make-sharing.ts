import type { Dice } from './dice.ts';
import { before, endingSpan, openSpan, some } from './make-times.ts';
import { principalOf, providerOf } from './places.ts';
import type { ConsentGiven, Kind, World } from './world.ts';

const NARROW: readonly (readonly Kind[])[] = [
  ['step', 'plan', 'participant'],
  ['named-contact', 'safety-net-item'],
  ['goal'],
];

/** Consents of all types, most of them to who is near the plans. */
export function makeConsents(
  dice: Dice,
  pivot: number,
  near: readonly string[],
  w: Pick<World, 'related' | 'plans'>,
): ConsentGiven[] {
  const guardians = w.related.filter(({ relation }) => relation === 'guardian').map(({ id }) => id);
  const byGuardians = guardians.length > 0 && dice.chance(0.5);
  const make = (type: ConsentGiven['type'], to: ConsentGiven['to']): ConsentGiven => ({
    id: dice.uuid(),
    type,
    to,
    state: dice.weighted([
      [12, 'given'],
      [1, 'refused'],
      [1, 'withdrawn'],
    ] as const),
    ...endingSpan(dice, pivot),
    ...(dice.chance(0.15) ? { plan: dice.pick(w.plans).id } : {}),
    ...(dice.chance(0.42) ? { kinds: dice.pick(NARROW) } : {}),
    ...(byGuardians
      ? {
          guardians: dice
            .some(guardians, 0.8)
            .map((related) => ({ related, answer: dice.chance(0.8) ? ('yes' as const) : ('no' as const) })),
        }
      : {}),
    mistaken: dice.chance(0.04),
  });
  const reading = dice.some(near, 0.68).map((unit) => {
    const provider = providerOf(unit);
    const type = dice.chance(0.94)
      ? provider.kind === 'care'
        ? 'read-care'
        : 'read-social'
      : dice.pick(['read-care', 'read-social', 'disclosure', 'sip'] as const);
    return make(type, dice.chance(0.5) ? { kind: 'unit', id: unit } : { kind: 'provider', id: provider.id });
  });
  const principals = [...new Set(near.map((unit) => principalOf(unit).id))];
  const planning = dice.some(principals, 0.8).map((id) => make('sip', { kind: 'principal', id }));
  const aside = dice.some(near, 0.15).map((unit) =>
    make(
      'sip',
      dice.pick([
        { kind: 'unit', id: unit },
        { kind: 'provider', id: providerOf(unit).id },
      ] as const),
    ),
  );
  return [...reading, ...planning, ...aside];
}

/** Blocks of who is near the plans. */
export function makeBlocks(dice: Dice, pivot: number, near: readonly string[]): World['blocks'] {
  return dice.times(
    dice.weighted([
      [4, 0],
      [4, 1],
      [2, 2],
    ] as const),
    () => {
      const unit = dice.pick(near);
      const reach = dice.pick(['inner', 'outer'] as const);
      const period = openSpan(dice, pivot);
      const hasUnit = reach === 'inner' || dice.chance(0.4);
      return {
        id: dice.uuid(),
        reach,
        provider: providerOf(unit).id,
        ...(hasUnit ? { unit } : {}),
        ...period,
        ...(dice.chance(0.2)
          ? { written: dice.pick([{ from: before(dice, pivot) }, { until: before(dice, pivot) }]) }
          : {}),
        ...(dice.chance(0.12) ? { liftedAt: some(dice, pivot) } : {}),
        ...(dice.chance(0.15) ? { liftedFor: [{ unit: dice.pick(near), ...endingSpan(dice, pivot) }] } : {}),
      };
    },
  );
}
