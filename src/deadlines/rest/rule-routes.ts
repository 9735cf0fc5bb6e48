import { z } from 'zod';
import type { Desk } from '../../access/index.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, problems } from '../../http/documented.ts';
import { dateText } from '../../http/fields.ts';
import type { Server } from '../../http/server.ts';
import { DEADLINE_NAMES, DEFAULT_DEADLINES } from '../../shared/deadline.ts';
import { readRules } from '../read-rules.ts';

const rule = z
  .object({
    counts: z.enum(['hours', 'calendar-days', 'weekdays']),
    number: z.int(),
    cutOff: z.string().optional().meta({ description: 'Det som kommer efter klockslaget räknas som dagen efter.' }),
    dueAt: z.string().optional().meta({ description: 'Senast klockan, sista dagen; annars till dagens slut.' }),
  })
  .meta({ id: 'DeadlineRule', description: 'Hur en tidsfrist räknas, i svensk tid.' });

const rules = z
  .object({
    defaults: z.array(z.object({ name: z.enum(DEADLINE_NAMES), rule })).meta({
      description: 'Det som gäller där region och kommun inte har kommit överens om annat.',
    }),
    agreed: z.array(
      z.object({
        id: z.string(),
        region: z.string(),
        municipality: z.string(),
        name: z.enum(DEADLINE_NAMES),
        rule,
        validFrom: dateText,
        validTo: dateText.optional(),
        reference: z.string().meta({ description: 'Överenskommelsens nummer eller namn.' }),
      }),
    ),
  })
  .meta({ id: 'DeadlineRules' });

/** The rules that deadlines are counted by; changed by the operator's command, since neither principal decides alone. */
export async function registerDeadlines(door: Server, { desk }: { readonly desk: Desk }): Promise<void> {
  door.route({
    method: 'GET',
    url: '/deadline-rules',
    config: { access: { actions: ['directory.read'], actors: ['staff', 'system'] } },
    schema: {
      tags: ['Katalog'],
      summary: 'Läs reglerna för tidsfrister',
      description:
        'Per överenskommelse mellan en region och en kommun, med giltighetstid. En ändrad regel gäller det som räknas från och med då; det som redan har räknats ändras aldrig.',
      response: { 200: answer(rules, 'Reglerna.'), ...problems(401, 403, 404) },
    },
    handler: async (request) => ({
      defaults: DEADLINE_NAMES.map((name) => ({ name, rule: DEFAULT_DEADLINES[name] })),
      agreed: [...(await readRules(desk, askingOf(request)))],
    }),
  });
}
