import type { ThingId } from '../../shared/ids.ts';
import { openAt } from '../../shared/opening-hours.ts';
import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import { swedishDate } from '../../shared/swedish-time.ts';
import { actingFor, isInForce, unitName } from './acting-contact.ts';
import { isShown } from './choose-next-step.ts';
import type { PlanContext } from './context.ts';
import type {
  ChangedBy,
  ContactRole,
  ContactState,
  HsaId,
  Instant,
  NamedContact,
  ParticipantState,
  Plan,
  PlanContent,
  RecordedBy,
  SwedishDate,
  When,
} from './model.ts';
import { type PartyView, partyView } from './party-view.ts';
import type { ContactChannel } from './reach.ts';
import { CONTACT_ROLE_WORDS } from './reach-candidates.ts';
import { endOf, startOf } from './when.ts';

/** Who wrote or answered something, as the patient is told. */
export interface WriterView {
  readonly kind: RecordedBy['kind'];
  readonly name: string;
  readonly unit?: HsaId;
  readonly unitName?: string;
}

export interface ContactView {
  readonly id: ThingId;
  readonly planId: ThingId;
  readonly revision: number;
  readonly role: ContactRole;
  /** In Swedish, `fast vårdkontakt`. */
  readonly roleName: string;
  readonly state: ContactState;
  readonly isPrimary: boolean;
  /** A person, or the role where the person must not be named; absent while nobody is designated. */
  readonly name?: string;
  readonly unit?: HsaId;
  readonly unitName?: string;
  readonly from?: SwedishDate;
  readonly to?: SwedishDate;
  /** Away right now, until when. */
  readonly awayUntil?: When;
  readonly deputy?: { readonly name: string; readonly unit: HsaId; readonly unitName: string };
  /** Who acts for the contact right now. */
  readonly acting?: { readonly as: string; readonly name: string; readonly unitName: string };
}

export interface ChannelView {
  readonly kind: ContactChannel['kind'];
  readonly value: string;
  readonly purpose: string;
  readonly open: boolean;
  /** While open: until when; absent for no end in sight. */
  readonly until?: Instant;
  /** While closed: when it opens. */
  readonly opensAt?: Instant;
  readonly whenClosed?: string;
  readonly inEmergency?: string;
}

/** How a unit or a named contact is reached, by patients. */
export interface WaysView {
  /** HSA-id of the unit or member of staff. */
  readonly owner: HsaId;
  readonly name: string;
  readonly channels: readonly ChannelView[];
}

export interface ParticipantView {
  readonly id: ThingId;
  readonly planId: ThingId;
  readonly party: PartyView;
  readonly role?: string;
  readonly state: ParticipantState;
}

const SOMEONE = {
  sv: { relative: 'En närstående', staff: 'Personal' },
  en: { relative: 'A relative', staff: 'Staff' },
};

/** Who it was, by name and unit; staff whose name is protected by unit alone. */
export function writerView(by: ChangedBy | RecordedBy, context: PlanContext): WriterView {
  const words = SOMEONE[context.language];
  if (by.kind === 'patient') return { kind: by.kind, name: context.language === 'sv' ? 'Du' : 'You' };
  if (by.kind === 'relative') return { kind: by.kind, name: by.name ?? words.relative };
  const hidden = by.staff !== undefined && context.staff?.get(by.staff)?.protectedIdentity === true;
  const unit = by.unit === undefined ? undefined : { unit: by.unit, unitName: unitName(by.unit, context) };
  const name = by.kind === 'staff' && !hidden ? by.name : undefined;
  return { kind: by.kind, name: name ?? unit?.unitName ?? words.staff, ...unit };
}

function isNamed(staff: HsaId | undefined, context: PlanContext): boolean {
  return staff === undefined || context.staff?.get(staff)?.protectedIdentity !== true;
}

/** What a named contact is called: the person, the role where the person must not be named. */
export function contactName(contact: NamedContact, context: PlanContext): string {
  const person = isNamed(contact.person?.staff, context) ? contact.person?.name : undefined;
  return person ?? contact.roleName ?? CONTACT_ROLE_WORDS[contact.role];
}

