import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import type { Server } from '../../http/server.ts';
import type { RuleContext } from '../change-plan.ts';
import { answerAgreement, proposeAgreement } from '../domain/agreement-commands.ts';
import { agreedVersionOf, proposedVersionOf } from '../domain/agreement-versions.ts';
import { type AgreementVersion, SEVEN_STATEMENTS } from '../domain/model.ts';
import { answerReceipt } from '../domain/receipt.ts';
import { demandThing } from '../plan-of.ts';
import { agreementSuperseded, NOT_YOURS, noPartsOfYours, nothingToAgree, planClosed } from '../problems.ts';
import { registerChange } from './change-route.ts';
import { method, party, patientText, thing } from './request-parts.ts';

const TAG = 'Överenskommelse';

const answerFields = {
  party: party
    .optional()
    .meta({ description: 'Vems svar det är; utelämnat: den egna enhetens eller patientens eget.' }),
  method: method.optional(),
  text: patientText.optional(),
};

const statements = z
  .strictObject(Object.fromEntries(SEVEN_STATEMENTS.map((name) => [name, z.boolean().optional()])))
  .meta({
    id: 'SevenStatements',
    description:
      'Mitt kvitto: trygg, tydligt vem som gör vad, lätt att få kontakt, namngiven kontakt, vet nästa steg, kan påverka tider, får hjälp med samordning.',
    examples: [{ safe: true, nextStepKnown: true }],
  });

const versionOf = ({ hand }: RuleContext, id: AgreementVersion['id']) =>
  demandThing(hand.content, 'agreement-version', id);

/** The agreement: propose a version, approve or make a reservation against own parts, and the seven-statement receipt. */
export function registerAgreementRoutes(door: Server, deps: Deps): void {
  registerChange(door, deps, {
    method: 'POST',
    path: '/agreements',
    tag: TAG,
    summary: 'Föreslå en version av överenskommelsen',
    description:
      'Samlar steg, löften och mål som de lyder nu. Den överenskomna versionen gäller tills parterna har sagt ja till den nya. Inte juridiskt bindande.',
    action: 'agreement.propose',
    actors: ['staff'],
    body: z.strictObject({}),
    kind: 'agreement-version',
    status: 201,
    refuses: [planClosed, nothingToAgree, NOT_YOURS['planning-lead-only']],
    find: ({ hand }) => proposedVersionOf(hand) ?? agreedVersionOf(hand),
    rule: ({ hand, act }) => proposeAgreement(hand, act),
  });
  registerChange(door, deps, {
    method: 'POST',
    path: '/agreements/:versionId/approve',
    tag: TAG,
    summary: 'Godkänn de egna delarna',
    description:
      'Patienten eller en enhets egen personal. Ett ja som hörts från en annan organisation blir `reported` tills dess egen personal bekräftar det.',
    action: 'agreement.answer',
    actors: ['staff', 'citizen'],
    body: z
      .strictObject({
        ...answerFields,
        reported: z.boolean().optional().meta({ description: 'Ett ja hört från en annan enhet.' }),
      })
      .meta({ id: 'ApproveAgreement', examples: [{ method: 'oral' }] }),
    kind: 'agreement-act',
    status: 201,
    about: 'agreement-version',
    refuses: [planClosed, agreementSuperseded, noPartsOfYours, NOT_YOURS['approval-for-another']],
    rule: (context, { body, id }) =>
      answerAgreement(context.hand, versionOf(context, id), { ...body, act: 'approval' }, context.act),
  });
  registerChange(door, deps, {
    method: 'POST',
    path: '/agreements/:versionId/reserve',
    tag: TAG,
    summary: 'Reservera sig mot egna delar',
    description: 'Reservationen syns för alla som ser delen, och delen binder inte den som har reserverat sig.',
    action: 'agreement.answer',
    actors: ['staff', 'citizen'],
    body: z
      .strictObject({ ...answerFields, against: z.array(thing).min(1).max(200).optional() })
      .meta({ id: 'ReserveAgainstAgreement', examples: [{ text: 'Vi kan inte komma på helger.' }] }),
    kind: 'agreement-act',
    status: 201,
    about: 'agreement-version',
    refuses: [planClosed, agreementSuperseded, noPartsOfYours, NOT_YOURS['approval-for-another']],
    rule: (context, { body, id }) =>
      answerAgreement(context.hand, versionOf(context, id), { ...body, act: 'reservation' }, context.act),
  });
  registerReceipt(door, deps);
}

function registerReceipt(door: Server, deps: Deps): void {
  registerChange(door, deps, {
    method: 'POST',
    path: '/agreements/:versionId/receipts',
    tag: TAG,
    summary: 'Svara på de sju påståendena',
    description:
      'Mitt kvitto, från patienten eller från den ansvariga huvudmannens personal. Det senaste svaret från varje sida på den här versionen räknas.',
    action: 'receipt.answer',
    actors: ['staff', 'citizen'],
    body: z
      .strictObject({
        side: z.enum(['patient', 'staff']).optional(),
        answers: statements,
        method: method.optional(),
      })
      .meta({ id: 'AnswerReceipt', examples: [{ answers: { safe: true, nextStepKnown: true } }] }),
    kind: 'receipt',
    status: 201,
    about: 'agreement-version',
    refuses: [planClosed, agreementSuperseded],
    rule: (context, { body, id }) => answerReceipt(context.hand, versionOf(context, id), body, context.act),
  });
}
