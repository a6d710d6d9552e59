import { growingLru } from '../lib/growing-lru.ts';

/** Maximum number of remembered clients; above it, the least recently used are forgotten. */
const clientsMax = 10_000;
/** How long a client is remembered after it disconnects. */
const rememberedMs = 300_000;

/** By part, the cursor of the last event that was sent to a client. */
export type Progress = Map<string, string>;

/**
 * The progress of clients with a `client_id`, so that they resume when they reconnect. It stores cursors, no messages.
 */
export class RememberedClients {
  readonly #progress = growingLru<string, Progress>(clientsMax);

  /** The progress of a client; undefined when the client is new or disconnected too long ago. */
  find(path: string, clientId: string): Progress | undefined {
    return this.#progress.get(keyOf(path, clientId));
  }

  /** Remembers a client for as long as it is connected. */
  connected(path: string, clientId: string, progress: Progress): void {
    this.#progress.set(keyOf(path, clientId), progress, { ttl: 0 });
  }

  disconnected(path: string, clientId: string, progress: Progress): void {
    this.#progress.set(keyOf(path, clientId), progress, { ttl: rememberedMs });
  }
}

function keyOf(path: string, clientId: string): string {
  return `${path} ${clientId}`;
}
