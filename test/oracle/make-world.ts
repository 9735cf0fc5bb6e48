import { Dice } from './dice.ts';
import { makePlan } from './make-plan.ts';
import { makeBlocks, makeConsents } from './make-sharing.ts';
import { before, birthday, choosePivot, endingSpan, openSpan, some, someDay } from './make-times.ts';
import { bornOn, ORDINARY_STAFF, OTHERS, type PatientName, SPECIAL_STAFF, SYSTEMS } from './people.ts';
import { OPEN_UNITS, PROVIDERS, providerOf } from './places.ts';
import type { CopyHanded, PlanOf, RelatedPerson, World } from './world.ts';

/** Units that write or take part in the plans: what is recorded is mostly about them. */
function unitsIn(plans: readonly PlanOf[]): string[] {
  const all = plans.flatMap(({ creator, lead, things }) => [
    creator,
    lead,
    ...things.flatMap(({ owner, party }) => [
      owner,
      ...(typeof party === 'object' && 'unit' in party ? [party.unit] : []),
    ]),
  ]);
  return [...new Set(all)];
}

function makeRelated(dice: Dice, pivot: number, isMinor: boolean): RelatedPerson[] {
  const people = dice.some(OTHERS, 0.6);
  return people.map((who) => {
    const relation = dice.weighted<RelatedPerson['relation']>([
      [isMinor ? 6 : 1, 'guardian'],
      [isMinor ? 1 : 3, 'legal-representative'],
      [1, 'proxy'],
      [2, 'relative'],
    ]);
    const hasEnd = dice.chance(0.25);
    return {
      id: dice.uuid(),
      who,
      relation,
      ...(dice.chance(0.2) ? { from: someDay(dice, pivot, [-200, -30, 0, 1]) } : {}),
      ...(hasEnd ? { until: someDay(dice, pivot, [-1, 0, 1, 30]) } : {}),
      ...(relation === 'legal-representative' && dice.chance(0.6) ? { decision: 'Ö 1-24' } : {}),
      isProtected: dice.chance(0.08),
      mistaken: dice.chance(0.05),
    };
  });
}

function makePatient(dice: Dice, name: PatientName, pivot: number): World['patient'] {
  const grade = dice.weighted([
    [9, undefined],
    [0.7, 'confidentiality-mark'],
    [0.7, 'protected-registration'],
    [0.6, 'lifted'],
  ] as const);
  const from = before(dice, pivot);
  return {
    name,
    ageKnown: dice.chance(0.92),
    ...(dice.chance(0.04) ? { deceasedOn: someDay(dice, pivot, [-1, -3]) } : {}),
    ...(grade ? { grade } : {}),
    protectedWhile:
      grade === undefined
        ? []
        : [grade === 'lifted' ? { from, until: Math.min(from + 20 * 86_400_000, pivot - 1) } : { from }],
  };
}

function makeListed(dice: Dice, pivot: number, patient: World['patient'], related: World['related']): World['listed'] {
  if (patient.grade === undefined && dice.chance(0.97)) return [];
  const staff = [...ORDINARY_STAFF, ...SPECIAL_STAFF.slice(0, 6), ...SPECIAL_STAFF.filter(({ id }) => OFFICE.test(id))];
  return [
    ...dice.some(staff, 0.45).map((one) => ({
      staff: one.staff,
      ...(dice.chance(0.3) ? { unit: dice.chance(0.7) ? one.unit : dice.pick(OPEN_UNITS) } : {}),
    })),
    ...dice.some(SYSTEMS, 0.5).map(({ id }) => ({ client: id })),
    ...dice.some(related, 0.5).map(({ id }) => ({ related: id })),
  ].map((one) => ({ id: dice.uuid(), ...one, ...openSpan(dice, pivot) }));
}

/** A copy is for somebody else: within a provider nothing is handed over. */
const isOwn = (from: string, to: CopyHanded['to']) =>
  providerOf(from).id === (to.kind === 'unit' ? providerOf(to.id).id : to.id);

function makeCopies(dice: Dice, pivot: number, plans: readonly PlanOf[]): CopyHanded[] {
  const copies = dice.times(
    dice.weighted([
      [4, 0],
      [4, 1],
      [1, 2],
    ] as const),
    () => {
      const plan = dice.pick(plans);
      const from = dice.pick(plan.things.length > 0 ? plan.things : [plan.header]).owner;
      const own = plan.things.filter((thing) => thing.owner === from);
      const to = dice.pick(OPEN_UNITS);
      const at = Math.max(before(dice, pivot), ...own.map(({ writtenAt }) => writtenAt));
      return {
        id: dice.uuid(),
        plan: plan.id,
        from,
        to: dice.chance(0.7) ? { kind: 'unit' as const, id: to } : { kind: 'provider' as const, id: providerOf(to).id },
        at,
        whole: dice.chance(0.3),
        // What has changed since then was another revision.
        items: dice
          .some(own, 0.7)
          .map(({ id, revision, changedAt }) => ({ id, revision: changedAt > at ? 1 : revision })),
      };
    },
  );
  return copies.filter(({ items, from, to }) => items.length > 0 && !isOwn(from, to));
}

