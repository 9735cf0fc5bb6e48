import { listRoutes } from '../../../src/http/declared-access.ts';
import type { Answer, TestApp } from '../../support/app.ts';
import type { LoggedEntry } from '../../support/plan-fixtures.ts';
import { type CallerName, type Expected, type Row, told } from './answers.ts';
import { type Request, senders } from './callers.ts';
import { type RouteRequest, requestFor, rightfulOf } from './requests.ts';
import type { World } from './world.ts';

/** What the routes of one slice are asked with, and what each caller is answered. */
export interface Slice {
  readonly rows: Readonly<Record<string, Row>>;
  readonly requests: Readonly<Record<string, RouteRequest>>;
}

const HELD_BY_NOBODY = /^(GET|HEAD) \/(docs|health|problems|metrics)(\/|$)/;

/** Every route of the running app that must have a row, as `POST /v1/plans/:planId/steps`. */
export function routesOf({ app }: TestApp): string[] {
  const routes = listRoutes(app).filter(({ method, access }) => method !== 'HEAD' && access !== 'public');
  return routes.map(({ method, url }) => `${method} ${url}`).filter((route) => !HELD_BY_NOBODY.test(route));
}

async function entriesOfAll(service: TestApp, replies: readonly Answer[]): Promise<Map<string, LoggedEntry[]>> {
  const ids = replies.map(({ headers }) => headers['x-request-id']);
  const { rows } = await service.owner.query<LoggedEntry>('select * from audit_entries where request_id = any ($1)', [
    ids,
  ]);
  const byRequest = new Map<string, LoggedEntry[]>();
  for (const row of rows) byRequest.set(row.request_id, [...(byRequest.get(row.request_id) ?? []), row]);
  return byRequest;
}

const changesSomething = (route: string, expected: Expected) =>
  !route.startsWith('GET') && !/search$|lookup$/.test(route) && expected.startsWith('2');

/** Asks every route of a slice as one caller: first what is refused, so that nothing has changed; gives what differs. */
export async function differences(world: World, slice: Slice, caller: CallerName): Promise<object> {
  const sender = senders(world.service);
  const routes = Object.keys(slice.rows);
  const replies: { route: string; reply: Answer }[] = [];
  const ask = async (route: string, willChange: boolean) => {
    const one = slice.requests[route];
    const request: Request = await requestFor(world, route, one, willChange ? caller : undefined);
    const send = await sender(caller, rightfulOf(route, one));
    replies.push({ route, reply: await send(request) });
  };
  const expectedOf = (route: string) => slice.rows[route]!.answers[caller];
  const [changing, other] = [true, false].map((is) =>
    routes.filter((route) => changesSomething(route, expectedOf(route)) === is),
  );
  for (let i = 0; i < other!.length; i += 8)
    await Promise.all(other!.slice(i, i + 8).map((route) => ask(route, false)));
  for (const route of changing!) await ask(route, true);
  const entries = await entriesOfAll(
    world.service,
    replies.map(({ reply }) => reply),
  );
  const found: Record<string, { expected: Expected; answered: Expected }> = {};
  for (const { route, reply } of replies) {
    const left = entries.get(String(reply.headers['x-request-id'])) ?? [];
    const answered = told(reply, left, slice.rows[route]!);
    if (answered !== expectedOf(route)) found[route] = { expected: expectedOf(route), answered };
  }
  return found;
}
