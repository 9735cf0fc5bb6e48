import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { date, hsaId, line, text } from '../../http/fields.ts';
import type { Server } from '../../http/server.ts';
import { demandFound } from '../domain/demands.ts';
import { changeFollowUp, planFollowUp, recordFollowUp } from '../domain/follow-up.ts';
import { addLink, changeLink } from '../domain/link.ts';
import type { Link, SafetyNetItem } from '../domain/model.ts';
import { addRemark, answerRemark } from '../domain/remark-commands.ts';
import { addSafetyNetItem, changeSafetyNetItem } from '../domain/safety-net.ts';
import { demandThing, seesThing } from '../plan-of.ts';
import { externalIdTaken, followUpDone, inError, NOT_YOURS, planClosed } from '../problems.ts';
import { registerChange } from './change-route.ts';
import { ownershipFor } from './ownership.ts';
import { approvedForPatient, httpsLink, ownership, ownWords, patientText, thing } from './request-parts.ts';

const TAG = 'Planer';

const whomToCall = z.union([
  z.strictObject({ namedContactId: thing }),
  z.strictObject({ unit: hsaId }),
  z.strictObject({ name: line(200), phone: line(50) }),
]);
const call = z
  .strictObject({ day: whomToCall.optional(), night: whomToCall.optional() })
  .meta({ description: 'Vem man ringer, på dagen och på natten.' });

export const safetyNetBody = z
  .strictObject({
    level: z.enum(['green', 'yellow', 'red']),
    sign: patientText,
    advice: patientText,
    call: call.optional(),
    order: z.int().min(0).max(100_000).optional(),
    ...ownership,
  })
  .meta({
    id: 'AddSafetyNetItem',
    examples: [{ level: 'yellow', sign: 'Vikten går upp 2 kg på 3 dagar', advice: 'Ring Maj samma dag' }],
  });

/** Signs to watch. */
export function registerSafetyNetRoutes(door: Server, deps: Deps): void {
  registerChange(door, deps, {
    method: 'POST',
    path: '/safety-net',
    tag: TAG,
    summary: 'Lägg till ett tecken att hålla koll på',
    description: 'Grönt, gult eller rött; vad man gör och vem man ringer, dag och natt.',
    action: 'plan.add-content',
    actors: ['staff', 'system'],
    body: safetyNetBody,
    kind: 'safety-net-item',
    status: 201,
    refuses: [planClosed, externalIdTaken],
    again: (context, known, { body: { level, sign, advice, call: whom, order } }) =>
      changeSafetyNetItem(
        context.hand,
        known as SafetyNetItem,
        { level, sign, advice, call: whom, order },
        context.act,
      ),
    rule: (context, { body }) =>
      addSafetyNetItem(context.hand, { ...body, ...ownershipFor(context, body) }, context.act),
  });
  registerChange(door, deps, {
    method: 'PATCH',
    path: '/safety-net/:itemId',
    tag: TAG,
    summary: 'Ändra ett tecken att hålla koll på',
    description: 'Av den enhet som skrev det.',
    action: 'content.change',
    actors: ['staff', 'system'],
    body: z.strictObject({
      level: safetyNetBody.shape.level.optional(),
      sign: patientText.optional(),
      advice: patientText.optional(),
      call: call.nullable().optional(),
      order: safetyNetBody.shape.order,
      approvedForPatient: approvedForPatient.optional(),
    }),
    kind: 'safety-net-item',
    status: 200,
    revisionOf: 'safety-net-item',
    refuses: [planClosed, inError, NOT_YOURS['content-not-yours']],
    rule: (context, { body, id }) =>
      changeSafetyNetItem(context.hand, demandThing(context.hand.content, 'safety-net-item', id), body, context.act),
  });
}

export const followUpBody = z
  .strictObject({ plannedOn: date, responsibleUnit: hsaId.optional(), ...ownership })
  .meta({ id: 'PlanFollowUp', examples: [{ plannedOn: '2026-12-11' }] });

/** Follow-up: plan, move, record what it came to. */
export function registerFollowUpRoutes(door: Server, deps: Deps): void {
  registerChange(door, deps, {
    method: 'POST',
    path: '/follow-ups',
    tag: TAG,
    summary: 'Planera en uppföljning',
    description: 'Av enheten för sig själv, eller för den planeringsansvariga.',
    action: 'plan.add-content',
    actors: ['staff'],
    body: followUpBody,
    kind: 'follow-up',
    status: 201,
    refuses: [planClosed, externalIdTaken, NOT_YOURS['responsibility-by-another']],
    rule: (context, { body }) => planFollowUp(context.hand, { ...body, ...ownershipFor(context, body) }, context.act),
  });
  registerChange(door, deps, {
    method: 'PATCH',
    path: '/follow-ups/:followUpId',
    tag: TAG,
    summary: 'Flytta en uppföljning',
    description: 'Till en annan dag eller till den planeringsansvariga.',
    action: 'content.change',
    actors: ['staff'],
    body: z.strictObject({
      plannedOn: date.optional(),
      responsibleUnit: hsaId.optional(),
      approvedForPatient: approvedForPatient.optional(),
    }),
    kind: 'follow-up',
    status: 200,
    revisionOf: 'follow-up',
    refuses: [planClosed, inError, followUpDone, NOT_YOURS['planning-lead-only']],
    rule: (context, { body, id }) =>
      changeFollowUp(context.hand, demandThing(context.hand.content, 'follow-up', id), body, context.act),
  });
  registerChange(door, deps, {
    method: 'POST',
    path: '/follow-ups/:followUpId/outcome',
    tag: TAG,
    summary: 'Skriv hur uppföljningen gick',
    description: 'Utfall, och personens egen berättelse och betyg; patienten ger berättelse och betyg också efteråt.',
    action: 'content.change',
    actors: ['staff', 'citizen'],
    body: z.strictObject({
      outcome: patientText.optional(),
      doneOn: date.optional(),
      story: ownWords.optional(),
      rating: z.int().min(1).max(5).optional(),
    }),
    kind: 'follow-up',
    status: 200,
    revisionOf: 'follow-up',
    refuses: [planClosed, inError, followUpDone, NOT_YOURS['planning-lead-only'], NOT_YOURS['content-not-yours']],
    rule: (context, { body, id }) =>
      recordFollowUp(context.hand, demandThing(context.hand.content, 'follow-up', id), body, context.act),
  });
}

