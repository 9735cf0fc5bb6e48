import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { date, hsaId, line } from '../../http/fields.ts';
import type { Server } from '../../http/server.ts';
import type { RuleContext } from '../change-plan.ts';
import { CONTACT_ROLES, CONTACT_STATES, type NamedContact, type Participant } from '../domain/model.ts';
import {
  addNamedContact,
  changeNamedContact,
  makePrimary,
  transitionContact,
} from '../domain/named-contact-commands.ts';
import { answerInvitation, changeParticipantRole, inviteParticipant } from '../domain/participant-commands.ts';
import { demandThing } from '../plan-of.ts';
import {
  alreadyParticipant,
  contactMoveNotAllowed,
  externalIdTaken,
  inError,
  NOT_YOURS,
  participantMoveNotAllowed,
  planClosed,
  primaryMustBeDesignated,
  secondDoctorContact,
  sipPrincipalMustTakePart,
} from '../problems.ts';
import { changeOf } from './change-of.ts';
import { registerChange } from './change-route.ts';
import { ownershipFor } from './ownership.ts';
import { approvedForPatient, ownership, party, reason, thing, when } from './request-parts.ts';

const TAG = 'Planer';
const person = z.strictObject({ staff: hsaId.optional(), name: line(200) });
const away = z
  .array(z.strictObject({ from: when, to: when }))
  .max(50)
  .meta({ description: 'Frånvaro; då gäller ersättaren.' });
const deputy = z.strictObject({ staff: hsaId.optional(), name: line(200), unit: hsaId });

const contactFields = {
  person: person.optional(),
  roleName: line(200).optional().meta({ description: 'Rollens namn, där personen inte ska namnges.' }),
  unit: hsaId.optional(),
  from: date.optional(),
  to: date.optional(),
  away: away.optional(),
  deputy: deputy.optional(),
  basis: z.enum(['patient-request', 'need']).optional(),
  isPrimary: z.boolean().optional().meta({ description: 'Den som patienten vänder sig till först.' }),
};

export const namedContactBody = z
  .strictObject({
    role: z.enum(CONTACT_ROLES),
    state: z.enum(['requested', 'offered', 'designated']).optional(),
    ...contactFields,
    ...ownership,
  })
  .meta({
    id: 'AddNamedContact',
    examples: [{ role: 'fast-vardkontakt', person: { name: 'Maj Modell' }, unit: 'SE0000000000-TST0201' }],
  });

export const participantBody = z.strictObject({ party, role: line(200).optional(), ...ownership }).meta({
  id: 'InviteParticipant',
  examples: [{ party: { kind: 'municipality-health', unit: 'SE0000000000-TST0302' }, role: 'Hemsjukvård' }],
});

const contactOf = ({ hand }: RuleContext, id: NamedContact['id']) => demandThing(hand.content, 'named-contact', id);
const participantOf = ({ hand }: RuleContext, id: Participant['id']) => demandThing(hand.content, 'participant', id);

export const ADD_CONTACT = changeOf({
  method: 'POST',
  path: '/named-contacts',
  tag: TAG,
  summary: 'Be om, erbjud eller utse en fast kontakt',
  description: 'Bara kontaktens egen enhet utser; andra ber om eller erbjuder. Den först utsedda är den primära.',
  action: 'plan.add-content',
  actors: ['staff', 'citizen'],
  body: namedContactBody,
  kind: 'named-contact',
  status: 201,
  refuses: [planClosed, secondDoctorContact, externalIdTaken],
  again: true,
  rule: (context, { body }) => addNamedContact(context.hand, { ...body, ...ownershipFor(context, body) }, context.act),
});

export const CHANGE_CONTACT = changeOf({
  method: 'PATCH',
  path: '/named-contacts/:contactId',
  tag: TAG,
  summary: 'Ändra en fast kontakt',
  description: 'Person, ersättare, frånvaro och tid.',
  action: 'content.change',
  actors: ['staff'],
  body: z.strictObject({
    person: person.nullable().optional(),
    roleName: line(200).nullable().optional(),
    from: date.nullable().optional(),
    to: date.nullable().optional(),
    away: away.optional(),
    deputy: deputy.nullable().optional(),
    basis: contactFields.basis,
    approvedForPatient: approvedForPatient.optional(),
  }),
  kind: 'named-contact',
  status: 200,
  revisionOf: 'named-contact',
  refuses: [planClosed, inError, NOT_YOURS['content-not-yours']],
  rule: (context, { body, id }) => changeNamedContact(context.hand, contactOf(context, id), body, context.act),
});

