import type { Contribution, ContributionKind, ContributionsByKind, HsaId, PlanContent } from '../domain/model.ts';
import { unitOf } from '../domain/party.ts';
import { KINDS } from './tables.ts';

/** Whom a kind names beside its owner, told twice: as the database finds them in a row `t`, and as the service does. */
interface Names<K extends ContributionKind> {
  readonly sql: readonly string[];
  readonly of: (thing: ContributionsByKind[K]) => readonly (HsaId | undefined)[];
}

const NAMES: { readonly [K in ContributionKind]?: Names<K> } = {
  plan: { sql: ['t.lead_unit', 't.created_by_unit'], of: (plan) => [plan.leadUnit, plan.createdByUnit] },
  participant: { sql: ['t.unit'], of: ({ party }) => [unitOf(party)] },
  step: {
    sql: ['t.responsible_now', 't.responsible_unit', `t.content->>'supportUnit'`, `t.content->'contact'->>'unit'`],
    of: (step) => [step.responsibleNow, unitOf(step.responsibleParty), step.supportUnit, step.contact?.unit],
  },
  'named-contact': {
    sql: ['t.unit', `t.content->'person'->>'staff'`, `t.content->'deputy'->>'unit'`, `t.content->'deputy'->>'staff'`],
    of: ({ unit, person, deputy }) => [unit, person?.staff, deputy?.unit, deputy?.staff],
  },
  commitment: {
    sql: ['t.by_unit', `t.content->'to'->>'unit'`],
    of: ({ by, to }) => [unitOf(by), unitOf(to)],
  },
  'agreement-act': { sql: [`t.content->'party'->>'unit'`], of: ({ party }) => [unitOf(party)] },
  'safety-net-item': {
    sql: [`t.content->'call'->'day'->>'unit'`, `t.content->'call'->'night'->>'unit'`],
    of: ({ call }) => [call?.day, call?.night].map((whom) => (whom && 'unit' in whom ? whom.unit : undefined)),
  },
  'follow-up': { sql: [`t.content->>'responsibleUnit'`], of: ({ responsibleUnit }) => [responsibleUnit] },
  handover: {
    sql: ['t.from_unit', 't.to_unit', 't.escalate_to'],
    of: ({ fromUnit, toUnit, escalateTo }) => [fromUnit, toUnit, escalateTo],
  },
  feedback: { sql: ['t.from_unit', 't.to_unit'], of: ({ fromUnit, toUnit }) => [fromUnit, toUnit] },
};

/** SQL of the HSA-ids that a row `t` of this kind names, its owner first: every kind has one, and the policy asks. */
export function namedInRow(kind: ContributionKind): string {
  return `array[${['t.recorded_unit', ...(NAMES[kind]?.sql ?? [])].join(', ')}]`;
}

/** Every unit or member of staff that the content names. */
export function namedIn(content: PlanContent): Set<HsaId> {
  const named = new Set<HsaId>();
  for (const kind of KINDS) {
    const of = NAMES[kind]?.of as ((thing: Contribution) => readonly (HsaId | undefined)[]) | undefined;
    for (const thing of content[kind]) {
      named.add(thing.recordedBy.unit);
      for (const hsaId of of?.(thing) ?? []) if (hsaId !== undefined) named.add(hsaId);
    }
  }
  return named;
}
