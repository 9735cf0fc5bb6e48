import type { StaffActor } from '../../shared/actor.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { Facts } from './facts.ts';
import type { Reason } from './reasons.ts';
import { settingsOf } from './settings.ts';

/** What staff can be given the right to, each apart from the others (PDL 4:2, lag 2022:913 4:3). */
export const RIGHTS = ['read', 'write', 'sign', 'block-administration', 'log-review', 'plan-administration'] as const;
export type Right = (typeof RIGHTS)[number];

/** The first part of a `commissionRight`: `Läsa;alla;SJF`. */
const NAMES: Readonly<Record<Right, string>> = {
  read: 'Läsa',
  write: 'Skriva',
  sign: 'Signera',
  'block-administration': 'Spärradministration',
  'log-review': 'Loggkontroll',
  'plan-administration': 'Planadministration',
};

const MISSING: Readonly<Record<Right, Reason>> = {
  read: 'right-to-read-missing',
  write: 'right-to-write-missing',
  sign: 'right-to-sign-missing',
  'block-administration': 'block-administration-missing',
  'log-review': 'log-review-missing',
  'plan-administration': 'plan-administration-missing',
};

/** The last part: own unit (vårdenhet), own provider (vårdgivare), others' too (sammanhållen journalföring). */
export type Reach = 'VE' | 'VG' | 'SJF';
const REACHES: readonly string[] = ['VE', 'VG', 'SJF'] satisfies Reach[];

/** Whether a right in a token's form gives `right` over at least `reach`; only rights to all kinds of data count. */
function gives(stated: string, right: Right, reach: Reach): boolean {
  const [name, kinds, over] = stated.normalize('NFC').split(';');
  return name === NAMES[right] && kinds === 'alla' && REACHES.indexOf(over ?? '') >= REACHES.indexOf(reach);
}

/**
 * Why this member of staff lacks a right, undefined when it is there.
 *
 * An assignment lists its rights. Social-care staff without one have the few that the settings name; staff of a care
 * provider without one have none (PDL 4:2).
 */
export function rightMissing(
  actor: StaffActor,
  unit: UnitFacts,
  right: Right,
  reach: Reach,
  facts: Facts,
): Reason | undefined {
  if (!actor.commission) {
    if (unit.provider.kind === 'care') return 'no-commission';
    return settingsOf(facts).rightsWithoutCommission.includes(right) ? undefined : MISSING[right];
  }
  return actor.commission.rights.some((stated) => gives(stated, right, reach)) ? undefined : MISSING[right];
}
