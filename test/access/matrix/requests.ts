import { readFileSync } from 'node:fs';
import {
  ROUTE_CASES,
  type RouteCase,
  type Stage,
  setStage,
  setUnsharedStage,
} from '../../integration/plans/route-table.ts';
import type { TestApp } from '../../support/app.ts';
import { WARD } from '../../support/plan-fixtures.ts';
import type { CallerName } from './answers.ts';
import type { Request } from './callers.ts';
import type { Ids, World } from './world.ts';
import { invite } from './world.ts';

/** How one route is asked so that nothing but who asks decides the answer. Everything is optional. */
export interface RouteRequest {
  /** The rightful one: a persona, with an administrator's rights when it ends with `+`. */
  readonly by?: string;
  /** The address, for routes whose parameters do not say it all: `/v1/units?name=x`. */
  readonly url?: (ids: Ids) => string;
  /** The document's own example unless said. */
  readonly body?: (world: World) => object | string;
  readonly headers?: Record<string, string> | ((world: World) => Record<string, string>);
  /** Makes what an answered request uses up, so that each has its own. */
  readonly fresh?: (world: World) => Promise<Ids>;
}

export const ADMIN = `${WARD}+`;

/** `POST /plans/{planId}/steps` as the app has it: `POST /v1/plans/:planId/steps`. */
export const asServed = (route: string) => {
  const [method, path] = route.split(' ');
  return `${method} /v1${path!.replaceAll(/\{(\w+)\}/g, ':$1')}`;
};

const PLAN_CASES = new Map(ROUTE_CASES.map((one) => [asServed(one.route), one]));

const caseOf = (route: string): RouteCase | undefined => PLAN_CASES.get(route);

export const rightfulOf = (route: string, one: RouteRequest | undefined) => caseOf(route)?.by ?? one?.by ?? ADMIN;

interface Documented {
  readonly components: { readonly examples: Record<string, { readonly value: object }> };
  readonly paths: Record<string, Record<string, { readonly requestBody?: { content: Record<string, Content> } }>>;
}
interface Content {
  readonly examples?: Record<string, { readonly value: object } | { readonly $ref: string }>;
}

/** The document as it is committed, which is held to the running service by a test of its own. */
const DOCUMENT = JSON.parse(readFileSync(new URL('../../../openapi/v1.json', import.meta.url), 'utf8')) as Documented;

/** The document's example of a route's body. */
function exampleOf(route: string): object | undefined {
  const [method, path] = route
    .replace('/v1', '')
    .replaceAll(/:(\w+)/g, '{$1}')
    .split(' ');
  const content = DOCUMENT.paths[path!]?.[method!.toLowerCase()]?.requestBody?.content ?? {};
  const [example] = Object.values(Object.values(content)[0]?.examples ?? {});
  if (!example || 'value' in example) return example?.value;
  return DOCUMENT.components.examples[example.$ref.split('/').at(-1)!]?.value;
}

function addressOf(route: string, ids: Ids): string {
  const [, path] = route.split(' ');
  const type = /^\/fhir\/R[45]\/(\w+)/.exec(path!)?.[1];
  return path!.replaceAll(/:(\w+)/g, (_all, name: string) => {
    return ids[name === 'id' && type ? type : name] ?? `${ids.patientId}-${'a'.repeat(26)}`;
  });
}

/** To a collection of the plan, beside everything else. */
const ADDS_ALONE =
  /^POST \/plans\/\{planId\}\/(steps|what-matters|goals|commitments|safety-net|links|remarks|follow-ups)$/;
const forAdding = new WeakMap<TestApp, Map<CallerName, Promise<Stage>>>();

/** The same kind of plan again, when the request will be answered and changes it. What only adds may share one. */
function freshPlan(world: World, one: RouteCase, caller: CallerName): Promise<Stage> {
  if (!ADDS_ALONE.test(one.route) || one.prepare) return newPlan(world, one, caller);
  const held = forAdding.get(world.service) ?? new Map<CallerName, Promise<Stage>>();
  forAdding.set(world.service, held);
  const stage = held.get(caller) ?? newPlan(world, one, caller);
  held.set(caller, stage);
  return stage;
}

async function newPlan({ service, stage }: World, one: RouteCase, caller: CallerName): Promise<Stage> {
  const isShared = SHARING.has(caller);
  const own = isShared
    ? await setStage(service, stage.patientId)
    : await setUnsharedStage(service, stage.patientId, stage);
  await one.prepare?.(own);
  if (caller === 'participant') await invite(own);
  return own;
}

/** Whoever reads what others have written; the patient's side and systems need no consent. */
const SHARING: ReadonlySet<CallerName> = new Set(['outsider', 'participant', 'rightful']);

/**
 * The request for a route.
 *
 * @param changing who is expected to be answered and to change something: then it is on something of its own
 */
export async function requestFor(
  world: World,
  route: string,
  one: RouteRequest = {},
  changing?: CallerName,
): Promise<Request> {
  const [method = ''] = route.split(' ');
  const planCase = caseOf(route);
  if (planCase) {
    const stage = changing ? await freshPlan(world, planCase, changing) : world.stage;
    const body = method === 'GET' ? undefined : (planCase.body?.(stage) ?? {});
    return { method, url: planCase.url(stage), body, headers: planCase.headers?.(stage) };
  }
  const ids = { ...world.ids, ...(changing ? await one.fresh?.(world) : {}) };
  const body = one.body?.({ ...world, ids }) ?? (method === 'GET' ? undefined : exampleOf(route));
  const headers: Record<string, string> = method === 'GET' ? {} : { 'if-match': '"1"' };
  const own = typeof one.headers === 'function' ? one.headers(world) : one.headers;
  return { method, url: one.url?.(ids) ?? addressOf(route, ids), body, headers: { ...headers, ...own } };
}
