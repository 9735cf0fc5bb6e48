import type { Deps } from '../../deps.ts';
import { askingOf } from '../../http/asking.ts';
import { problems } from '../../http/documented.ts';
import type { Server } from '../../http/server.ts';
import type { ThingRef } from '../../shared/ids.ts';
import { PAGE_POLICY, pageAsHtml } from '../print/html.ts';
import { pageAsPdf } from '../print/pdf.ts';
import { sheetStale } from '../problems.ts';
import { readPage } from '../read-sheets.ts';
import { READ, sheetPath, TAGS } from './routes.ts';

const DESCRIPTION =
  'En A4-sida med stor text, på svenska. Stämmer bladet inte längre ges det inte ut under sitt gamla nummer; skriv ut ett nytt. Hämta med biljett varje gång och spara ingen kopia.';

/** The page itself, for a printer or a screen: HTML, and tagged PDF. */
export function registerPageRoutes(door: Server, { desk }: Deps): void {
  door.route({
    method: 'GET',
    url: '/sheets/:sheetId/html',
    config: READ,
    schema: {
      tags: TAGS,
      operationId: 'readSheetAsHtml',
      summary: 'Hämta ett blad som HTML',
      description: DESCRIPTION,
      params: sheetPath,
      response: {
        200: { description: 'Sidan.', content: { 'text/html': { schema: { type: 'string' } } } },
        ...problems(400, 401, 403, 404, sheetStale),
      } as never,
    },
    handler: async (request, reply) => {
      const { sheetId } = request.params as { sheetId: ThingRef };
      const { page } = await readPage(desk, askingOf(request), sheetId);
      reply.header('content-security-policy', PAGE_POLICY).header('cache-control', 'private, no-store');
      return reply.type('text/html; charset=utf-8').send(pageAsHtml(page)) as never;
    },
  });
  door.route({
    method: 'GET',
    url: '/sheets/:sheetId/pdf',
    config: READ,
    schema: {
      tags: TAGS,
      operationId: 'readSheetAsPdf',
      summary: 'Hämta ett blad som PDF',
      description: `${DESCRIPTION} Filen är märkt för uppläsning (PDF/UA).`,
      params: sheetPath,
      response: {
        200: {
          description: 'Sidan.',
          content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } },
        },
        ...problems(400, 401, 403, 404, sheetStale),
      } as never,
    },
    handler: async (request, reply) => {
      const { sheetId } = request.params as { sheetId: ThingRef };
      const { page, sheet } = await readPage(desk, askingOf(request), sheetId);
      const bytes = await pageAsPdf(page, new Date(sheet.printedAt));
      reply.header('content-disposition', `inline; filename="blad-${sheet.number}.pdf"`);
      return reply.header('cache-control', 'private, no-store').type('application/pdf').send(bytes) as never;
    },
  });
}