export const MOVE_CONTACT = changeOf({
  method: 'POST',
  path: '/named-contacts/:contactId/transition',
  tag: TAG,
  summary: 'Erbjud, utse, avböj eller avsluta en fast kontakt',
  description: 'När den primära avslutas blir en annan primär.',
  action: 'content.change',
  actors: ['staff', 'citizen'],
  body: z.strictObject({
    to: z.enum(CONTACT_STATES.filter((state) => state !== 'entered-in-error')),
    reason: reason.optional(),
    person: contactFields.person,
    roleName: contactFields.roleName,
    unit: contactFields.unit,
    from: contactFields.from,
    isPrimary: contactFields.isPrimary,
    primary: thing.optional(),
  }),
  kind: 'named-contact',
  status: 200,
  revisionOf: 'named-contact',
  refuses: [planClosed, contactMoveNotAllowed, secondDoctorContact, NOT_YOURS['content-not-yours']],
  rule: (context, { body, id }) => transitionContact(context.hand, contactOf(context, id), body, context.act),
});

export const INVITE_PARTICIPANT = changeOf({
  method: 'POST',
  path: '/participants',
  tag: TAG,
  summary: 'Bjud in en deltagare',
  description: 'En enhet, en närstående eller någon annan.',
  action: 'plan.add-content',
  actors: ['staff'],
  body: participantBody,
  kind: 'participant',
  status: 201,
  refuses: [planClosed, alreadyParticipant, externalIdTaken],
  again: true,
  rule: (context, { body }) =>
    inviteParticipant(context.hand, { ...body, ...ownershipFor(context, body) }, context.act),
});

export const CHANGE_PARTICIPANT = changeOf({
  method: 'PATCH',
  path: '/participants/:participantId',
  tag: TAG,
  summary: 'Ändra en deltagares roll',
  description: 'Den planeringsansvariga eller deltagaren själv.',
  action: 'content.change',
  actors: ['staff'],
  body: z.strictObject({ role: line(200).nullable() }),
  kind: 'participant',
  status: 200,
  revisionOf: 'participant',
  refuses: [planClosed, NOT_YOURS['participation-not-yours']],
  rule: (context, { body, id }) =>
    changeParticipantRole(context.hand, participantOf(context, id), body.role ?? undefined, context.act),
});

/** An invitation is answered in three ways, alike but for where they lead. */
function invitationAnswer(verb: 'accept' | 'decline' | 'leave', to: 'accepted' | 'declined' | 'left', summary: string) {
  return changeOf({
    method: 'POST',
    path: `/participants/:participantId/${verb}`,
    tag: TAG,
    summary,
    description: 'Den inbjudnas egen personal, eller personal som antecknar patientens eller en närståendes svar.',
    action: 'participant.answer',
    actors: ['staff', 'citizen'],
    body: z.strictObject({
      reason: reason.optional(),
      instead: hsaId.optional().meta({ description: 'Enhet hos samma huvudman som deltar i stället.' }),
    }),
    kind: 'participant',
    status: 200,
    revisionOf: 'participant',
    refuses: [planClosed, participantMoveNotAllowed, sipPrincipalMustTakePart, NOT_YOURS['participation-not-yours']],
    rule: (context, { body, id }) =>
      answerInvitation(context.hand, participantOf(context, id), { ...body, to }, context.act),
  });
}

export const ANSWER_INVITATION = {
  accepted: invitationAnswer('accept', 'accepted', 'Tacka ja till en inbjudan'),
  declined: invitationAnswer('decline', 'declined', 'Tacka nej till en inbjudan'),
  left: invitationAnswer('leave', 'left', 'Lämna planen'),
} as const;

/** Named contacts: ask for, offer, designate, replace, end. */
export function registerContactRoutes(door: Server, deps: Deps): void {
  registerChange(door, deps, ADD_CONTACT);
  registerChange(door, deps, CHANGE_CONTACT);
  registerChange(door, deps, MOVE_CONTACT);
  registerChange(door, deps, {
    method: 'POST',
    path: '/named-contacts/:contactId/make-primary',
    tag: TAG,
    summary: 'Gör en utsedd kontakt till den primära',
    description: 'Den som var primär slutar vara det i samma ändring.',
    action: 'content.change',
    actors: ['staff'],
    body: z.strictObject({}),
    kind: 'named-contact',
    status: 200,
    revisionOf: 'named-contact',
    refuses: [planClosed, primaryMustBeDesignated, NOT_YOURS['content-not-yours']],
    rule: (context, { id }) => makePrimary(context.hand, contactOf(context, id), context.act),
  });
}

/** Participants: invite, accept, decline, leave. */
export function registerParticipantRoutes(door: Server, deps: Deps): void {
  registerChange(door, deps, INVITE_PARTICIPANT);
  registerChange(door, deps, CHANGE_PARTICIPANT);
  for (const route of Object.values(ANSWER_INVITATION)) registerChange(door, deps, route);
}
