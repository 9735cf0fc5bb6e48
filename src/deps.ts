import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { DEFAULT_LAW_SETTINGS, type Desk, type LawSettings } from './access/index.ts';
import { gatheringRecorder } from './audit/index.ts';
import { runQuery } from './db/query.ts';
import { insertRowsStatement } from './db/save-rows.ts';
import type { Cursors } from './http/cursor.ts';
import { createCursors } from './http/cursor.ts';
import type { ServerOptions } from './http/server.ts';
import type { Authenticator, SmartAuthorization } from './identity/index.ts';
import type { Clock } from './shared/clock.ts';
import { type Ids, randomIds } from './shared/ids.ts';
import { hashPersonNumber } from './shared/person-number.ts';

/** What the slices work with; made once per process, or per test. */
export interface Deps {
  readonly desk: Desk;
  readonly authenticator: Authenticator;
  readonly cursors: Cursors;
  /** Keyed hash of a personal identity number: what persons are looked up by. */
  readonly personNumberHash: (digits: string) => string;
  readonly server: Pick<
    ServerOptions,
    | 'log'
    | 'publicUrl'
    | 'bodyLimitBytes'
    | 'requestTimeoutMs'
    | 'rateLimitPerMinute'
    | 'trustProxy'
    | 'metricsToken'
    | 'answers'
    | 'pressure'
  >;
  readonly secret: Uint8Array;
  /** Where our own FHIR definitions are said to live, without a closing slash; a name for examples unless it is set. */
  readonly fhirCanonicalBase?: string;
  /** Where SMART apps sign in; absent where there is no such place. */
  readonly smartAuthorization?: SmartAuthorization;
  /** Origins whose apps in a browser may use the FHIR doors; none unless set. */
  readonly browserOrigins?: readonly string[];
  /** How often it is told that something is not there, in milliseconds (`http/absence.ts`); at once unless set. */
  readonly absenceEveryMs?: number;
  /** Where events may be sent; nowhere unless set. `allowLocal` is for tests and the own desk. */
  readonly webhookTargets?: { readonly hosts: readonly string[]; readonly allowLocal: boolean };
  /** Routes of demonstration mode only; absent in normal mode, so that they do not exist there. */
  readonly demonstration?: (app: FastifyInstance) => Promise<void>;
}

export interface DeskOptions {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly realNow?: () => number;
  readonly ids?: Ids;
  /** Points where the law leaves a choice, where they differ from what applies unless said. */
  readonly law?: Partial<LawSettings>;
}

/** What use cases work at: the pool, the gathered access log, the clocks and the source of keys. */
export function createDesk({ pool, clock, realNow = Date.now, ids = randomIds, law }: DeskOptions): Desk {
  const insertAudit = insertRowsStatement('audit_entries');
  const recorder = gatheringRecorder(async (rows) => {
    await runQuery(pool, { ...insertAudit, values: [rows] });
  }, realNow);
  return { pool, recorder, clock, realNow, ids, ...(law ? { law: { ...DEFAULT_LAW_SETTINGS, ...law } } : {}) };
}

export interface DepsOptions {
  readonly desk: Desk;
  readonly authenticator: Authenticator;
  readonly personNumberKey: Buffer;
  readonly cursorKey?: Buffer;
  readonly fhirCanonicalBase?: string;
  readonly smartAuthorization?: SmartAuthorization;
  readonly browserOrigins?: readonly string[];
  readonly webhookTargets?: Deps['webhookTargets'];
  readonly server: Deps['server'];
  readonly demonstration?: Deps['demonstration'];
}

/** Wires what the slices need from configuration's own parts. */
export function createDeps({ desk, authenticator, personNumberKey, cursorKey, ...rest }: DepsOptions): Deps {
  return {
    desk,
    authenticator,
    cursors: createCursors(cursorKey ?? personNumberKey),
    personNumberHash: (digits) => hashPersonNumber(personNumberKey, digits),
    secret: personNumberKey,
    ...rest,
  };
}
