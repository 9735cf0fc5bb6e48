import { daysFrom } from '../src/demo/days.ts';
import { type PatientId, publicId, publicPatientId, type ThingId } from '../src/shared/ids.ts';
import { type LoadRequest, ROUND } from './load/job.ts';
import { asked } from './place.ts';
import { staffNumbers, unitsOf } from './world/district.ts';
import { planCommand } from './world/plan-command.ts';
import type { SeededPerson, World } from './world/seed.ts';
import type { TokenMaker } from './world/tokens.ts';

/** One workload: what the service is asked, and what its limit is asked in its place. */
export interface Workload {
  readonly name: string;
  /** The bare server's workload that it is compared with; absent: told without a budget. */
  readonly limit?: { readonly name: string; readonly requests: () => Promise<LoadRequest[]> };
  /** Least share of the limit's requests per second at 32 concurrent. */
  readonly budget?: number;
  readonly requests: () => Promise<LoadRequest[]>;
  /** Log entries per request; absent where it varies. */
  readonly logged?: number;
  /** The requests follow from how the rows stand: asked for anew before each stretch. */
  readonly changes?: true;
}

export interface Bench {
  readonly world: World;
  readonly tokens: TokenMaker;
  readonly ownerUrl: string;
}

/** A portal's main read of a plan in FHIR: with its team, goals, tasks and times, in one request. */
function portalRead(patientId: string, planId: ThingId): string {
  const included = ['care-team', 'goal', 'activity-reference'].map((name) => `_include=CarePlan:${name}`).join('&');
  return `/fhir/R4/CarePlan?_id=${publicId(patientId as PatientId, planId)}&${included}`;
}

interface StoredStep extends Record<string, unknown> {
  readonly patient_id: PatientId;
  readonly plan_id: ThingId;
  readonly id: ThingId;
  readonly revision: number;
  readonly responsible_now: string;
}

/** Every workload of the specification that is a request; events and the start are measured apart (`dispatch.ts`, `cold-start.ts`). */
export async function workloadsOf(bench: Bench): Promise<Workload[]> {
  const { world, tokens, ownerUrl } = bench;
  const staff = await staffTokens(bench);
  const plans = await asked<{ patient_id: PatientId; id: ThingId }>(
    ownerUrl,
    "select patient_id, id from plans where status = 'active' and patient_id = any ($1::uuid[])",
    [world.persons.map(({ id }) => id)],
  );
  const planOf = new Map(plans.map((plan) => [plan.patient_id as string, plan.id]));
  const seeded = world.persons.map((person) => ({ ...person, planId: planOf.get(person.id)! }));
  const ofPlan = (make: (path: string, token: string, person: SeededPerson) => LoadRequest) => async () =>
    seeded.map((person, i) =>
      make(`/v1/plans/${publicId(person.id as PatientId, person.planId)}`, staff(person, i), person),
    );
  const limitOfPlan = (name: string) => ({
    name: `limit.${name}`,
    requests: async () =>
      seeded.map(({ id, planId }): LoadRequest => ({ method: 'GET', path: `/${name}/${id}/${planId}` })),
  });
  const read = limitOfPlan('read');
  return [
    {
      name: 'overview',
      limit: read,
      budget: 0.6,
      logged: 1,
      requests: async () => {
        const citizens = await Promise.all(world.persons.map(({ digits }) => tokens.citizen(digits)));
        return citizens.map((token) => ({ method: 'GET', path: '/v1/my/overview', token }));
      },
    },
    {
      name: 'whole-plan',
      limit: read,
      budget: 0.6,
      logged: 1,
      requests: ofPlan((path, token) => ({ method: 'GET', path, token })),
    },
    {
      name: 'whole-plan-fhir',
      limit: read,
      budget: 0.5,
      // The search itself, and the patient whose plan was told of.
      logged: 2,
      requests: async () =>
        seeded.map((person, i) => ({
          method: 'GET',
          path: portalRead(person.id, person.planId),
          token: staff(person, i),
        })),
    },
    {
      name: 'everything-fhir',
      logged: 1,
      requests: async () =>
        seeded.map((person, i) => ({
          method: 'GET',
          path: `/fhir/R4/CarePlan/${publicId(person.id as PatientId, person.planId)}/$everything`,
          token: staff(person, i),
        })),
    },
    stepUpdate(bench, staff),
    createPlan(bench, staff),
    workList(bench, staff),
    {
      name: 'search-by-patient',
      // The search itself, and the patient whose plan was told of.
      logged: 2,
      requests: ofPlan((_path, token, person) => ({
        method: 'POST',
        path: '/v1/plans/search',
        token,
        body: JSON.stringify({ patientId: publicPatientId(person.id as PatientId) }),
      })),
    },
    {
      name: 'history',
      logged: 1,
      requests: ofPlan((path, token) => ({ method: 'GET', path: `${path}/history`, token })),
    },
    reporting(bench),
    { name: 'limit.static', requests: async () => [{ method: 'GET', path: '/static' }] },
    { name: 'limit.document', requests: limitOfPlan('document').requests },
  ];
}

