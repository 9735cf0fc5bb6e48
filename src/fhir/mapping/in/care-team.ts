import { CONTACT_ROLES, type ContactRole, type ContactState } from '../../../plans/domain/model.ts';
import { CONTACT_ROLE_WORDS } from '../../../plans/domain/reach-candidates.ts';
import { CONTACT_TEAM_STATUS } from '../states.ts';
import { type OwnUrls, SYSTEMS } from '../systems.ts';
import { differing, given, type InAct, type InChange, type InContext, updateActs } from './change.ts';
import { fault, type InFault } from './faults.ts';
import { extensionsNotTaken, type HeldTree, notTaken, OF_NO_CONSEQUENCE } from './held.ts';
import { codeOf, extensionOf, identifierFaults, isForPatient, ownershipOf, whoOf } from './parts.ts';

const HELD: HeldTree = {
  ...OF_NO_CONSEQUENCE,
  extension: true,
  identifier: true,
  status: true,
  category: 'managed',
  name: 'managed',
  subject: true,
  period: { start: true, end: true },
  participant: { id: true, extension: true, role: true, member: true, onBehalfOf: true, period: true },
  managingOrganization: true,
  telecom: 'managed',
  note: 'managed',
};

/** The four roles that the national code system has. */
export const ROLE_OF_CODE: Readonly<Record<string, ContactRole>> = {
  '1': 'fast-vardkontakt',
  '2': 'fast-lakarkontakt',
  '3': 'fast-omsorgskontakt',
  '4': 'samordnande-vardkontakt',
};

/** Whether it is one named contact, rather than the plan's team. */
export function isNamedContact(team: fhir4.CareTeam): boolean {
  return codeOf(team.category, SYSTEMS.careTeam) === 'fast-kontakt';
}

function roleOf(concepts: readonly fhir4.CodeableConcept[] | undefined): ContactRole | undefined {
  const code = codeOf(concepts as fhir4.CodeableConcept[] | undefined, SYSTEMS.namedContact);
  const text = concepts?.[0]?.text?.toLowerCase();
  const known = code === undefined ? undefined : ROLE_OF_CODE[code];
  return known ?? CONTACT_ROLES.find((role) => CONTACT_ROLE_WORDS[role].toLowerCase() === text);
}

/** Our state by our own extension where it fits FHIR's status, else by that. */
function stateOf(team: fhir4.CareTeam, urls: OwnUrls): ContactState | undefined {
  const own = extensionOf(team, urls.extension('participant-state'))?.valueCode as ContactState | undefined;
  if (own !== undefined && CONTACT_TEAM_STATUS[own] === team.status) return own;
  switch (team.status) {
    case 'active':
      return 'designated';
    case 'proposed':
      return 'requested';
    case 'inactive':
      return 'ended';
    case 'entered-in-error':
      return 'entered-in-error';
    default:
      return undefined;
  }
}

function hsaOf(reference: fhir4.Reference | undefined): string | undefined {
  const who = whoOf(reference);
  return who?.kind === 'unit' ? who.unit : undefined;
}

/** A named contact's fields as FHIR tells them. */
export function contactFields(team: fhir4.CareTeam): Record<string, unknown> {
  const [participant] = team.participant ?? [];
  const who = whoOf(participant?.member);
  const unit = hsaOf(participant?.member) ?? hsaOf(participant?.onBehalfOf) ?? hsaOf(team.managingOrganization?.[0]);
  const staff = who?.kind === 'unit' || who?.kind === 'staff' ? who : undefined;
  const name = participant?.member?.display;
  const isPerson = staff?.kind === 'staff' || (staff?.kind === 'unit' && staff.staff !== undefined);
  const period = participant?.period ?? team.period;
  return given({
    role: roleOf(participant?.role),
    person: isPerson && name !== undefined ? given({ staff: staff?.staff, name }) : undefined,
    roleName: who?.kind === 'named' ? name : undefined,
    unit,
    from: period?.start?.slice(0, 10),
    to: period?.end?.slice(0, 10),
  });
}

function knownExtensions(urls: OwnUrls, current?: fhir4.CareTeam): Readonly<Record<string, true | 'managed'>> {
  return {
    [urls.extension('legal-basis')]: 'managed',
    [urls.extension('participant-state')]: true,
    [urls.extension('plan')]: current ? 'managed' : true,
  };
}

function faultsOf(team: fhir4.CareTeam, { urls }: InContext, current?: fhir4.CareTeam): InFault[] {
  const more = (team.participant ?? []).slice(1).map((_one, i) => fault('not-held', `CareTeam.participant[${i + 1}]`));
  const state = stateOf(team, urls) === undefined ? [fault('invalid', 'CareTeam.status')] : [];
  return [
    ...notTaken(team, HELD, 'CareTeam', current),
    ...extensionsNotTaken(team.extension, knownExtensions(urls, current), 'CareTeam', current?.extension),
    ...identifierFaults(team.identifier, urls, 'CareTeam'),
    ...more,
    ...state,
  ];
}

/** A new named contact: asked for, offered or designated. */
export function createContact(team: fhir4.CareTeam, context: InContext): InChange {
  const faults = faultsOf(team, context);
  const fields = contactFields(team);
  const state = stateOf(team, context.urls);
  if (fields.role === undefined) faults.push(fault('required', 'CareTeam.participant[0].role'));
  const born = state === 'requested' || state === 'offered' || state === 'designated';
  if (!born && state !== undefined) faults.push(fault('invalid', 'CareTeam.status'));
  const body = given({ ...fields, state, ...ownershipOf(team, context.urls) });
  return { acts: [{ act: 'contact.add', body }], faults };
}

