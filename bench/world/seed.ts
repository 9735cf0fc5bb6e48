import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { createPool } from '../../src/db/pool.ts';
import { faultInWords, importDirectory, memorySources } from '../../src/directory/index.ts';
import { hashPersonNumber } from '../../src/shared/person-number.ts';
import { toRfc3339Utc } from '../../src/shared/rfc3339.ts';
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
  const client = new pg.Client({ connectionString: options.ownerUrl });
  await client.connect();
  try {
    await writeAll(client, districts, [...persons, ...planless], now, options);
    options.tell('räknar om statistiken …');
    await client.query('vacuum (analyze)');
    await client.query('checkpoint').catch(() => undefined);
  } finally {
    await client.end();
  }
  return { districts, persons, planless };
}

function personNumber(n: number, place: number, key: Buffer): SeededPerson {
  const digits = numberOf(n);
  const district = Math.floor(place / PLANS_PER_DISTRICT);
  return { id: randomUUID(), digits, numberHash: hashPersonNumber(key, digits), district };
}

async function writeAll(
  client: pg.Client,
  districts: readonly District[],
  persons: readonly SeededPerson[],
  now: number,
  { plans, tell, history = true }: SeedOptions,
): Promise<void> {
  const began = Date.now();
  for (let from = 0, to = 0; from < persons.length; from = to) {
    // Those with a plan and those without never share a chunk.
    to = Math.min(from + CHUNK, from < plans ? plans : persons.length);
    const chunk = persons.slice(from, to);
    const district = districts[chunk[0]!.district]!;
    await client.query('begin');
    await writePersons(client, patientTemplate(district, now), chunk, toRfc3339Utc(now));
    await writeTemplate(
      client,
      told(sharingTemplate(district, now), history),
      chunk.map(({ id }) => id),
    );
    if (from < plans) await writePlans(client, district, chunk, now, history);
    await client.query('commit');
    if (from < plans && (to % 1000 === 0 || to === plans)) {
      tell(`${to} av ${plans} planer, ${Math.round((Date.now() - began) / 1000)} s`);
    }
  }
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
