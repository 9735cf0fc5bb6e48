import { signToken } from '../../../src/demo/token.ts';
import type { Answer, TestApp } from '../../support/app.ts';
import { withRights } from '../../support/law-fixtures.ts';
import { STRANGER, unit, WARD } from '../../support/plan-fixtures.ts';
import type { CallerName } from './answers.ts';

/** One request, as any caller may send it. */
export interface Request {
  readonly method: string;
  readonly url: string;
  readonly body?: object | string;
  readonly headers?: Record<string, string>;
}

export type Send = (request: Request) => Promise<Answer>;

/** A persona by id, or with the rights of an administrator when the id ends with `+`. */
export async function tokenOf(service: TestApp, who: string): Promise<string> {
  const { persona } = who.endsWith('+') ? withRights(service, who.slice(0, -1)) : service.as(who);
  return service.issuer.signToken(persona);
}

/** Of a unit that is invited to the plan, of another provider: it has said yes to nothing and has no relation. */
export const WITHOUT_DUTY = 'tor-thoraxson-test';

const WHO: Partial<Record<CallerName, string>> = {
  outsider: STRANGER,
  participant: WITHOUT_DUTY,
  patient: 'ester',
  otherPatient: 'love',
  representative: 'petra',
  proxy: 'mirza',
  system: 'demo-region-journal',
  guardian12: 'petra',
  guardian13: 'petra',
  guardian16: 'petra',
};

/** A system of a provider that takes no part in anything. */
async function otherSystem(service: TestApp): Promise<string> {
  const { persona } = service.as('demo-kommun-hsl');
  return service.issuer.signToken({
    ...persona,
    id: 'demo-annan-kommun',
    claims: { ...persona.claims, providerHsaId: unit('K02') },
  });
}

/** The ward's token with another unit written into it: the signature no longer holds. */
async function forged(service: TestApp): Promise<string> {
  const [head, payload, signature] = (await tokenOf(service, WARD)).split('.');
  const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as object;
  const changed = Buffer.from(JSON.stringify({ ...claims, healthCareUnitHsaId: unit('0105') })).toString('base64url');
  return [head, changed, signature].join('.');
}

/** Signed by the right issuer, for another service. */
function wrongAudience(service: TestApp): Promise<string> {
  const { issuer } = service.issuer.issuers.find(({ kind }) => kind === 'staff')!;
  const { persona } = service.as(WARD);
  return signToken(persona, service.secrets, Date.now(), { issuer, audience: 'urn:another-service' });
}

/** @param who whose token a rightful caller has */
async function bearer(service: TestApp, caller: CallerName, who: string): Promise<string | undefined> {
  switch (caller) {
    case 'nobody':
      return undefined;
    case 'forged':
      return forged(service);
    case 'expired':
      return service.issuer.signToken(service.as(WARD).persona, { expiresInSeconds: -3600 });
    case 'wrongAudience':
      return wrongAudience(service);
    case 'otherSystem':
      return otherSystem(service);
    default:
      return tokenOf(service, WHO[caller] ?? who);
  }
}

/** How each caller sends a request; one token per person. */
export function senders(service: TestApp): (caller: CallerName, who: string) => Promise<Send> {
  const tokens = new Map<string, Promise<string | undefined>>();
  return async (caller, who) => {
    const key = `${caller} ${caller === 'rightful' ? who : ''}`;
    const held = tokens.get(key) ?? bearer(service, caller, who);
    tokens.set(key, held);
    const token = await held;
    return ({ method, url, body, headers }) =>
      service.send({
        method: method as 'GET',
        url,
        headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
        ...(body === undefined ? {} : { payload: body }),
      });
  };
}
