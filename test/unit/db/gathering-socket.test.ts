import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { gatheringSocket } from '../../../src/db/gathering-socket.ts';

let server: Server | undefined;

afterEach(() => {
  server?.close();
});

/** A connected socket, and all that its other end has been sent when it is closed. */
async function connected() {
  let heard = '';
  server = createServer((end) => end.setEncoding('utf8').on('data', (text) => (heard += text))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const ended = new Promise<string>((resolve) =>
    server!.on('connection', (end) => end.on('end', () => resolve(heard)).resume()),
  );
  const socket = gatheringSocket();
  socket.connect((server.address() as { port: number }).port, '127.0.0.1');
  await once(socket, 'connect');
  return { socket, ended };
}

describe('a gathering socket', () => {
  it('holds what is written in one turn, also by those who cork it themselves, and sends it before anything is waited for', async () => {
    const { socket, ended } = await connected();
    socket.write('begin ');
    socket.cork();
    socket.write('bind ');
    socket.uncork();
    await Promise.resolve();
    socket.write('record');
    expect(socket.writableLength).toBe('begin bind record'.length);
    await new Promise((resolve) => process.nextTick(resolve));
    expect(socket.writableCorked).toBe(0);
    socket.end();
    expect(await ended).toBe('begin bind record');
  });

  it('sends in order over several turns, and what was written last when it is ended in the same turn', async () => {
    const { socket, ended } = await connected();
    for (const piece of ['a', 'b', 'c']) {
      socket.write(piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
    socket.write('d');
    socket.end('e');
    expect(await ended).toBe('abcde');
  });
});
