import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type pg from 'pg';
import { createPool } from '../../src/db/pool.ts';
import { faultInWords, importDirectory, memorySources } from '../../src/directory/index.ts';
import { hashPersonNumber } from '../../src/shared/person-number.ts';
import { toRfc3339Utc } from '../../src/shared/rfc3339.ts';
import { withClient } from '../place.ts';
import { type District, directoryOf, districtNumber, PLANS_PER_DISTRICT } from './district.ts';
import { numberOf, patientTemplate, planTemplate, sharingTemplate, type Template } from './templates.ts';
import { type Person, writePersons, writeTemplate } from './write-rows.ts';

const VARIANTS = 4;
const CHUNK = 250;

/** A person with the district that cares for them. */
export interface SeededPerson extends Person {
  readonly district: number;
}

/** What the measurements rotate over. */
export interface World {
  readonly districts: readonly District[];
  readonly persons: readonly SeededPerson[];
  /** Persons without any plan, to make plans for. */
  readonly planless: readonly SeededPerson[];
}

export interface WorldSize {
  readonly plans: number;
  readonly planless: number;
}

export interface SeedOptions extends WorldSize {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly personNumberKey: Buffer;
  readonly tell: (line: string) => void;
  /** False leaves out the plans' history, for whom only the present matters. */
  readonly history?: boolean;
}

/**
 * Fills a migrated database with districts, persons and plans. A plan per person, every row of it as the service's own
 * rules make it; for many persons at a time by insert-select, since a million plans one by one would take a day.
 */
export async function seedWorld(options: SeedOptions): Promise<World> {
  const now = Date.now();
  const districts = Array.from({ length: Math.ceil(options.plans / PLANS_PER_DISTRICT) }, (_, n) => districtNumber(n));
  await importDistricts(options.appUrl, districts);
  const people = (count: number, from: number) =>
    Array.from({ length: count }, (_, i) => personNumber(from + i, i, options.personNumberKey));
  const persons = people(options.plans, 0);
  const planless = people(options.planless, options.plans).map((person) => ({ ...person, district: 0 }));
  await writeAll(districts, [...persons, ...planless], now, options);
  options.tell('räknar om statistiken …');
  await withClient(options.ownerUrl, async (client) => {
    await client.query('vacuum (analyze)');
    await client.query('checkpoint').catch(() => undefined);
  });
  return { districts, persons, planless };
}

function personNumber(n: number, place: number, key: Buffer): SeededPerson {
  const digits = numberOf(n);
  const district = Math.floor(place / PLANS_PER_DISTRICT);
  return { id: randomUUID(), digits, numberHash: hashPersonNumber(key, digits), district };
}

/** Some hundred persons to a transaction, as many of these at once as there are processors. */
async function writeAll(
  districts: readonly District[],
  persons: readonly SeededPerson[],
  now: number,
  { ownerUrl, plans, tell, history = true }: SeedOptions,
): Promise<void> {
  const began = Date.now();
  let begun = 0;
  let written = 0;
  const write = async (client: pg.Client) => {
    while (begun < persons.length) {
      const from = begun;
      // Those with a plan and those without never share a chunk.
      const to = Math.min(from + CHUNK, from < plans ? plans : persons.length);
      begun = to;
      const chunk = persons.slice(from, to);
      await writeChunk(client, districts[chunk[0]!.district]!, chunk, { now, history, withPlans: from < plans });
      if (from >= plans) continue;
      written += chunk.length;
      if (written % 1000 === 0 || written === plans) {
        tell(`${written} av ${plans} planer, ${Math.round((Date.now() - began) / 1000)} s`);
      }
    }
  };
  const writers = Array.from({ length: availableParallelism() }, () => withClient(ownerUrl, write));
  await Promise.all(writers);
}

interface Chunk {
  readonly now: number;
  readonly history: boolean;
  readonly withPlans: boolean;
}

async function writeChunk(
  client: pg.Client,
  district: District,
  persons: readonly SeededPerson[],
  { now, history, withPlans }: Chunk,
): Promise<void> {
  await client.query('begin');
  await writePersons(client, patientTemplate(district, now), persons, toRfc3339Utc(now));
  await writeTemplate(
    client,
    told(sharingTemplate(district, now), history),
    persons.map(({ id }) => id),
  );
  if (withPlans) await writePlans(client, district, persons, now, history);
  await client.query('commit');
}

async function writePlans(
  client: pg.Client,
  district: District,
  persons: readonly Person[],
  now: number,
  history: boolean,
): Promise<void> {
  for (let variant = 0; variant < VARIANTS; variant++) {
    const own = persons.filter((_, i) => i % VARIANTS === variant).map(({ id }) => id);
    const template = planTemplate(district, now, variant);
    await writeTemplate(client, told(template, history), own);
  }
}

function told(template: Template, history: boolean): Template {
  return history ? template : { ...template, wordings: new Map() };
}

async function importDistricts(appUrl: string, districts: readonly District[]): Promise<void> {
  const pool = createPool({ url: appUrl, applicationName: 'bench seed', onConnectionError: () => undefined });
  try {
    const { principals, providers, units, staff, channels } = directoryOf(districts);
    const sources = memorySources('bench', { principals, providers, units, staff, channels });
    const { faults } = await importDirectory(pool, sources);
    if (faults.length > 0) throw new Error(faults.map(faultInWords).join('\n'));
  } finally {
    await pool.end();
  }
}
