import type { Contribution, ContributionKind, ContributionsByKind, HsaId, PlanContent } from '../domain/model.ts';
import { unitOf } from '../domain/party.ts';
import { KINDS } from './tables.ts';

/** Whom a kind names beside its owner. */
const NAMES: { readonly [K in ContributionKind]?: (thing: ContributionsByKind[K]) => readonly (HsaId | undefined)[] } =
  {
    plan: (plan) => [plan.leadUnit, plan.createdByUnit],
    participant: ({ party }) => [unitOf(party)],
    step: (step) => [step.responsibleNow, unitOf(step.responsibleParty), step.supportUnit, step.contact?.unit],
    'named-contact': ({ unit, person, deputy }) => [unit, person?.staff, deputy?.unit, deputy?.staff],
    commitment: ({ by, to }) => [unitOf(by), unitOf(to)],
    'agreement-act': ({ party }) => [unitOf(party)],
    'safety-net-item': ({ call }) =>
      [call?.day, call?.night].map((whom) => (whom && 'unit' in whom ? whom.unit : undefined)),
    'follow-up': ({ responsibleUnit }) => [responsibleUnit],
    handover: ({ fromUnit, toUnit, escalateTo }) => [fromUnit, toUnit, escalateTo],
    feedback: ({ fromUnit, toUnit }) => [fromUnit, toUnit],
  };

/** Every unit or member of staff that the content names: its owners too, whom the policy asks about. */
export function namedIn(content: PlanContent): Set<HsaId> {
  const named = new Set<HsaId>();
  for (const kind of KINDS) {
    const of = NAMES[kind] as ((thing: Contribution) => readonly (HsaId | undefined)[]) | undefined;
    for (const thing of content[kind]) {
      named.add(thing.recordedBy.unit);
      for (const hsaId of of?.(thing) ?? []) if (hsaId !== undefined) named.add(hsaId);
    }
  }
  return named;
}
