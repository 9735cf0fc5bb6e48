import type { FastifyInstance } from 'fastify';
import { listProblems, PROBLEM_KINDS, type ProblemDefinition } from '../shared/problem.ts';
import { languageOf } from './language.ts';
import { type ProblemStyle, sendProblem } from './problem-reply.ts';
import { notFound } from './problems.ts';

const OPTIONS = { config: { access: 'public' }, schema: { hide: true } } as const;

/**
 * What the `type` of a problem leads to: `/problems` lists all refusals and `/problems/<code>` describes one, as JSON or,
 * for a browser, as a small page. All of it is constant text of ours.
 */
export function serveProblemPages(app: FastifyInstance, style: ProblemStyle): void {
  const described = (definition: ProblemDefinition) => ({
    type: `${style.typeBase}/problems/${definition.code}`,
    code: definition.code,
    status: PROBLEM_KINDS[definition.kind],
    title: definition.title,
    ...(definition.law !== undefined && { law: definition.law }),
  });
  app.get('/problems', OPTIONS, (_request, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send({ problems: listProblems().map(described) }),
  );
  app.get<{ Params: { code: string } }>('/problems/:code', OPTIONS, (request, reply) => {
    const definition = listProblems().find(({ code }) => code === request.params.code);
    if (!definition) return sendProblem(request, reply, notFound(), style);
    reply.header('vary', 'Accept, Accept-Language');
    if (!(request.headers.accept ?? '').includes('text/html')) {
      return reply.header('content-type', 'application/json; charset=utf-8').send(described(definition));
    }
    const language = languageOf(request.headers['accept-language']);
    return reply.header('content-type', 'text/html; charset=utf-8').send(page(definition, language));
  });
}

function page({ code, kind, title, law }: ProblemDefinition, language: 'sv' | 'en'): string {
  const source = law === undefined ? '' : `\n<p>${language === 'sv' ? 'Lagrum' : 'Law'}: ${law}</p>`;
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${title[language]}</title></head>
<body><h1>${title[language]}</h1><p>${language === 'sv' ? 'Kod' : 'Code'}: <code>${code}</code></p>
<p>HTTP-status: ${PROBLEM_KINDS[kind]}</p>${source}</body></html>
`;
}
