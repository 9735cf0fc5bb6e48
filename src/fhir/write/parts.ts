import type { z } from 'zod';
import { invalidFields } from '../../http/invalid-fields.ts';
import { invalidRequest } from '../../http/problems.ts';
import {
  type AskedChange,
  type ChangeRoute,
  hsaIdsIn,
  type MadeByName,
  PLAN_ACTS,
  type PlanActName,
  planChangeOf,
  type TogetherPart,
} from '../../plans/index.ts';
import { parseThingId, publicId, type ThingRef } from '../../shared/ids.ts';
import { notFound } from '../../shared/problems.ts';
import type { InAct } from '../mapping/in/change.ts';
import { withKinds } from '../mapping/in/kinds.ts';
import { inElements } from './expressions.ts';

/** How one resource is written: into which plan, from which revision, and whether it may be there already. */
export interface Writing {
  /** What the resource is known by among the parts of the request. */
  readonly name: string;
  readonly plan: (made: MadeByName) => ThingRef;
  readonly expected?: number;
  /** What the client calls the request: a report is made once for each. */
  readonly key: string;
  /** Nothing is changed in what the sender's system has sent before (If-None-Exist). */
  readonly onlyNew?: boolean;
}

type AnyRoute = ChangeRoute<never>;
type AnyChange = AskedChange<never>;

function routeOf(act: string): AnyRoute {
  return PLAN_ACTS[act as PlanActName] as unknown as AnyRoute;
}

/** The body of a change as its own schema reads it. */
function bodyOf(act: string, body: unknown): never {
  const read = (routeOf(act).body as z.ZodType).safeParse(body);
  if (read.success) return read.data as never;
  throw invalidRequest({ invalidParameters: invalidFields(read.error.issues, body, '(body)') });
}

function refOf(id: string): ThingRef {
  const ref = parseThingId(id);
  if (!ref) throw notFound();
  return ref;
}

function changeFor(one: InAct, writing: Writing, made: MadeByName) {
  const route = routeOf(one.act);
  const own = made.get(writing.name);
  const id = one.about ?? (own && publicId(own.thing.patientId, own.thing.id));
  const isNew = one.about === undefined && own === undefined;
  const asked = {
    plan: writing.plan(made),
    ...(!isNew && id !== undefined && { thing: refOf(id) }),
    body: bodyOf(one.act, one.body),
    expected: one.first ? writing.expected : undefined,
    key: writing.key,
  } as unknown as AnyChange;
  const change = planChangeOf(route, asked);
  return {
    ...change,
    rule: (context: Parameters<typeof change.rule>[0]) => {
      if (writing.onlyNew && isNew && change.answerWith.find?.(context)) return [];
      const body = withKinds(asked.body, context.hand.units) as never;
      return planChangeOf(route, { ...asked, body }).rule(context);
    },
  };
}

/** Changes that make something; what follows them has nothing to follow when that was let go. */
const MAKES = /\.(?:add|write|invite)$/;

/** Whether a change has nothing to do: what was sent is not new after all, or is already in the state meant. */
function isIdle(one: InAct, writing: Writing, made: MadeByName): boolean {
  const own = made.get(writing.name);
  if (one.about !== undefined) return false;
  if (!own) return !MAKES.test(one.act);
  return !own.fresh || (one.ifIn !== undefined && (own.thing as { state?: string }).state !== one.ifIn);
}

/**
 * The changes of one resource as parts of a request, each by the rule that `/v1` has for it. What follows the making of a
 * thing is about that thing.
 */
export function partsOf(acts: readonly InAct[], writing: Writing): TogetherPart[] {
  return acts.map((one) => ({
    name: writing.name,
    action: routeOf(one.act).action,
    change: (made) => {
      if (isIdle(one, writing, made)) return undefined;
      return telling(one.act, () => {
        const change = changeFor(one, writing, made);
        const { rule } = change;
        return { ...change, rule: (context) => telling(one.act, () => rule(context)) };
      });
    },
  }));
}

function telling<T>(act: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw inElements(error, act);
  }
}

/** The units that changes name. */
export function namedIn(acts: readonly InAct[]): string[] {
  return acts.flatMap(({ body }) => hsaIdsIn(body));
}
