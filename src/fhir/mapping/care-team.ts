import type { ContactRole, NamedContact, Participant } from '../../plans/domain/model.ts';
import { contactName } from '../../plans/domain/overview-people.ts';
import { CONTACT_ROLE_WORDS } from '../../plans/domain/reach-candidates.ts';
import { publicId } from '../../shared/ids.ts';
import { elementId, externalIdentifier, legalBasisExtension, metaOf, planExtension, some, words } from './owned.ts';
import { PARTY_ROLES, partyName, partyRef, patientRef, staffRef, unitRef } from './references.ts';
import { CONTACT_TEAM_STATUS, PLAN_TEAM_STATUS } from './states.ts';
import { SYSTEMS } from './systems.ts';
import { channelsFor, contactPoints } from './telecom.ts';
import type { FhirView } from './view.ts';

/** The national code has four; other roles are told in words. */
const NATIONAL_ROLE: Readonly<Partial<Record<ContactRole, fhir4.Coding>>> = {
  'fast-vardkontakt': { system: SYSTEMS.namedContact, code: '1', display: 'fast vårdkontakt' },
  'fast-lakarkontakt': { system: SYSTEMS.namedContact, code: '2', display: 'fast läkarkontakt i primärvård' },
  'fast-omsorgskontakt': { system: SYSTEMS.namedContact, code: '3', display: 'fast omsorgskontakt i hemtjänsten' },
  'samordnande-vardkontakt': {
    system: SYSTEMS.namedContact,
    code: '4',
    display: 'fast vårdkontakt med övergripande samordningsansvar',
  },
};

function participantFrom(view: FhirView, one: Participant): fhir4.CareTeamParticipant {
  const state = { url: view.urls.extension('participant-state'), valueCode: one.state };
  const ended = one.state === 'left' || one.state === 'declined' ? one.answeredAt : undefined;
  return {
    ...elementId(one),
    extension: [state],
    role: [{ text: words(one.role) ?? PARTY_ROLES[one.party.kind] }],
    member: partyRef(view, one.party),
    period: { start: one.invitedAt, end: ended },
  };
}

function memberOf(view: FhirView, contact: NamedContact): fhir4.Reference {
  const display = contactName(contact, view.context);
  if (contact.person) return staffRef(view, contact.person.staff, contact.unit, display);
  return contact.unit === undefined ? { type: 'Organization', display } : unitRef(view, contact.unit, display);
}

function roleOf(contact: NamedContact): fhir4.CodeableConcept {
  const coding = NATIONAL_ROLE[contact.role];
  return { coding: coding && [coding], text: CONTACT_ROLE_WORDS[contact.role] };
}

/** A contact that was ended before its first day has its end alone: no period begins after its end (per-1). */
function periodOf({ from, to }: NamedContact): fhir4.Period | undefined {
  if (from === undefined && to === undefined) return undefined;
  const began = from !== undefined && (to === undefined || from <= to);
  return { start: began ? from : undefined, end: to };
}

/**
 * When a contact is one: a contact without dates is one from the day it was written down, since a fast kontakt has a first
 * day for whoever reads it (Inera's GetCareManagers). One that has only been asked for has no time yet.
 */
function toldPeriod(contact: NamedContact): fhir4.Period | undefined {
  const begun = contact.state === 'designated' || contact.state === 'ended';
  return periodOf(contact) ?? (begun ? { start: contact.createdAt } : undefined);
}

function contactParticipant(view: FhirView, contact: NamedContact): fhir4.CareTeamParticipant {
  const member = memberOf(view, contact);
  const practitioner = member.reference?.startsWith('Practitioner/') ?? member.type === 'Practitioner';
  return {
    role: [roleOf(contact)],
    member,
    onBehalfOf: practitioner && contact.unit !== undefined ? unitRef(view, contact.unit) : undefined,
    period: periodOf(contact),
  };
}

function patientParticipant(view: FhirView): fhir4.CareTeamParticipant {
  return {
    role: [{ text: PARTY_ROLES.patient }],
    member: patientRef(view.patientId, 'Patienten'),
    period: { start: view.plan.header.createdAt },
  };
}

/** The team around the plan: the patient, everyone who takes part, and the named contacts. */
export function planTeam(view: FhirView): fhir4.CareTeam {
  const { header, content } = view.plan;
  const isPatient = (one: Participant) => one.party.kind === 'patient';
  const participants = content.participant.filter((one) => !one.enteredInError);
  const contacts = content['named-contact'].filter((one) => one.state === 'designated' && !one.enteredInError);
  return {
    resourceType: 'CareTeam',
    id: publicId(header.patientId, header.id),
    meta: metaOf(header),
    identifier: [{ system: view.urls.plan, value: publicId(header.patientId, header.id) }],
    status: PLAN_TEAM_STATUS[header.status],
    category: [{ coding: [{ system: SYSTEMS.careTeam, code: 'team' }] }],
    name: words(header.title) === undefined ? 'Planens team' : `Team: ${header.title}`,
    subject: patientRef(view.patientId),
    participant: [
      ...(participants.some(isPatient) ? [] : [patientParticipant(view)]),
      ...content.participant.map((one) => participantFrom(view, one)),
      ...contacts.map((one) => ({
        ...contactParticipant(view, one),
        period: toldPeriod(one)!,
      })),
    ],
    managingOrganization: [unitRef(view, header.leadUnit)],
  };
}

function teamNotes(view: FhirView, contact: NamedContact): fhir4.Annotation[] {
  const { deputy, reason, away } = contact;
  const hidden = deputy?.staff !== undefined && view.context.staff?.get(deputy.staff)?.protectedIdentity === true;
  const unit = deputy && partyName(view, { kind: 'other', unit: deputy.unit });
  const texts = [
    deputy && `Ersättare: ${hidden ? 'ersättare' : deputy.name}, ${unit}`,
    ...away.map(({ from, to }) => `Borta ${from} till ${to}`),
    words(reason),
  ];
  return texts.flatMap((text) => (text === undefined ? [] : [{ text }]));
}

/** One named contact (fast kontakt) with how to reach them. */
export function contactTeam(view: FhirView, contact: NamedContact): fhir4.CareTeam {
  const { reader, context } = view;
  const staff = contact.person?.staff;
  const owners = [staff, contact.unit].flatMap((owner) => (owner === undefined ? [] : [owner]));
  const hidden = staff !== undefined && context.staff?.get(staff)?.protectedIdentity === true;
  const channels = owners
    .filter((owner) => !(hidden && owner === staff))
    .flatMap((owner) => channelsFor(reader, context.channels.get(owner) ?? []));
  return {
    resourceType: 'CareTeam',
    id: publicId(contact.patientId, contact.id),
    meta: metaOf(contact),
    extension: [
      legalBasisExtension(view, contact),
      planExtension(view),
      { url: view.urls.extension('participant-state'), valueCode: contact.state },
    ],
    identifier: externalIdentifier(view, contact.externalId),
    status: contact.enteredInError ? 'entered-in-error' : CONTACT_TEAM_STATUS[contact.state],
    category: [{ coding: [{ system: SYSTEMS.careTeam, code: 'fast-kontakt' }] }],
    name: CONTACT_ROLE_WORDS[contact.role],
    subject: patientRef(view.patientId),
    period: toldPeriod(contact),
    participant: [contactParticipant(view, contact)],
    managingOrganization: contact.unit === undefined ? undefined : [unitRef(view, contact.unit)],
    telecom: some(contactPoints(channels)),
    note: some(teamNotes(view, contact)),
  };
}
