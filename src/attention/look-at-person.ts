import type { Desk } from '../access/index.ts';
import { inBoundTransaction } from '../db/bound.ts';
import type { ReadingPlace } from '../db/query.ts';
import { type RowChange, saveRows } from '../db/save-rows.ts';
import { readStaysOf, stayParts } from '../discharge/index.ts';
import { type OutboxEvent, outboxRows } from '../events/index.ts';
import { hasSheetsPart, type StaleSheet, staleSheet } from '../paper/index.ts';
import { type AttentionRecord, loadForAttention, restUncovered } from '../plans/index.ts';
import type { SystemActor } from '../shared/actor.ts';
import type { PatientId } from '../shared/ids.ts';
import { type Difference, differenceOf, findAll } from './domain/find.ts';
import type { Candidate, Finding } from './domain/finding.ts';
import { type AttentionSettings, DEFAULT_ATTENTION, RULES } from './domain/rule-list.ts';
import { saveNextLooks } from './store/due.ts';
import { findingRow, holdingPart, readFindings } from './store/findings.ts';

const load = loadForAttention('plans_attention', [holdingPart, hasSheetsPart, ...stayParts]);

/** The service itself: nobody asks, and nothing is shown to anybody. */
const SERVICE: SystemActor = { kind: 'system', issuer: '', clientId: '', providerHsaId: '' };

/** How many findings a look opened and ended. */
export interface LookedAt {
  readonly opened: number;
  readonly ended: number;
}

/** A look, and when the next one is to be made although nothing has happened. */
export interface Look extends LookedAt {
  readonly lookAgainAt?: number;
}

/** Looks at one person's plans now, as {@link findAtPerson}, and remembers when to look next. */
export async function lookAtPerson(
  desk: Desk,
  patientId: PatientId,
  settings: AttentionSettings = DEFAULT_ATTENTION,
): Promise<LookedAt> {
  const { opened, ended, lookAgainAt } = await findAtPerson(desk, patientId, settings);
  await saveNextLooks(desk.pool, [{ patientId, at: lookAgainAt }]);
  return { opened, ended };
}

/**
 * Writes what has fallen between chairs in one person's plans and what no longer has. Most looks find nothing new: only when
 * something is to be written is it done again under the person's lock, by which two processes that look at once find
 * each thing once.
 */
export async function findAtPerson(
  desk: Desk,
  patientId: PatientId,
  settings: AttentionSettings = DEFAULT_ATTENTION,
): Promise<Look> {
  const seen = await judged(desk, { pool: desk.pool }, patientId, settings);
  if (seen.rows.length === 0) return seen.look;
  return inBoundTransaction(desk.pool, { actor: SERVICE, patientId }, async (client) => {
    const { rows, look } = await judged(desk, { pool: desk.pool, client }, patientId, settings);
    await saveRows(client, rows);
    return look;
  });
}

async function judged(desk: Desk, place: ReadingPlace, patientId: PatientId, settings: AttentionSettings) {
  const now = desk.clock.now();
  const sealed = await load(place, { patientId, now });
  const hasSheets = sealed.facts(({ raw }) => raw[hasSheetsPart.name] === true);
  const sheet = hasSheets ? await staleSheet(place, SERVICE, { patientId, now }) : undefined;
  return sealed.facts((record) => {
    const rested = restUncovered(desk, record, SERVICE);
    const found = changesFor(desk, { ...record, content: rested.content }, { settings, now, sheet });
    const look: Look = { ...found.counts, lookAgainAt: earliest(found.lookAgainAt, rested.nextAt) };
    return {
      look,
      rows: [...rested.rows, ...found.rows, ...outboxRows([...rested.events, ...found.events], desk.ids)],
    };
  });
}

/** Nobody who has no plan at work is looked at again by the clock. */
function earliest(lookAgainAt: number | undefined, consentEndsAt: number | undefined): number | undefined {
  return lookAgainAt === undefined ? undefined : Math.min(lookAgainAt, consentEndsAt ?? lookAgainAt);
}

interface Judged {
  readonly settings: AttentionSettings;
  readonly now: number;
  readonly sheet?: StaleSheet;
}

function changesFor(desk: Desk, record: AttentionRecord, { settings, now, sheet }: Judged) {
  const { content, consents, staff } = record;
  const deceasedOn = record.law.patient?.deceasedOn;
  const { stays, units: inStays } = readStaysOf(record.raw, deceasedOn);
  const units = new Map([...inStays.map((unit) => [unit.hsaId, unit] as const), ...record.units]);
  const deceased = deceasedOn !== undefined;
  const found = findAll({ now, content, consents, stays, units, staff, staleSheet: sheet, deceased, settings });
  const difference = differenceOf(found.now, readFindings(record.raw, 'holding'));
  const keyOf = new Map([
    ...content.plan.map(({ id, patientId }) => [id, patientId] as const),
    ...stays.map(({ admission: { id, patientId } }) => [id, patientId] as const),
  ]);
  const told = { units, keyOf: ({ planId, subjectId }: Candidate) => keyOf.get(planId ?? subjectId)! };
  return {
    ...writtenOf(desk, told, difference, new Date(now).toISOString()),
    counts: { opened: difference.fresh.length, ended: difference.ended.length },
    lookAgainAt: found.lookAgainAt,
  };
}

interface Found {
  readonly rows: readonly RowChange[];
  readonly events: readonly OutboxEvent[];
}

interface Told {
  readonly units: AttentionRecord['units'];
  /** The key of the person that something is written on. */
  readonly keyOf: (candidate: Candidate) => PatientId;
}

function writtenOf(desk: Desk, { units, keyOf }: Told, { fresh, ended, moved }: Difference, at: string): Found {
  const providerOf = (unit: string) => units.get(unit)?.provider.hsaId ?? '';
  const opened = fresh.map((found): Finding => {
    const { from, ...candidate } = found;
    return {
      ...candidate,
      ...{ patientId: keyOf(found), id: desk.ids.thingId(), revision: 1, state: 'open', foundAt: at },
      severity: RULES[candidate.rule].severity,
      ownerProvider: providerOf(candidate.ownerUnit),
      since: new Date(from).toISOString(),
    };
  });
  const closed = ended.map((finding): Finding => {
    const state = finding.state === 'open' ? 'resolved' : finding.state;
    return { ...finding, state, revision: finding.revision + 1, endedAt: at };
  });
  const passed = moved.map(({ finding, ownerUnit }): Finding => {
    return { ...finding, ownerUnit, ownerProvider: providerOf(ownerUnit), revision: finding.revision + 1 };
  });
  return {
    rows: [
      ...opened.map((one) => findingRow(one, 'insert')),
      ...[...closed, ...passed].map((one) => findingRow(one, 'update')),
    ],
    events: [
      ...opened.map((one) => eventOf(one, 'opened', at)),
      ...closed.map((one) => eventOf(one, 'closed', at)),
      // Who is to see to it now is told as if it were new; who had it sees that it is gone.
      ...passed.map((one) => eventOf(one, 'opened', at)),
    ],
  };
}

/** What is told of a finding: whose it is, never what. */
export function eventOf(
  { patientId, planId, id, revision, ownerUnit, ownerProvider }: Finding,
  change: 'opened' | 'closed',
  at: string,
): OutboxEvent {
  const event = planId === undefined ? (`discharge.finding.${change}` as const) : (`plan.finding.${change}` as const);
  return { event, patientId, planId, resourceKind: 'finding', resourceId: id, revision, ownerUnit, ownerProvider, at };
}
