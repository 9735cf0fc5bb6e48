import type { Pool } from 'pg';
import { buildApp } from './app.ts';
import { fileSink, startSealing } from './audit-log/index.ts';
import { startBackground } from './background.ts';
import type { Config, DemonstrationConfig, NormalConfig } from './config.ts';
import { claimDatabase } from './db/demo-mark.ts';
import { migrate } from './db/migrate.ts';
import { createPool } from './db/pool.ts';
import { refuseBehind, refuseUnfitServer, refuseUnsafeRole } from './db/safety.ts';
import type { DatabaseServer } from './db/server.ts';
import {
  createDemoIssuer,
  type DemoClock,
  type DemoIssuer,
  type LaunchPatient,
  loadDemoSecrets,
  openDemoClock,
  registerDemoClock,
} from './demo/index.ts';
import { createDeps, createDesk, type Deps } from './deps.ts';
import { ABSENCE_EVERY_MS } from './http/absence.ts';
import { createMetricsServer } from './http/metrics.ts';
import type { Server } from './http/server.ts';
import { createAuthenticator } from './identity/index.ts';
import { findPatientKey } from './patients/index.ts';
import { systemClock } from './shared/clock.ts';
import { publicPatientId } from './shared/ids.ts';
import { hashPersonNumber } from './shared/person-number.ts';

/** A service that is ready to listen, and what must be stopped with it. */
export interface Started {
  readonly app: Server;
  readonly servers: readonly { close(): PromiseLike<unknown> }[];
  release(): Promise<void>;
  /** Demonstration mode only: who signs its tokens, the clock that can be moved, and what its first persons need. */
  readonly demonstration?: {
    readonly issuer: DemoIssuer;
    readonly clock: DemoClock;
    readonly pool: Pool;
    readonly persons: boolean;
  };
}

type Say = (line: string) => void;

function poolOf(config: Config, url: string, say: Say): Pool {
  return createPool({
    url,
    applicationName: 'patientkontrakt',
    max: config.poolSize,
    preparedStatements: config.preparedStatements,
    onConnectionError: () => say('En anslutning till databasen bröts; en ny öppnas när den behövs.'),
  });
}

async function checkDatabase(pool: Pool, mode: Config['mode']): Promise<void> {
  await refuseUnfitServer(pool);
  await refuseUnsafeRole(pool);
  await refuseBehind(pool);
  await claimDatabase(pool, mode);
}

/**
 * What runs from within the service, so that there is no second thing to run: the log is sealed, events are told and what
 * falls between chairs is looked for. Stopped before the pool is.
 */
async function keepRunning(
  config: Config,
  { desk, secret, webhookTargets, fhirCanonicalBase }: Deps,
  app: Server,
  release: () => Promise<void>,
): Promise<() => Promise<void>> {
  const sink = config.auditSealFile === undefined ? undefined : fileSink(config.auditSealFile);
  if (!sink && config.mode === 'normal')
    app.log.warn('AUDIT_SEAL_FILE is not set: seals are kept in the database alone');
  const { log, metrics } = app;
  const background = await startBackground({
    ...{ desk, secret, webhookTargets, fhirCanonicalBase, log, metrics },
    noticeFolder: config.noticeFolder,
    servedKeep: config.servedKeep,
  });
  const sealing = startSealing({ pool: desk.pool, sink, log });
  return async () => {
    await Promise.all([sealing.stop(), background.stop()]);
    await release();
  };
}

function serverOptions(config: Config): Deps['server'] {
  return {
    log: { level: config.logLevel },
    publicUrl: config.publicUrl,
    bodyLimitBytes: config.bodyLimitBytes,
    requestTimeoutMs: config.requestTimeoutMs,
    rateLimitPerMinute: config.rateLimitPerMinute,
    trustProxy: config.trustProxy,
    metricsToken: config.metrics.token,
    pressure: { maxEventLoopDelayMs: 1000, mostUnderWay: config.mostUnderWay },
  };
}

async function withMetrics(app: Server, config: Config): Promise<{ close(): PromiseLike<unknown> }[]> {
  if (config.metrics.port === undefined) return [app];
  const metrics = createMetricsServer(app.metrics);
  await metrics.listen({ port: config.metrics.port, host: config.host });
  return [app, metrics];
}

