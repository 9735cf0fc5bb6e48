import { expect } from 'vitest';
import type { Act, Change } from '../../../src/plans/domain/contribution.ts';
import { type CreatePlan, createPlan } from '../../../src/plans/domain/create-plan.ts';
import type {
  ContributionKind,
  ContributionsByKind,
  Party,
  Plan,
  PlanContent,
} from '../../../src/plans/domain/model.ts';
import { partyOfUnit } from '../../../src/plans/domain/party.ts';
import { handAfter, NO_CONTENT, type PlanInHand } from '../../../src/plans/domain/plan-in-hand.ts';
import type { ConsentFacts } from '../../../src/shared/consent-facts.ts';
import type { ThingId } from '../../../src/shared/ids.ts';
import { Problem } from '../../../src/shared/problem.ts';
import type { UnitFacts } from '../../../src/shared/unit-facts.ts';
import { id, PATIENT, tst } from './plan-builder.ts';

export const REGION = { hsaId: tst('H01'), name: 'Region Exempelland', kind: 'region' } as const;
export const OTHER_REGION = { hsaId: tst('H02'), name: 'Region Norrprov', kind: 'region' } as const;
export const KOMMUN = { hsaId: tst('H03'), name: 'Provköpings kommun', kind: 'municipality' } as const;

type Kind = UnitFacts['provider']['kind'];

function unit(suffix: string, principal: UnitFacts['principal'], kind: Kind, area: UnitFacts['area']): UnitFacts {
  const provider = { hsaId: `${principal.hsaId}${kind === 'care' ? 'C' : 'S'}`, name: `Vårdgivare ${suffix}`, kind };
  return { hsaId: tst(suffix), name: `Enhet ${suffix}`, area, active: true, provider, principal };
}

const ALL = [
  unit('0101', REGION, 'care', 'health'),
  unit('0102', REGION, 'care', 'health'),
  unit('0201', REGION, 'care', 'health'),
  unit('0302', KOMMUN, 'care', 'health'),
  unit('0303', KOMMUN, 'social-care', 'older'),
  unit('0304', KOMMUN, 'social-care', 'individual-and-family'),
  unit('0305', KOMMUN, 'social-care', 'school'),
  unit('0401', OTHER_REGION, 'care', 'health'),
  { ...unit('0999', REGION, 'care', 'health'), active: false },
];
/** The directory: ward, heart clinic, health centre, municipal nursing, home help, social services, school, another region's clinic, a closed unit. */
export const UNITS: ReadonlyMap<string, UnitFacts> = new Map(ALL.map((one) => [one.hsaId, one]));

export const WARD = tst('0101');
export const HEART = tst('0102');
export const CENTRE = tst('0201');
export const NURSING = tst('0302');
export const HOME_HELP = tst('0303');
export const SOCIAL = tst('0304');
export const SCHOOL = tst('0305');
export const ELSEWHERE = tst('0401');
export const CLOSED_UNIT = tst('0999');

/** A unit as a party. */
export function partyOf(hsaId: string): Party {
  return partyOfUnit(UNITS.get(hsaId)!);
}
export const PATIENT_PARTY: Party = { kind: 'patient' };
export const DAUGHTER: Party = { kind: 'relative', relatedPersonId: id(99) };

export const NOW = '2026-11-20T12:00:00.000Z';
let keys = 10_000;
export const nextId = (): ThingId => id(keys++);

/** An act of a unit's staff or of the patient, at a moment. */
export function actOf(who: string, now: string = NOW): Act {
  const home = UNITS.get(who === 'patient' ? CENTRE : who)!;
  const kind = who === 'patient' ? 'patient' : 'staff';
  const staff = kind === 'staff' ? { staff: `${who}P1`, name: `Personal ${who.slice(-4)}`, unit: who } : {};
  const owner = {
    kind,
    ...staff,
    unit: home.hsaId,
    provider: home.provider.hsaId,
    principal: home.principal.hsaId,
  } as const;
  return { now, by: { kind, ...staff }, owner, legalBasis: 'HSL', newId: nextId };
}

