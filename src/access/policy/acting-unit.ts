import type { StaffActor } from '../../shared/actor.ts';
import type { UnitArea, UnitFacts } from '../../shared/unit-facts.ts';
import type { Facts } from './facts.ts';
import { holds } from './periods.ts';

/** The acting unit, when directory and token agree about it: missing or contradictory facts count against the actor. */
export function unitOf(actor: StaffActor, facts: Pick<Facts, 'actorUnit'>): UnitFacts | undefined {
  const unit = facts.actorUnit;
  if (!unit?.active || unit.hsaId !== actor.unitHsaId) return undefined;
  return unit.provider.hsaId === actor.providerHsaId ? unit : undefined;
}

/** Health care, care of older people and of people with disabilities (lag 2022:913 1:1, 1:3). */
const INSIDE: ReadonlySet<UnitArea> = new Set<UnitArea>(['health', 'older', 'disability']);

/** Whether a unit works in an area inside lag 2022:913; a social-care provider has no health care. */
export function isInside({ area, provider }: UnitFacts): boolean {
  return provider.kind === 'social-care' ? area === 'older' || area === 'disability' : INSIDE.has(area);
}

/** Whether a unit's provider has joined shared documentation now (lag 2022:913 2:4: voluntary, then all of it). */
export function isJoined({ provider }: UnitFacts, now: number): boolean {
  return provider.joinedFrom !== undefined && holds({ from: provider.joinedFrom, until: provider.joinedTo }, now);
}
