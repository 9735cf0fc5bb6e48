import type { Pool } from 'pg';
import {
  type Guardians,
  type LawFacts,
  lawPartBesideDirectory,
  type Moment,
  type Period,
  readGuardians,
  readKeyOfPerson,
  readLaw,
  readPatientKnown,
  readProtectedWhile,
  type Sealed,
} from '../../access/index.ts';
import { type Consent, consentParts, readConsents } from '../../consents/index.ts';
import type { ReadingPlace } from '../../db/query.ts';
import { type RawRecord, type RecordPart, type RecordTarget, recordQuery } from '../../db/record-query.ts';
import { type AgreedRule, deadlineRulesPart, readDeadlineRules } from '../../deadlines/index.ts';
import { versionPart } from '../../directory/index.ts';
import { type Patient, patientParts, type RelatedPerson, readPatients, relatedKeysPart } from '../../patients/index.ts';
import type { Actor } from '../../shared/actor.ts';
import type { PatientId, ThingId } from '../../shared/ids.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { HsaId, PlanContent } from '../domain/model.ts';
import { type Beside, type Reachable, reachableIn, readBeside, unitsIn } from './beside-directory.ts';
import { contentText } from './content-rows.ts';
import { type HandedWordings, handedPart, readHanded } from './handed.ts';

/** Facts and content of one person, from one snapshot: what the policy judges and the rules work on. */
export interface PlanRecord {
  /** The key that was asked for, or the citizen's own; nil when neither is known. */
  readonly patientId: PatientId;
  /** All keys of the person. */
  readonly keys: readonly PatientId[];
  /** The person that a citizen's own number leads to. */
  readonly self?: PatientId;
  readonly patientKnown: boolean;
  /** What the policy asks about the person, whichever plan is meant. */
  readonly law: LawFacts;
  /** Copies that the actor's unit or provider was handed. */
  readonly handed: readonly HandedWordings[];
  /** When the person has been protected. */
  readonly protectedWhile: readonly Period[];
  /** Business time of the request, epoch milliseconds: what ages and periods are judged by. */
  readonly now: number;
  readonly units: ReadonlyMap<HsaId, UnitFacts>;
  readonly content: PlanContent;
}

/** Whose record, at which business time. */
export type PlanTarget = RecordTarget & Moment;

/** What only some rules ask for. */
export interface AskedByRules {
  readonly consents: readonly Consent[];
  /** Own keys of the related persons, who can be asked and can promise. */
  readonly relatives: ReadonlySet<ThingId>;
  /** What regions and kommuner have agreed on about deadlines. */
  readonly deadlineRules: readonly AgreedRule[];
}

/** With what the rules of a change ask for. */
export interface ChangeRecord extends PlanRecord {
  /** Who answers for a child. */
  readonly guardians: Guardians;
  /** The key that the person goes by; undefined when nobody is registered. */
  readonly goesBy?: PatientId;
  /** Absent when the change has not said that its rule asks: see {@link askedBy}. */
  readonly asked?: AskedByRules;
}

/**
 * What a rule asks for beside facts and content.
 *
 * @throws Error when it was not read, since none would otherwise look like there being none: a fault of the change, which
 *   must say that it asks
 */
export function askedBy({ asked }: ChangeRecord): AskedByRules {
  if (!asked) throw new Error('a rule asks for what its change has not said that it asks for');
  return asked;
}

/** With what the patient is told: how to be reached, whom by and when. */
export interface OverviewRecord extends PlanRecord, Reachable {
  readonly patient?: Patient;
  readonly relatedPersons: readonly RelatedPerson[];
}

/** What the rules of a change ask for beside facts and content. */
export const RULE_PARTS: readonly RecordPart[] = [...consentParts, relatedKeysPart, deadlineRulesPart];

/**
 * Makes a query of what every read of plans needs, with parts of the caller's own: facts, and the content of one plan or of
 * all the person's. It names nobody: the directory is remembered, and the query tells its version.
 */
export function planQuery(name: string, scope: 'plan' | 'person', more: readonly RecordPart[] = []) {
  return recordQuery(name, [lawPartBesideDirectory, handedPart, versionPart, ...more], { text: contentText(scope) });
}

const ofPlan = { reading: planQuery('plan_read', 'plan'), changing: planQuery('plan_change', 'plan', RULE_PARTS) };
const ofPerson = {
  reading: planQuery('plans_read', 'person'),
  changing: planQuery('plans_change', 'person', RULE_PARTS),
  telling: planQuery('plans_tell', 'person', patientParts),
};

/**
 * Reads facts and content of one person's plans (or one plan) in one statement, and keeps them sealed until the policy
 * has decided.
 */
export function loadRecord(pool: Pool, actor: Actor, target: PlanTarget): Promise<Sealed<PlanRecord>> {
  const { reading: query } = target.planId === undefined ? ofPerson : ofPlan;
  return readBeside({ pool }, { query, actor, target, make: recordFrom });
}

/**
 * As {@link loadRecord}, in a change's own transaction, or to tell what a change would do.
 *
 * @param named units that the request names and the content may not: the rules must know them as well
 * @param asks whether the rules ask for more than facts and content, see {@link askedBy}
 */
export function loadForChange(
  place: ReadingPlace,
  actor: Actor,
  target: PlanTarget,
  named: readonly HsaId[] = [],
  asks = true,
): Promise<Sealed<ChangeRecord>> {
  const { changing, reading } = target.planId === undefined ? ofPerson : ofPlan;
  return readBeside(place, {
    query: asks ? changing : reading,
    actor,
    target,
    make: changeFrom,
    asked: () => named,
  });
}

/** The record that {@link RULE_PARTS} make up beside facts and content, or those of a read when rules ask for nothing more. */
export function changeFrom(raw: RawRecord, target: PlanTarget, beside: Beside): ChangeRecord {
  return {
    ...recordFrom(raw, target, beside),
    guardians: readGuardians(raw, target),
    goesBy: readKeyOfPerson(raw),
    ...(raw.consents === undefined ? {} : { asked: askedFrom(raw) }),
  };
}

function askedFrom(raw: RawRecord): AskedByRules {
  return {
    consents: readConsents(raw),
    relatives: new Set(raw.relatedKeys as ThingId[]),
    deadlineRules: readDeadlineRules(raw),
  };
}

/** As {@link loadRecord}, of all the person's plans, with what the patient is told of the people in them. */
export function loadForOverview(pool: Pool, actor: Actor, target: PlanTarget): Promise<Sealed<OverviewRecord>> {
  return readBeside({ pool }, { query: ofPerson.telling, actor, target, make: overviewFrom });
}

/** The record that `patientParts` make up beside facts and content. */
export function overviewFrom(raw: RawRecord, target: PlanTarget, beside: Beside): OverviewRecord {
  const { canonical, relatedPersons } = readPatients(raw);
  return {
    ...recordFrom(raw, target, beside),
    patient: canonical,
    relatedPersons,
    ...reachableIn(beside.directory),
  };
}

/** The record that the parts of {@link planQuery} make up. */
export function recordFrom(raw: RawRecord, target: PlanTarget, { content, directory }: Beside): PlanRecord {
  return {
    patientId: target.patientId ?? raw.keys[0]!,
    keys: raw.keys,
    self: (raw.self as PatientId | null) ?? undefined,
    patientKnown: readPatientKnown(raw),
    law: readLaw(raw, target, directory.protectedStaff),
    handed: readHanded(raw),
    protectedWhile: readProtectedWhile(raw),
    now: target.now,
    units: unitsIn(directory),
    content,
  };
}
