import { resourcesOfTypes } from '../src/fhir/mapping/plan-resources.ts';
import { viewsOf } from '../test/unit/fhir/views.ts';
import { contentOf, goal, namedContact, plan, step, tst } from '../test/unit/plans/plan-builder.ts';

/**
 * CPU time of a portal's main read of a plan of 20 steps in FHIR (plan, team, goals, tasks, times): from what the policy has
 * let through to the bytes that leave, without database and network. The budget is 1 ms.
 *
 * Run: `npx tsx bench/fhir-plan.ts`
 */

const MAIN_READ = ['CarePlan', 'CareTeam', 'Goal', 'Task', 'Appointment'] as const;
const STEPS = 20;
const BUDGET_MS = 1;
const WARM_UP = 500;
const ROUNDS = 2000;

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

function tell(): number {
  return Buffer.from(JSON.stringify(resourcesOfTypes(view!, MAIN_READ))).length;
}

let bytes = 0;
for (let n = 0; n < WARM_UP; n++) bytes = tell();
const before = process.cpuUsage();
for (let n = 0; n < ROUNDS; n++) tell();
const { user, system } = process.cpuUsage(before);
const milliseconds = (user + system) / 1000 / ROUNDS;
const verdict = milliseconds < BUDGET_MS ? 'håller' : 'HÅLLER INTE';
process.stdout.write(
  `fhir-plan: ${STEPS} steg, ${bytes} byte, ${milliseconds.toFixed(3)} ms CPU (< ${BUDGET_MS}): ${verdict}\n`,
);
