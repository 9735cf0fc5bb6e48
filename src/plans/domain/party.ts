import { wrong } from '../../shared/problem.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import { partyNotAsRegistered } from '../problems.ts';
import type { HsaId, Party } from './model.ts';

/** What the directory says of the units that a plan and a command name. One that is not here is unknown. */
export type Units = ReadonlyMap<HsaId, UnitFacts>;

/** The unit of a party; undefined for patient, relative and others named only. */
export function unitOf(party: Party): HsaId | undefined {
  return 'unit' in party ? party.unit : undefined;
}

/** A text that two parties share exactly when they are the same one; a unit is itself whatever kind it is written as. */
export function partyKey(party: Party): string {
  const unit = unitOf(party);
  if (unit !== undefined) return `unit:${unit}`;
  if (party.kind === 'relative') return `relative:${party.relatedPersonId}`;
  return party.kind === 'other' ? `other:${party.name ?? ''}` : party.kind;
}

/** Whether {@link partyKey} would give both the same. */
export function isSameParty(a: Party, b: Party): boolean {
  const unit = unitOf(a);
  if (unit !== undefined || unitOf(b) !== undefined) return unit === unitOf(b);
  if (a.kind === 'relative') return b.kind === 'relative' && a.relatedPersonId === b.relatedPersonId;
  if (a.kind === 'other') return b.kind === 'other' && (a.name ?? '') === (b.name ?? '');
  return a.kind === b.kind;
}

/** Whether the patient or a relative is meant: their yes is their own, also when staff record it. */
export function isOfFamily(party: Party): boolean {
  return party.kind === 'patient' || party.kind === 'relative';
}

/** A unit as a party: the kind follows from its area, provider and principal, so that nobody has to choose it. */
export function partyOfUnit(unit: UnitFacts): Party {
  if (unit.area === 'school' || unit.area === 'other') return { kind: 'other', unit: unit.hsaId };
  if (unit.principal.kind === 'region') return { kind: 'region', unit: unit.hsaId };
  const kind = unit.provider.kind === 'care' ? 'municipality-health' : 'municipality-social';
  return { kind, unit: unit.hsaId };
}

function isKindOf(party: Party, unit: UnitFacts): boolean {
  switch (party.kind) {
    case 'region':
      return unit.principal.kind === 'region';
    case 'municipality-health':
      return unit.principal.kind === 'municipality' && unit.provider.kind === 'care';
    case 'municipality-social':
      return unit.principal.kind === 'municipality' && unit.provider.kind === 'social-care';
    default:
      return unit.area === 'school' || unit.area === 'other';
  }
}

/**
 * Refuses a party whose unit the directory does not know, knows as closed, or knows as another kind: the kind decides
 * whether a self-care assessment is needed and which principal answers, so it must not be a matter of wording.
 *
 * @throws party-not-as-registered (422) naming `field`
 */
export function checkParty(party: Party, units: Units, field: string): void {
  const hsaId = unitOf(party);
  if (hsaId === undefined) {
    if (party.kind !== 'other' || party.name) return;
    throw partyNotAsRegistered({
      invalidParameters: [wrong(field, 'Ange enhet eller namn', 'Give a unit or a name')],
    });
  }
  const unit = units.get(hsaId);
  const fault = !unit
    ? wrong(`${field}.unit`, 'Enheten finns inte i katalogen', 'The unit is not in the directory')
    : !unit.active
      ? wrong(`${field}.unit`, 'Enheten är inte längre verksam', 'The unit is no longer active')
      : !isKindOf(party, unit)
        ? wrong(`${field}.kind`, 'Enheten är av ett annat slag', 'The unit is of another kind')
        : undefined;
  if (fault) throw partyNotAsRegistered({ invalidParameters: [fault] });
}

/** As {@link checkParty}, for a unit named on its own. */
export function checkUnit(hsaId: HsaId, units: Units, field: string): UnitFacts {
  const unit = units.get(hsaId);
  if (unit?.active) return unit;
  throw partyNotAsRegistered({
    invalidParameters: [
      wrong(
        field,
        'Enheten finns inte i katalogen eller är inte verksam',
        'The unit is not in the directory or closed',
      ),
    ],
  });
}
