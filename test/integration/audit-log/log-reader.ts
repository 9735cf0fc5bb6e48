import { getPersona } from '../../../src/demo/index.ts';
import type { Answer, TestApp } from '../../support/app.ts';

/** Someone who has the right to look into the log, and sends requests. */
export interface LogReader {
  get<T = Record<string, unknown>>(url: string): Promise<Answer<T>>;
  post<T = Record<string, unknown>>(url: string, body: object, headers?: Record<string, string>): Promise<Answer<T>>;
}

export const LOG_RIGHT = 'Loggkontroll;alla;VG';

/** A persona with the right to review the log, or with the rights that are given. */
export function logReader(
  service: TestApp,
  persona = 'vera-vikarie',
  rights: readonly string[] = [LOG_RIGHT],
  more: Record<string, unknown> = {},
): LogReader {
  const base = getPersona(persona);
  const claims = { ...base.claims, commissionRight: rights, ...more };
  const token = service.issuer.signToken({ ...base, claims } as typeof base);
  const send = async (method: 'GET' | 'POST', url: string, payload?: object, headers = {}) =>
    (await service.send({
      method,
      url,
      headers: { authorization: `Bearer ${await token}`, ...headers },
      ...(payload === undefined ? {} : { payload }),
    })) as Answer<never>;
  return { get: (url) => send('GET', url), post: (url, body, headers) => send('POST', url, body, headers) };
}

export interface ToldPage extends Record<string, unknown> {
  readonly items: {
    readonly id: string;
    readonly at: string;
    readonly sentence: string;
    readonly did: string;
    readonly outcome: string;
    readonly purpose: string;
    readonly who: { readonly kind: string; readonly name?: string; readonly role?: string };
    readonly unit?: string;
    readonly provider?: string;
    readonly concerning: string[];
  }[];
  readonly nextCursor?: string;
}
