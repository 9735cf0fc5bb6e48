import { z } from 'zod';
import { authenticateDoor, createServer, type Server, type ServerOptions } from '../../../src/http/index.ts';
import type { Actor } from '../../../src/shared/actor.ts';
import { defineProblem } from '../../../src/shared/problem.ts';

/** A published test number (Skatteverket): what must never come back out in an answer or a log line. */
export const NUMBER = '192612049029';

export const STAFF: Actor = {
  kind: 'staff',
  issuer: 'https://staff.example',
  employeeHsaId: 'SE0000000000-TST1',
  name: 'Test Testsson',
  unitHsaId: 'SE0000000000-TSTU',
  providerHsaId: 'SE0000000000-TSTP',
};
export const OTHER_STAFF: Actor = { ...STAFF, employeeHsaId: 'SE0000000000-TST2' };
export const CITIZEN: Actor = { kind: 'citizen', issuer: 'https://citizens.example', personNumberHash: 'a1b2' };
const ACTORS: Readonly<Record<string, Actor>> = {
  'Bearer staff': STAFF,
  'Bearer other': OTHER_STAFF,
  'Bearer citizen': CITIZEN,
};

const noToken = defineProblem({
  code: 'test-no-token',
  kind: 'unauthenticated',
  title: { sv: 'Ingen inloggning', en: 'No sign-in' },
});

/** Headers of a request by a member of staff. */
export const AS_STAFF = { authorization: 'Bearer staff' };

export interface SmallApp {
  readonly app: Server;
  /** Everything that was logged, line by line. */
  readonly lines: Record<string, unknown>[];
}

export const FOR_STAFF = { access: { actions: ['test.read'], actors: ['staff', 'system'] } } as const;

/** The kernel with the routes that a test gives it under `/v1`, where everybody has to say who they are. */
export async function smallApp(
  routes: (door: Server) => void,
  options: Partial<ServerOptions> = {},
  before: (app: Server) => void = () => undefined,
): Promise<SmallApp> {
  const lines: Record<string, unknown>[] = [];
  const app = await createServer({
    log: { level: 'trace', stream: { write: (line) => void lines.push(JSON.parse(line)) } },
    secret: Buffer.alloc(32, 7),
    doors: ['/v1'],
    api: {
      version: '1.0.0',
      door: '/v1',
      description: 'Ett API för prov och inget annat. An API for tests and nothing else.',
      tags: [{ name: 'Anteckningar', description: 'Att pröva med.' }],
      apiReleased: '2026-11-16',
      apiStatus: 'beta',
    },
    healthChecks: [],
    answers: 'validate',
    ...options,
  });
  before(app);
  await app.register(
    async (door: Server) => {
      authenticateDoor(door, {
        authenticator: {
          authenticate: async (header) => {
            const actor = ACTORS[header ?? ''];
            if (!actor) throw noToken();
            return actor;
          },
        },
      });
      routes(door);
    },
    { prefix: '/v1' },
  );
  return { app, lines };
}

export const note = z.strictObject({ title: z.string().min(1).max(20), count: z.int().optional() });
