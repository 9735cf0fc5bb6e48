import type { InjectOptions } from 'fastify';
import type { DemoIssuer } from './issuer.ts';
import { getPersona } from './personas.ts';

/** The part of the service that requests are sent to, without a socket. */
export interface Injectable {
  inject(options: InjectOptions): PromiseLike<{ readonly statusCode: number; readonly body: string }>;
}

/** A thing as `/v1` answers with it; what else it holds is its kind's own. */
export interface Shown {
  readonly id: string;
  readonly revision: number;
  readonly [field: string]: unknown;
}

export interface StageRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly url: string;
  readonly body?: object;
  /** Sent as `If-Match`. */
  readonly revision?: number;
  /** Sent as `Idempotency-Key`. */
  readonly key?: string;
}

/** Whatever carries made-up persons' requests to the service: a socket, or the app itself. */
export interface Sender {
  /** @throws StageFault when the answer is no success */
  send<T = Shown>(personaId: string, request: StageRequest): Promise<T>;
}

/** A request of the demonstration's own was refused: a fault of the demonstration, told to whoever starts it. */
export class StageFault extends Error {
  readonly status: number;
  /** The body of the answer, as it came. */
  readonly answer: string;

  constructor(persona: string, { method, url }: StageRequest, status: number, answer: string) {
    super(`demonstration: ${persona} ${method} ${url} gave ${status}: ${answer}`);
    this.name = 'StageFault';
    this.status = status;
    this.answer = answer;
  }
}

/**
 * Lets made-up persons use the service as anybody would: through its doors, each with a token of their own, so that the
 * same rules, access log and events apply to what the demonstration writes.
 */
export class Stage implements Sender {
  readonly #app: Injectable;
  readonly #issuer: Pick<DemoIssuer, 'signToken'>;
  readonly #tokens = new Map<string, Promise<string>>();

  constructor(app: Injectable, issuer: Pick<DemoIssuer, 'signToken'>) {
    this.#app = app;
    this.#issuer = issuer;
  }

  #tokenOf(personaId: string): Promise<string> {
    const token = this.#tokens.get(personaId) ?? this.#issuer.signToken(getPersona(personaId));
    this.#tokens.set(personaId, token);
    return token;
  }

  async send<T = Shown>(personaId: string, request: StageRequest): Promise<T> {
    const { method, url, body, revision, key } = request;
    const headers = {
      authorization: `Bearer ${await this.#tokenOf(personaId)}`,
      ...(revision === undefined ? {} : { 'if-match': `"${revision}"` }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    };
    const reply = await this.#app.inject({ method, url, headers, ...(body ? { payload: body } : {}) });
    if (reply.statusCode >= 300) throw new StageFault(personaId, request, reply.statusCode, reply.body);
    return JSON.parse(reply.body) as T;
  }
}
