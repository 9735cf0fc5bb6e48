import fc from 'fast-check';
import { STEP_STATES } from '../../../src/plans/domain/model.ts';
import { CLINIC, HOME_CARE, SCHOOL, type Thing, unit, WARD, type WholePlan } from '../../support/plan-fixtures.ts';

/** One request as it is to be sent; `undefined` where the plan has nothing for it. */
export interface RandomRequest {
  readonly persona: string;
  readonly method: 'POST' | 'PATCH';
  readonly path: string;
  readonly body: object;
  readonly headers: Record<string, string>;
}

/** Something that someone tries, whether or not they may: what it is about is chosen from the plan as it then is. */
export type Attempt = (plan: WholePlan, patient: string, serial: number) => RandomRequest | undefined;

const STAFF = [WARD, HOME_CARE, CLINIC, SCHOOL] as const;
const PARTIES = [
  { kind: 'patient' },
  { kind: 'region', unit: unit('0101') },
  { kind: 'region', unit: unit('0201') },
  { kind: 'municipality-health', unit: unit('0302') },
  { kind: 'other', unit: unit('0305') },
] as const;

const persona = fc.constantFrom(...STAFF, 'patient');
const text = fc.constantFrom('Väga', 'Ringa', 'Besök hemma', 'Nytt prov 🩸', 'Samtal');
const day = fc.integer({ min: 10, max: 30 }).map((n) => `2026-11-${n}`);
const pick = fc.nat({ max: 1000 });
/** Now and then from an earlier revision than the present. */
const isStale = fc.integer({ min: 0, max: 9 }).map((n) => n === 0);

const time = fc.oneof(
  day.map((by) => ({ form: 'latest-by', by })),
  day.map((on) => ({ form: 'fixed', start: `${on}T10:00:00+01:00`, changeable: { byPatient: false } })),
  day.map((startsOn) => ({ form: 'recurring', series: { every: 'day', startsOn, endsOn: '2026-12-20' } })),
  fc.constant({ form: 'waiting-list', expected: '2026-12-01' }),
);

const who = (name: string, patient: string) => (name === 'patient' ? patient : name);
const match = (thing: Thing, stale: boolean) => ({ 'if-match': `"${stale ? thing.revision + 1 : thing.revision}"` });
const from = <T>(things: readonly T[], n: number): T | undefined => things[n % Math.max(1, things.length)];

function toThing(
  collection: string,
  list: keyof WholePlan & string,
  verb: string,
  make: { readonly body: object; readonly by: string; readonly n: number; readonly stale: boolean },
): Attempt {
  return (plan, patient) => {
    const thing = from(plan[list] as Thing[], make.n);
    if (!thing) return undefined;
    const method = verb === '' ? 'PATCH' : 'POST';
    const path = `${collection}/${thing.id}${verb}`;
    return { persona: who(make.by, patient), method, path, body: make.body, headers: match(thing, make.stale) };
  };
}

const acted = <B>(body: fc.Arbitrary<B>) => fc.record({ body, by: persona, n: pick, stale: isStale });
const reasoned = { reason: 'Behövs inte längre' };

const addStep: fc.Arbitrary<Attempt> = fc
  .record({
    by: persona,
    title: text,
    time: fc.option(time, { nil: undefined }),
    party: fc.option(fc.constantFrom(...PARTIES), { nil: undefined }),
    condition: fc.option(fc.constant('Om du inte orkar'), { nil: undefined, freq: 4 }),
  })
  .map(({ by, title, time: when, party, condition }) => (_plan, patient) => {
    const body = { title, time: when, responsibleParty: party, condition };
    return { persona: who(by, patient), method: 'POST', path: '/steps', body, headers: {} };
  });

const report: fc.Arbitrary<Attempt> = fc
  .record({
    by: persona,
    n: pick,
    outcome: fc.constantFrom('done', 'done', 'not-done', 'undone', 'skipped'),
    occurrence: fc.option(day, { nil: undefined }),
  })
  .map(({ by, n, outcome, occurrence }) => (plan, patient, serial) => {
    const step = from(plan.steps, n);
    if (!step) return undefined;
    const reason = outcome === 'not-done' ? 'not-at-home' : undefined;
    const headers = { 'idempotency-key': `slump-${serial}` };
    const path = `/steps/${step.id}/reports`;
    return { persona: who(by, patient), method: 'POST', path, body: { outcome, occurrence, reason }, headers };
  });

const movePlan: fc.Arbitrary<Attempt> = fc
  .record({
    by: fc.constantFrom(WARD, WARD, CLINIC, 'patient'),
    to: fc.constantFrom('active', 'active', 'on-hold', 'proposed', 'draft', 'declined', 'completed'),
    stale: isStale,
  })
  .map(({ by, to, stale }) => (plan, patient) => {
    const body = {
      to,
      ...(to === 'on-hold' ? { reason: 'Väntar på besked', decideBy: '2026-12-24' } : {}),
      ...(to === 'declined' ? { reason: 'Inte nu', offerAgainOn: '2026-12-24' } : {}),
    };
    return { persona: who(by, patient), method: 'POST', path: '/transition', body, headers: match(plan.plan, stale) };
  });

const others: fc.Arbitrary<Attempt> = fc.oneof(
  acted(fc.record({ text })).map((make) => toThing('/goals', 'goals', '', make)),
  acted(fc.constant(reasoned)).map((make) => toThing('/steps', 'steps', '/entered-in-error', make)),
  acted(fc.constant({})).map((make) => toThing('/participants', 'participants', '/accept', make)),
  acted(fc.constant(reasoned)).map((make) => toThing('/participants', 'participants', '/leave', make)),
  acted(fc.constant({ to: 'designated', person: { name: 'Maj Modell' } })).map((make) =>
    toThing('/named-contacts', 'namedContacts', '/transition', make),
  ),
  acted(fc.constant({ to: 'ended' })).map((make) => toThing('/named-contacts', 'namedContacts', '/transition', make)),
  acted(fc.constantFrom({ to: 'kept' }, { to: 'broken', why: 'Ingen ringde' })).map((make) =>
    toThing('/commitments', 'commitments', '/judge', make),
  ),
  fc.constant<Attempt>(() => ({ persona: WARD, method: 'POST', path: '/agreements', body: {}, headers: {} })),
  fc.record({ by: persona, n: pick }).map(
    ({ by, n }): Attempt =>
      (plan, patient) => {
        const version = from(plan.agreementVersions, n);
        const path = version && `/agreements/${version.id}/approve`;
        return path ? { persona: who(by, patient), method: 'POST', path, body: {}, headers: {} } : undefined;
      },
  ),
);

/** Anything that anyone may think of doing to a plan. */
export const attempt: fc.Arbitrary<Attempt> = fc.oneof(
  { weight: 3, arbitrary: addStep },
  { weight: 4, arbitrary: report },
  { weight: 2, arbitrary: movePlan },
  {
    weight: 3,
    arbitrary: acted(fc.record({ title: text, time: fc.option(time, { nil: null }) }, { requiredKeys: [] })).map(
      (make) => toThing('/steps', 'steps', '', make),
    ),
  },
  {
    weight: 4,
    arbitrary: acted(fc.record({ to: fc.constantFrom(...STEP_STATES), reason: fc.constant('Ändrat') })).map((make) =>
      toThing('/steps', 'steps', '/transition', make),
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(acted(fc.constant({ reason: 'Saknar tid' })), fc.constantFrom('/accept', '/accept', '/decline'))
      .map(([make, verb]) => toThing('/steps', 'steps', verb, make)),
  },
  { weight: 4, arbitrary: others },
);
