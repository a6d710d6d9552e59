import type { Duplex } from 'node:stream';
import { guarded } from '../lib/guarded.ts';
import type { Log } from '../log/log.ts';

/**
 * Wraps a listener of a server. An error that the listener throws is logged, and the socket that caused it is destroyed.
 *
 * @param socketOf finds the socket to destroy among the listener's arguments. Null: there is none.
 */
export function guard<Args extends readonly unknown[]>(
  log: Log,
  name: string,
  socketOf: (...args: Args) => Duplex | null,
  listener: (...args: Args) => void,
): (...args: Args) => void {
  return guarded(listener, (error, ...args) => {
    log.error({ err: error, listener: name }, 'a listener of a socket failed');
    socketOf(...args)?.destroy();
  });
}
