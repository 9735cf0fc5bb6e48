import type { LawSettings } from './access/index.ts';
import { type Variables, variables } from './config-variables.ts';
import type { IssuerConfig, SmartAuthorization } from './identity/index.ts';
import type { ServedKeep } from './jobs/index.ts';
import { isLoopback } from './shared/loopback.ts';

/** Where the demonstration's Postgres is: the bundled one, or a server given by one or both addresses. */
export type DemonstrationDatabase =
  | { readonly kind: 'embedded' }
  | { readonly kind: 'server'; readonly url?: string; readonly ownerUrl?: string };

interface ServiceConfig {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** How callers reach the service, without a closing slash; undefined when it is by host and port. */
  readonly publicUrl?: string;
  /** Where our own FHIR definitions are said to live, without a closing slash; undefined means the default. */
  readonly fhirCanonicalBase?: string;
  /** Origins whose apps in a browser may use the FHIR doors; none unless set. */
  readonly browserOrigins: readonly string[];
  /** Where SMART apps sign in. */
  readonly smartAuthorization?: SmartAuthorization;
  readonly dataDir: string;
  readonly logLevel: Variables['LOG_LEVEL'];
  readonly metrics: { readonly token?: string; readonly port?: number };
  /** As Fastify wants it: false, the number of proxies, or their addresses. */
  readonly trustProxy: false | number | readonly string[];
  readonly bodyLimitBytes: number;
  readonly requestTimeoutMs: number;
  readonly rateLimitPerMinute: number;
  /** Processes behind the one port. */
  readonly workers: number;
  readonly poolSize: number;
  /** Requests under way at a time in one process; one more gets 503. */
  readonly mostUnderWay: number;
  /** False behind a pooler in transaction mode that knows no prepared statements. */
  readonly preparedStatements: boolean;
  /** Where the access log's seals are kept outside the database; undefined keeps them in it alone. */
  readonly auditSealFile?: string;
  /** Where notices to people are put for whatever sends them; none are made without it. */
  readonly noticeFolder?: string;
  /** For how long what has served the running stays. */
  readonly servedKeep: ServedKeep;
  /** Points where the law leaves a choice, where they differ from docs/access.md. */
  readonly lawSettings?: Partial<LawSettings>;
  /** Hosts that webhooks may be sent to; none unless set. */
  readonly webhookHosts: readonly string[];
  /** Seals page cursors; undefined means a key derived from the one for personal numbers. */
  readonly cursorKey?: Buffer;
}

/** For real persons: own database, own issuers, nothing of the demonstration. */
export interface NormalConfig extends ServiceConfig {
  readonly mode: 'normal';
  readonly databaseUrl: string;
  readonly databaseOwnerUrl?: string;
  readonly issuers: readonly IssuerConfig[];
  /** Makes the hashes by which persons are found: losing or changing it loses them. */
  readonly personNumberKey: Buffer;
}

/** Not for real persons: own issuer with made-up persons, a clock that can be moved, keys kept in `dataDir`. */
export interface DemonstrationConfig extends ServiceConfig {
  readonly mode: 'demonstration';
  readonly database: DemonstrationDatabase;
  /** Where the clock starts, epoch milliseconds; undefined means real time. */
  readonly clockStart?: number;
  /** Whether it begins with made-up persons and plans; else with the made-up units and staff alone. */
  readonly persons: boolean;
  /** Whether webhooks may be sent to this machine itself. */
  readonly webhookAllowLocal: boolean;
  /** Undefined means the one generated in `dataDir`. */
  readonly personNumberKey?: Buffer;
}

export type Config = NormalConfig | DemonstrationConfig;

