import type { Server } from '../../http/server.ts';

/** `POST _search` is sent as a form: the one place where a personal identity number may stand. */
export function readForms(door: Server): void {
  door.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, new URLSearchParams(String(body)));
  });
}
