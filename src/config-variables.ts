import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { lawSettings } from './access/index.ts';
import { readClockStart } from './demo/index.ts';
import { issuerList, smartAuthorization } from './identity/index.ts';
import { DEFAULT_KEEP } from './jobs/index.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const SECRET_BYTES = 32;
const HOST_NAME = /^(?=.{1,253}$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/i;
const CIDR = /^(.+)\/(\d{1,3})$/;

/** One variable read by `parse`; undefined from it means the value is refused, and `message` says what is wanted. */
function read<T>(parse: (text: string) => T | undefined, message: string) {
  return z.string().transform((text, context): T => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

function wholeNumber(least: number, most: number, unit: string) {
  const parse = (text: string) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : -1;
    return value >= least && value <= most ? value : undefined;
  };
  return read(parse, `ska vara ett heltal från ${least} till ${most}${unit}`);
}

function oneOf<const T extends string>(values: readonly T[]) {
  const parse = (text: string) => values.find((value) => value === text);
  const choice = values.length === 1 ? values[0] : `något av ${values.join(', ')}`;
  return read(parse, `ska vara ${choice}, eller utelämnas`);
}

function urlOf(protocols: readonly string[]) {
  return (text: string) => (URL.canParse(text) && protocols.includes(new URL(text).protocol) ? text : undefined);
}

const postgresUrl = read(
  urlOf(['postgres:', 'postgresql:']),
  'ska vara en adress som börjar med postgres:// eller postgresql://',
);

/** A secret as the service reads it, for commands that need one; undefined when it is not set or not one. */
export function readConfigSecret(text: string | undefined): Buffer | undefined {
  return text === undefined ? undefined : readSecret(text.trim());
}

function readSecret(text: string): Buffer | undefined {
  const hex = /^(?:[\da-f]{2})+$/i.test(text);
  if (!hex && !/^[A-Za-z\d+/_-]+={0,2}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, hex ? 'hex' : 'base64');
  return bytes.length >= SECRET_BYTES ? bytes : undefined;
}

const secret = read(readSecret, `ska vara minst ${SECRET_BYTES} slumpade byte som hex eller base64`);

function isNetwork(text: string): boolean {
  const [, address, bits] = CIDR.exec(text) ?? [];
  const family = isIP(address ?? text);
  return family !== 0 && Number(bits ?? 0) <= (family === 4 ? 32 : 128);
}

// "Trust everybody" is not offered: any client could then write its own address into the access log.
function readTrustProxy(text: string): number | readonly string[] | undefined {
  if (/^[1-9]$/.test(text)) return Number(text);
  const networks = text.split(',').map((part) => part.trim());
  return networks.every(isNetwork) ? networks : undefined;
}

/** Host names with commas between, each whole or with `*.` in front. */
function readHosts(text: string): readonly string[] | undefined {
  const hosts = text.split(',').map((part) => part.trim().toLowerCase());
  const isHost = (host: string) => HOST_NAME.test(host.replace(/^\*\./, '')) && host.includes('.') && isIP(host) === 0;
  return hosts.every(isHost) ? hosts : undefined;
}

const LOCAL_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whose definitions ours build on: nobody else says what lives there. */
const OTHERS_CANONICALS = /(?:^|\.)(?:hl7\.se|hl7\.org|inera\.se|electronichealth\.se)$/;

function readCanonicalBase(text: string): string | undefined {
  const base = urlOf(['http:', 'https:'])(text)?.replace(/\/+$/, '');
  return base !== undefined && OTHERS_CANONICALS.test(new URL(base).hostname) ? undefined : base;
}

/** Origins with commas between, each as a browser writes it: https, or http on this machine itself. */
function readOrigins(text: string): readonly string[] | undefined {
  const origins = text.split(',').map((part) => part.trim());
  const isOrigin = (one: string) => {
    if (!URL.canParse(one)) return false;
    const { origin, protocol, hostname } = new URL(one);
    return origin === one && (protocol === 'https:' || (protocol === 'http:' && LOCAL_HOSTS.has(hostname)));
  };
  return origins.every(isOrigin) ? origins : undefined;
}

function readJson<S extends z.ZodType>(schema: S, text: string, context: z.RefinementCtx): z.output<S> {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'är inte JSON' });
    return z.NEVER;
  }
  const result = schema.safeParse(raw, { error: issuerFault });
  if (result.success) return result.data;
  for (const { path, message } of result.error.issues) context.addIssue({ code: 'custom', path, message });
  return z.NEVER;
}

