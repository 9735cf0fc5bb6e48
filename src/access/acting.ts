import type { Actor } from '../shared/actor.ts';
import type { Ids } from '../shared/ids.ts';
import type { Act, ChangedBy, Instant, LegalBasis, RecordedBy } from '../shared/owned.ts';
import { wrong } from '../shared/problem.ts';
import type { UnitFacts } from '../shared/unit-facts.ts';
import { legalBasisNotYours } from './problems.ts';

/**
 * Owner of what this actor writes. The unit is the actor's own for staff; for a patient the one that the words are
 * sent to, since what a patient sends belongs to its receiver (PDL 1:3); for a system the one it writes for.
 *
 * @throws Error when the unit is not one that this actor may write for: a fault of the caller, as the policy comes first
 */
export function ownerOf(actor: Actor, unit: UnitFacts): RecordedBy {
  const owner = { unit: unit.hsaId, provider: unit.provider.hsaId, principal: unit.principal.hsaId };
  switch (actor.kind) {
    case 'staff':
      if (actor.unitHsaId !== unit.hsaId || actor.providerHsaId !== unit.provider.hsaId) throw notOwn();
      return { kind: 'staff', staff: actor.employeeHsaId, name: actor.name, ...owner };
    case 'system':
      if (actor.providerHsaId !== unit.provider.hsaId) throw notOwn();
      return { kind: 'system', ...named(actor.name), ...owner };
    case 'citizen':
      return { kind: 'patient', ...named(actor.name), ...owner };
  }
}

/** Who changes something now, as its history will tell. */
export function changedBy(actor: Actor): ChangedBy {
  switch (actor.kind) {
    case 'staff':
      return { kind: 'staff', staff: actor.employeeHsaId, name: actor.name, unit: actor.unitHsaId };
    case 'system':
      return { kind: 'system', ...named(actor.name) };
    case 'citizen':
      return { kind: 'patient', ...named(actor.name) };
  }
}

/** The law that a unit writes under unless it says otherwise: HSL for a vårdgivare, SoL for an omsorgsgivare. */
export function legalBasisOf(unit: UnitFacts): LegalBasis {
  return unit.provider.kind === 'care' ? 'HSL' : 'SoL';
}

/** The laws that a unit may write under; LSS is for support to people with disabilities (LSS 1 §). */
export function legalBasesOf(unit: UnitFacts): readonly LegalBasis[] {
  if (unit.provider.kind === 'care') return ['HSL'];
  return unit.area === 'disability' ? ['SoL', 'LSS'] : ['SoL'];
}

/**
 * Refuses a law that the unit does not work under.
 *
 * @throws legalBasisNotYours naming the field `name`
 */
export function demandLegalBasis(unit: UnitFacts, wanted: LegalBasis | undefined, name = 'legalBasis'): void {
  if (wanted === undefined || legalBasesOf(unit).includes(wanted)) return;
  const invalid = wrong(name, 'Enheten arbetar inte enligt denna lag.', 'The unit does not work under this law.');
  throw legalBasisNotYours({ invalidParameters: [invalid], extra: { allowed: legalBasesOf(unit) } });
}

/**
 * What the rules need of the outside for one change: who, when, for which owner, and where new keys come from.
 *
 * @param unit the owner of what is newly written, see {@link ownerOf}
 * @param now business time, of the request and not of each row, so that one change has one time
 */
export function actFor(asking: { readonly actor: Actor }, unit: UnitFacts, now: Instant, ids: Ids): Act {
  return {
    now,
    by: changedBy(asking.actor),
    owner: ownerOf(asking.actor, unit),
    legalBasis: legalBasisOf(unit),
    newId: () => ids.thingId(),
  };
}

function named(name: string | undefined): { readonly name?: string } {
  return name === undefined ? {} : { name };
}

function notOwn(): Error {
  return new Error('an owner was asked for in another unit than the actor works for');
}
