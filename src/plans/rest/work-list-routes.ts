import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, problems } from '../../http/documented.ts';
import { instantText } from '../../http/fields.ts';
import { pageOf, paging } from '../../http/paging.ts';
import type { Server } from '../../http/server.ts';
import { actorKey, type StaffActor } from '../../shared/actor.ts';
import { publicPatientId } from '../../shared/ids.ts';
import { momentOfTime } from '../domain/step-time.ts';
import { DEFAULT_TIME_SETTINGS } from '../domain/time-settings.ts';
import { readWorkList, type WorkListPlace, type WorkListRow } from '../read-work-list.ts';
import { stepAnswer } from './answers.ts';
import { presentThing } from './present.ts';
import { whoseAnswer } from './whose-answer.ts';

const row = z
  .object({
    step: stepAnswer,
    dueAt: instantText.optional().meta({ description: 'När steget senast ska göras; de sena står först.' }),
    late: z.boolean(),
    ...whoseAnswer,
  })
  .meta({ id: 'UnitStep', description: 'Ett steg i enhetens lista.' });

const page = pageOf(row);
const place = z.object({ dueAt: z.string(), patientId: z.string(), id: z.string() });

function presentRow({ step, dueAt, patient, plan }: WorkListRow, now: number) {
  const timed = dueAt !== 'infinity';
  return {
    step: presentThing('step', step),
    ...(timed ? { dueAt: new Date(dueAt).toISOString() } : {}),
    late: timed && lateFrom(step, dueAt) <= now,
    patient: { id: publicPatientId(step.patientId), ...patient },
    plan,
  };
}

/** From when the unit is late: a visit under way is not, though its time has begun. */
function lateFrom(step: WorkListRow['step'], dueAt: string): number {
  if (step.time?.form === 'recurring') return Date.parse(dueAt);
  return momentOfTime(step.time, DEFAULT_TIME_SETTINGS, step.agreedLatest).lateFrom;
}

/** A unit's own steps: what it must act on, and what it is asked to take. */
export function registerWorkListRoutes(door: Server, deps: Deps): void {
  door.route({
    method: 'GET',
    url: '/unit-steps',
    config: { access: { actions: ['work-list.read'], actors: ['staff'] } },
    schema: {
      tags: ['Arbetslista'],
      summary: 'Läs den egna enhetens steg',
      description:
        'Öppna steg som enheten ska agera på eller är tillfrågad om, de sena först. Enheten tas från biljetten.',
      querystring: z.strictObject(paging),
      response: { 200: answer(page, 'En sida av listan.'), ...problems(400, 401, 403, 404) },
    },
    handler: async (request) => {
      const { limit, cursor } = request.query as { limit: number; cursor?: string };
      const scope = { actor: actorKey(request.actor), route: request.routeOptions.url!, filter: 'unit-steps' };
      const after = cursor ? (deps.cursors.decode(scope, cursor, place) as WorkListPlace) : undefined;
      const asking = { ...askingOf(request), actor: request.actor as StaffActor };
      const rows = await readWorkList(deps.desk, asking, { limit, after });
      const now = deps.desk.clock.now();
      const last = rows.length === limit ? rows.at(-1) : undefined;
      const nextCursor = last && deps.cursors.encode(scope, placeOf(last));
      return { items: rows.map((one) => presentRow(one, now)), nextCursor } as z.output<typeof page>;
    },
  });
}

function placeOf({ step, dueAt }: WorkListRow): WorkListPlace {
  return { dueAt, patientId: step.patientId, id: step.id };
}
