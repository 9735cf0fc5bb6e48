import type { Actor } from '../../shared/actor.ts';
import type { HsaId } from '../../shared/owned.ts';
import { unitOf } from './acting-unit.ts';
import type { Facts } from './facts.ts';
import type { ContributionFacts } from './facts-plan.ts';
import { isHidden } from './protection.ts';
import { readerOf } from './sees.ts';
import { emergencyOf } from './ways/emergency.ts';

/** That something is left out, never whose or what. */
export interface Existence {
  readonly unblocked: boolean;
  readonly blocked: boolean;
}

/**
 * What a reader may be told of what is left out: that unblocked data exist (lag 2022:913 2:4), and to care providers
 * that blocked data do (2:5; PDL 4:4).
 */
export function existenceShown(actor: Actor, facts: Facts, contributions: readonly ContributionFacts[]): Existence {
  const read = readerOf(actor, facts);
  const left = contributions.map(read).filter((sight) => sight.mayKnowLeftOut);
  return {
    unblocked: left.some(({ reason }) => reason !== 'blocked'),
    blocked: left.some(({ reason }) => reason === 'blocked'),
  };
}

/** What an emergency access leads to: what is open, and whom to ask for the rest. */
export interface EmergencyOutcome {
  readonly opens: boolean;
  /** Care providers that have blocked: each gets a request to lift, which only it can grant (lag 2022:913 3:5). */
  readonly blockingProviders: readonly HsaId[];
  /** Units of the reader's own provider with an inner block, which an authorised officer there may lift (PDL 4:5). */
  readonly blockingUnits: readonly HsaId[];
}

const CLOSED: EmergencyOutcome = { opens: false, blockingProviders: [], blockingUnits: [] };

/**
 * What emergency access gives this member of staff now: unblocked data are opened (3:6); for blocked data, when the
 * patient cannot ask for the block to be lifted, only who has blocked. The reader can lift nothing.
 */
export function emergency(actor: Actor, facts: Facts, contributions: readonly ContributionFacts[]): EmergencyOutcome {
  const unit = actor.kind === 'staff' ? unitOf(actor, facts) : undefined;
  if (actor.kind !== 'staff' || !unit || isHidden(actor, facts)) return CLOSED;
  const opened = emergencyOf({ actor, unit, facts });
  if (!opened) return CLOSED;
  if (!opened.patientCannotLift) return { ...CLOSED, opens: true };
  const read = readerOf(actor, facts);
  const blocked = contributions.filter((c) => {
    const sight = read(c);
    return sight.reason === 'blocked' && sight.mayKnowLeftOut;
  });
  const own = unit.provider.hsaId;
  const distinct = (ids: readonly HsaId[]) => [...new Set(ids)].sort();
  return {
    opens: true,
    blockingProviders: distinct(blocked.filter((c) => c.ownerProvider !== own).map((c) => c.ownerProvider)),
    blockingUnits: distinct(blocked.filter((c) => c.ownerProvider === own).map((c) => c.ownerUnit)),
  };
}
