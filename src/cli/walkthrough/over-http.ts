import { getPersona, type Sender, StageFault, type StageRequest } from '../../demo/index.ts';
import { signIn } from './sign-in.ts';

/** Sends requests over a socket, each persona with a token of its own from the sign-in page. */
export class OverHttp implements Sender {
  readonly #baseUrl: string;
  readonly #signal: AbortSignal;
  readonly #tokens = new Map<string, Promise<string>>();

  constructor(baseUrl: string, signal: AbortSignal) {
    this.#baseUrl = baseUrl;
    this.#signal = signal;
  }

  #tokenOf(personaId: string): Promise<string> {
    const token = this.#tokens.get(personaId) ?? signIn(this.#baseUrl, getPersona(personaId));
    this.#tokens.set(personaId, token);
    return token;
  }

  async send<T>(personaId: string, request: StageRequest): Promise<T> {
    const { method, url, body, revision, key } = request;
    const headers = {
      authorization: `Bearer ${await this.#tokenOf(personaId)}`,
      ...(body && { 'content-type': 'application/json' }),
      ...(revision !== undefined && { 'if-match': `"${revision}"` }),
      ...(key !== undefined && { 'idempotency-key': key }),
    };
    const payload = body && { body: JSON.stringify(body) };
    const reply = await fetch(`${this.#baseUrl}${url}`, { method, headers, ...payload, signal: this.#signal });
    const text = await reply.text();
    if (!reply.ok) throw new StageFault(personaId, request, reply.status, text);
    return JSON.parse(text) as T;
  }

  /** Moves the service's clock, which no token is needed for on its own machine. */
  async moveClock(instant: string): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ now: instant });
    const reply = await fetch(`${this.#baseUrl}/demo/clock`, { method: 'POST', headers, body, signal: this.#signal });
    if (!reply.ok) throw new Error(`Klockan gick inte att flytta till ${instant} (${reply.status}).`);
  }
}
