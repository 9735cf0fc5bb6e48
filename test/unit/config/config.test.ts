import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { baseUrlOf, type Config, ConfigError, readConfig } from '../../../src/config.ts';

const DB = 'postgresql://app:hemligt@db.example.com/plan';
const OWNER = 'postgresql://owner:hemligt@db.example.com/plan';
const KEY = 'a1'.repeat(32);
const ISSUERS = JSON.stringify([
  { issuer: 'https://idp.example.com', audience: 'plan', kind: 'staff', jwksUri: 'https://idp.example.com/jwks' },
]);
const NORMAL = { DATABASE_URL: DB, AUTH_ISSUERS: ISSUERS, PERSON_NUMBER_KEY: KEY };

type Env = Record<string, string>;

function faults(env: Env): ConfigError {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

const faulty = (env: Env) => faults(env).faults.map((fault) => fault.variable);

function summary(config: Config) {
  return config.mode === 'normal' ? 'normal' : `demonstration ${config.database.kind} ${config.host}`;
}

describe('which mode the environment asks for', () => {
  it.each<[string, Env, string]>([
    ['nothing at all', {}, 'demonstration embedded 127.0.0.1'],
    ['DEMO', { DEMO: 'yes' }, 'demonstration embedded 127.0.0.1'],
    ['a database and DEMO', { DATABASE_URL: DB, DEMO: 'yes' }, 'demonstration server 127.0.0.1'],
    ['an owner address and DEMO', { DATABASE_OWNER_URL: OWNER, DEMO: 'yes' }, 'demonstration server 127.0.0.1'],
    ['a database and issuers', NORMAL, 'normal'],
    ['both addresses and issuers', { ...NORMAL, DATABASE_OWNER_URL: OWNER }, 'normal'],
    [
      'empty values, as compose files pass them on',
      { DATABASE_URL: '', AUTH_ISSUERS: ' ', DEMO: '' },
      'demonstration embedded 127.0.0.1',
    ],
    ['a loopback host', { HOST: '127.0.0.2' }, 'demonstration embedded 127.0.0.2'],
    ['localhost', { HOST: 'localhost' }, 'demonstration embedded localhost'],
    ['IPv6 loopback', { HOST: '::1' }, 'demonstration embedded ::1'],
    ['an open host that is allowed', { HOST: '0.0.0.0', DEMO_ALLOW_REMOTE: 'yes' }, 'demonstration embedded 0.0.0.0'],
    ['leave to be reached but no host', { DEMO_ALLOW_REMOTE: 'yes' }, 'demonstration embedded 127.0.0.1'],
  ])('%s', (_, env, expected) => {
    expect(summary(readConfig(env))).toBe(expected);
  });

  it.each<[string, Env, string[]]>([
    ['issuers without a database', { AUTH_ISSUERS: ISSUERS, PERSON_NUMBER_KEY: KEY }, ['AUTH_ISSUERS']],
    [
      'issuers with only the owner address',
      { AUTH_ISSUERS: ISSUERS, DATABASE_OWNER_URL: OWNER, PERSON_NUMBER_KEY: KEY },
      ['AUTH_ISSUERS'],
    ],
    ['a database without issuers', { DATABASE_URL: DB }, ['DATABASE_URL']],
    ['an owner address alone', { DATABASE_OWNER_URL: OWNER }, ['DATABASE_OWNER_URL']],
    ['issuers and DEMO', { ...NORMAL, DEMO: 'yes' }, ['DEMO']],
    [
      'issuers without a database and DEMO',
      { AUTH_ISSUERS: ISSUERS, PERSON_NUMBER_KEY: KEY, DEMO: 'yes' },
      ['AUTH_ISSUERS', 'DEMO'],
    ],
    ['normal mode without the key', { DATABASE_URL: DB, AUTH_ISSUERS: ISSUERS }, ['PERSON_NUMBER_KEY']],
    ['a moved clock in normal mode', { ...NORMAL, DEMO_CLOCK_START: '2026-11-16' }, ['DEMO_CLOCK_START']],
    ['made-up persons in normal mode', { ...NORMAL, DEMO_PERSONS: 'none' }, ['DEMO_PERSONS']],
    ['remote demonstration in normal mode', { ...NORMAL, DEMO_ALLOW_REMOTE: 'yes' }, ['DEMO_ALLOW_REMOTE']],
    ['an open demonstration', { HOST: '0.0.0.0' }, ['HOST']],
    ['an open demonstration on a server', { HOST: '10.0.0.4', DATABASE_URL: DB, DEMO: 'yes' }, ['HOST']],
    ['another name that looks like this machine', { HOST: '127.0.0.1.example.com' }, ['HOST']],
  ])('is refused with %s', (_, env, expected) => {
    expect(faulty(env)).toEqual(expected);
  });
});

describe('what normal mode is given', () => {
  it('holds both addresses, the issuers and the key, and is reachable', () => {
    const config = readConfig({ ...NORMAL, DATABASE_OWNER_URL: OWNER });
    expect(config).toMatchObject({ mode: 'normal', host: '0.0.0.0', databaseUrl: DB, databaseOwnerUrl: OWNER });
    expect(config).toMatchObject({ issuers: [{ issuer: 'https://idp.example.com', kind: 'staff' }] });
    expect(config.personNumberKey?.toString('hex')).toBe(KEY);
    expect(config).not.toHaveProperty('clockStart');
  });

  it.each([
    KEY,
    KEY.toUpperCase(),
    Buffer.from(KEY, 'hex').toString('base64'),
    Buffer.from(KEY, 'hex').toString('base64url'),
  ])('reads a key as hex or base64', (text) => {
    expect(readConfig({ PERSON_NUMBER_KEY: text }).personNumberKey?.toString('hex')).toBe(KEY);
  });
});

describe('one variable at a time', () => {
  it('has these defaults', () => {
    expect(readConfig({})).toEqual({
      mode: 'demonstration',
      database: { kind: 'embedded' },
      host: '127.0.0.1',
      port: 3000,
      dataDir: resolve('.data'),
      logLevel: 'info',
      metrics: {},
      trustProxy: false,
      bodyLimitBytes: 262_144,
      requestTimeoutMs: 30_000,
      rateLimitPerMinute: 1200,
      workers: 1,
      browserOrigins: [],
      webhookHosts: [],
      servedKeep: { eventDays: 30, noticeDays: 90 },
      webhookAllowLocal: false,
      poolSize: 10,
      mostUnderWay: 40,
      preparedStatements: true,
      persons: true,
    });
  });

  it.each<[string, string, Partial<Config>]>([
    ['PORT', '0', { port: 0 }],
    ['PORT', ' 8080 ', { port: 8080 }],
    ['PUBLIC_URL', 'https://plan.example.com/', { publicUrl: 'https://plan.example.com' }],
    ['FHIR_CANONICAL_BASE', 'https://nothl7.se/fhir/', { fhirCanonicalBase: 'https://nothl7.se/fhir' }],
    [
      'FHIR_ORIGINS',
      'https://app.example.se, http://localhost:4000',
      { browserOrigins: ['https://app.example.se', 'http://localhost:4000'] },
    ],
    ['DATA_DIR', '/var/lib/plan', { dataDir: '/var/lib/plan' }],
    ['LOG_LEVEL', 'debug', { logLevel: 'debug' }],
    ['METRICS_PORT', '9100', { metrics: { port: 9100 } }],
    ['METRICS_TOKEN', 'abcdefgh-1234567', { metrics: { token: 'abcdefgh-1234567' } }],
    ['TRUST_PROXY', '1', { trustProxy: 1 }],
    ['TRUST_PROXY', '10.0.0.0/8, fd00::/8', { trustProxy: ['10.0.0.0/8', 'fd00::/8'] }],
    ['BODY_LIMIT_BYTES', '1024', { bodyLimitBytes: 1024 }],
    ['REQUEST_TIMEOUT_MS', '1000', { requestTimeoutMs: 1000 }],
    ['RATE_LIMIT_PER_MINUTE', '60', { rateLimitPerMinute: 60 }],
    ['POOL_SIZE', '20', { poolSize: 20, mostUnderWay: 80 }],
    ['MAX_UNDER_WAY', '7', { mostUnderWay: 7 }],
    ['EVENTS_KEEP_DAYS', '7', { servedKeep: { eventDays: 7, noticeDays: 90 } }],
    ['NOTICES_KEEP_DAYS', '365', { servedKeep: { eventDays: 30, noticeDays: 365 } }],
    ['PREPARED_STATEMENTS', 'off', { preparedStatements: false }],
    ['DEMO_PERSONS', 'none', { persons: false }],
    ['DEMO_CLOCK_START', '2026-11-16', { clockStart: Date.parse('2026-11-15T23:00:00Z') }],
    ['DEMO_CLOCK_START', '2026-07-01', { clockStart: Date.parse('2026-06-30T22:00:00Z') }],
    ['DEMO_CLOCK_START', '2026-11-16T08:00', { clockStart: Date.parse('2026-11-16T07:00:00Z') }],
    ['DEMO_CLOCK_START', '2026-11-16T08:00:00+01:00', { clockStart: Date.parse('2026-11-16T07:00:00Z') }],
    ['DEMO_CLOCK_START', '2026-11-16T07:00:00Z', { clockStart: Date.parse('2026-11-16T07:00:00Z') }],
  ] as [string, string, Partial<Config>][])('%s=%s is read', (name, value, expected) => {
    expect(readConfig({ [name]: value })).toMatchObject(expected);
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80a'],
    ['PORT', '1e3'],
    ['HOST', 'a b'],
    ['PUBLIC_URL', 'ftp://plan.example.com'],
    ['FHIR_CANONICAL_BASE', 'urn:oid:1.2.752'],
    ['FHIR_CANONICAL_BASE', 'http://hl7.se/fhir/ig/ours'],
    ['FHIR_CANONICAL_BASE', 'https://fhir.inera.se/patientkontrakt'],
    ['FHIR_CANONICAL_BASE', 'http://ElectronicHealth.se/fhir'],
    ['FHIR_CANONICAL_BASE', 'http://hl7.org/fhir'],
    ['FHIR_ORIGINS', '*'],
    ['FHIR_ORIGINS', 'https://app.example.se/'],
    ['FHIR_ORIGINS', 'https://app.example.se,http://app.example.se'],
    ['FHIR_ORIGINS', 'null'],
    ['DEMO', 'no'],
    ['DEMO', 'true'],
    ['DEMO', 'YES'],
    ['DEMO_ALLOW_REMOTE', '1'],
    ['DEMO_CLOCK_START', 'igår'],
    ['DEMO_CLOCK_START', '2026-02-30'],
    ['DEMO_CLOCK_START', '2026-03-29T02:30'],
    ['DEMO_CLOCK_START', '16/11 2026'],
    ['LOG_LEVEL', 'loud'],
    ['METRICS_TOKEN', 'kort'],
    ['METRICS_PORT', '0'],
    ['METRICS_PORT', '3000'],
    ['TRUST_PROXY', 'yes'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', '0'],
    ['BODY_LIMIT_BYTES', '0'],
    ['REQUEST_TIMEOUT_MS', '10m'],
    ['RATE_LIMIT_PER_MINUTE', '0'],
    ['POOL_SIZE', '1'],
    ['EVENTS_KEEP_DAYS', '6'],
    ['EVENTS_KEEP_DAYS', '91'],
    ['PREPARED_STATEMENTS', 'ja'],
    ['PERSON_NUMBER_KEY', 'lösenord'],
    ['PERSON_NUMBER_KEY', 'a1'.repeat(31)],
    ['CURSOR_KEY', 'abc'],
  ])('%s=%s is refused', (name, value) => {
    expect(new Set(faulty({ [name]: value }))).toEqual(new Set([name]));
  });

  it.each(['db.example.com', 'mysql://db/plan', 'http://db/plan'])('a database address like %s is refused', (url) => {
    expect(faulty({ DATABASE_URL: url, DEMO: 'yes' })).toEqual(['DATABASE_URL']);
  });
});

describe('AUTH_ISSUERS', () => {
  const one = {
    issuer: 'https://idp.example.com',
    audience: 'plan',
    kind: 'staff',
    jwksUri: 'https://idp.example.com/k',
  };
  const key = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' };
  const { jwksUri: _, ...bare } = one;
  const withIssuers = (value: unknown) => ({
    ...NORMAL,
    AUTH_ISSUERS: typeof value === 'string' ? value : JSON.stringify(value),
  });

  it.each<[string, unknown]>([
    ['a list of audiences', { ...one, audience: ['plan', 'plan2'] }],
    ['keys in place', { ...bare, jwks: { keys: [key] } }],
    ['keys on this machine over http', { ...one, jwksUri: 'http://127.0.0.1:8080/k' }],
    [
      'its own algorithms, levels and claim names',
      { ...one, algorithms: ['RS256'], acrValues: ['high'], claims: { employeeHsaId: 'hsa_id' } },
    ],
    ['clients of a system', { ...one, kind: 'system', clients: { journal: 'se0000000000-tstr01' } }],
  ])('takes %s', (_, issuer) => {
    expect(readConfig(withIssuers([issuer])).mode).toBe('normal');
  });

  it('keeps a client’s provider in the form that HSA-ids are compared in', () => {
    const config = readConfig(withIssuers([{ ...one, kind: 'system', clients: { journal: 'se0000000000-tstr01' } }]));
    expect(config).toMatchObject({ issuers: [{ clients: { journal: 'SE0000000000-TSTR01' } }] });
  });

  it.each<[string, unknown, string]>([
    ['text that is not JSON', '{', 'AUTH_ISSUERS'],
    ['a single issuer', one, 'AUTH_ISSUERS'],
    ['an empty list', [], 'AUTH_ISSUERS'],
    ['no issuer', [{ ...one, issuer: undefined }], 'AUTH_ISSUERS[0].issuer'],
    ['an unknown kind', [{ ...one, kind: 'admin' }], 'AUTH_ISSUERS[0].kind'],
    ['no audience', [{ ...one, audience: [] }], 'AUTH_ISSUERS[0].audience'],
    ['an unknown field', [{ ...one, secret: 'hemligt' }], 'AUTH_ISSUERS[0]'],
    ['keys over http', [{ ...one, jwksUri: 'http://idp.example.com/k' }], 'AUTH_ISSUERS[0].jwksUri'],
    [
      'a password in the address',
      [{ ...one, jwksUri: 'https://a:hemligt@idp.example.com/k' }],
      'AUTH_ISSUERS[0].jwksUri',
    ],
    ['no keys', [bare], 'AUTH_ISSUERS[0]'],
    ['keys twice', [{ ...one, jwks: { keys: [key] } }], 'AUTH_ISSUERS[0]'],
    ['an empty key list', [{ ...bare, jwks: { keys: [] } }], 'AUTH_ISSUERS[0].jwks.keys'],
    [
      'a shared secret',
      [{ ...bare, jwks: { keys: [{ kty: 'oct', k: 'aGVtbGlndA' }] } }],
      'AUTH_ISSUERS[0].jwks.keys[0].kty',
    ],
    ['a private key', [{ ...bare, jwks: { keys: [{ ...key, d: 'aGVtbGlndA' }] } }], 'AUTH_ISSUERS[0].jwks.keys[0]'],
    [
      'a short RSA key',
      [{ ...bare, jwks: { keys: [{ kty: 'RSA', n: 'AQAB', e: 'AQAB' }] } }],
      'AUTH_ISSUERS[0].jwks.keys[0]',
    ],
    ['a symmetric algorithm', [{ ...one, algorithms: ['HS256'] }], 'AUTH_ISSUERS[0].algorithms[0]'],
    ['alg none', [{ ...one, algorithms: ['none'] }], 'AUTH_ISSUERS[0].algorithms[0]'],
    ['an unknown claim', [{ ...one, claims: { shoeSize: 'x' } }], 'AUTH_ISSUERS[0].claims'],
    ['clients of a staff issuer', [{ ...one, clients: { a: 'SE0000000000-TSTR01' } }], 'AUTH_ISSUERS[0]'],
    [
      'a client’s provider that is no HSA-id',
      [{ ...one, kind: 'system', clients: { a: 'x' } }],
      'AUTH_ISSUERS[0].clients.a',
    ],
    ['one issuer of two kinds', [one, { ...one, kind: 'citizen' }], 'AUTH_ISSUERS[1].issuer'],
  ])('is refused with %s, and the place is named', (_, value, place) => {
    const error = faults(withIssuers(value));
    expect(error.faults.map((fault) => fault.variable)).toEqual([place]);
    expect(error.message).not.toMatch(/hemligt|aGVtbGlndA/);
  });
});

describe('the address that this machine reaches the service by', () => {
  it.each([
    [{}, 'http://127.0.0.1:3000'],
    [{ PORT: '8080', HOST: 'localhost' }, 'http://localhost:8080'],
    [{ HOST: '0.0.0.0', DEMO_ALLOW_REMOTE: 'yes' }, 'http://127.0.0.1:3000'],
    [{ HOST: '::1' }, 'http://[::1]:3000'],
    [{ PUBLIC_URL: 'https://plan.example.com/' }, 'https://plan.example.com'],
  ])('%j: %s', (env, url) => {
    expect(baseUrlOf(readConfig(env))).toBe(url);
  });
});

describe('the refusal to start', () => {
  it('lists every fault at once, in Swedish, and repeats no value', () => {
    const env = {
      PORT: 'tretusen',
      AUTH_ISSUERS: '[{"kind":"admin"}]',
      DEMO: 'kanske',
      POOL_SIZE: '0',
      DATABASE_URL: 'mysql://u:hemligt@h',
    };
    const { message, faults: all } = faults(env);
    const places = ['PORT', 'POOL_SIZE', 'DATABASE_URL', 'DEMO', 'PERSON_NUMBER_KEY', 'AUTH_ISSUERS[0].kind'];
    expect(all.map((fault) => fault.variable)).toEqual(expect.arrayContaining(places));
    expect(message).toContain('Tjänsten startar inte');
    for (const value of ['tretusen', 'hemligt', 'kanske', 'admin']) expect(message).not.toContain(value);
  });
});
