import pg from 'pg';
import { gatheringSocket } from './gathering-socket.ts';

export interface PoolOptions {
  readonly url: string;
  /** Seen in `pg_stat_activity`, so that an operator can tell who holds a connection. */
  readonly applicationName: string;
  /** Most connections at a time; 10 unless told. */
  readonly max?: number;
  /** `PREPARED_STATEMENTS=off`: no named statements, for a pooler in transaction mode that does not know them. */
  readonly preparedStatements?: boolean;
  /** A statement that runs longer is ended by the server, milliseconds. */
  readonly statementTimeoutMs?: number;
  /** A transaction left open and idle for longer is ended by the server, milliseconds. */
  readonly idleInTransactionTimeoutMs?: number;
  /** How long a request waits for a free connection before it is told that the service is busy, milliseconds. */
  readonly connectTimeoutMs?: number;
  /** Told of connections that broke outside any query (a restarted server): the pool opens new ones by itself. */
  readonly onConnectionError: (error: Error) => void;
}

/** Type numbers of the server (pg_type.dat). */
const OID = { int8: 20, date: 1082, int8Array: 1016, dateArray: 1182 } as const;
const TEXT_ARRAY: number = 1009;

/**
 * Makes the pool that the service works through.
 *
 * Values read: `int8` as number (refused beyond 2^53), `date` as the text `2026-11-16` (a Date would be a moment in
 * this machine's time zone), `timestamptz` as Date, `numeric` as text.
 */
export function createPool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.max ?? 10,
    statement_timeout: options.statementTimeoutMs ?? 15_000,
    idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs ?? 15_000,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
    keepAlive: true,
    // Statements that need not wait for one another's answers are sent together, and in one piece.
    pipeline: true,
    stream: gatheringSocket,
    types: { getTypeParser },
  });
  // Without these two, a restarted server would end the whole process: the first hears of idle connections, the
  // second of those that a request holds between two queries.
  pool.on('error', options.onConnectionError);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    if (options.preparedStatements === false) dropNames(client);
  });
  return pool;
}

/** Takes the name off every statement, also those of libraries, so that the pooler sees one-shot statements alone. */
function dropNames(client: pg.PoolClient): void {
  const run = client.query;
  const nameless = (statement: unknown, ...rest: unknown[]): unknown => {
    const named =
      typeof statement === 'object' && statement !== null && 'name' in statement && !('submit' in statement);
    return Reflect.apply(run, client, [named ? { ...statement, name: undefined } : statement, ...rest]);
  };
  client.query = nameless as typeof client.query;
}

function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === OID.int8) return toSafeNumber;
  if (oid === OID.int8Array)
    return (value) => readTexts(value).map((item) => (item === null ? null : toSafeNumber(item)));
  if (oid === OID.date) return (value) => value;
  if (oid === OID.dateArray) return readTexts;
  return pg.types.getTypeParser(oid, format) as (value: string) => unknown;
}

const parseTextArray = pg.types.getTypeParser(TEXT_ARRAY, 'text');

/** Reads the text form of any array into its texts. */
function readTexts(value: string): (string | null)[] {
  return parseTextArray(value) as (string | null)[];
}

function toSafeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError('an int8 beyond the whole numbers that a number can hold');
  return number;
}