export const linkBody = z
  .strictObject({
    to: z.enum(['plan', 'medicines', 'booking', 'other']),
    title: line(200),
    url: httpsLink.optional(),
    reference: line(300).optional(),
    ...ownership,
  })
  .meta({
    id: 'AddLink',
    examples: [{ to: 'medicines', title: 'Läkemedelslistan', url: 'https://example.org/lakemedel' }],
  });

/** References to other plans, medicines and booking services. */
export function registerLinkRoutes(door: Server, deps: Deps): void {
  registerChange(door, deps, {
    method: 'POST',
    path: '/links',
    tag: TAG,
    summary: 'Lägg till en hänvisning',
    description: 'En länk eller referens, aldrig en kopia.',
    action: 'plan.add-content',
    actors: ['staff', 'system'],
    body: linkBody,
    kind: 'link',
    status: 201,
    refuses: [planClosed, externalIdTaken],
    again: (context, known, { body: { to, title, url, reference } }) =>
      changeLink(context.hand, known as Link, { to, title, url, reference }, context.act),
    rule: (context, { body }) => addLink(context.hand, { ...body, ...ownershipFor(context, body) }, context.act),
  });
  registerChange(door, deps, {
    method: 'PATCH',
    path: '/links/:linkId',
    tag: TAG,
    summary: 'Ändra en hänvisning',
    description: 'Av den enhet som skrev den.',
    action: 'content.change',
    actors: ['staff', 'system'],
    body: z.strictObject({
      to: linkBody.shape.to.optional(),
      title: line(200).optional(),
      url: httpsLink.nullable().optional(),
      reference: line(300).nullable().optional(),
      approvedForPatient: approvedForPatient.optional(),
    }),
    kind: 'link',
    status: 200,
    revisionOf: 'link',
    refuses: [planClosed, NOT_YOURS['content-not-yours']],
    rule: (context, { body, id }) =>
      changeLink(context.hand, demandThing(context.hand.content, 'link', id), body, context.act),
  });
}

/** Comments, questions, objections and wishes for another time, and their answers. */
export function registerRemarkRoutes(door: Server, deps: Deps): void {
  registerChange(door, deps, {
    method: 'POST',
    path: '/remarks',
    tag: TAG,
    summary: 'Kommentera, fråga, invänd eller be om annan tid',
    description:
      'Bredvid ett steg, ett löfte, ett mål eller planen. Patientens avvikande mening står kvar bredvid uppgiften (PDL 3 kap. 8 §).',
    action: 'remark.write',
    actors: ['staff', 'citizen'],
    body: z
      .strictObject({
        what: z.enum(['comment', 'question', 'objection', 'another-time', 'disagreement']),
        aboutId: thing.optional(),
        text: ownWords,
        wishedTime: text(300).optional(),
        ...ownership,
      })
      .meta({ id: 'AddRemark', examples: [{ what: 'question', text: 'Får jag duscha efter besöket?' }] }),
    kind: 'remark',
    status: 201,
    refuses: [planClosed, externalIdTaken],
    rule: (context, { body }) => {
      if (body.aboutId) demandFound(seesThing(context.seen.content, body.aboutId) || undefined, 'aboutId');
      return addRemark(context.hand, { ...body, ...ownershipFor(context, body) }, context.act);
    },
  });
  registerChange(door, deps, {
    method: 'POST',
    path: '/remarks/:remarkId/answer',
    tag: TAG,
    summary: 'Svara på en fråga, invändning eller önskan',
    description: 'Av den enhet som svarar för saken. Patienten ser vem som svarade och när.',
    action: 'remark.write',
    actors: ['staff'],
    body: z
      .strictObject({ text: patientText, externalId: ownership.externalId, legalBasis: ownership.legalBasis })
      .meta({ id: 'AnswerRemark', examples: [{ text: 'Ja, det går bra.' }] }),
    kind: 'remark',
    status: 201,
    about: 'remark',
    refuses: [planClosed, externalIdTaken, NOT_YOURS['answer-not-yours']],
    rule: (context, { body, id }) =>
      answerRemark(context.hand, demandThing(context.hand.content, 'remark', id), body, context.act),
  });
}
