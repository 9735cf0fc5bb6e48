import fastify, { type FastifyInstance } from 'fastify';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { createPool } from '../../src/db/pool.ts';
import { insertRowsStatement, type RowChange, saveStatement } from '../../src/db/save-rows.ts';
import { answerEach } from '../child.ts';
import { DOCUMENT, READ, STEP, type Statement, WORK_LIST } from './statements.ts';

/** What the limit server is told at its start. */
export interface LimitSetup {
  readonly appUrl: string;
  readonly ownerUrl: string;
  readonly poolSize: number;
  /** An answer of the service, for the constant. */
  readonly constant: string;
  /** The log rows that one request of each kind leaves. */
  readonly log: Readonly<Record<'read' | 'workList' | 'step', readonly Record<string, unknown>[]>>;
  readonly workListUnit: { readonly unit: string; readonly provider: string; readonly limit: number };
  /** The rows of a new plan; every key in it begins with `keyPrefix`, and the patient's is `patient`. */
  readonly newPlan: { readonly changes: readonly RowChange[]; readonly keyPrefix: string; readonly patient: string };
}

// As bare as honesty allows: Fastify and pg, and the work in the database that cannot be avoided. No token, no policy,
// no validation, no shaping of what was read.
answerEach<LimitSetup, { port: number }>(async (setup) => {
  const app = fastify({ logger: false });
  const onConnectionError = () => undefined;
  const max = setup.poolSize;
  const asApp = createPool({ url: setup.appUrl, applicationName: 'bench limit', max, onConnectionError });
  const asOwner = createPool({ url: setup.ownerUrl, applicationName: 'bench limit', max, onConnectionError });
  registerReads(app, asApp, setup);
  registerWrites(app, asOwner, setup);
  await app.listen({ host: '127.0.0.1', port: 0 });
  return { port: (app.server.address() as { port: number }).port };
});

/** What was read goes out as the text that the database made of it. */
const AS_TEXT = { getTypeParser: () => (value: string) => value } as unknown as pg.CustomTypesConfig;

async function textOf(pool: pg.Pool, { name, text }: Statement, values: readonly unknown[]): Promise<string> {
  const { rows } = await pool.query<[string]>({ name, text, values: [...values], types: AS_TEXT, rowMode: 'array' });
  return rows[0]![0];
}

/** The prepared rows with what must be each entry's own. */
function entries(rows: readonly Record<string, unknown>[], patientId?: string): Record<string, unknown>[] {
  const at = new Date().toISOString();
  return rows.map((row) => ({ ...row, id: uuidv7(), at, ...(patientId && { patient_id: patientId }) }));
}

function gather(pool: pg.Pool): (rows: Record<string, unknown>[]) => Promise<void> {
  const insert = insertRowsStatement('audit_entries');
  let rows: Record<string, unknown>[] = [];
  let next: Promise<void> | undefined;
  let writing: Promise<unknown> = Promise.resolve();
  const write = async () => {
    await writing.catch(() => undefined);
    const batch = rows;
    rows = [];
    next = undefined;
    writing = pool.query({ ...insert, values: [JSON.stringify(batch)] });
    await writing;
  };
  return (more) => {
    rows.push(...more);
    next ??= write();
    return next;
  };
}

function registerReads(app: FastifyInstance, pool: pg.Pool, { constant, log, workListUnit }: LimitSetup): void {
  const json = 'application/json; charset=utf-8';
  const record = gather(pool);
  app.get('/static', (_request, reply) => reply.type(json).send(constant));
  app.get('/document/:patient/:plan', async (request, reply) => {
    const { patient, plan } = request.params as { patient: string; plan: string };
    return reply.type(json).send(await textOf(pool, DOCUMENT, [patient, plan]));
  });
  app.get('/read/:patient/:plan', async (request, reply) => {
    const { patient, plan } = request.params as { patient: string; plan: string };
    const body = await textOf(pool, READ, [patient, plan]);
    await record(entries(log.read, patient));
    return reply.type('text/plain; charset=utf-8').send(body);
  });
  app.get('/work-list', async (_request, reply) => {
    const { unit, provider, limit } = workListUnit;
    const who = ['SE0000000000-TSTP001', new Date().toISOString()];
    const values = [null, null, unit, provider, null, null, null, null, null, null, limit, ...who];
    const body = await textOf(pool, WORK_LIST, values);
    await record(entries(log.workList));
    return reply.type(json).send(body);
  });
}

function registerWrites(app: FastifyInstance, pool: pg.Pool, { log, newPlan }: LimitSetup): void {
  app.patch('/step/:patient/:step', async (request) => {
    const { patient, step } = request.params as { patient: string; step: string };
    const { performer } = request.body as { performer: { name: string } };
    const entry = JSON.stringify(entries(log.step, patient));
    const values = [patient, step, new Date().toISOString(), performer.name, entry, uuidv7()];
    const { rowCount } = await pool.query({ ...STEP, values });
    return { written: rowCount };
  });
  const { name, text, values } = saveStatement(newPlan.changes);
  app.post('/create/:patient', async (request, reply) => {
    const { patient } = request.params as { patient: string };
    const prefix = uuidv7().slice(0, newPlan.keyPrefix.length);
    const own = values.map((rows) =>
      String(rows).replaceAll(newPlan.keyPrefix, prefix).replaceAll(newPlan.patient, patient),
    );
    await pool.query({ name, text, values: own });
    return reply.code(201).send({ created: prefix });
  });
}
