import type { InjectOptions } from 'fastify';
import type { Pool } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPool } from '../../../src/db/pool.ts';
import { type SeedTarget, seedDemonstration } from '../../../src/demo/seed.ts';
import { welcome } from '../../../src/demo/welcome.ts';
import { createTestApp, type TestApp } from '../../support/app.ts';

let service: TestApp;
let pool: Pool;
let now: number;

beforeEach(async () => {
  service = await createTestApp();
  pool = createPool({
    url: service.database.appUrl,
    applicationName: 'seed',
    max: 2,
    onConnectionError: () => undefined,
  });
  setClock('2026-11-16T08:00:00+01:00');
});

afterEach(async () => {
  await pool.end();
  await service.close();
});

function setClock(instant: string): void {
  now = Date.parse(instant);
  service.setClock(instant);
}

const target = (more: Partial<SeedTarget> = {}, persons = true): SeedTarget => ({
  app: service.app,
  demonstration: { issuer: service.issuer, clock: { now: () => now }, pool, persons },
  ...more,
});

interface Told {
  readonly plans: readonly { readonly kind: string; readonly status: string }[];
  readonly nextStep: { readonly kind: string; readonly sentence: string };
  readonly receipt?: { readonly patientkontrakt: boolean };
}

async function told(citizen: string): Promise<string> {
  const { body } = await service.as(citizen).get<Told>('/v1/my/overview');
  const [plan] = body.plans;
  return `${plan?.kind} ${plan?.status} ${body.nextStep.kind}: ${body.nextStep.sentence}`;
}

const everybody = async () => Promise.all(['ester', 'mirza', 'love', 'petra'].map(told));

/** How much there is of everything that plans hold; the access log aside, which grows by every look. */
async function counts(): Promise<Record<string, number>> {
  const { rows } = await service.owner.query<{ name: string }>(
    `select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
      and not relispartition and relname not like 'audit%' and relname not like 'drizzle%'`,
  );
  const counted = rows.map(async ({ name }) => {
    const one = await service.owner.query<{ n: number }>(`select count(*)::int as n from "${name}"`);
    return [name, one.rows[0]!.n] as const;
  });
  return Object.fromEntries(await Promise.all(counted));
}

describe('what the demonstration begins with', () => {
  it('is four persons, each with a next step ahead, and is not written twice', async () => {
    await seedDemonstration(target());
    expect(await everybody()).toEqual([
      'SPU active step: Hemsjukvården kommer och väger dig måndag 16 november.',
      'OVERENSKOMMELSE active step: Ditt prov måndag 23 november.',
      'SIP proposed step: Du och Noa fyller i bladet om vad som är viktigt senast måndag 23 november.',
      'SIP active step: Boendestöd hemma hos dig tisdag 17 november.',
    ]);
    const mirza = await service.as('mirza').get<Told>('/v1/my/overview');
    expect(mirza.body.receipt).toMatchObject({ patientkontrakt: true });
    const hanna = service.as('hanna-hittepa');
    const steps = await hanna.get<{ items: { step: { planId: string } }[] }>('/v1/unit-steps');
    const plan = await hanna.get(`/v1/plans/${steps.body.items[0]!.step.planId}`);
    expect(plan.body).toMatchObject({ handovers: [{ state: 'received' }], feedback: [{}, { what: 'reply' }] });
    const waiting = await service.as('maj-modell').get('/v1/unit-discharge-messages');
    expect(waiting.body).toMatchObject({ items: [{ kind: 'admission' }] });
    const nobody = await service.as('p7').get('/v1/my/overview');
    expect(nobody.status).toBe(404);

    const once = await counts();
    setClock('2026-11-19T08:00:00+01:00');
    await seedDemonstration(target());
    expect(await counts()).toEqual(once);
  });

  it.each(['2026-12-24T23:55:00+01:00', '2027-03-28T01:59:00+01:00'])('lies right in time at %s', async (instant) => {
    setClock(instant);
    await seedDemonstration(target());
    for (const sentence of await everybody()) expect(sentence).toContain(' step: ');
  });

  it('is whole after starts that were killed at any request', async () => {
    const fresh = await createTestApp();
    const freshPool = createPool({
      url: fresh.database.appUrl,
      applicationName: 'seed',
      max: 2,
      onConnectionError: () => undefined,
    });
    await seedDemonstration({
      app: fresh.app,
      demonstration: { issuer: fresh.issuer, clock: { now: () => now }, pool: freshPool, persons: true },
    });
    const swapped = service;
    service = fresh;
    const whole = await counts();
    service = swapped;
    await freshPool.end();
    await fresh.close();

    // Every start gets a few requests further, and each begins on another day.
    const killed = new Error('killed');
    for (let start = 0; ; start += 1) {
      let left = 3 + (start % 5);
      const app = {
        inject: async (options: InjectOptions) => {
          if (options.method !== 'GET' && left-- === 0) throw killed;
          return service.app.inject(options);
        },
      };
      const failed = await seedDemonstration(target({ app })).catch((error: unknown) => error);
      if (failed === undefined) break;
      expect(failed).toBe(killed);
      expect(start).toBeLessThan(200);
      now += 60_000;
      service.setClock(new Date(now).toISOString());
    }
    const { idempotency_keys: _, ...rest } = await counts();
    const { idempotency_keys: __, ...expected } = whole;
    expect(rest).toEqual(expected);
  });

  it('is the units and staff alone when no persons are wanted', async () => {
    await seedDemonstration(target({}, false));
    expect((await service.as('ester').get('/v1/my/overview')).status).toBe(404);
    const units = await service.as('tove-testrup').get<{ items: unknown[] }>('/v1/units?limit=1');
    expect(units.status).toBe(200);
  });
});

describe('what is told at start', () => {
  const settings = { dataDir: '/var/lib/plan', database: { kind: 'embedded' } } as const;

  it('names everybody that one can be, and hands out lines that work as they are', async () => {
    await seedDemonstration(target());
    const lines = await welcome(target(), 'http://127.0.0.1:3000', settings);
    const text = lines.join('\n');
    for (const word of ['inte för riktiga personer', '/docs', '/health/ready', 'Ctrl-C', '/var/lib/plan', 'p7']) {
      expect(text).toContain(word);
    }
    const curls = lines.filter((line) => line.startsWith('curl '));
    expect(curls).toHaveLength(6);
    for (const line of curls) expect([line, await run(line)]).toEqual([line, expect.toSatisfy((s: number) => s < 300)]);
    expect(await told('ester')).toContain('Du väger dig på morgonen och skriver upp vikten tisdag 17 november 07:00.');
  });

  it('has no lines about plans when there are none', async () => {
    const lines = await welcome(target({}, false), 'http://127.0.0.1:3000', settings);
    expect(lines.filter((line) => line.startsWith('curl '))).toEqual([]);
  });
});

/** What curl would send: arguments in single quotes, `-H` headers, `-d` a body, else the address. */
async function run(line: string): Promise<number> {
  const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!);
  const headers: Record<string, string> = {};
  let payload: string | undefined;
  let url = '';
  for (let i = 1; i < words.length; i += 1) {
    const word = words[i]!;
    if (word === '-s') continue;
    if (word === '-H') {
      const [name = '', ...value] = words[++i]!.split(': ');
      headers[name] = value.join(': ');
    } else if (word === '-d') payload = words[++i]!;
    else url = word.replace('http://127.0.0.1:3000', '');
  }
  const answer = await service.send({ method: payload === undefined ? 'GET' : 'POST', url, headers, payload });
  return answer.status;
}