export const SHOWN = { approvedForPatient: true } as const;

export function planCommand(fields: Partial<CreatePlan> = {}): CreatePlan {
  return { patientId: PATIENT, kind: 'OVERENSKOMMELSE', title: 'Hem med hjälp', ...SHOWN, ...fields };
}

/** A plan that a test acts on: every rule is given what the ones before have made. */
export class Story {
  hand: PlanInHand;
  /** All changes, in their order. */
  readonly told: Change[] = [];

  constructor(command: Partial<CreatePlan> = {}, by: string = CENTRE, content: PlanContent = NO_CONTENT) {
    const changes = createPlan(content, UNITS, planCommand(command), actOf(by));
    const plan = changes[0]!.after as Plan;
    this.hand = handAfter({ plan, content, units: UNITS }, changes);
    this.told.push(...changes);
  }

  /** Does something and keeps what it changes. */
  does(rule: (hand: PlanInHand) => Change[]): Change[] {
    const changes = rule(this.hand);
    this.hand = handAfter(this.hand, changes);
    this.told.push(...changes);
    return changes;
  }

  /** Looks at another plan of the same person. */
  turnTo(planId: ThingId): this {
    this.hand = { ...this.hand, plan: this.hand.content.plan.find((plan) => plan.id === planId)! };
    return this;
  }

  /** Takes in what another command made for the same person, and looks at its plan. */
  begins(command: Partial<CreatePlan>, by: string = CENTRE): this {
    const changes = createPlan(this.hand.content, UNITS, planCommand(command), actOf(by));
    this.told.push(...changes);
    this.hand = handAfter(this.hand, changes);
    return this.turnTo(changes[0]!.after.id);
  }

  /** Sets fields of the plan at hand without any rule, to begin a test in the middle. */
  is(fields: Partial<Plan>): this {
    const plan = { ...this.hand.plan, ...fields };
    this.hand = handAfter({ ...this.hand, plan }, [{ kind: 'plan', after: plan }]);
    return this;
  }

  /** Sets fields of a thing without any rule. */
  sets<K extends ContributionKind>(kind: K, thing: ContributionsByKind[K], fields: Partial<ContributionsByKind[K]>) {
    const after = { ...thing, ...fields };
    this.hand = handAfter(this.hand, [{ kind, after }]);
    return after;
  }

  now<K extends ContributionKind>(kind: K, thing: { readonly id: ThingId }): ContributionsByKind[K] {
    const things: readonly ContributionsByKind[K][] = this.hand.content[kind];
    return things.find((one) => one.id === thing.id)!;
  }

  all<K extends ContributionKind>(kind: K): readonly ContributionsByKind[K][] {
    return this.hand.content[kind];
  }

  /** The only thing of a kind. */
  only<K extends ContributionKind>(kind: K): ContributionsByKind[K] {
    expect(this.hand.content[kind]).toHaveLength(1);
    return this.all(kind)[0]!;
  }
}

/** The first thing that some changes are about. */
export function made<T>(changes: readonly Change[]): T {
  return changes[0]!.after as T;
}

/** Expects a refusal, and gives it for a closer look. */
export function refusal(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('not refused');
}

/** As {@link refusal}, by its code. */
export function refused(code: string, work: () => unknown): Problem {
  const problem = refusal(work);
  expect(problem.definition.code).toBe(code);
  return problem;
}

/** The fields that a refusal names. */
export function fieldsOf(problem: Problem): readonly string[] {
  return problem.particulars.invalidParameters?.map((one) => one.name) ?? [];
}

/** A consent to plan together, in force at {@link NOW} unless it says otherwise. */
export function consent(recipient: ConsentFacts['recipient'], fields: Partial<ConsentFacts> = {}): ConsentFacts {
  const times = { from: '2026-11-01T00:00:00.000Z', until: '2027-05-31T00:00:00.000Z' };
  return { type: 'sip', state: 'given', recipient, ...times, ...fields };
}