type TokenFor = (person: SeededPerson, i: number) => string;

/** A token of somebody in each of a district's units in turn: 112 members of staff per district. */
async function staffTokens({ world, tokens }: Bench): Promise<TokenFor> {
  const all = await Promise.all(
    world.districts.map((district) =>
      Promise.all(staffNumbers.flatMap((n) => unitsOf(district).map((unit) => tokens.staff(unit, n)))),
    ),
  );
  return ({ district }, i) => all[district]![i % all[district]!.length]!;
}

/** Also those already reported: a step can be told of again. */
const HOME_NURSES_REPORTABLE = `select s.patient_id, s.plan_id, s.id, s.revision, s.responsible_now from steps s
  where s.state in ('agreed', 'done') and s.responsible_now like '%U6' and s.content->'time'->>'form' <> 'recurring'`;

const HOME_NURSES_STEPS = `select s.patient_id, s.plan_id, s.id, s.revision, s.responsible_now from steps s
  where s.state = 'agreed' and s.responsible_now like '%U6' and s.content->'time'->>'form' <> 'recurring'`;

function stepUpdate({ ownerUrl, world, tokens }: Bench, _staff: TokenFor): Workload {
  const body = JSON.stringify({ performer: { name: `Prov Utförare-${ROUND}` } });
  const steps = () => asked<StoredStep>(ownerUrl, HOME_NURSES_STEPS);
  return {
    name: 'step-update',
    budget: 0.6,
    logged: 1,
    changes: true,
    limit: {
      name: 'limit.step',
      requests: async () =>
        (await steps()).map((step) => ({
          method: 'PATCH',
          path: `/step/${step.patient_id}/${step.id}`,
          body,
          revision: 1,
        })),
    },
    requests: async () => {
      const nurses = await nurseTokens({ world, tokens });
      return (await steps()).map((step, i) => ({
        method: 'PATCH',
        path: `/v1/plans/${publicId(step.patient_id, step.plan_id)}/steps/${publicId(step.patient_id, step.id)}`,
        token: nurses(step.responsible_now, i),
        body,
        revision: step.revision,
      }));
    },
  };
}

async function nurseTokens({ world, tokens }: Pick<Bench, 'world' | 'tokens'>) {
  const byUnit = new Map(
    await Promise.all(
      world.districts.map(async ({ units: { nursing } }) => {
        const own = await Promise.all(staffNumbers.map((n) => tokens.staff(nursing, n)));
        return [nursing.hsaId, own] as const;
      }),
    ),
  );
  return (unit: string, i: number) => byUnit.get(unit)![i % staffNumbers.length]!;
}

/** The phone's way: one call, safe to send again. */
function reporting({ ownerUrl, world, tokens }: Bench): Workload {
  return {
    name: 'report',
    logged: 1,
    requests: async () => {
      const nurses = await nurseTokens({ world, tokens });
      const body = JSON.stringify({ outcome: 'done', note: 'Allt väl' });
      return (await asked<StoredStep>(ownerUrl, HOME_NURSES_REPORTABLE)).map((step, i) => ({
        method: 'POST',
        path: `/v1/plans/${publicId(step.patient_id, step.plan_id)}/steps/${publicId(step.patient_id, step.id)}/reports`,
        token: nurses(step.responsible_now, i),
        body,
        keyed: true,
      }));
    },
  };
}

function createPlan({ world }: Bench, staff: TokenFor): Workload {
  const [district] = world.districts;
  const bodyFor = ({ id }: SeededPerson, i: number) => {
    const { patientId, ...command } = planCommand(id as PatientId, district!, daysFrom(Date.now()), i % 4);
    return JSON.stringify({ ...command, patientId: publicPatientId(patientId) });
  };
  // The ward's staff stand at every seventh place.
  const ward = (person: SeededPerson, i: number) => staff(person, i * 7);
  return {
    name: 'create-plan',
    budget: 0.5,
    logged: 1,
    limit: {
      name: 'limit.create',
      requests: async () =>
        world.planless.map((person, i) => ({ method: 'POST', path: `/create/${person.id}`, body: bodyFor(person, i) })),
    },
    requests: async () =>
      world.planless.map((person, i) => ({
        method: 'POST',
        path: '/v1/plans',
        token: ward(person, i),
        body: bodyFor(person, i),
      })),
  };
}

function workList({ world, tokens }: Bench, _staff: TokenFor): Workload {
  return {
    name: 'work-list',
    budget: 0.6,
    limit: { name: 'limit.work-list', requests: async () => [{ method: 'GET', path: '/work-list' }] },
    requests: async () => {
      const nurses = world.districts.flatMap(({ units }) => staffNumbers.map((n) => tokens.staff(units.nursing, n)));
      return (await Promise.all(nurses)).map((token) => ({ method: 'GET', path: '/v1/unit-steps', token }));
    },
  };
}
