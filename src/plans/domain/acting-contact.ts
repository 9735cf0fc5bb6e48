import type { ThingId } from '../../shared/ids.ts';
import { openAt } from '../../shared/opening-hours.ts';
import type { PlanContext } from './context.ts';
import { type HsaId, LEAD_KINDS, type NamedContact, type Plan, type PlanContent } from './model.ts';
import type { ContactChannelKind, ReachCandidate } from './reach.ts';
import { type ReachDirectory, reachCandidates } from './reach-candidates.ts';
import { dayOf } from './when.ts';

/** Who it is that acts for the patient right now: a named contact, the deputy while the contact is away, or a unit. */
export interface Acting {
  readonly as: 'contact' | 'deputy' | 'planning-lead' | 'unit';
  readonly name: string;
  /** In Swedish; absent for units. */
  readonly role?: string;
  readonly unit: HsaId;
  readonly unitName: string;
  /** For a deputy: whose place it is. */
  readonly inPlaceOf?: string;
}

export type Opening =
  | { readonly open: true }
  | { readonly open: false /** Epoch milliseconds; undefined when no hours are known. */; readonly opens?: number };

/** Ways that tell that somebody is at work; a written message can be left at any hour. */
const STAFFED: readonly ContactChannelKind[] = ['phone', 'switchboard', 'visit', 'video'];
const UNKNOWN_UNIT = { sv: 'den ansvariga enheten', en: 'the responsible unit' } as const;

/** A unit's name for people. */
export function unitName(unit: HsaId, context: Pick<PlanContext, 'units' | 'language'>): string {
  return context.units.get(unit)?.name ?? UNKNOWN_UNIT[context.language];
}

/** Whether a named contact is designated at this moment and may be told to the patient. */
export function isInForce(contact: NamedContact, today: string): boolean {
  const begun = contact.from === undefined || dayOf(contact.from) <= today;
  const over = contact.to !== undefined && dayOf(contact.to) < today;
  return contact.state === 'designated' && contact.approvedForPatient && !contact.enteredInError && begun && !over;
}

function primaryOf(content: PlanContent, planId: ThingId, today: string): NamedContact | undefined {
  return content['named-contact'].find((c) => c.planId === planId && c.isPrimary && isInForce(c, today));
}

/** The patient's primary named contact as a plan has it: its own, else that of the plan it is part of, else of the lead plan. */
export function primaryContact(content: PlanContent, plan: Plan, today: string): NamedContact | undefined {
  const own = primaryOf(content, plan.id, today);
  if (own) return own;
  const whole = plan.partOf === undefined ? undefined : primaryOf(content, plan.partOf, today);
  if (whole) return whole;
  const leads = content.plan.filter(
    (p) => LEAD_KINDS.includes(p.kind) && (p.status === 'active' || p.status === 'on-hold'),
  );
  return leads.map((lead) => primaryOf(content, lead.id, today)).find((contact) => contact !== undefined);
}

/** A unit as the one who acts. */
export function actingUnit(unit: HsaId, context: PlanContext): Acting {
  const name = unitName(unit, context);
  return { as: 'unit', name, unit, unitName: name };
}

function isPresent({ from, to, away = [] }: ReachCandidate, now: number): boolean {
  const within = (from ?? now) <= now && now < (to ?? Number.POSITIVE_INFINITY);
  return within && !away.some((period) => period.from <= now && now < period.to);
}

/** Who acts for a named contact now: the contact, the deputy while the contact is away or has left, else the unit. */
export function actingFor(contact: NamedContact, leadUnit: HsaId, context: PlanContext): Acting {
  const unit = contact.unit ?? leadUnit;
  const directory: ReachDirectory = context;
  for (const candidate of reachCandidates(contact, leadUnit, directory)) {
    if (candidate.via !== 'contact' && candidate.via !== 'deputy') continue;
    if (!isPresent(candidate, context.now)) continue;
    const { via, name, role, inPlaceOf } = candidate;
    const own = via === 'contact' ? unit : (contact.deputy?.unit ?? unit);
    return {
      as: via,
      name,
      unit: own,
      unitName: unitName(own, context),
      ...(role !== undefined && { role }),
      ...(inPlaceOf !== undefined && { inPlaceOf }),
    };
  }
  return actingUnit(context.units.get(unit)?.active === false ? leadUnit : unit, context);
}

/** Who follows a plan up or closes it: the primary named contact, else the planning lead, else the lead unit. */
export function whoFollowsUp(plan: Plan, primary: NamedContact | undefined, context: PlanContext): Acting {
  if (primary) return actingFor(primary, plan.leadUnit, context);
  const unit = actingUnit(plan.leadUnit, context);
  const lead = plan.planningLead;
  if (!lead || (lead.staff !== undefined && context.staff?.get(lead.staff)?.active === false)) return unit;
  if (lead.staff !== undefined && context.staff?.get(lead.staff)?.protectedIdentity) return unit;
  return { ...unit, as: 'planning-lead', name: lead.name };
}

/**
 * Whether a unit is open now, by the hours that patients know it by (of a unit that patients do not turn to: by those
 * for professionals), and else when it opens.
 */
export function unitOpening(unit: HsaId, { channels, now }: Pick<PlanContext, 'channels' | 'now'>): Opening {
  const staffed = (channels.get(unit) ?? []).filter((channel) => STAFFED.includes(channel.kind));
  const forPatients = staffed.filter((channel) => channel.audience === 'patient');
  const opens: number[] = [];
  for (const channel of forPatients.length > 0 ? forPatients : staffed) {
    const opening = openAt(channel.openingHours, now);
    if (opening.open) return { open: true };
    if (opening.opens !== undefined) opens.push(opening.opens);
  }
  return opens.length === 0 ? { open: false } : { open: false, opens: Math.min(...opens) };
}