// The library's own words are English, and could repeat what was sent.
const issuerFault = (issue: { code: string; keys?: unknown }): string =>
  issue.code === 'unrecognized_keys' && Array.isArray(issue.keys)
    ? `har okända fält: ${issue.keys.join(', ')}`
    : 'saknas eller har fel slag';

/** Every variable that the service reads, each alone; how they go together is judged in `config.ts`. */
export const variables = z.object({
  PORT: wholeNumber(0, 65_535, '').default(3000),
  HOST: read(
    (text) => (isIP(text) !== 0 || HOST_NAME.test(text) ? text : undefined),
    'ska vara en IP-adress eller ett värdnamn',
  ).optional(),
  PUBLIC_URL: read(
    (text) => urlOf(['http:', 'https:'])(text)?.replace(/\/+$/, ''),
    'ska vara en adress som börjar med http:// eller https://',
  ).optional(),
  FHIR_CANONICAL_BASE: read(
    readCanonicalBase,
    'ska vara en egen adress som börjar med http:// eller https://: inte under hl7.se, hl7.org, inera.se eller electronichealth.se',
  ).optional(),
  FHIR_ORIGINS: read(
    readOrigins,
    'ska vara ursprung med komma emellan, till exempel https://app.example.se (http bara på den egna datorn)',
  ).default([]),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_OWNER_URL: postgresUrl.optional(),
  AUTH_ISSUERS: z
    .string()
    .transform((text, context) => readJson(issuerList, text, context))
    .optional(),
  SMART_AUTHORIZATION: z
    .string()
    .transform((text, context) => readJson(smartAuthorization, text, context))
    .optional(),
  DEMO: oneOf(['yes']).optional(),
  DEMO_ALLOW_REMOTE: oneOf(['yes']).optional(),
  DEMO_CLOCK_START: read(
    readClockStart,
    'ska vara en dag (2026-11-16) eller en tid (2026-11-16T08:00) som finns',
  ).optional(),
  DEMO_PERSONS: oneOf(['none']).optional(),
  DATA_DIR: read((text) => resolve(text), 'ska vara en mapp').default(() => resolve('.data')),
  PERSON_NUMBER_KEY: secret.optional(),
  CURSOR_KEY: secret.optional(),
  LAW_SETTINGS: z
    .string()
    .transform((text, context) => readJson(lawSettings, text, context))
    .optional(),
  WEBHOOK_HOSTS: read(
    readHosts,
    'ska vara värdnamn med komma emellan, till exempel hooks.example.se,*.example.org',
  ).default([]),
  WEBHOOK_ALLOW_LOCAL: oneOf(['yes']).optional(),
  AUDIT_SEAL_FILE: read((text) => resolve(text), 'ska vara en fil').optional(),
  NOTICE_DIR: read((text) => resolve(text), 'ska vara en mapp').optional(),
  EVENTS_KEEP_DAYS: wholeNumber(7, 90, ' dygn').default(DEFAULT_KEEP.eventDays),
  NOTICES_KEEP_DAYS: wholeNumber(7, 3650, ' dygn').default(DEFAULT_KEEP.noticeDays),
  LOG_LEVEL: oneOf(LOG_LEVELS).default('info'),
  METRICS_TOKEN: read(
    (text) => (/^[\w.~+/=-]{16,512}$/.test(text) ? text : undefined),
    'ska vara 16–512 tecken utan blanksteg',
  ).optional(),
  METRICS_PORT: wholeNumber(1, 65_535, '').optional(),
  TRUST_PROXY: read(
    readTrustProxy,
    'ska vara antalet mellanliggande servrar (1–9) eller deras adresser med komma emellan',
  ).optional(),
  BODY_LIMIT_BYTES: wholeNumber(1024, 10 * 1024 * 1024, ' byte').default(256 * 1024),
  REQUEST_TIMEOUT_MS: wholeNumber(1000, 300_000, ' ms').default(30_000),
  RATE_LIMIT_PER_MINUTE: wholeNumber(1, 10_000_000, '').default(1200),
  WORKERS: wholeNumber(1, 64, '').default(1),
  POOL_SIZE: wholeNumber(2, 200, '').default(10),
  MAX_UNDER_WAY: wholeNumber(1, 100_000, '').optional(),
  PREPARED_STATEMENTS: oneOf(['on', 'off']).default('on'),
});

export type Variables = z.output<typeof variables>;
