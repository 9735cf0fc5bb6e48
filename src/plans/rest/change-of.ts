import type { z } from 'zod';
import type { Action } from '../../access/index.ts';
import type { Actor } from '../../shared/actor.ts';
import { normalizeHsaId } from '../../shared/hsa-id.ts';
import type { ThingId, ThingRef } from '../../shared/ids.ts';
import type { ProblemFactory } from '../../shared/problem.ts';
import { notFound } from '../../shared/problems.ts';
import type { PlanChange, RuleContext } from '../change-plan.ts';
import type { Change } from '../domain/contribution.ts';
import type { Contribution, ContributionKind, ExternalId, HsaId, PlanContent } from '../domain/model.ts';
import { isSame } from '../domain/same.ts';
import { SENT_AGAIN } from '../domain/sent-again.ts';
import { demandRevision, type NamedRelative } from '../plan-of.ts';
import { inWords, type OwnKeys, type Place, withOwnKeys } from './public-ids.ts';

/** What a route's rule is given beside the plan: the thing that the address names, and what was sent. */
export interface Sent<B> {
  /** What was sent, with the things that it names as own keys of the patient. */
  readonly body: OwnKeys<B>;
  /** Own key of the thing in the address; the plan's for routes about the plan itself. */
  readonly id: ThingId;
  /** The `Idempotency-Key` as it was sent. */
  readonly key?: string;
}

export interface ChangeRoute<B extends z.ZodType> {
  readonly method: 'POST' | 'PATCH';
  /** Under `/plans/:planId`; a second parameter names a thing in it. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  readonly action: Action;
  readonly actors: readonly Actor['kind'][];
  readonly body: B;
  /** The kind of thing that is answered with. */
  readonly kind: ContributionKind;
  /** 201 when it makes one. */
  readonly status: 200 | 201;
  /** The kind of thing that the address names, which must be seen and be at the revision of `If-Match`. */
  readonly revisionOf?: ContributionKind;
  /** The kind of thing that the address names, which must be seen; no revision, since it is only added to. */
  readonly about?: ContributionKind;
  /** The unit that a system acts for, where it is not that of the thing in the address. */
  readonly actsFor?: (content: PlanContent, sent: Sent<z.output<B>>) => HsaId | undefined;
  readonly scope?: 'plan' | 'person';
  /** The rule asks for consents or agreed deadlines. */
  readonly asks?: true;
  /** Demands `Idempotency-Key`, in place of a revision. */
  readonly demandsKey?: true;
  readonly refuses: readonly ProblemFactory[];
  /** The thing that is there already when the same is sent once more (without any change, it is answered with). */
  readonly find?: (context: RuleContext, sent: Sent<z.output<B>>) => Contribution | undefined;
  /** Whether source systems send it with ids of their own: a known one is brought up to date, and never doubled. */
  readonly again?: true;
  readonly rule: (context: RuleContext, sent: Sent<z.output<B>>) => readonly Change[];
}

/** A change as its route declares it, with its body's type kept: what doors register, and what {@link planChangeOf} makes. */
export function changeOf<B extends z.ZodType>(route: ChangeRoute<B>): ChangeRoute<B> {
  return route;
}

/** One change as some door was asked for it: what is named is still by shard and key, and the body is judged. */
export interface AskedChange<B extends z.ZodType> {
  readonly plan: ThingRef;
  /** The thing that the change is about; absent for the plan itself and for what is new. */
  readonly thing?: ThingRef;
  readonly body: z.output<B>;
  /** The revision that the change was made from. */
  readonly expected?: number;
  /** What the client calls the request, where it may be sent again. */
  readonly key?: string;
}

/**
 * A change ready to be made, the same whichever door it came through: who is named, what is answered with, and the rule
 * with its checks of revision and of things that a source system sends again.
 *
 * @throws unknown-reference (422) for a thing of another patient
 */
export function planChangeOf<B extends z.ZodType>(route: ChangeRoute<B>, asked: AskedChange<B>): PlanChange {
  const { plan, expected, key } = asked;
  const { id, patientId } = asked.thing ?? plan;
  const body = withOwnKeys(route.scope === 'person' ? undefined : plan.patientId, asked.body);
  return {
    action: route.action,
    plan,
    about: id,
    actsFor: ({ content }) => route.actsFor?.(content, { body, id, key }),
    scope: route.scope,
    asks: route.asks,
    status: route.status,
    named: hsaIdsIn(body),
    relatives: relativesIn(body),
    answerWith: { kind: route.kind, find: (context) => knownThing(route, context, { body, id, key }) },
    rule: (context) => {
      // Another patient's thing is as one that is not there, also to those who may see that patient's plan.
      if (patientId !== plan.patientId) throw notFound();
      const named = route.revisionOf ?? route.about;
      if (named) demandRevision(seenThing(context, named, id), expected);
      const known = route.again && knownThing(route, context, { body, id, key });
      return known ? sentAgain(route.kind, context, known, body) : route.rule(context, { body, id, key });
    },
  };
}

/** What a thing that is sent again, under an id that its source system has used before, changes. */
function sentAgain(kind: ContributionKind, { hand, act }: RuleContext, known: Contribution, body: unknown): Change[] {
  const rule = SENT_AGAIN[kind] as ((...sent: unknown[]) => Change[]) | undefined;
  if (!rule) throw new Error('a route takes external ids for a kind that cannot be sent again');
  return rule(hand, known, body, act);
}

/** The thing that was there before: the one in the address, or the one that a source system sends again. */
function knownThing<B extends z.ZodType>(
  route: ChangeRoute<B>,
  context: RuleContext,
  sent: Sent<z.output<B>>,
): Contribution | undefined {
  const things = context.hand.content[route.kind] as readonly Contribution[];
  if (route.revisionOf === route.kind) return things.find((thing) => thing.id === sent.id);
  const found = route.find?.(context, sent);
  if (found) return found;
  const { externalId } = sent.body as { readonly externalId?: ExternalId };
  const { provider } = context.act.owner;
  return (
    externalId && things.find((thing) => thing.recordedBy.provider === provider && isSame(thing.externalId, externalId))
  );
}

/** The related persons that a request names, wherever in it they stand. */
export function relativesIn(value: unknown): NamedRelative[] {
  const found: NamedRelative[] = [];
  // Most requests name nobody: a place is put in words only where somebody is named.
  const look = (within: object, place: Place | undefined): void => {
    for (const name in within) {
      const one = (within as Record<string, unknown>)[name];
      if (name === 'relatedPersonId') found.push({ id: one as ThingId, field: inWords({ within: place, name }) });
      else if (typeof one === 'object' && one !== null) look(one, { within: place, name });
    }
  };
  if (typeof value === 'object' && value !== null) look(value, undefined);
  return found;
}

/** The HSA-ids that a request names, wherever in it they stand. */
export function hsaIdsIn(value: unknown): HsaId[] {
  const found: HsaId[] = [];
  const look = (one: unknown): void => {
    if (typeof one === 'string') {
      if (normalizeHsaId(one) === one) found.push(one);
    } else if (typeof one === 'object' && one !== null)
      for (const name in one) look((one as Record<string, unknown>)[name]);
  };
  look(value);
  return found;
}

/** The thing as its actor sees it: what they may not see is not there. */
function seenThing(context: RuleContext, kind: ContributionKind, id: ThingId): Contribution {
  const found = context.seen.thing(kind, id);
  if (!found) throw notFound();
  return found;
}
