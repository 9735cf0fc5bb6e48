import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createTestApp, type TestApp } from '../../support/app.ts';
import { type Build, buildService } from '../../support/build.ts';
import { pgbouncer, startPgBouncer } from '../../support/pgbouncer.ts';
import { HOME_CARE, planBody, registerPatient, STRANGER, WARD } from '../../support/plan-fixtures.ts';
import { type RunningService, startNormally } from '../../support/running-service.ts';

/** Guards against hanging: where much else is to be done, each start of a process takes its time. */
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let app: TestApp;
let build: Build;
let patientId: string;

beforeAll(async () => {
  [app, build] = await Promise.all([createTestApp(), buildService()]);
  patientId = await registerPatient(app);
}, 120_000);
afterAll(async () => {
  await build?.remove();
  await app?.close();
});

async function ask(running: RunningService, persona: string, path: string, init: { key?: string; body?: object } = {}) {
  const headers: Record<string, string> = {
    authorization: `Bearer ${await app.issuer.signToken(app.as(persona).persona)}`,
  };
  if (init.key) headers['idempotency-key'] = init.key;
  if (init.body) headers['content-type'] = 'application/json';
  const method = init.body ? 'POST' : 'GET';
  for (;;) {
    const reply = await fetch(running.baseUrl + path, {
      method,
      headers,
      body: init.body && JSON.stringify(init.body),
    });
    const body = (await reply.json()) as Record<string, never>;
    // On a machine with much else to do it may be busy: it says so, and is asked again.
    if (reply.status !== 503) return { status: reply.status, body };
    await pause(500);
  }
}

async function childrenOf(pid: number): Promise<string[]> {
  const listed = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => undefined);
  if (listed !== undefined) return listed.split(' ').filter((part) => part.trim() !== '');
  const { stdout } = await promisify(execFile)('pgrep', ['-P', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.split('\n').filter((line) => line !== '');
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await pause(50);
  }
}

describe('two processes behind one port', () => {
  let running: RunningService;
  beforeAll(async () => {
    running = await startNormally(build, app, { WORKERS: '2', METRICS_TOKEN: 'processes-together' });
  }, 60_000);
  afterAll(async () => {
    await running?.stop();
  });
  const twoAreThere = async (but: readonly string[] = []) => {
    const children = await childrenOf(running.process.pid!);
    return children.length === 2 && !but.some((pid) => children.includes(pid)) ? children : undefined;
  };

  test('do one thing once, and a scrape of either tells of both', async () => {
    await until(twoAreThere);
    const key = randomUUID();
    const body = planBody(patientId);
    const made = await Promise.all(Array.from({ length: 8 }, () => ask(running, WARD, '/v1/plans', { key, body })));
    expect(made.map(({ status }) => status)).toEqual(Array(8).fill(201));
    expect(new Set(made.map((one) => JSON.stringify(one.body))).size).toBe(1);
    const { rows } = await app.owner.query('select count(*)::int as n from plans');
    expect(rows).toEqual([{ n: 1 }]);

    const counted = async () => {
      const headers = { authorization: 'Bearer processes-together' };
      const text = await (await fetch(`${running.baseUrl}/metrics`, { headers })).text();
      const own = ['http_request_duration_seconds_count', 'method="POST"', 'route="/v1/plans"', 'status="2xx"'];
      const line = text.split('\n').find((one) => own.every((part) => one.includes(part)));
      return line ? Number(line.split(' ').at(-1)) : text;
    };
    expect(new Set(await Promise.all([counted(), counted(), counted(), counted()]))).toEqual(new Set([8]));
  });

  test('one that dies is replaced, and the other answers meanwhile', async () => {
    const [victim] = await until(twoAreThere);
    process.kill(Number(victim), 'SIGKILL');
    const answers = async () => {
      const reply = await fetch(`${running.baseUrl}/health/ready`).catch(() => undefined);
      return reply?.ok ? true : undefined;
    };
    expect(await until(answers)).toBe(true);
    expect(await until(() => twoAreThere([victim!]))).toHaveLength(2);
  });

  test('all stop in order, and leave nothing connected', async () => {
    expect(await running.stop()).toBe(0);
    const gone = async () => {
      const { rows } = await app.owner.query(
        `select 1 from pg_stat_activity where datname = current_database() and application_name = 'patientkontrakt'`,
      );
      return rows.length === 0 ? true : undefined;
    };
    expect(await until(gone)).toBe(true);
  });
});

test('one that cannot start ends the others before they begin', async () => {
  const refused = startNormally(build, app, { WORKERS: '2', DATABASE_URL: app.database.ownerUrl });
  await expect(refused).rejects.toThrow('did not start');
});

describe.runIf(pgbouncer)('behind PgBouncer in transaction mode', () => {
  test('serves many at once over few connections, and binds each to its own patient', async () => {
    const bouncer = await startPgBouncer(app.database.appUrl, 3);
    const running = await startNormally(build, app, { DATABASE_URL: bouncer.url, PREPARED_STATEMENTS: 'off' });
    try {
      const love = await registerPatient(app, 'love');
      const made = await ask(running, WARD, '/v1/plans', { body: planBody(love), key: randomUUID() });
      expect(made.status).toBe(201);
      const { plan } = made.body as unknown as { plan: { id: string } };
      const path = `/v1/plans/${plan.id}`;
      const readers = Array.from({ length: 24 }, (_, i) => [WARD, STRANGER, HOME_CARE][i % 3]!);
      const read = await Promise.all(readers.map((persona) => ask(running, persona, path)));
      expect(read.map(({ status }) => status)).toEqual(readers.map((persona) => (persona === STRANGER ? 404 : 200)));
    } finally {
      expect(await running.stop()).toBe(0);
      await bouncer.stop();
    }
  });
});
