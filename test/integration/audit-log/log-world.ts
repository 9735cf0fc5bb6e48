import pg from 'pg';
import { type AuditEntry, type AuditRecorder, gatheringRecorder } from '../../../src/audit/index.ts';
import { sealEntries } from '../../../src/audit-log/sealing/seal.ts';
import type { SealSink } from '../../../src/audit-log/sealing/sink.ts';
import type { LogFault } from '../../../src/audit-log/verifying/fault.ts';
import { type Verified, verifyLog } from '../../../src/audit-log/verifying/verify.ts';
import { createPool } from '../../../src/db/pool.ts';
import { insertRowsStatement } from '../../../src/db/save-rows.ts';
import { type PatientId, randomIds } from '../../../src/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

const R01 = 'SE0000000000-TSTR01';

/** An entry as the service records it. */
export function entry(changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    actor: {
      kind: 'staff',
      issuer: 'https://issuer.example',
      employeeHsaId: 'SE0000000000-TSTP001',
      name: 'Tove Testrup',
      unitHsaId: 'SE0000000000-TST0101',
      providerHsaId: R01,
      commission: { hsaId: 'SE0000000000-TSTC001', purpose: 'Vård och behandling', rights: [] },
    },
    patientId: randomIds.patientId(),
    activity: 'Läsa',
    action: 'plan.read',
    outcome: 'Beviljad',
    resources: [{ kind: 'plan', id: randomIds.thingId(), owner: R01 }],
    particulars: { criteria: ['from', 'to'], nested: { b: 1, a: null } },
    requestId: 'r-1',
    route: 'GET /v1/plans/:planId',
    ...changes,
  };
}

/** A log of its own: written and sealed under the service's role, looked at and tampered with as the owner. */
export interface LogWorld {
  readonly database: TestDatabase;
  /** Under the application's role. */
  readonly pool: pg.Pool;
  readonly owner: pg.Pool;
  recorder(realNow?: () => number): AuditRecorder;
  /** Writes entries about one new patient each, or about the given one. */
  write(count: number, patientId?: PatientId): Promise<void>;
  seal(): Promise<number[]>;
  verify(sink?: SealSink, period?: { from?: number; until?: number }): Promise<Verified & { faults: LogFault[] }>;
  /** As the owner, with the triggers off and all in one transaction. */
  tamper(...statements: string[]): Promise<void>;
  close(): Promise<void>;
}

export async function createLogWorld(): Promise<LogWorld> {
  const database = await createTestDatabase();
  const pool = createPool({
    url: database.appUrl,
    applicationName: 'test',
    max: 6,
    onConnectionError: () => undefined,
  });
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 3 });
  owner.on('error', () => undefined);
  const insert = insertRowsStatement('audit_entries');
  const recorder = (realNow = Date.now) =>
    gatheringRecorder(async (rows) => {
      await pool.query(insert.text, [rows]);
    }, realNow);
  return {
    database,
    pool,
    owner,
    recorder,
    write: (count, patientId) =>
      recorder().record(Array.from({ length: count }, () => entry(patientId ? { patientId } : {}))),
    seal: async () => (await sealEntries(pool)).map(({ number }) => number),
    verify: async (sink, period = {}) => {
      const faults: LogFault[] = [];
      const client = new pg.Client({ connectionString: database.retentionUrl });
      await client.connect();
      try {
        const verified = await verifyLog(client, {
          ...period,
          ...(sink ? { sink } : {}),
          onFault: (fault) => faults.push(fault),
        });
        return { ...verified, faults };
      } finally {
        await client.end();
      }
    },
    tamper: async (...statements) => {
      await owner.query(`begin; alter table audit_entries disable trigger user; ${statements.join('; ')};
        alter table audit_entries enable trigger user; commit`);
    },
    close: async () => {
      await pool.end();
      await owner.end();
      await database.drop();
    },
  };
}