/**
 * Makes the service for real persons. Migrations are never run by it: a role that may change tables is too strong to
 * serve requests.
 *
 * @throws StartRefusal when the database's role, migrations or mark do not fit
 */
export async function startNormal(config: NormalConfig, say: Say): Promise<Started> {
  const pool = poolOf(config, config.databaseUrl, say);
  const { personNumberKey, cursorKey } = config;
  try {
    await checkDatabase(pool, 'normal');
    const authenticator = createAuthenticator({
      issuers: config.issuers,
      personNumberHash: (digits) => hashPersonNumber(personNumberKey, digits),
      realNow: Date.now,
    });
    const desk = createDesk({ pool, clock: systemClock, law: config.lawSettings });
    const deps = createDeps({
      desk,
      authenticator,
      personNumberKey,
      cursorKey,
      fhirCanonicalBase: config.fhirCanonicalBase,
      browserOrigins: config.browserOrigins,
      smartAuthorization: config.smartAuthorization,
      webhookTargets: { hosts: config.webhookHosts, allowLocal: false },
      server: serverOptions(config),
    });
    const app = await buildApp({ ...deps, absenceEveryMs: ABSENCE_EVERY_MS });
    const servers = await withMetrics(app, config);
    return { app, servers, release: await keepRunning(config, deps, app, () => pool.end()) };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** What the demonstration's issuer asks when a SMART app is launched for a patient: a number's FHIR id, if it has one. */
function patientIds(pool: Pool, personNumberKey: Buffer): LaunchPatient {
  return async ({ claims }) => {
    const hash = hashPersonNumber(personNumberKey, String(claims.personalIdentityNumber));
    const key = await findPatientKey(pool, hash);
    return key === undefined ? undefined : publicPatientId(key);
  };
}

/**
 * Makes the demonstration: migrates its database, and adds an issuer with made-up persons and a clock that can
 * be moved. Never for real persons.
 *
 * @param opening the database's server, which may still be starting; stopped with the demonstration
 * @param baseUrl how browsers on this machine reach the service, without a closing slash
 * @throws StartRefusal when the database is not this demonstration's
 */
export async function startDemonstration(
  config: DemonstrationConfig,
  opening: Promise<DatabaseServer>,
  baseUrl: string,
  say: Say,
): Promise<Started> {
  const { dataDir } = config;
  const database = await opening;
  const pool = poolOf(config, database.appUrl, say);
  const release = async () => {
    await pool.end();
    await database.stop();
  };
  try {
    if (database.ownerUrl) await migrate(database.ownerUrl, { log: say });
    await checkDatabase(pool, 'demonstration');
    const secrets = await loadDemoSecrets(dataDir);
    const clock = await openDemoClock({ dataDir, start: config.clockStart, realNow: Date.now });
    const personNumberKey = config.personNumberKey ?? secrets.personNumberKey;
    const patientIdOf = patientIds(pool, personNumberKey);
    const issuer = createDemoIssuer({ baseUrl, secrets, realNow: Date.now, patientIdOf });
    const authenticator = createAuthenticator({
      issuers: issuer.issuers,
      personNumberHash: (digits) => hashPersonNumber(personNumberKey, digits),
      realNow: Date.now,
    });
    const deps = createDeps({
      desk: createDesk({ pool, clock, law: config.lawSettings }),
      authenticator,
      personNumberKey,
      cursorKey: config.cursorKey,
      fhirCanonicalBase: config.fhirCanonicalBase,
      browserOrigins: config.browserOrigins,
      smartAuthorization: issuer.smart,
      webhookTargets: { hosts: config.webhookHosts, allowLocal: config.webhookAllowLocal },
      server: serverOptions(config),
      demonstration: async (server) => {
        registerDemoClock(server, clock);
        await issuer.mount(server);
      },
    });
    const app = await buildApp({ ...deps, absenceEveryMs: ABSENCE_EVERY_MS });
    return {
      app,
      servers: await withMetrics(app, config),
      release: await keepRunning(config, deps, app, release),
      demonstration: { issuer, clock, pool, persons: config.persons },
    };
  } catch (error) {
    await release();
    throw error;
  }
}
