import type { Duplex } from 'node:stream';

/** A client that has not taken the last answer by then loses its socket. */
const lastResponseMs = 5_000;

/**
 * Sends the last bytes of a socket that no HTTP parser reads any more, and destroys it when they are written, when the
 * client fails, or after `lastResponseMs`. Without this a client that sends one more byte keeps the socket open for ever:
 * what is not read hides its end.
 */
export function sendLastResponse(socket: Duplex, answer: string): void {
  destroyLater(socket);
  if (!socket.writable) return void socket.destroy();
  socket.end(answer, () => socket.destroy());
}

/** Gives a socket that nothing else watches a deadline: it is destroyed after `ms`, unless it closes before. */
export function destroyLater(socket: Duplex, ms: number = lastResponseMs): void {
  socket.on('error', () => socket.destroy());
  const deadline = setTimeout(() => socket.destroy(), ms);
  socket.once('close', () => clearTimeout(deadline));
}