/** What of a named contact the one that is sent in its place changes; who it is for and of which unit does not. */
export function updateContact(team: fhir4.CareTeam, current: fhir4.CareTeam, context: InContext): InChange {
  const { urls } = context;
  const { role, unit, ...fields } = contactFields(team);
  const { role: wasRole, unit: wasUnit, ...was } = contactFields(current);
  const faults = faultsOf(team, context, current);
  if (role !== wasRole) faults.push(fault('read-only', 'CareTeam.participant[0].role'));
  if (unit !== wasUnit) faults.push(fault('read-only', 'CareTeam.managingOrganization'));
  const body = {
    ...differing(fields, was),
    ...(isForPatient(team) !== isForPatient(current) && { approvedForPatient: isForPatient(team) }),
  };
  const [from, to] = [stateOf(current, urls), stateOf(team, urls)];
  const error = { act: 'contact.in-error', body: {} };
  const moves =
    to === undefined || from === to ? [] : [to === 'entered-in-error' ? error : { act: 'contact.move', body: { to } }];
  return { acts: updateActs(team.id!, { act: 'contact.change', body }, moves), faults };
}

type Member = fhir4.CareTeamParticipant;

function memberActs(
  member: Member,
  was: Member,
  context: InContext,
  path: string,
): { acts: InAct[]; faults: InFault[] } {
  const url = context.urls.extension('participant-state');
  const [state, before] = [extensionOf(member, url)?.valueCode, extensionOf(was, url)?.valueCode];
  const [role, wasRole] = [member.role?.[0]?.text, was.role?.[0]?.text];
  const about = member.id!;
  const acts: InAct[] = role === wasRole ? [] : [{ act: 'participant.change', about, body: { role: role ?? null } }];
  const faults: InFault[] = [];
  if (state !== before && state !== undefined) {
    const known = ['accepted', 'declined', 'left'].includes(state);
    if (known) acts.push({ act: `participant.${state}`, about, body: {} });
    else faults.push(fault('invalid', `${path}.extension`));
  }
  const held: HeldTree = { id: true, extension: true, role: { text: true } };
  return {
    acts,
    faults: [...faults, ...notTaken(member, { ...held, member: 'managed', period: 'managed' }, path, was)],
  };
}

/**
 * What of the plan's team a team that is sent in its place changes: who is invited, what they are called, and their own answers.
 * Nobody is taken away: who leaves says so.
 */
export function updateTeam(team: fhir4.CareTeam, current: fhir4.CareTeam, context: InContext): InChange {
  const members = team.participant ?? [];
  const acts: InAct[] = [];
  const faults = notTaken(
    team,
    { ...HELD, participant: true, period: 'managed', status: 'managed' },
    'CareTeam',
    current,
  );
  const there = current.participant ?? [];
  const kept = new Set<Member>();
  members.forEach((member, i) => {
    const path = `CareTeam.participant[${i}]`;
    const same = there.find((one) =>
      member.id === undefined ? JSON.stringify(one) === JSON.stringify(member) : one.id === member.id,
    );
    if (same) {
      kept.add(same);
      if (member.id === undefined) return;
      const changed = memberActs(member, same, context, path);
      acts.push(...changed.acts);
      faults.push(...changed.faults);
      return;
    }
    const who = whoOf(member.member);
    if (!who || who.kind === 'staff' || who.kind === 'patient') faults.push(fault('reference', `${path}.member`));
    else acts.push({ act: 'participant.invite', body: given({ party: inviteeOf(who), role: member.role?.[0]?.text }) });
  });
  for (const gone of there) {
    if (!kept.has(gone))
      faults.push(fault('read-only', 'CareTeam.participant', 'Ingen tas bort ur teamet', 'Nobody is removed'));
  }
  return { acts, faults };
}

/** The team of a plan from another system: whoever is in it is invited; the patient and the sender take part anyway. */
export function inviteTeam(team: fhir4.CareTeam, context: InContext): InChange {
  const faults = notTaken(team, { ...HELD, category: true, name: true, participant: true }, 'CareTeam');
  const acts = (team.participant ?? []).flatMap((member, i): InAct[] => {
    const path = `CareTeam.participant[${i}]`;
    const who = whoOf(member.member);
    if (who?.kind === 'patient') return [];
    const held: HeldTree = { role: { text: true, coding: { display: true } }, member: true };
    faults.push(...notTaken(member, held, path));
    const name = who && 'name' in who ? who.name : undefined;
    if (!who || (who.kind !== 'relative' && who.kind !== 'unit' && name === undefined)) {
      faults.push(fault('not-held', `${path}.member`));
      return [];
    }
    const party = who.kind === 'staff' ? { kind: 'other', name } : inviteeOf(who);
    const role = member.role?.[0]?.text ?? member.role?.[0]?.coding?.find(({ display }) => display)?.display;
    return [{ act: 'participant.invite', body: given({ party, role }) }];
  });
  return { acts, faults: [...faults, ...identifierFaults(team.identifier, context.urls, 'CareTeam')] };
}

function inviteeOf(who: NonNullable<ReturnType<typeof whoOf>>): Record<string, unknown> {
  if (who.kind === 'relative') return { kind: 'relative', relatedPersonId: who.id };
  if (who.kind === 'unit') return { kind: 'other', unit: who.unit };
  return given({ kind: 'other', name: who.kind === 'named' ? who.name : undefined });
}
