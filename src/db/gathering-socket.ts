import { Socket } from 'node:net';

/**
 * A socket that sends what is written to it in one turn of the program as one piece. Statements that are not waited for
 * one by one (begin, lock and record; rows and commit) then cost one call of the system and wake the server's process
 * once. Nothing is delayed: what was written leaves before the program waits for anything.
 */
export function gatheringSocket(): Socket {
  const socket = new Socket();
  // A socket takes its own way of writing back when it connects.
  return socket.once('connect', () => gather(socket));
}

function gather(socket: Socket): void {
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
  let gathering = false;
  const send = () => {
    gathering = false;
    socket.uncork();
  };
  socket.write = (...args: unknown[]) => {
    if (!gathering) {
      gathering = true;
      socket.cork();
      process.nextTick(send);
    }
    return write(...args);
  };
}
