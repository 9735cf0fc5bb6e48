import { resolve } from 'node:path';
import { LOGIN_ROLES } from '../roles.ts';
import type { StartLog } from '../start-refusal.ts';
import { launch, type ServerSettings } from './launch.ts';
import { openPlace, SUPERUSER } from './place.ts';
import { prepareServer } from './prepare.ts';

const DATABASE = 'patientkontrakt';

export interface EmbeddedOptions {
  /** Folder of this installation; the cluster is made in it at the first start and kept. */
  readonly dataDir: string;
  readonly log: StartLog;
  /** False gives up safety at power loss for speed: tests only. */
  readonly durable?: boolean;
  /** For those who measure what a larger server can: memory and the like, over what suits a demonstration. */
  readonly settings?: ServerSettings;
  /** Called when the server ends without having been asked to. */
  readonly onUnexpectedExit?: () => void;
}

export interface EmbeddedServer {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly jobsUrl: string;
  readonly retentionUrl: string;
  /** The cluster's superuser, for tests of the launcher and of refused roles. The service must never use it. */
  readonly adminUrl: string;
  /** Ends sessions, writes everything down and waits until the server is gone. */
  stop(): Promise<void>;
}

/**
 * Starts the embedded PostgreSQL of a data folder and gives addresses for each role: for development, demonstration
 * and tests, never production. Data are kept between starts and, by default, survive power loss. The server listens on
 * loopback alone and dies with this process, however it dies.
 *
 * @throws StartRefusal when another process runs the same data folder, or the server cannot run here
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const durable = options.durable ?? true;
  const place = await openPlace(resolve(options.dataDir), durable);
  const running = await launch(place, durable, options.settings);
  const urlFor = (role: string | undefined, database: string) =>
    `postgres://${role ?? SUPERUSER}:${place.passwords[role ?? SUPERUSER]}@127.0.0.1:${running.port}/${database}`;
  try {
    await prepareServer(urlFor, DATABASE, place.passwords);
  } catch (error) {
    await running.stop();
    throw error;
  }
  options.log(`PostgreSQL 18 (inbyggd) körs på 127.0.0.1:${running.port}, data i ${place.folder}`);
  running.watch(options.onUnexpectedExit ?? (() => options.log('Den inbyggda databasen har avslutats oväntat.')));
  return {
    ownerUrl: urlFor(LOGIN_ROLES.owner, DATABASE),
    appUrl: urlFor(LOGIN_ROLES.app, DATABASE),
    jobsUrl: urlFor(LOGIN_ROLES.jobs, DATABASE),
    retentionUrl: urlFor(LOGIN_ROLES.retention, DATABASE),
    adminUrl: urlFor(undefined, DATABASE),
    stop: running.stop,
  };
}
