import type { PlanOf, Thing, World } from './world.ts';

const LISTS = [
  'related',
  'told',
  'inability',
  'consents',
  'relations',
  'blocks',
  'emergencies',
  'guardianBlocks',
  'sealings',
  'unitDecisions',
  'listed',
  'copies',
  'exports',
] as const;

/** What a fact of a plan stands on: with a step go its reports. */
function without(plan: PlanOf, thing: Thing): PlanOf {
  const things = plan.things
    .filter((one) => one.id !== thing.id && one.about !== thing.id)
    .map((one) => (one.parts ? { ...one, parts: one.parts.filter(({ id }) => id !== thing.id) } : one));
  return { ...plan, things };
}

/** Every world that is smaller by one fact. */
function* smaller(world: World): Generator<World> {
  for (const list of LISTS) {
    for (const fact of world[list])
      yield { ...world, [list]: (world[list] as readonly unknown[]).filter((one) => one !== fact) };
  }
  for (const plan of world.plans) {
    if (world.plans.length > 1) yield { ...world, plans: world.plans.filter((one) => one !== plan) };
    for (const thing of plan.things) {
      const rest = without(plan, thing);
      yield { ...world, plans: world.plans.map((one) => (one === plan ? rest : one)) };
    }
  }
  const { deceasedOn: _died, grade: _grade, ...patient } = world.patient;
  if (_died || _grade) yield { ...world, patient: { ...patient, protectedWhile: [] } };
  if (!patient.ageKnown) yield { ...world, patient: { ...world.patient, ageKnown: true } };
}

/** Takes away facts, one by one, for as long as the difference is still there: what is left is the story. */
export async function shrinkWorld(world: World, isStillThere: (world: World) => Promise<boolean>): Promise<World> {
  let small = world;
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (const candidate of smaller(small)) {
      // What was taken away may stand in what is left of an earlier candidate: each is made of the smallest so far.
      if (!(await isStillThere(candidate))) continue;
      small = candidate;
      isSmaller = true;
      break;
    }
  }
  return small;
}
