import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kill } from '../../support/data-folder.ts';

/** The receiver that integrators are shown, as it stands in the documentation. */
const EXAMPLE = fileURLToPath(new URL('../../../docs/examples/webhook-receiver.mjs', import.meta.url));
const secretOf = (letter: string) => `whsec_${Buffer.from(letter.repeat(32)).toString('base64')}`;
const [EARLIER, LATER] = [secretOf('a'), secretOf('b')];

let child: ChildProcess;
let lines: Interface;
let said: AsyncIterator<string>;
let url: string;

beforeAll(async () => {
  const env = { PATH: process.env.PATH ?? '', PORT: '0', WEBHOOK_SECRET: `${LATER},${EARLIER}` };
  child = spawn(process.execPath, [EXAMPLE], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  lines = createInterface(child.stdout!);
  said = lines[Symbol.asyncIterator]();
  const { value } = await said.next();
  url = `http://127.0.0.1:${/\d+$/.exec(value)![0]}`;
});
afterAll(() => kill(child));

async function send(id: string, number: number, secret: string, more: { at?: Date; altered?: boolean } = {}) {
  const { at = new Date(), altered } = more;
  const body = JSON.stringify({
    type: 'plan.step.changed',
    timestamp: at.toISOString(),
    data: { number, resource: { id: `t${number}` } },
  });
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
  const sent = altered ? body.replace('changed', 'removed') : body;
  return (await fetch(url, { method: 'POST', headers, body: sent })).status;
}

test('the example receiver takes what is genuine, by either secret, and handles it once', async () => {
  expect(await send('msg_1', 1, EARLIER)).toBe(204);
  expect(await send('msg_1', 1, LATER)).toBe(204);
  expect(await send('msg_2', 2, secretOf('c'))).toBe(401);
  expect(await send('msg_3', 3, LATER, { altered: true })).toBe(401);
  expect(await send('msg_4', 4, LATER, { at: new Date(Date.now() - 3_600_000) })).toBe(401);
  expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
  expect(await send('msg_5', 5, LATER)).toBe(204);
  const handled = [await said.next(), await said.next()].map(({ value }) => JSON.parse(value as string));
  expect(handled).toEqual([
    { number: 1, type: 'plan.step.changed', about: 't1' },
    { number: 5, type: 'plan.step.changed', about: 't5' },
  ]);
});
