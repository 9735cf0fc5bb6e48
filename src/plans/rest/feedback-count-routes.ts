import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, problems } from '../../http/documented.ts';
import { date } from '../../http/fields.ts';
import type { Server } from '../../http/server.ts';
import type { StaffActor } from '../../shared/actor.ts';
import { addDays } from '../../shared/calendar.ts';
import { endOfDay, startOfDay, swedishDate } from '../../shared/swedish-time.ts';
import { countFeedback } from '../count-feedback.ts';
import { FEEDBACK_KINDS } from '../domain/model.ts';
import { hsaIdText } from './answer-parts.ts';

const counts = z
  .object({
    items: z.array(
      z.object({
        otherUnit: hsaIdText,
        direction: z.enum(['given', 'received']).meta({ description: 'Gav vi den, eller fick vi den?' }),
        what: z.enum(FEEDBACK_KINDS),
        number: z.int(),
        replied: z.int().meta({ description: 'Hur många av dem som har fått svar.' }),
      }),
    ),
  })
  .meta({ id: 'FeedbackCounts', description: 'Återkoppling per annan enhet och slag.' });

const DAYS = 90;

/** How often a unit has given and got feedback, per other unit. */
export function registerFeedbackCountRoutes(door: Server, { desk }: Deps): void {
  door.route({
    method: 'GET',
    url: '/unit-feedback',
    config: { access: { actions: ['feedback.count'], actors: ['staff'] } },
    schema: {
      tags: ['Överlämning'],
      summary: 'Räkna den egna enhetens återkoppling',
      description:
        'Given och mottagen återkoppling per annan enhet och slag, från och med en dag till och med en annan; annars de senaste 90 dagarna. Bara antal.',
      querystring: z.strictObject({ from: date.optional(), to: date.optional() }),
      response: { 200: answer(counts, 'Antalen.'), ...problems(400, 401, 403, 404) },
    },
    handler: async (request) => {
      const { to = swedishDate(desk.clock.now()), from = addDays(to, -DAYS) } = request.query as {
        from?: string;
        to?: string;
      };
      const asking = { ...askingOf(request), actor: request.actor as StaffActor };
      const instant = (at: number) => new Date(at).toISOString();
      const period = { from: instant(startOfDay(from)), to: instant(endOfDay(to)) };
      return { items: [...(await countFeedback(desk, asking, period))] };
    },
  });
}
