import { lookup as systemLookup } from 'node:dns';
import { expect, test, vi } from 'vitest';
import { AddressRefused, guardedLookup, isPublicAddress, judgeTarget } from '../../../src/delivery/sending/address.ts';
import { createPoster } from '../../../src/delivery/sending/post.ts';
import { DEFAULT_DELIVERY } from '../../../src/delivery/settings.ts';

vi.mock('node:dns', () => ({ lookup: vi.fn() }));

const SETTINGS = { hosts: ['hooks.example.org', '*.example.se'], allowLocal: false };

test.each([
  ['8.8.8.8', true],
  ['2a00:1450:400f:80a::200e', true],
  ['127.0.0.1', false],
  ['0.0.0.0', false],
  ['10.1.2.3', false],
  ['172.16.0.1', false],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['224.0.0.1', false],
  ['::1', false],
  ['::', false],
  ['fe80::1', false],
  ['fd12::1', false],
  ['::ffff:10.0.0.1', false],
  ['64:ff9b::a00:1', false],
  ['2002:a00:1::', false],
  ['::7f00:1', false],
  ['::ffff:0:7f00:1', false],
  ['100:0:0:1::1', false],
  ['4000::1', false],
  ['fec0::1', false],
  ['192.0.2.1', false],
  ['255.255.255.255', false],
  ['no address', false],
])('%s is public: %s', (address, is) => {
  expect(isPublicAddress(address)).toBe(is);
});

test.each([
  ['https://hooks.example.org/in', undefined],
  ['https://HOOKS.example.org./in', undefined],
  ['https://a.b.example.se/in?x=1', undefined],
  ['https://example.se/in', 'not-allowed'],
  ['https://badexample.se/in', 'not-allowed'],
  ['https://hooks.example.org.evil.test/', 'not-allowed'],
  ['http://hooks.example.org/in', 'not-https'],
  ['https://hooks.example.org/#a', 'not-https'],
  ['https://localhost/in', 'internal'],
  ['https://127.1/in', 'internal'],
  ['https://0x7f000001/in', 'internal'],
  ['https://2130706433/in', 'internal'],
  ['https://0177.0.0.1/in', 'internal'],
  ['https://１２７。0.0.1/in', 'internal'],
  ['https://%31%32%37.0.0.1/in', 'internal'],
  ['https://localhost%2e/in', 'internal'],
  ['https://a.localhost/in', 'internal'],
  ['https:\\\\10.0.0.1\\in', 'internal'],
  ['https://[::127.0.0.1]/in', 'internal'],
  ['https://[::ffff:7f00:1]/in', 'internal'],
  ['https://hooks.example.org@10.0.0.1/in', 'not-https'],
  ['https://hooks.example.org:443/in', undefined],
  ['https://hooks.example.org../in', 'not-allowed'],
  ['https://[::1]/in', 'internal'],
  ['https://printer.local/in', 'internal'],
  ['http://127.0.0.1:8080/in', 'not-https'],
  ['nonsense', 'not-https'],
])('%s is judged: %s', (target, refusal) => {
  expect(judgeTarget(target, SETTINGS)).toBe(refusal);
});

test('only a setting for the own desk lets plain http to this machine through', () => {
  const local = { hosts: [], allowLocal: true };
  expect(judgeTarget('http://127.0.0.1:8080/in', local)).toBeUndefined();
  expect(judgeTarget('http://10.0.0.1/in', local)).toBe('not-https');
});

function leadsTo(addresses: readonly string[]): void {
  vi.mocked(systemLookup).mockImplementation(((
    _host: string,
    _options: object,
    done: (...found: unknown[]) => void,
  ) => {
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  }) as never);
}

function resolved(addresses: readonly string[], settings = SETTINGS): Promise<Error | null> {
  leadsTo(addresses);
  return new Promise((resolve) => {
    guardedLookup(settings)('hooks.example.org', { all: true }, (error) => resolve(error));
  });
}

test('a name is judged by where it leads at the moment of sending, each address of it', async () => {
  expect(await resolved(['203.0.113.9', '8.8.4.4'])).toBeInstanceOf(AddressRefused);
  expect(await resolved(['8.8.4.4'])).toBeNull();
  expect(await resolved(['8.8.4.4', '10.0.0.1'])).toBeInstanceOf(AddressRefused);
  expect(await resolved(['::ffff:127.0.0.1'])).toBeInstanceOf(AddressRefused);
  expect(await resolved(['fd00::7'])).toBeInstanceOf(AddressRefused);
  expect(await resolved([])).toBeInstanceOf(AddressRefused);
});

test('a name that is moved between the check and the sending leads nowhere', async () => {
  expect(await resolved(['8.8.4.4'])).toBeNull();
  const poster = createPoster({ ...DEFAULT_DELIVERY, ...SETTINGS });
  for (const moved of ['127.0.0.1', '::1', '10.0.0.7']) {
    leadsTo([moved]);
    expect(await poster.post('https://hooks.example.org/in', '{}', {})).toEqual({ failed: 'address-refused' });
  }
  poster.stop();
});
