import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { authenticatorFor, type Fixture, makeIssuer, refusal } from '../../unit/identity/issuer-fixture.ts';

let server: Server;
let fetched: number;
let answer: { status: number; body: string; headers?: Record<string, string> };
let jwksUri: string;

beforeEach(async () => {
  fetched = 0;
  server = createServer((_request, response) => {
    fetched++;
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(answer.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  jwksUri = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/jwks`;
});

afterEach(() => new Promise((done) => server.close(done)));

/** The same issuer, with its keys at an address instead of in the configuration. */
function remote(fixture: Fixture): Fixture {
  return { ...fixture, issuer: { ...fixture.issuer, jwks: undefined, jwksUri } };
}

const publish = (fixture: Fixture) => {
  answer = { status: 200, body: JSON.stringify(fixture.issuer.jwks) };
};

describe('an issuer’s keys at an address', () => {
  it('are fetched once for many tokens', async () => {
    const staff = makeIssuer('staff');
    publish(staff);
    const authenticator = authenticatorFor([remote(staff)]);
    for (let n = 0; n < 5; n++) {
      expect((await authenticator.authenticate(`Bearer ${await staff.sign({ jti: `${n}` })}`)).kind).toBe('staff');
    }
    expect(fetched).toBe(1);
  });

  it('are not asked for by a token that the issuer could not have made', async () => {
    const staff = makeIssuer('staff');
    publish(staff);
    const authenticator = authenticatorFor([remote(staff)]);
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
    const [, body] = (await staff.sign()).split('.');
    await refusal(authenticator, `Bearer ${unsigned}.${body}.`);
    await refusal(authenticator, `Bearer ${await staff.sign({ iss: 'https://other.example.com' })}`);
    expect(fetched).toBe(0);
  });

  it('are not asked for again by each token with an unknown key id', async () => {
    const staff = makeIssuer('staff');
    publish(staff);
    const authenticator = authenticatorFor([remote(staff)]);
    for (let n = 0; n < 10; n++) {
      const problem = await refusal(authenticator, `Bearer ${await staff.sign({}, { kid: `unknown-${n}` })}`);
      expect(problem.definition.code).toBe('token-invalid');
    }
    expect(fetched).toBe(1);
  });

  it.each([
    ['an error', { status: 500, body: '' }],
    ['something else than keys', { status: 200, body: '<html>' }],
    ['a way elsewhere', { status: 302, body: '', headers: { location: 'http://127.0.0.1:1/' } }],
  ])('that answer with %s make the service busy, not the caller wrong', async (_, given) => {
    answer = given;
    const staff = makeIssuer('staff');
    const authenticator = authenticatorFor([remote(staff)]);
    const header = `Bearer ${await staff.sign()}`;
    expect((await refusal(authenticator, header)).definition.code).toBe('issuer-unavailable');
    publish(staff);
    expect((await authenticator.authenticate(header)).kind).toBe('staff');
  });
});
