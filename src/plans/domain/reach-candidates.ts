import type { ContactPerson, ContactRole, HsaId, NamedContact } from './model.ts';
import type { ContactChannel, ReachCandidate } from './reach.ts';
import { endOf, startOf } from './when.ts';

/** What the directory holds of the units and staff that a plan names, by HSA-id; a `PlanRecord` is one. */
export interface ReachDirectory {
  readonly units: ReadonlyMap<HsaId, { readonly name: string; readonly active: boolean }>;
  /** Channels of units and of staff. */
  readonly channels: ReadonlyMap<HsaId, readonly ContactChannel[]>;
  /** Without an entry, a member of staff counts as at work and free to be named. */
  readonly staff?: ReadonlyMap<
    HsaId,
    {
      readonly active: boolean;
      readonly protectedIdentity?: boolean;
      /** Where they work. */
      readonly units?: readonly HsaId[];
    }
  >;
}

/** Roles of named contacts in the words that patients meet. */
export const CONTACT_ROLE_WORDS: Readonly<Record<ContactRole, string>> = {
  'fast-vardkontakt': 'fast vårdkontakt',
  'fast-lakarkontakt': 'fast läkarkontakt',
  'fast-omsorgskontakt': 'fast omsorgskontakt',
  'samordnande-vardkontakt': 'samordnande vårdkontakt',
  kontaktsjukskoterska: 'kontaktsjuksköterska',
  rehabkoordinator: 'rehabkoordinator',
  planeringsansvarig: 'planeringsansvarig',
  stodkontakt: 'stödkontakt',
};

const DEPUTY = 'ersättare';

type Presence = Pick<ReachCandidate, 'from' | 'to' | 'away'>;

interface Present {
  readonly name: string;
  readonly role: string;
  readonly unit: HsaId;
  readonly channels: readonly ContactChannel[];
  readonly presence: Presence;
}

function isOpenUnit(directory: ReachDirectory, hsaId: HsaId): boolean {
  return directory.units.get(hsaId)?.active === true;
}

function staffOf(directory: ReachDirectory, hsaId: HsaId | undefined) {
  const own = hsaId === undefined ? undefined : directory.staff?.get(hsaId);
  const channels = (hsaId === undefined ? undefined : directory.channels.get(hsaId)) ?? [];
  return { active: own?.active !== false, named: own?.protectedIdentity !== true, channels };
}

function period({ from, to }: NamedContact): Presence {
  return { ...(from && { from: startOf(from) }), ...(to && { to: endOf(to) }) };
}

/** The contact while designated and at work there; undefined once the person has left or the unit is closed down. */
function presentContact(contact: NamedContact, directory: ReachDirectory, unit: HsaId): Present | undefined {
  const staff = staffOf(directory, contact.person?.staff);
  if (contact.state !== 'designated' || contact.enteredInError || !staff.active) return undefined;
  if (!isOpenUnit(directory, unit)) return undefined;
  const role = CONTACT_ROLE_WORDS[contact.role];
  const name = (staff.named ? contact.person?.name : undefined) ?? contact.roleName ?? role;
  const away = contact.away.map((gone) => ({ from: startOf(gone.from), to: endOf(gone.to) }));
  return { name, role, unit, channels: staff.channels, presence: { ...period(contact), away } };
}

function presentDeputy(deputy: ContactPerson, of: Present, directory: ReachDirectory): Present | undefined {
  const staff = staffOf(directory, deputy.staff);
  if (!staff.active || !isOpenUnit(directory, deputy.unit)) return undefined;
  const { from, to } = of.presence;
  const name = staff.named ? deputy.name : DEPUTY;
  return { name, role: DEPUTY, unit: deputy.unit, channels: staff.channels, presence: { from, to } };
}

function personCandidate(
  via: 'contact' | 'deputy',
  person: Present,
  directory: ReachDirectory,
  inPlaceOf?: string,
): ReachCandidate {
  const { name, role, unit, channels, presence } = person;
  const unitName = directory.units.get(unit)!.name;
  return {
    via,
    name,
    ...(role !== name && { role }),
    unitName,
    channels,
    ...presence,
    ...(inPlaceOf && { inPlaceOf }),
  };
}

function unitCandidate(
  via: 'unit' | 'deputy-unit' | 'lead-unit',
  hsaId: HsaId,
  directory: ReachDirectory,
  person?: Present,
): ReachCandidate[] {
  const unit = directory.units.get(hsaId);
  if (!unit?.active) return [];
  const channels = directory.channels.get(hsaId) ?? [];
  const asked = person && { ...person.presence, askFor: person.name };
  return [{ via, name: unit.name, unitName: unit.name, channels, ...asked }];
}

/**
 * Whom to try, in this order, so that there is always somebody behind the answer:
 *
 * 1. the primary named contact, by own channels, then by those of the unit, where one asks for the contact: neither
 *    while the contact is away, before the designation begins or after it ends;
 * 2. the deputy in the same two ways, through the whole designation, the unit being the deputy's own;
 * 3. the contact's unit, whoever answers there: all that is left once the contact has left;
 * 4. the planning lead's unit.
 *
 * A closed-down unit is never tried, and who works there has left. Away days count to their end in Sweden.
 */
export function reachCandidates(
  primary: NamedContact | undefined,
  leadUnit: HsaId,
  directory: ReachDirectory,
): ReachCandidate[] {
  if (!primary) return unitCandidate('lead-unit', leadUnit, directory);
  const unit = primary.unit ?? leadUnit;
  const contact = presentContact(primary, directory, unit);
  const deputy = primary.deputy && contact && presentDeputy(primary.deputy, contact, directory);
  const candidates: ReachCandidate[] = [];
  if (contact) {
    candidates.push(personCandidate('contact', contact, directory));
    candidates.push(...unitCandidate('unit', unit, directory, contact));
  }
  if (contact && deputy) {
    candidates.push(personCandidate('deputy', deputy, directory, contact.name));
    candidates.push(...unitCandidate('deputy-unit', deputy.unit, directory, deputy));
  }
  candidates.push(...unitCandidate('unit', unit, directory));
  if (leadUnit !== unit) candidates.push(...unitCandidate('lead-unit', leadUnit, directory));
  return candidates;
}