/** How callers on this machine reach the service, without a closing slash: `http://127.0.0.1:3000`. */
export function baseUrlOf({ publicUrl, host, port }: Pick<ServiceConfig, 'publicUrl' | 'host' | 'port'>): string {
  if (publicUrl !== undefined) return publicUrl;
  const everywhere: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
  const reached = everywhere[host] ?? host;
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`;
}

export interface ConfigFault {
  /** The variable, with the place inside it when it holds JSON. */
  readonly variable: string;
  readonly text: string;
}

/** All that is wrong with the environment, told to whoever starts the service; no value is repeated. */
export class ConfigError extends Error {
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    const lines = faults.map(({ variable, text }) => `  - ${variable}: ${text}`);
    super(['Tjänsten startar inte. Rätta detta i miljön först:', ...lines].join('\n'));
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/** So many requests to a connection may be under way before more are refused: what they wait is in bench/README.md. */
const UNDER_WAY_PER_CONNECTION = 4;

type Given = ReadonlySet<string>;

/** What the variables mean together. Judged by which are given, so that it is told beside each one's own faults. */
function contradictions(given: Given): ConfigFault[] {
  const faults: ConfigFault[] = [];
  const refuse = (variable: string, text: string) => faults.push({ variable, text });
  const database = given.has('DATABASE_URL');
  if (given.has('AUTH_ISSUERS')) {
    if (!database)
      refuse(
        'AUTH_ISSUERS',
        'kräver DATABASE_URL; utfärdare för riktiga personer går inte ihop med den inbyggda databasen',
      );
    if (!given.has('PERSON_NUMBER_KEY')) refuse('PERSON_NUMBER_KEY', 'saknas; den behövs när AUTH_ISSUERS är satt');
    for (const name of ['DEMO', 'DEMO_ALLOW_REMOTE', 'DEMO_CLOCK_START', 'DEMO_PERSONS', 'WEBHOOK_ALLOW_LOCAL']) {
      if (given.has(name)) refuse(name, 'hör till demonstrationsläget och går inte ihop med AUTH_ISSUERS');
    }
  } else if (!given.has('DEMO') && (database || given.has('DATABASE_OWNER_URL'))) {
    const variable = database ? 'DATABASE_URL' : 'DATABASE_OWNER_URL';
    refuse(variable, 'kräver AUTH_ISSUERS; eller DEMO=yes för en demonstration i en tom eller märkt databas');
  }
  return faults;
}

function exposed(given: Given, host: string | undefined): ConfigFault[] {
  const demonstration = !given.has('AUTH_ISSUERS') && (given.has('DEMO') || !given.has('DATABASE_URL'));
  if (!demonstration || host === undefined || isLoopback(host) || given.has('DEMO_ALLOW_REMOTE')) return [];
  const text = 'en demonstration nås bara från den egna datorn; sätt också DEMO_ALLOW_REMOTE=yes om andra ska nå den';
  return [{ variable: 'HOST', text }];
}

/** A demonstration has one clock and, unless told otherwise, one database of its own: one process. */
function workersInDemonstration(given: Given, env: Readonly<Record<string, string>>): ConfigFault[] {
  if (given.has('AUTH_ISSUERS') || Number(env.WORKERS ?? 1) <= 1) return [];
  return [{ variable: 'WORKERS', text: 'en demonstration är en enda process' }];
}

function samePort(env: Readonly<Record<string, string>>): ConfigFault[] {
  const same = env.METRICS_PORT !== undefined && Number(env.METRICS_PORT) === Number(env.PORT ?? 3000);
  return same ? [{ variable: 'METRICS_PORT', text: 'ska vara en annan port än PORT' }] : [];
}

function serviceConfig(values: Variables, defaultHost: string): ServiceConfig {
  return {
    host: values.HOST ?? defaultHost,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL,
    fhirCanonicalBase: values.FHIR_CANONICAL_BASE,
    browserOrigins: values.FHIR_ORIGINS,
    smartAuthorization: values.SMART_AUTHORIZATION,
    dataDir: values.DATA_DIR,
    logLevel: values.LOG_LEVEL,
    metrics: { token: values.METRICS_TOKEN, port: values.METRICS_PORT },
    trustProxy: values.TRUST_PROXY ?? false,
    bodyLimitBytes: values.BODY_LIMIT_BYTES,
    requestTimeoutMs: values.REQUEST_TIMEOUT_MS,
    rateLimitPerMinute: values.RATE_LIMIT_PER_MINUTE,
    workers: values.WORKERS,
    poolSize: values.POOL_SIZE,
    mostUnderWay: values.MAX_UNDER_WAY ?? values.POOL_SIZE * UNDER_WAY_PER_CONNECTION,
    preparedStatements: values.PREPARED_STATEMENTS === 'on',
    auditSealFile: values.AUDIT_SEAL_FILE,
    noticeFolder: values.NOTICE_DIR,
    servedKeep: { eventDays: values.EVENTS_KEEP_DAYS, noticeDays: values.NOTICES_KEEP_DAYS },
    lawSettings: values.LAW_SETTINGS,
    cursorKey: values.CURSOR_KEY,
    webhookHosts: values.WEBHOOK_HOSTS,
  };
}

function build(values: Variables): Config {
  const { DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl, AUTH_ISSUERS: issuers } = values;
  const { PERSON_NUMBER_KEY: personNumberKey } = values;
  if (issuers !== undefined && url !== undefined && personNumberKey !== undefined) {
    return {
      ...serviceConfig(values, '0.0.0.0'),
      mode: 'normal',
      databaseUrl: url,
      databaseOwnerUrl: ownerUrl,
      issuers,
      personNumberKey,
    };
  }
  const onServer = url !== undefined || ownerUrl !== undefined;
  return {
    ...serviceConfig(values, '127.0.0.1'),
    mode: 'demonstration',
    database: onServer ? { kind: 'server', url, ownerUrl } : { kind: 'embedded' },
    clockStart: values.DEMO_CLOCK_START,
    persons: values.DEMO_PERSONS === undefined,
    webhookAllowLocal: values.WEBHOOK_ALLOW_LOCAL !== undefined,
    personNumberKey,
  };
}

/**
 * Reads the environment once, for the whole service.
 *
 * With `DATABASE_URL` and `AUTH_ISSUERS` it is normal mode; with neither, a demonstration on the bundled Postgres;
 * with `DATABASE_URL` and `DEMO=yes`, a demonstration on that server. A variable that is set but empty counts as
 * not set, since compose files pass them on that way.
 *
 * @throws ConfigError with every fault at once: unknown values, what is missing, what contradicts something else
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set: Record<string, string> = {};
  for (const name of Object.keys(variables.shape)) {
    const text = env[name]?.trim();
    if (text !== undefined && text !== '') set[name] = text;
  }
  const given: Given = new Set(Object.keys(set));
  const parsed = variables.safeParse(set);
  const faults = [
    ...(parsed.error?.issues ?? []).map(({ path, message }) => ({ variable: placeOf(path), text: message })),
    ...contradictions(given),
    ...exposed(given, set.HOST),
    ...samePort(set),
    ...workersInDemonstration(given, set),
  ];
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults);
  return build(parsed.data);
}

function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i === 0 ? '' : '.'}${String(part)}`))
    .join('');
}
