import type { FastifyInstance } from 'fastify';
import { findBadText } from './bad-text.ts';
import { invalidRequest } from './problems.ts';

/** Refuses NUL characters in path and query, where `%00` gives them, before any schema or database sees them. */
export function refuseUnstorableParameters(app: FastifyInstance): void {
  app.addHook('preValidation', (request, _reply, done) => {
    const bad = findBadText(request.params, '(path)') ?? findBadText(request.query, '(query)');
    done(bad ? invalidRequest({ invalidParameters: [bad] }) : undefined);
  });
}
