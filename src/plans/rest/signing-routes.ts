import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, problems } from '../../http/documented.ts';
import { instantText, publicThingId, revision, thingIdText } from '../../http/fields.ts';
import { hsaIdText } from '../../http/owned-answer.ts';
import { createHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import { publicId, type ThingRef } from '../../shared/ids.ts';
import { changePlan } from '../change-plan.ts';
import { demandFound } from '../domain/demands.ts';
import type { Contribution } from '../domain/model.ts';
import { type SignedWording, signWordings } from '../domain/signing.ts';
import { seesThing } from '../plan-of.ts';
import { inError, NOT_YOURS, signatureNotNeeded } from '../problems.ts';
import { withOwnKeys } from './public-ids.ts';
import { thing } from './request-parts.ts';

const body = z
  .strictObject({
    contributions: z
      .array(z.strictObject({ id: thing, revision: z.int().min(1) }))
      .min(1)
      .max(200)
      .meta({ description: 'Uppgifterna, var och en i den lydelse som har lästs.' }),
  })
  .meta({ id: 'SignContributions' });

const signedAnswer = z
  .object({
    items: z.array(z.object({ id: thingIdText, revision, signedBy: hsaIdText, signedAt: instantText })),
  })
  .meta({ id: 'SignedContributions', description: 'Uppgifterna med sina signaturer.' });

/** Signing: one act for everything that one member of staff has read and stands for (PDL 3:10). */
export function registerSigningRoutes(door: Server, { desk }: Deps): void {
  door.route({
    method: 'POST',
    url: '/plans/:planId/sign',
    config: { access: { actions: ['content.sign'], actors: ['staff'] } },
    schema: {
      tags: ['Planer'],
      operationId: 'signContributions',
      summary: 'Signera den egna enhetens uppgifter',
      description:
        'Alla eller ingen. En signatur gäller en lydelse: när personal ändrar uppgiften är den osignerad igen (PDL 3 kap. 10 §). Det patienten själv skriver signeras inte.',
      params: z.strictObject({ planId: publicThingId }),
      headers: createHeaders,
      body,
      response: {
        200: answer(signedAnswer, 'Signerat.'),
        ...problems(
          ...([400, 401, 403, 404, 412, 413, 415, 422] as const),
          inError,
          NOT_YOURS['content-not-yours'],
          signatureNotNeeded,
        ),
      },
    },
    handler: async (request, reply) => {
      const { planId: plan } = request.params as { planId: ThingRef };
      const { contributions } = withOwnKeys(plan.patientId, request.body as z.output<typeof body>);
      const wordings: readonly SignedWording[] = contributions;
      const made = await changePlan(desk, askingOf(request), {
        action: 'content.sign',
        plan,
        status: 200,
        idempotency: request.idempotency,
        answerWith: { kind: 'plan', find: ({ hand }) => hand.plan },
        rule: ({ hand, seen, act }) => {
          const { content } = seen.whole();
          for (const { id } of wordings) demandFound(seesThing(content, id) || undefined, 'contributions');
          return signWordings(hand, wordings, act);
        },
      });
      if (made.replayed) reply.header('idempotency-replayed', 'true');
      const wanted = new Set<string>(wordings.map(({ id }) => id));
      const things = Object.values(made.answer.plan.whole().content).flat() as readonly Contribution[];
      return { items: things.filter(({ id, signedBy }) => wanted.has(id) && signedBy).map(signatureOf) };
    },
  });
}

function signatureOf({ patientId, id, revision: at, signedBy, signedAt }: Contribution) {
  return { id: publicId(patientId, id), revision: at, signedBy: signedBy!, signedAt: signedAt! };
}
