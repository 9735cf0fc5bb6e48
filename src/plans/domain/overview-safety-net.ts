import type { ThingId } from '../../shared/ids.ts';
import { swedishDate } from '../../shared/swedish-time.ts';
import { primaryContact, unitName } from './acting-contact.ts';
import { isShown } from './choose-next-step.ts';
import type { PlanContext } from './context.ts';
import type { HsaId, NamedContact, Plan, PlanContent, SafetyNetItem, WhomToCall } from './model.ts';
import { ADVICE_LINE_NUMBER, type ReachCandidate } from './reach.ts';
import { reachCandidates } from './reach-candidates.ts';

/** Whom to call, resolved: always a name and a number that is answered. */
export interface CallView {
  readonly name: string;
  readonly phone: string;
}

export interface SignView {
  readonly id: ThingId;
  readonly planId: ThingId;
  readonly sign: string;
  readonly advice: string;
  readonly day: CallView;
  readonly night: CallView;
}

/** "Håll koll på": signs by colour. */
export interface SafetyNetView {
  readonly green: readonly SignView[];
  readonly yellow: readonly SignView[];
  readonly red: readonly SignView[];
}

const ADVICE_LINE: CallView = { name: '1177', phone: ADVICE_LINE_NUMBER };
const EMERGENCY: CallView = { name: 'SOS Alarm', phone: '112' };

function phoneOf(candidate: Pick<ReachCandidate, 'channels'>): string | undefined {
  const own = candidate.channels.filter((channel) => channel.audience === 'patient');
  return (own.find((c) => c.kind === 'phone') ?? own.find((c) => c.kind === 'switchboard'))?.value;
}

/** Those who will still be there when the sheet is read another day: away days do not matter here, an ended designation does. */
function callContact(contact: NamedContact, leadUnit: HsaId, context: PlanContext): CallView | undefined {
  for (const candidate of reachCandidates(contact, leadUnit, context)) {
    if (candidate.to !== undefined && candidate.to <= context.now) continue;
    const phone = phoneOf(candidate);
    if (phone === undefined) continue;
    return { name: candidate.askFor ? `${candidate.askFor}, ${candidate.unitName}` : candidate.name, phone };
  }
  return undefined;
}

function callUnit(unit: HsaId, context: PlanContext): CallView | undefined {
  if (context.units.get(unit)?.active !== true) return undefined;
  const phone = phoneOf({ channels: context.channels.get(unit) ?? [] });
  return phone === undefined ? undefined : { name: unitName(unit, context), phone };
}

function called(whom: WhomToCall, plan: Plan, content: PlanContent, context: PlanContext): CallView | undefined {
  if ('phone' in whom) return { name: whom.name, phone: whom.phone };
  if ('unit' in whom) return callUnit(whom.unit, context);
  const contact = content['named-contact'].find((c) => c.id === whom.namedContactId && isShown(c));
  return contact && callContact(contact, plan.leadUnit, context);
}

function signView(item: SafetyNetItem, plan: Plan, content: PlanContent, context: PlanContext): SignView {
  const resolve = (whom: WhomToCall | undefined) => whom && called(whom, plan, content, context);
  const last = item.level === 'red' ? EMERGENCY : ADVICE_LINE;
  const primary = item.level === 'red' ? undefined : primaryContact(content, plan, swedishDate(context.now));
  const day = resolve(item.call?.day) ?? (primary && callContact(primary, plan.leadUnit, context)) ?? last;
  return {
    id: item.id,
    planId: item.planId,
    sign: item.sign,
    advice: item.advice,
    day,
    night: resolve(item.call?.night) ?? last,
  };
}

/**
 * The safety net with whom to call by day and by night, each as a name and a number. Where the plan names nobody, or
 * somebody who can no longer be called: by day the primary named contact, by night 1177; for red always 112.
 */
export function safetyNetView(plans: readonly Plan[], content: PlanContent, context: PlanContext): SafetyNetView {
  const items = content['safety-net-item'].filter(isShown).sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  const level = (wanted: SafetyNetItem['level']) =>
    items.flatMap((item) => {
      const plan = item.level === wanted ? plans.find((p) => p.id === item.planId) : undefined;
      return plan ? [signView(item, plan, content, context)] : [];
    });
  return { green: level('green'), yellow: level('yellow'), red: level('red') };
}
