import type { FastifyBaseLogger } from 'fastify';
import type { FastifyLoggerStreamDestination, LogLevel, PinoLoggerOptions } from 'fastify/types/logger.js';
import { traceOf } from './error-trace.ts';

export interface LogSettings {
  readonly level: LogLevel;
  /** Where lines go; standard output unless said. */
  readonly stream?: FastifyLoggerStreamDestination;
}

/**
 * The only fields that a log line can have, whoever writes it. Everything else is dropped and its name listed in
 * `dropped`, so that a new field is a decision taken here: constants, counts and organisations, never persons, ids of
 * things, free text or headers.
 */
export const LOG_FIELDS: ReadonlySet<string> = new Set([
  'requestId',
  'component',
  'method',
  'route',
  'status',
  'ms',
  'actorKind',
  'unit',
  'problem',
  'err',
  'check',
  'signal',
  'attempt',
  'count',
  'mode',
  'version',
  'port',
]);

const LONG_NUMBER = /\d(?:[-+ ]?\w?\d){5,}\w*/g;
/** Most messages are constants: those need no search. */
const PLAIN_WORDS = /^[A-Za-z ]{1,25}$/;
const QUOTED_PATH = /"\/[^"]*"/g;
const PUBLIC_ID = /[a-z2-7]{26}(?:-[a-z2-7]{26})?/g;

/** A message without what could point at a person: some of Fastify's own warnings quote the URL. */
export function plainMessage(message: string): string {
  if (PLAIN_WORDS.test(message)) return message;
  return message.replace(QUOTED_PATH, '"/…"').replace(PUBLIC_ID, '***').replace(LONG_NUMBER, '***');
}

function allowedFields(fields: Record<string, unknown>): Record<string, unknown> {
  const dropped = Object.keys(fields).filter((name) => !LOG_FIELDS.has(name));
  if (dropped.length === 0) return fields;
  const kept = Object.entries(fields).filter(([name]) => LOG_FIELDS.has(name));
  return { ...Object.fromEntries(kept), dropped: dropped.join(',') };
}

/**
 * Holds the fields that child loggers carry to the same allow-list. pino applies its formatter of bindings to the root
 * only; children inherit from the root object, so replacing its method reaches them all.
 */
export function guardChildLoggers(root: FastifyBaseLogger): void {
  const child = root.child;
  root.child = function (this: FastifyBaseLogger, bindings, options) {
    return child.call(this, allowedFields(bindings), options);
  };
}

/** Settings of the logger: structured lines on an allow-list, errors without messages, no request or reply objects. */
export function logOptions({
  level,
  stream,
}: LogSettings): PinoLoggerOptions & { stream?: FastifyLoggerStreamDestination } {
  return {
    level,
    ...(stream && { stream }),
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }), log: allowedFields },
    serializers: { err: traceOf },
    hooks: {
      // pino would take an error's message as the line's message, and put arguments into it.
      logMethod(args, method) {
        const [first, second] = args as readonly unknown[];
        const fields = first instanceof Error ? { err: first } : typeof first === 'object' ? first : {};
        const message = typeof first === 'string' ? first : second;
        method.apply(this, [fields, typeof message === 'string' ? plainMessage(message) : 'no message']);
      },
    },
  };
}
