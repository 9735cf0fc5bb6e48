import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One message that a receiver got. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: {
    readonly type: string;
    readonly data: {
      readonly number?: number;
      readonly planId?: string;
      readonly patientId?: string;
      readonly resource?: { readonly kind: string; readonly id: string };
    };
  };
}

/** A receiver of webhooks on this machine, that answers as it is told. */
export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** What it does with the next messages: answers 204 unless told. */
  answer: (response: ServerResponse, message: Received) => void;
  /** Resolves when what has come fulfils this. */
  until(isEnough: (received: readonly Received[]) => boolean): Promise<void>;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const message = { headers: request.headers, text, body: JSON.parse(text) };
      received.push(message);
      receiver.answer(response, message);
      for (const tell of waiting.splice(0)) tell();
    });
    request.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answer: (response) => response.writeHead(204).end(),
    async until(isEnough) {
      while (!isEnough(received)) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    async close() {
      waiting = [];
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}