const OFFICE = /plans$|office$/;

/** What offices have asked to take out, mostly of a person who is or has been protected: whoever asks may ask. */
function makeExports(dice: Dice, pivot: number, { grade }: World['patient']): World['exports'] {
  if (grade === undefined && dice.chance(0.9)) return [];
  const askers = SPECIAL_STAFF.filter(({ id }) => OFFICE.test(id));
  return dice.times(dice.pick([0, 1, 1, 2]), () => {
    const { staff, unit } = dice.pick(askers);
    const others = askers.filter((one) => one.staff !== staff);
    const yes = dice.chance(0.7) ? { approvedBy: dice.pick(others).staff } : {};
    return { id: dice.uuid(), staff, unit, ...yes, ...endingSpan(dice, pivot) };
  });
}

/** A random world about one person, with boundaries at one instant. */
export function makeWorld(seed: number, name: PatientName): World {
  const dice = new Dice(seed);
  const pivot = choosePivot(dice, name);
  const isMinor = new Date(pivot).toISOString().slice(0, 10) <= birthday(bornOn(name), 18);
  const patient = makePatient(dice, name, pivot);
  const related = makeRelated(dice, pivot, isMinor);
  const ids = related.map(({ id }) => id);
  const first = makePlan(dice, pivot, ids, false);
  const plans = dice.chance(0.25) ? [first, makePlan(dice, pivot, ids, true)] : [first];
  const units = unitsIn(plans);
  const near = [...new Set([...units, ...dice.times(3, () => dice.pick(OPEN_UNITS))])];
  const guardians = related.filter(({ relation }) => relation === 'guardian').map(({ id }) => id);
  const providers = new Set(near.map((unit) => providerOf(unit).id));
  const one = (likelihood: number, make: () => object) =>
    dice.chance(likelihood) ? [{ id: dice.uuid(), ...make(), ...openSpan(dice, pivot) }] : [];
  return {
    seed,
    pivot,
    patientKey: dice.uuid(),
    patient,
    related,
    told: PROVIDERS.filter(({ id }) => providers.has(id) && dice.chance(0.76)).map(({ id }) => ({
      id: dice.uuid(),
      provider: id,
      at: some(dice, pivot),
    })),
    inability: one(0.38, () => ({
      kind: dice.chance(0.8) ? 'lasting' : 'child',
      noReasonToObject: dice.chance(0.8),
    })) as never,
    consents: makeConsents(dice, pivot, near, { related, plans }),
    relations: dice.some(near, 0.72).map((unit) => ({
      id: dice.uuid(),
      unit,
      kind: providerOf(unit).kind === 'care' ? 'care' : dice.pick(['intervention', 'investigation'] as const),
      ...openSpan(dice, pivot),
    })),
    blocks: makeBlocks(dice, pivot, near),
    emergencies: dice
      .some(ORDINARY_STAFF, 0.08)
      .map(({ staff, unit }) => ({ id: dice.uuid(), staff, unit, ...endingSpan(dice, pivot) })),
    guardianBlocks:
      guardians.length > 0
        ? (one(0.45, () => (dice.chance(0.6) ? { related: dice.pick(guardians) } : {})) as never)
        : [],
    sealings: one(0.35, () => {
      const unit = dice.pick(near);
      return {
        ...dice.pick([{}, { unit }, { provider: providerOf(unit).id }]),
        ...(dice.chance(0.3) ? { written: { from: before(dice, pivot) } } : {}),
      };
    }) as never,
    unitDecisions: dice.some(near, 0.35).flatMap((unit) =>
      one(isMinor ? 0.7 : 0.1, () => ({
        unit,
        ...(guardians.length > 0 && dice.chance(0.2)
          ? { opensFor: 'guardian' as const, related: dice.pick(guardians) }
          : { opensFor: dice.pick(['child', 'guardian'] as const) }),
      })),
    ) as never,
    listed: makeListed(dice, pivot, patient, related),
    plans,
    copies: makeCopies(dice, pivot, plans),
    exports: makeExports(dice, pivot, patient),
  };
}
