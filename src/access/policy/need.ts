import type { StaffActor } from '../../shared/actor.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { Facts } from './facts.ts';
import type { ContributionFacts, Part } from './facts-plan.ts';
import type { Ground } from './grounds.ts';
import { partOf } from './participation.ts';
import { settingsOf } from './settings.ts';
import { type Answer, because } from './sight.ts';

/**
 * What staff of a unit need of others' contributions (PDL 4:1–2; lag 2022:913 3:1, 3:2, 4:3): `clinical` all of it;
 * `planning` every kind, without clinical text; `practical` (home care) steps, contacts, safety net and what belongs to
 * them, without clinical text. A participant's stated part rules, but social care and staff without an assignment never
 * get clinical text.
 */
export function needOf(actor: StaffActor, unit: UnitFacts, facts: Facts): Part {
  const part = facts.plan && partOf(unit.hsaId, facts.plan);
  const stated = part?.is === 'current' ? part.participant?.part : undefined;
  if (unit.provider.kind === 'care' && actor.commission) return stated ?? 'clinical';
  if (stated === 'planning' || facts.plan?.leadUnit === unit.hsaId) return 'planning';
  return 'practical';
}

/**
 * What a need gives of each contribution, once reading it is lawful at all. A mistake is shown only whole, so marked.
 *
 * @param ground by what right it is read
 */
export function needJudge(need: Part, facts: Facts): (c: ContributionFacts, ground: Ground) => Answer {
  if (need === 'clinical') return (_c, ground) => ({ shown: 'whole', ground });
  const practical = new Set(settingsOf(facts).practicalKinds);
  return (c, ground) => {
    if (c.enteredInError) return because('entered-in-error');
    return need === 'planning' || practical.has(c.kind) ? { shown: 'limited', ground } : because('not-needed');
  };
}
