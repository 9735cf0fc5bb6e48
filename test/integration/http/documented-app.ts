import { z } from 'zod';
import {
  answer,
  bodyless,
  changeHeaders,
  dateText,
  instant,
  instantText,
  line,
  pageOf,
  paging,
  problems,
  publicThingId,
  REPLY_HEADERS,
  readHeaders,
  replyAssembled,
  revision,
  stale,
  thingIdText,
} from '../../../src/http/index.ts';
import { defineProblem } from '../../../src/shared/problem.ts';
import { FOR_STAFF, type SmallApp, smallApp } from './small-app.ts';

const closed = defineProblem({
  code: 'test-note-closed',
  kind: 'conflict',
  title: { sv: 'Anteckningen är avslutad', en: 'The note is closed' },
});

const place = z.object({ name: z.string() }).meta({ id: 'TestPlace', description: 'En plats.' });
const noteOut = z.object({ id: thingIdText, revision, title: z.string(), at: instantText, place }).meta({
  id: 'TestNote',
  description: 'En anteckning.',
  examples: [{ id: 'x', revision: 1, title: 'Ring', at: '2026-11-16T10:00:00Z', place: { name: 'Norr' } }],
});
const newNote = z.strictObject({ title: line(200), at: instant, place }).meta({
  id: 'TestNewNote',
  description: 'En ny anteckning.',
  examples: [{ title: 'Ring', at: '2026-11-16T11:00:00+01:00', place: { name: 'Norr' } }],
});
const task = z
  .object({
    id: thingIdText,
    on: dateText,
    kind: z.enum(['call', 'visit']),
    parts: z.array(z.object({ count: z.int().min(2) })),
    place: place.nullable(),
  })
  .meta({ id: 'TestTask', description: 'En uppgift, utan eget exempel.' });
z.object({ unused: z.string() }).meta({ id: 'TestUnused' });

const params = z.strictObject({ noteId: publicThingId });
const said = (operationId: string, summary: string) => ({
  operationId,
  summary,
  description: `${summary}.`,
  tags: ['Anteckningar'],
});
const shown = { id: 'x', revision: 1, title: 'Ring', at: '2026-11-16T10:00:00Z', place: { name: 'Norr' } };

/** A small API that uses every means of documentation that the kernel has. */
export function documentedApp(): Promise<SmallApp> {
  return smallApp((door) => {
    const read = {
      ...said('getNote', 'Läs en anteckning'),
      params,
      headers: readHeaders,
      response: {
        200: answer(noteOut, 'Anteckningen.', { headers: { ETag: REPLY_HEADERS.weakEtag } }),
        304: bodyless('Oförändrad.'),
        ...problems(400, 401, 403, 404),
      },
    };
    door.get('/notes/:noteId', { config: FOR_STAFF, schema: read }, async (request, reply) =>
      replyAssembled(request, reply, shown),
    );
    const change = {
      ...said('changeNote', 'Ändra en anteckning'),
      params,
      headers: changeHeaders,
      body: newNote,
      response: {
        200: answer(noteOut, 'Anteckningen.', { headers: { ETag: REPLY_HEADERS.etag } }),
        ...problems(400, 401, 403, 404, closed, stale, 413, 415, 422, 428),
      },
    };
    door.patch('/notes/:noteId', { config: FOR_STAFF, schema: change }, () => shown);
    const list = {
      ...said('listNotes', 'Lista anteckningar'),
      querystring: z.strictObject({ ...paging }),
      response: {
        200: answer(pageOf(noteOut), 'En sida.', { example: { items: [shown] } }),
        ...problems(400, 401, 403),
      },
    };
    door.get('/notes', { config: FOR_STAFF, schema: list }, () => ({ items: [] }));
    const unnamed = { ...said('', 'Läs en uppgift'), operationId: undefined };
    const tasks = { ...unnamed, params, response: { 200: answer(task, 'Uppgiften.'), ...problems(401, 403, 404) } };
    door.get('/notes/:noteId/tasks', { config: FOR_STAFF, schema: tasks }, () => ({
      id: 'x',
      on: '2026-11-16',
      kind: 'call' as const,
      parts: [],
      place: null,
    }));
    const remove = {
      ...said('removeNote', 'Ta bort'),
      params,
      response: { 204: bodyless('Borttagen.'), ...problems(401, 403, 404) },
    };
    door.delete(
      '/notes/:noteId',
      { config: FOR_STAFF, schema: remove },
      (_request, reply) => void reply.code(204).send(),
    );
  });
}
