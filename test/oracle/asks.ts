import { type Ask, type Criterion, READS, WRITES } from './ask.ts';
import type { Pair } from './coverage.ts';
import { Dice } from './dice.ts';
import { type Asking, citizen, NUMBERS, ORDINARY_STAFF, PATIENTS, SPECIAL_STAFF, SYSTEMS } from './people.ts';
import { tst } from './places.ts';
import type { World } from './world.ts';

/** Who is near a world's plans is asked for always; others now and then. */
const EVERYBODY: readonly Asking[] = [
  ...ORDINARY_STAFF,
  ...SPECIAL_STAFF,
  ...SYSTEMS,
  ...(Object.keys(NUMBERS) as (keyof typeof NUMBERS)[]).map(citizen),
];

function askersOf(world: World, dice: Dice): Asking[] {
  const near = new Set(
    world.plans.flatMap(({ creator, lead, things }) => [
      creator,
      lead,
      ...things.flatMap(({ owner, party }) => [
        owner,
        ...(typeof party === 'object' && 'unit' in party ? [party.unit] : []),
      ]),
    ]),
  );
  const related = new Set(world.related.map(({ who }) => who));
  const isNear = (asking: Asking) =>
    asking.kind === 'staff'
      ? near.has(asking.unit)
      : asking.kind === 'system'
        ? true
        : related.has(asking.id) || asking.id === world.patient.name;
  return EVERYBODY.filter((asking) => dice.chance(isNear(asking) ? 1 : 0.3));
}

/** What those with a right of its own are there for. */
const OFFICES: readonly (readonly [profile: string, whats: readonly Ask['what'][]])[] = [
  ['blocks', ['block.set', 'block.set', 'block.set of another']],
  ['log', ['log.extract']],
  ['office', ['export.take', 'export.answer', 'log.extract', 'export.ask']],
  ['plans', ['guardian-block.set', 'unit-decision.record', 'sealing.set', 'protection.set', 'protection.grant-access']],
];

const READING = [
  [10, 'plan'],
  [3, 'fhir'],
  [2, 'history'],
  [3, 'allowed-actions'],
  [2, 'list'],
] as const;

/** By what a search that names no person might find them; the first two are one that is banned and one that is not. */
const CRITERIA: readonly Criterion[] = [
  { owner: tst('XO1') },
  { owner: tst('XK1') },
  { party: tst('XM1') },
  { party: tst('XA1') },
  { kind: 'GP' },
  { kind: 'SIP' },
  { legalBasis: 'LSS' },
  { legalBasis: 'HSL' },
  { text: 'hemtjänst' },
];

function whatFor(dice: Dice, { kind, id }: Asking, world: World): Ask['what'] {
  if (kind === 'system')
    return dice.weighted([
      [4, 'plan'],
      [1, 'fhir'],
      [2, 'history'],
      [2, 'allowed-actions'],
      [0.5, 'discharge.read'],
      [0.5, 'discharge.send'],
    ] as const);
  if (kind === 'citizen')
    return dice.weighted([
      ...READING,
      [3, 'overview'],
      [1, 'my-overview'],
      [2, 'block.set'],
      [1, 'sealing.set'],
    ] as const);
  const [, office] = OFFICES.find(([profile]) => id.endsWith(profile)) ?? [];
  if (office && dice.chance(0.6)) return dice.pick(office);
  const isInEmergency = world.emergencies.some(({ staff }) => id === `${staff.slice(-4, -1)}full`);
  if (isInEmergency && dice.chance(0.3)) return 'emergency.close';
  if (kind === 'staff' && id === `${world.relations[0]?.unit.slice(-3)}full` && dice.chance(0.12))
    return 'care-relation.end';
  const isSocial = kind === 'staff' && /^X[OM]/.test(id);
  // Social care's way has reasons of its own, and fewer units: they are asked for more often.
  if (isSocial)
    return dice.weighted([
      [11, 'plan'],
      [3, 'fhir'],
      [2, 'allowed-actions'],
      [1, 'history'],
      [1, 'existence'],
      [0.3, 'search'],
      [1, 'work-list'],
      [1, 'emergency.open'],
      [2, dice.pick(WRITES)],
    ] as const);
  return dice.weighted([
    ...READING,
    [2, 'existence'],
    [0.5, 'search'],
    [0.7, 'work-list'],
    [0.3, 'work-list in pages'],
    [0.5, 'discharge.read'],
    [4, dice.pick(WRITES)],
  ] as const);
}

/** Who asks for the own record and has one in another world is answered about that. */
const isOfThis = ({ patient }: World, { id }: Asking, what: Ask['what']): boolean =>
  what !== 'my-overview' || id === patient.name || PATIENTS.every((name) => name !== id);

/** The requests of one world, each just before the pivot and at it. */
export function asksFor(world: World): Ask[] {
  const dice = new Dice(world.seed ^ 0x5eed);
  return askersOf(world, dice).flatMap((asking) => {
    const plan = dice.pick(world.plans).id;
    const wanted = whatFor(dice, asking, world);
    const what = isOfThis(world, asking, wanted) ? wanted : 'overview';
    const by = what === 'search' ? { by: dice.pick(CRITERIA) } : {};
    return [world.pivot - 1, world.pivot].map((at) => ({ what, asking, at, plan, ...by }));
  });
}

const OF_STAFF_ALONE: readonly string[] = ['existence', 'search', 'work-list'];
const OF_BOTH: readonly string[] = ['plan', 'fhir', 'history', 'allowed-actions'];
const OF_MACHINES: readonly string[] = [...OF_BOTH, 'discharge.read', 'discharge.send'];
const OF_CITIZENS: readonly string[] = [...OF_BOTH, 'list', 'overview', 'my-overview', 'block.set', 'sealing.set'];

/** Some doors are for some kinds of actors: what the others are answered there is not the law's. */
function isAskedBy({ kind }: Asking, what: Ask['what']): boolean {
  if (kind === 'staff') return what !== 'overview' && what !== 'my-overview';
  if (OF_STAFF_ALONE.includes(what)) return false;
  return (kind === 'system' ? OF_MACHINES : OF_CITIZENS).includes(what);
}

/** Who can be asked for what, whatever the world. */
export const PAIRS: readonly Pair[] = [...READS, ...WRITES].flatMap((what) =>
  EVERYBODY.filter((asking) => isAskedBy(asking, what)).map((asking) => ({ what, asking })),
);

/** What some may ask in a world, each about every plan and on both sides of the pivot. */
export function* asksOf(world: World, pairs: readonly Pair[]): Generator<Ask> {
  for (const pair of pairs.filter(({ what, asking }) => isOfThis(world, asking, what)))
    for (const { id: plan } of world.plans)
      for (const at of [world.pivot - 1, world.pivot])
        for (const by of pair.what === 'search' ? CRITERIA.slice(0, 2) : [undefined])
          yield { ...pair, at, plan, ...(by ? { by } : {}) };
}
