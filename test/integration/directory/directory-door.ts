import type pg from 'pg';
import { createPool } from '../../../src/db/pool.ts';
import { createDesk } from '../../../src/deps.ts';
import { type DirectoryData, importDirectory, memorySources, registerDirectory } from '../../../src/directory/index.ts';
import { authenticateDoor, createCursors, createServer, type Server } from '../../../src/http/index.ts';
import type { Actor } from '../../../src/shared/actor.ts';
import { defineProblem } from '../../../src/shared/problem.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

export const tst = (suffix: string) => `SE0000000000-TST${suffix}`;

const commission = { hsaId: tst('C001'), purpose: 'Vård och behandling', rights: ['Läsa;alla;SJF'] };

const ACTORS: Readonly<Record<string, Actor>> = {
  staff: {
    kind: 'staff',
    issuer: 'https://staff.example',
    employeeHsaId: tst('P003'),
    name: 'Maj Modell',
    unitHsaId: tst('0201'),
    providerHsaId: tst('R01'),
    commission,
  },
  stranger: {
    kind: 'staff',
    issuer: 'https://staff.example',
    employeeHsaId: tst('P999'),
    name: 'Okänd Enhet',
    unitHsaId: tst('9999'),
    providerHsaId: tst('R01'),
    commission,
  },
  citizen: { kind: 'citizen', issuer: 'https://citizens.example', personNumberHash: 'a1b2' },
  system: { kind: 'system', issuer: 'https://systems.example', clientId: 'journal', providerHsaId: tst('R01') },
};

const noToken = defineProblem({
  code: 'directory-test-no-token',
  kind: 'unauthenticated',
  title: { sv: 'Ingen inloggning', en: 'No sign-in' },
});

export interface Answer {
  readonly status: number;
  readonly body: { items: Record<string, unknown>[]; nextCursor?: string } & Record<string, unknown>;
  readonly text: string;
  readonly etag: string;
}

/** The directory's routes on a database of their own, where the token is simply who one is. */
export interface DirectoryDoor {
  readonly app: Server;
  readonly pool: pg.Pool;
  readonly database: TestDatabase;
  setClock(instant: string): void;
  load(data: DirectoryData): Promise<void>;
  get(url: string, as?: string, headers?: Record<string, string>): Promise<Answer>;
  close(): Promise<void>;
}

/** Registers the directory alone, as the app does, with answers held to their schemas. */
export async function openDirectoryDoor(): Promise<DirectoryDoor> {
  const database = await createTestDatabase();
  const pool = createPool({ url: database.appUrl, applicationName: 'test', onConnectionError: () => undefined });
  let now = Date.parse('2026-11-16T08:00:00+01:00');
  const app = await createServer({
    log: false,
    secret: Buffer.alloc(32, 7),
    doors: ['/v1'],
    api: { version: '1', door: '/v1', description: '', tags: [], apiReleased: '2026-11-16', apiStatus: 'beta' },
    healthChecks: [],
    answers: 'validate',
    rateLimitPerMinute: false,
    pressure: false,
  });
  await app.register(
    async (door) => {
      authenticateDoor(door, {
        authenticator: {
          authenticate: async (header) => {
            const actor = ACTORS[header?.replace('Bearer ', '') ?? ''];
            if (!actor) throw noToken();
            return actor;
          },
        },
      });
      const desk = createDesk({ pool, clock: { now: () => now } });
      await registerDirectory(door as Server, { desk, cursors: createCursors(Buffer.alloc(32, 9)) });
    },
    { prefix: '/v1' },
  );
  await app.ready();
  return {
    app,
    pool,
    database,
    setClock: (instant) => {
      now = Date.parse(instant);
    },
    load: async (data) => {
      const report = await importDirectory(pool, memorySources('test', data));
      if (!report.written) throw new Error(JSON.stringify(report.faults));
    },
    get: async (url, as = 'staff', headers = {}) => {
      const reply = await app.inject({ url: `/v1${url}`, headers: { authorization: `Bearer ${as}`, ...headers } });
      const body = reply.body === '' ? {} : reply.json();
      return { status: reply.statusCode, body, text: reply.body, etag: String(reply.headers.etag) };
    },
    close: async () => {
      await app.close();
      await pool.end();
      await database.drop();
    },
  };
}

