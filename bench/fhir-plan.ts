import { resourcesOfTypes } from '../src/fhir/mapping/plan-resources.ts';
import { viewsOf } from '../test/unit/fhir/views.ts';
import { contentOf, goal, namedContact, plan, step, tst } from '../test/unit/plans/plan-builder.ts';

/**
 * CPU time of a portal's main read of a plan of 20 steps in FHIR (plan, team, goals, tasks, times): from what the policy has
 * let through to the bytes that leave, without database and network. The budget is 1 ms, held by the median of the rounds;
 * the least tells what it takes when nothing else has the machine. The process's whole time counts, collection of garbage
 * with it, once the code is as warm as in a service that has run for some seconds.
 *
 * Run: `npx tsx bench/fhir-plan.ts`
 */

const MAIN_READ = ['CarePlan', 'CareTeam', 'Goal', 'Task', 'Appointment'] as const;
const STEPS = 20;
const BUDGET_MS = 1;
const WARM_UP = 3000;
const ROUNDS = 60;
const READS = 50;

const content = contentOf({
  plan: [plan(1, { kind: 'SIP' })],
  goal: [goal(10), goal(11)],
  'named-contact': [namedContact(20, { unit: tst('0201') })],
  step: Array.from({ length: STEPS }, (_, n) =>
    step(100 + n, {
      title: `Steg ${n}`,
      patientText: 'Hemsjukvården kommer och väger dig.',
      ...(n % 4 === 0 && {
        time: { form: 'fixed', start: '2026-11-24T12:00:00.000Z', changeable: { byPatient: false } },
      }),
    }),
  ),
});
const [view] = viewsOf(content, 'staff', '2026-11-21T10:00:00.000Z');

/** Each read has a view of its own, as each request has: nothing that one has worked out helps the next. */
function tell(): number {
  return Buffer.from(JSON.stringify(resourcesOfTypes({ ...view! }, MAIN_READ))).length;
}

/** Milliseconds of CPU for one read, over a round of them. */
function round(): number {
  const before = process.cpuUsage();
  for (let n = 0; n < READS; n++) tell();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / READS;
}

for (let n = 0; n < WARM_UP; n++) tell();
const took = Array.from({ length: ROUNDS }, round).toSorted((a, b) => a - b);
const median = took[ROUNDS >> 1]!;
const verdict = median < BUDGET_MS ? 'håller' : 'HÅLLER INTE';
const figures = `median ${median.toFixed(3)} ms CPU, minst ${took[0]!.toFixed(3)}`;
process.stdout.write(`fhir-plan: ${STEPS} steg, ${tell()} byte, ${figures} (< ${BUDGET_MS}): ${verdict}\n`);
