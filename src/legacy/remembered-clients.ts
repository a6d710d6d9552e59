import { growingLru } from '../lib/growing-lru.ts';

/** Remembered clients; above this number those seen longest ago are forgotten. */
const clientsMax = 10_000;
/** How long a client is remembered after it disconnects. */
const rememberedMs = 300_000;

/** By part, the cursor of the last event that a client was sent. */
export type Progress = Map<string, string>;

/** The progress of clients with a `client_id`, for when they reconnect: a few cursors each, no messages. */
export class RememberedClients {
  readonly #progress = growingLru<string, Progress>(clientsMax);

  /** The progress of a client; undefined when it is new or was away too long. */
  find(path: string, clientId: string): Progress | undefined {
    return this.#progress.get(keyOf(path, clientId));
  }

  /** The client is connected: it is remembered until it disconnects. */
  stays(path: string, clientId: string, progress: Progress): void {
    this.#progress.set(keyOf(path, clientId), progress, { ttl: 0 });
  }

  left(path: string, clientId: string, progress: Progress): void {
    this.#progress.set(keyOf(path, clientId), progress, { ttl: rememberedMs });
  }
}

function keyOf(path: string, clientId: string): string {
  return `${path} ${clientId}`;
}
