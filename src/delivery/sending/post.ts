import { Agent, type ClientRequest, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import type { DeliverySettings } from '../settings.ts';
import { AddressRefused, guardedLookup, judgeTarget } from './address.ts';

/** How a try ended: the receiver's status, or why there was none. */
export type PostOutcome = { readonly status: number } | { readonly failed: PostFailure };
export type PostFailure = 'address-refused' | 'timeout' | 'unreachable' | 'stopped';

const MOST_OF_ANSWER = 8192;

export interface Poster {
  /** Sends once and follows no redirect. Never throws. */
  post(target: string, body: string, headers: Readonly<Record<string, string>>): Promise<PostOutcome>;
  /** Ends what is under way: each such try is `stopped`. */
  stop(): void;
}

/**
 * Sends to receivers that nobody trusts: the address is judged at each try, the name looked up and judged by the connection
 * itself, the whole try has a limit in time, and nothing of the answer but its status is read.
 */
export function createPoster(settings: DeliverySettings): Poster {
  const lookup = guardedLookup(settings);
  const limits = { keepAlive: true, maxFreeSockets: 8, timeout: settings.timeoutMs };
  const agents = { 'http:': new Agent(limits), 'https:': new SecureAgent(limits) };
  const underWay = new Set<ClientRequest>();
  let stopped = false;
  return {
    async post(target, body, headers) {
      if (stopped) return { failed: 'stopped' };
      if (judgeTarget(target, settings) !== undefined) return { failed: 'address-refused' };
      const url = new URL(target);
      const late = AbortSignal.timeout(settings.timeoutMs);
      try {
        const status = await new Promise<number>((resolve, reject) => {
          const send = url.protocol === 'http:' ? plainRequest : secureRequest;
          const agent = agents[url.protocol as keyof typeof agents];
          const length = { 'content-length': String(Buffer.byteLength(body)) };
          const request = send(url, {
            method: 'POST',
            agent,
            lookup,
            signal: late,
            headers: { ...headers, ...length },
          });
          underWay.add(request);
          request.on('close', () => underWay.delete(request));
          request.on('error', reject);
          request.on('response', (response) => {
            resolve(response.statusCode ?? 0);
            response.on('error', () => undefined);
            let bytes = 0;
            // Whoever answers at length is not listened to: the status was all.
            response.on('data', (chunk: Buffer) => {
              bytes += chunk.length;
              if (bytes > MOST_OF_ANSWER) response.destroy();
            });
          });
          request.end(body);
        });
        return { status };
      } catch (error) {
        return { failed: failureOf(error, late.aborted, stopped) };
      }
    },
    stop() {
      stopped = true;
      for (const request of underWay) request.destroy(new Error('stopped'));
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

function failureOf(error: unknown, isLate: boolean, isStopped: boolean): PostFailure {
  if (isStopped) return 'stopped';
  if (error instanceof AddressRefused) return 'address-refused';
  return isLate ? 'timeout' : 'unreachable';
}
