import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { hsaId, line } from '../../http/fields.ts';
import type { Server } from '../../http/server.ts';
import { addSafetyNetItem, changeSafetyNetItem } from '../domain/safety-net.ts';
import { demandThing } from '../plan-of.ts';
import { externalIdTaken, inError, NOT_YOURS, planClosed } from '../problems.ts';
import { registerChange } from './change-route.ts';
import { ownershipFor } from './ownership.ts';
import { approvedForPatient, ownership, patientText, thing } from './request-parts.ts';

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
    again: true,
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