function contactView(contact: NamedContact, plan: Plan | undefined, context: PlanContext): ContactView {
  const inForce = isInForce(contact, swedishDate(context.now));
  const { deputy, unit } = contact;
  const acting = inForce ? actingFor(contact, plan?.leadUnit ?? unit ?? '', context) : undefined;
  const away = contact.away.find((gone) => isNowWithin(gone, context.now));
  const deputyName = deputy && (isNamed(deputy.staff, context) ? deputy.name : 'ersättare');
  return {
    id: contact.id,
    planId: contact.planId,
    revision: contact.revision,
    role: contact.role,
    roleName: CONTACT_ROLE_WORDS[contact.role],
    state: contact.state,
    isPrimary: contact.isPrimary,
    ...(contact.state === 'designated' && { name: contactName(contact, context) }),
    ...(unit !== undefined && { unit, unitName: unitName(unit, context) }),
    ...(contact.from !== undefined && { from: contact.from }),
    ...(contact.to !== undefined && { to: contact.to }),
    ...(away && { awayUntil: away.to }),
    ...(deputy && { deputy: { name: deputyName!, unit: deputy.unit, unitName: unitName(deputy.unit, context) } }),
    ...(acting && { acting: { as: acting.as, name: acting.name, unitName: acting.unitName } }),
  };
}

function isNowWithin(period: { readonly from: When; readonly to: When }, now: number): boolean {
  return startOf(period.from) <= now && now < endOf(period.to);
}

/** A designated contact is the same one in every plan that names it; who is asked for or offered is not one yet. */
function isSameContact(a: ContactView, b: ContactView): boolean {
  const designated = a.state === 'designated' && b.state === 'designated';
  return designated && a.role === b.role && a.name === b.name && a.unit === b.unit;
}

/**
 * The named contacts of all plans, each once, the primary one first; those whose time is over are not among them. The
 * patient meets one primary contact: the lead plan's, where it has one.
 */
export function contactsView(
  plans: readonly Plan[],
  content: PlanContent,
  context: PlanContext,
): readonly ContactView[] {
  const today = swedishDate(context.now);
  const current = content['named-contact'].filter(
    (c) => isShown(c) && c.state !== 'ended' && (c.to === undefined || c.to >= today),
  );
  const views = plans.flatMap((plan) =>
    current
      .filter((contact) => contact.planId === plan.id)
      .sort((a, b) => Number(b.isPrimary) - Number(a.isPrimary) || (a.id < b.id ? -1 : 1))
      .map((contact) => contactView(contact, plan, context)),
  );
  const each = views.filter((view, i) => !views.slice(0, i).some((earlier) => isSameContact(earlier, view)));
  const primary = views.find((view) => view.isPrimary);
  return each
    .map((view) => ({
      ...view,
      isPrimary: primary !== undefined && (view === primary || isSameContact(view, primary)),
    }))
    .sort((a, b) => Number(b.isPrimary) - Number(a.isPrimary));
}

function channelView(channel: ContactChannel, now: number): ChannelView {
  const opening = openAt(channel.openingHours, now);
  const { kind, value, purpose, whenClosed, inEmergency } = channel;
  const until = opening.open ? opening.until : undefined;
  const opens = opening.open ? undefined : opening.opens;
  return {
    kind,
    value,
    purpose,
    open: opening.open,
    ...(until !== undefined && { until: toRfc3339Utc(until) }),
    ...(opens !== undefined && { opensAt: toRfc3339Utc(opens) }),
    ...(whenClosed && { whenClosed }),
    ...(inEmergency && { inEmergency }),
  };
}

/**
 * How the named contacts, their units, the lead units and the units that answer for steps are reached, each once.
 * Channels for patients only; those for professionals are never among them.
 */
export function waysView(
  contacts: readonly NamedContact[],
  plans: readonly Plan[],
  units: readonly HsaId[],
  context: PlanContext,
): readonly WaysView[] {
  const owners = new Map<HsaId, string>();
  for (const contact of contacts) {
    const staff = contact.person?.staff;
    const free = staff !== undefined && isNamed(staff, context) && context.staff?.get(staff)?.active !== false;
    if (free) owners.set(staff, contactName(contact, context));
  }
  const unitIds = [...contacts.flatMap((c) => [c.unit, c.deputy?.unit]), ...plans.map((p) => p.leadUnit), ...units];
  for (const unit of unitIds) {
    if (unit !== undefined && context.units.get(unit)?.active === true) owners.set(unit, unitName(unit, context));
  }
  return [...owners].flatMap(([owner, name]) => {
    const own = (context.channels.get(owner) ?? []).filter((channel) => channel.audience === 'patient');
    return own.length === 0 ? [] : [{ owner, name, channels: own.map((channel) => channelView(channel, context.now)) }];
  });
}

/** Who takes part; those who have left are not among them. */
export function participantsView(plans: readonly Plan[], content: PlanContent, context: PlanContext) {
  return content.participant
    .filter((p) => isShown(p) && p.state !== 'left' && plans.some((plan) => plan.id === p.planId))
    .map((p): ParticipantView => {
      const party = partyView(p.party, context);
      return { id: p.id, planId: p.planId, party, ...(p.role !== undefined && { role: p.role }), state: p.state };
    });
}