const weekdays = 'mån-fre 08:00-17:00; helgdag stängt';

/** A small directory to search in; all of it made up. */
export const SMALL: DirectoryData = {
  principals: [
    { hsaId: tst('H01'), name: 'Region Exempelland', kind: 'region', areaCode: '12' },
    { hsaId: tst('H03'), name: 'Provköpings kommun', kind: 'municipality' },
    { hsaId: tst('H05'), name: 'Nedlagda landstinget', kind: 'region', active: false },
  ],
  providers: [
    {
      hsaId: tst('R01'),
      name: 'Region Exempelland',
      kind: 'care',
      principalHsaId: tst('H01'),
      joinedSharedDocumentationFrom: '2024-01-01',
      joinedSharedDocumentationTo: '2027-12-31',
    },
    {
      hsaId: tst('O01'),
      name: 'Provköpings kommun, socialtjänst',
      kind: 'social-care',
      principalHsaId: tst('H03'),
      organizationNumber: '0000000000',
    },
    { hsaId: tst('R05'), name: 'Nedlagda landstinget', kind: 'care', principalHsaId: tst('H05') },
  ],
  units: [
    { hsaId: tst('0201'), name: 'Testeryds vårdcentral', area: 'health', providerHsaId: tst('R01') },
    { hsaId: tst('0101'), name: 'Provköpings lasarett, medicinavd 4', area: 'health', providerHsaId: tst('R01') },
    { hsaId: tst('0301'), name: 'Åby äldreboende', area: 'older', providerHsaId: tst('O01') },
    { hsaId: tst('0302'), name: 'Älvsjö hemtjänst', area: 'older', providerHsaId: tst('O01') },
    { hsaId: tst('0303'), name: 'Östra vårdcentralen', area: 'health', providerHsaId: tst('R01') },
    { hsaId: tst('0304'), name: 'Abborrens förskola', area: 'school', providerHsaId: tst('O01') },
    { hsaId: tst('0305'), name: 'Stängda vårdcentralen', area: 'health', providerHsaId: tst('R01'), active: false },
    { hsaId: tst('0306'), name: 'Vårdcentralen i landstinget', area: 'health', providerHsaId: tst('R05') },
  ],
  staff: [
    {
      hsaId: tst('P003'),
      givenName: 'Maj',
      familyName: 'Modell',
      title: 'distriktssköterska',
      unitHsaIds: [tst('0201')],
    },
    {
      hsaId: tst('P004'),
      givenName: 'Åsa',
      familyName: 'Ödman-Prov',
      title: 'undersköterska',
      unitHsaIds: [tst('0302'), tst('0301')],
    },
    { hsaId: tst('P005'), givenName: 'André', familyName: 'Akersson', unitHsaIds: [tst('0201')] },
    {
      hsaId: tst('P006'),
      givenName: 'Hemliga',
      familyName: 'Skyddström',
      title: 'kurator',
      unitHsaIds: [tst('0201')],
      protectedIdentity: true,
    },
    { hsaId: tst('P007'), givenName: 'Slutat', familyName: 'Modell', unitHsaIds: [tst('0201')], active: false },
  ],
  channels: [
    {
      ownerHsaId: tst('0201'),
      key: 'telefon',
      kind: 'phone',
      value: '040-6280420',
      purpose: 'Frågor',
      audience: 'patient',
      openingHours: weekdays,
      whenClosed: 'Ring 1177.',
      inEmergency: 'Ring 112.',
      order: 2,
    },
    {
      ownerHsaId: tst('0201'),
      key: '1177',
      kind: '1177-message',
      value: 'https://www.1177.se/',
      purpose: 'Frågor som kan vänta',
      audience: 'patient',
      openingHours: 'dygnet runt',
      order: 1,
    },
    {
      ownerHsaId: tst('0201'),
      key: 'samverkan',
      kind: 'phone',
      value: '040-6280442',
      purpose: 'Bara för personal',
      audience: 'professional',
      openingHours: weekdays,
      order: 3,
    },
    {
      ownerHsaId: tst('0201'),
      key: 'gammal',
      kind: 'phone',
      value: '040-6280443',
      purpose: 'Gammalt nummer',
      audience: 'patient',
      openingHours: weekdays,
      active: false,
    },
  ],
};
