import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { AS_STAFF, NUMBER } from './small-app.ts';

interface Service {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly url: string;
  /** All that it has printed so far. */
  readonly printed: () => string;
  /** Waits until it has printed the text. */
  readonly until: (text: string) => Promise<void>;
}

async function start(): Promise<Service> {
  const script = new URL('./stopping-service.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes) => {
      text += bytes;
    });
  }
  const until = async (wanted: string) => {
    while (!text.includes(wanted)) await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data')]);
  };
  await until('http://127.0.0.1:');
  return { child, url: /http:\/\/127\.0\.0\.1:\d+/.exec(text)![0], printed: () => text, until };
}

describe('a service process', () => {
  it('that is told to stop answers what is under way, releases, and ends well', async () => {
    const { child, url, printed, until } = await start();
    const slow = fetch(`${url}/v1/slow`, { headers: AS_STAFF });
    await until('begun');
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await (await slow).json()).toEqual({ done: true });
    expect((await ended)[0]).toBe(0);
    expect(printed()).toContain('released');
    expect(printed()).toContain('"msg":"stopped"');
  });

  it('that meets an error nobody caught tells where, not what, and ends as failed', async () => {
    const { child, url, printed } = await start();
    const ended = once(child, 'exit');
    await fetch(`${url}/v1/broken`, { headers: AS_STAFF }).catch(() => undefined);
    expect((await ended)[0]).toBe(1);
    expect(printed()).toContain('"msg":"uncaught error"');
    expect(printed()).toContain('stopping-service.ts');
    expect(printed()).toContain('released');
    expect(printed()).not.toContain(NUMBER);
  });
});
