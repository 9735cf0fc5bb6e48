import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerEach } from '../child.ts';

/** Nothing of an answer that does not come within this is worth measuring, milliseconds. */
const MOST_MS = 300_000;

export type ReceiverQuestion = { readonly open: true } | { readonly until: number };

/** Where to send, and how many messages have come since it opened. */
export interface ReceiverAnswer {
  readonly url: string;
  readonly received: number;
}

// A subscriber's own server, in a process of its own: it says yes to all, and counts them.
let received = 0;
let tell: (() => void) | undefined;
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    received += 1;
    response.writeHead(204).end();
    tell?.();
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;

answerEach<ReceiverQuestion, ReceiverAnswer>(async (question) => {
  if ('until' in question) await come(question.until);
  return { url, received };
});

async function come(most: number): Promise<void> {
  const late = AbortSignal.timeout(MOST_MS);
  // One listener for the whole wait: one for each message would be a thousand.
  late.addEventListener('abort', () => tell?.(), { once: true });
  while (received < most) {
    if (late.aborted) throw new Error(`bara ${received} av ${most} händelser kom fram`);
    await new Promise<void>((resolve) => {
      tell = resolve;
    });
  }
}
