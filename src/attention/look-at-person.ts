import type { Desk } from '../access/index.ts';
import { inBoundTransaction } from '../db/bound.ts';
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
import { findingRow, holdingPart, readFindings, saveNextLook } from './store/findings.ts';

const load = loadForAttention('plans_attention', [holdingPart, hasSheetsPart, ...stayParts]);

/** The service itself: nobody asks, and nothing is shown to anybody. */
const SERVICE: SystemActor = { kind: 'system', issuer: '', clientId: '', providerHsaId: '' };

/** How many findings a look opened and ended. */
export interface LookedAt {
  readonly opened: number;
  readonly ended: number;
}

/**
 * Looks at one person's plans now, and writes what has fallen between chairs and what no longer has, under the person's
 * lock: two processes that look at once find each thing once. The next time to look is written with it.
 */
export function lookAtPerson(
  desk: Desk,
  patientId: PatientId,
  settings: AttentionSettings = DEFAULT_ATTENTION,
): Promise<LookedAt> {
  return inBoundTransaction(desk.pool, { actor: SERVICE, patientId }, async (client) => {
    const now = desk.clock.now();
    const place = { pool: desk.pool, client };
    const sealed = await load(place, { patientId, now });
    const hasSheets = sealed.facts(({ raw }) => raw[hasSheetsPart.name] === true);
    const sheet = hasSheets ? await staleSheet(place, SERVICE, { patientId, now }) : undefined;
    const { rows, counts, lookAgainAt } = sealed.facts((record) => {
      const rested = restUncovered(desk, record, SERVICE);
      const found = changesFor(desk, { ...record, content: rested.content }, { settings, now, sheet });
      return {
        ...found,
        rows: [...rested.rows, ...found.rows, ...outboxRows([...rested.events, ...found.events], desk.ids)],
        lookAgainAt: earliest(found.lookAgainAt, rested.nextAt),
      };
    });
    await saveRows(client, rows);
    await saveNextLook(client, patientId, lookAgainAt);
    return counts;
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
