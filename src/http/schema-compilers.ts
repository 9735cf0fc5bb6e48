import type { FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify';
import { core } from 'zod';
import { answerShape } from './answer-shape.ts';
import { invalidFields } from './invalid-fields.ts';
import { emptyBody, invalidRequest } from './problems.ts';

/** `strip` drops unknown fields and trusts the rest; `validate` also refuses (500) what the schema does not allow. */
export type AnswerMode = 'strip' | 'validate';

/** Judges each part of a request by its zod schema; a refusal names all wrong fields of that part. */
export const validatorCompiler: FastifySchemaCompiler<core.$ZodType> = ({ schema, httpPart }) => {
  const whole = `(${httpPart === 'querystring' ? 'query' : (httpPart ?? 'request')})`;
  return (data: unknown) => {
    const result = core.safeParse(schema, data);
    if (result.success) return { value: result.data };
    // Fastify hands over null when there was no body at all.
    if (httpPart === 'body' && data === null) return { error: emptyBody() };
    return { error: invalidRequest({ invalidParameters: invalidFields(result.error.issues, data, whole) }) };
  };
};

/** Writes answers by their schema; see `answerShape` for why zod is not asked in production. */
export function serializerCompiler(mode: AnswerMode): FastifySerializerCompiler<unknown> {
  return ({ schema }) => {
    if (!(schema instanceof core.$ZodType)) return (data) => JSON.stringify(data);
    const shape = mode === 'strip' ? answerShape(schema) : (data: unknown) => core.encode(schema, data);
    return (data) => JSON.stringify(shape(data));
  };
}
