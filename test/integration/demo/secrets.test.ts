import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDemoIssuer, getPersona, loadDemoSecrets } from '../../../src/demo/index.ts';
import { createAuthenticator } from '../../../src/identity/index.ts';

let dataDir: string;
let otherDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'demo-secrets-'));
  otherDir = await mkdtemp(join(tmpdir(), 'demo-secrets-'));
});

afterEach(async () => {
  await Promise.all([dataDir, otherDir].map((dir) => rm(dir, { recursive: true })));
});

const fileIn = (dir: string) => join(dir, 'demo', 'secrets.json');

async function issuerIn(dir: string) {
  const secrets = await loadDemoSecrets(dir);
  return createDemoIssuer({ baseUrl: 'http://127.0.0.1:3000', secrets, realNow: Date.now });
}

const trusting = async (dir: string) =>
  createAuthenticator({ issuers: (await issuerIn(dir)).issuers, personNumberHash: (it) => it, realNow: Date.now });

describe('the keys of a demonstration', () => {
  it('stay the same over a restart, so that a token from before still works', async () => {
    const token = await (await issuerIn(dataDir)).signToken(getPersona('maj-modell'));
    const actor = await (await trusting(dataDir)).authenticate(`Bearer ${token}`);
    expect(actor.kind).toBe('staff');
    expect(await loadDemoSecrets(dataDir)).toEqual(await loadDemoSecrets(dataDir));
  });

  it('are others in another DATA_DIR, so that a token from there is worth nothing', async () => {
    const token = await (await issuerIn(otherDir)).signToken(getPersona('maj-modell'));
    await expect((await trusting(dataDir)).authenticate(`Bearer ${token}`)).rejects.toThrow('token-invalid');
    const [here, there] = await Promise.all([loadDemoSecrets(dataDir), loadDemoSecrets(otherDir)]);
    expect(here.personNumberKey.equals(there.personNumberKey)).toBe(false);
    expect(here.cookieKey).not.toBe(there.cookieKey);
    expect(here.clientSecrets).not.toEqual(there.clientSecrets);
  });

  it('are apart for staff, citizens and systems', async () => {
    const { signingKeys } = await loadDemoSecrets(dataDir);
    expect(new Set(Object.values(signingKeys).map((key) => key.d)).size).toBe(3);
  });

  it('lie where only their owner reads them, and are closed again if somebody opened them', async () => {
    await loadDemoSecrets(dataDir);
    const mode = async (path: string) => (await stat(path)).mode & 0o777;
    expect(await mode(fileIn(dataDir))).toBe(0o600);
    expect(await mode(join(dataDir, 'demo'))).toBe(0o700);
    await chmod(fileIn(dataDir), 0o644);
    await loadDemoSecrets(dataDir);
    expect(await mode(fileIn(dataDir))).toBe(0o600);
  });

  it('are one set even when several processes start at once', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => loadDemoSecrets(dataDir)));
    for (const secrets of all) expect(secrets).toEqual(all[0]);
  });

  it('are not replaced when their file is damaged: stored persons could no longer be found', async () => {
    await loadDemoSecrets(dataDir);
    for (const damage of ['{', '{}', '']) {
      await writeFile(fileIn(dataDir), damage);
      await expect(loadDemoSecrets(dataDir)).rejects.toThrow('skadad');
      expect(await readFile(fileIn(dataDir), 'utf8')).toBe(damage);
    }
  });
});
