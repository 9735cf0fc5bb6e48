import { addDays } from '../../shared/calendar.ts';
import { swedishDate } from '../../shared/swedish-time.ts';
import { type Act, added, type Change, changed, newInPlan, revised } from './contribution.ts';
import { isOpenHandover } from './handover-state.ts';
import { leadPlanOf } from './lead-plan.ts';
import type { Handover, Party, Plan, PlanContent, Step } from './model.ts';
import { inviteMissing } from './participant-commands.ts';
import { partyOfUnit, type Units, unitOf } from './party.ts';
import { isClosed } from './plan-in-hand.ts';
import { isOpenStep } from './step-state.ts';
import { epochOf } from './when.ts';

/** Said of everything that was called off. Only this mark tells what a death registered by mistake has to restore. */
export const DEATH = 'Patienten har avlidit.';

/** How long what remains may take, in days: our own figures, since no rule gives any. */
const TALK_WITHIN = 3;
const CLOSE_WITHIN = 30;

/**
 * What a registered death does to the person's plans: what is open is called off, whoever's it is, so that nobody comes,
 * calls or is reminded; handovers under way end; and what remains for relatives and staff is written down in the lead
 * plan (docs/domain.md, Death). The plans themselves stay, for those who lead them to close.
 */
export function stopForDeath(content: PlanContent, units: Units, act: Act): Change[] {
  const plans = content.plan.filter((plan) => !plan.enteredInError && !isClosed(plan) && plan.status !== 'draft');
  const living = new Set(plans.map(({ id }) => id));
  const steps = content.step.filter((step) => living.has(step.planId) && !step.enteredInError && isOpenStep(step));
  const handovers = content.handover.filter((one) => living.has(one.planId) && isOpenHandover(one));
  const lead = leadPlanOf(plans) ?? plans[0];
  return [
    ...steps.map((step) => changed('step', step, calledOff(step, act))),
    ...handovers.map((one) =>
      changed('handover', one, revised<Handover>(one, act, { state: 'cancelled', reason: DEATH }, DEATH)),
    ),
    ...(lead ? remaining(lead, steps, content, units, act) : []),
  ];
}

const calledOff = (step: Step, act: Act): Step =>
  revised<Step>(step, act, { state: 'cancelled', reason: DEATH, endedByDeath: { from: step.state } }, DEATH);

function remaining(plan: Plan, stopped: readonly Step[], content: PlanContent, units: Units, act: Act): Change[] {
  const own = units.get(act.owner.unit);
  const lead = units.get(plan.leadUnit);
  const steps: Step[] = [];
  const add = (title: string, party: Party, days: number) => {
    const agreed = unitOf(party) === act.owner.unit;
    steps.push({
      ...newInPlan(act, plan, { approvedForPatient: false }),
      ...{ title, purpose: 'other', healthMeasure: false, predecessors: [] },
      order: 1 + Math.max(0, ...content.step.map(({ order }) => order)) + steps.length,
      time: { form: 'latest-by', by: addDays(swedishDate(epochOf(act.now)), days) },
      state: agreed ? 'agreed' : 'proposed',
      responsibleParty: party,
      responsibleNow: act.owner.unit,
      madeByDeath: true,
    });
  };
  if (own) add('Kontakta närstående: efterlevandesamtal och vad som återstår', partyOfUnit(own), TALK_WITHIN);
  if (lead) add('Avsluta planen: hjälpmedel, nycklar och det som finns kvar', partyOfUnit(lead), CLOSE_WITHIN);
  for (const party of relativesIn(stopped)) add('Få veta vad som händer nu, och vem ni ringer', party, TALK_WITHIN);
  const invited = lead ? inviteMissing({ plan, content, units }, [partyOfUnit(lead)], act) : [];
  return [...steps.map((step) => added('step', step)), ...invited];
}

/** Relatives who had something to do, each once. */
function relativesIn(steps: readonly Step[]): Party[] {
  const parties = steps.flatMap(({ responsibleParty: party }) => (party.kind === 'relative' ? [party] : []));
  return [...new Map(parties.map((party) => [party.relatedPersonId, party])).values()];
}

/**
 * Takes back all of it, when the death was registered on the wrong person: each step and handover is again what it was,
 * unless someone has gone on with it since, and what was written down because of the death is cancelled.
 *
 * @param why the reason, which stands in the history of each
 */
export function restoreAfterDeath(content: PlanContent, act: Act, why: string): Change[] {
  const stopped = content.step.filter((step) => step.endedByDeath && step.state === 'cancelled');
  const made = content.step.filter((step) => step.madeByDeath && isOpenStep(step));
  const handovers = content.handover.filter((one) => one.state === 'cancelled' && one.reason === DEATH);
  return [
    ...stopped.map((step) => {
      const back = { state: step.endedByDeath!.from, endedByDeath: undefined, reason: undefined };
      return changed('step', step, revised<Step>(step, act, back, why));
    }),
    ...handovers.map((one) => {
      const state = one.receivedAt === undefined ? 'offered' : 'received';
      return changed('handover', one, revised<Handover>(one, act, { state, reason: undefined }, why));
    }),
    ...made.map((step) => changed('step', step, revised<Step>(step, act, { state: 'cancelled', reason: why }, why))),
  ];
}
