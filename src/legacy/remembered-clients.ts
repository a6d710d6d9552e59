import { growingLru } from '../lib/growing-lru.ts';

/** Clients that are known at a time; the longest unseen are forgotten first. */
const clientsMax = 10_000;
/** How long a client that left is known. */
const rememberedMs = 300_000;

/** How far a client got with each of a feed's streams of events: the cursor of what was written last. */
export type Progress = Map<string, string>;

/** Where clients that gave themselves a name stood, for when they come back: a few cursors each, never a message. */
export class RememberedClients {
  readonly #progress = growingLru<string, Progress>(clientsMax);

  /** What is known of a client; undefined: it is new, or was away for too long. */
  find(path: string, clientId: string): Progress | undefined {
    return this.#progress.get(keyOf(path, clientId));
  }

  /** The client is connected: it is known for as long as that lasts. */
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
