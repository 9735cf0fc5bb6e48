import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { findBadText } from './bad-text.ts';
import { emptyBody, invalidRequest, malformedJson } from './problems.ts';

const BODY = '(body)';

/**
 * Lets a door read JSON bodies of the given media types and nothing else; every other type is answered 415.
 *
 * Refused before any schema sees it: an empty body, text that is not JSON or not UTF-8 (Node would silently put U+FFFD
 * in place of a wrong byte, and the patient's words must be kept byte for byte), `__proto__` keys, NUL characters,
 * halves of surrogate pairs and nesting deeper than any of our schemas.
 */
export function readJsonBodies(app: FastifyInstance, mediaTypes: readonly string[]): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  const parser = (request: FastifyRequest, body: Buffer, done: (error: Error | null, body?: unknown) => void) => {
    if (body.length === 0) return done(emptyBody());
    if (!isUtf8(body)) return done(malformedJson());
    parse(request, body.toString('utf8'), (error, value) => {
      if (error) return done(malformedJson());
      const bad = findBadText(value, BODY);
      done(bad ? invalidRequest({ invalidParameters: [bad] }) : null, value);
    });
  };
  app.removeAllContentTypeParsers();
  app.addContentTypeParser([...mediaTypes], { parseAs: 'buffer' }, parser);
}
