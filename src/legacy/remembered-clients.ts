import { growingLru } from '../lib/growing-lru.ts';

/** Maximum number of remembered clients; above it, the least recently used are forgotten. */
const clientsMax = 10_000;
/** How long a client is remembered after it disconnects. */
const rememberedMs = 300_000;
/** How often the progress of connected clients is shared, in case this process is killed. */
const shareEveryMs = 5_000;
/** A connected client without new events is shared again after this number of intervals, as others forget it. */
const unchangedMax = 24;

/** By part, the cursor of the last event that was sent to a client. */
export type Progress = Map<string, string>;

/** What all instances know about clients. */
export interface SharedProgress {
  /** Undefined: the client is not known. */
  load(client: string): Promise<ReadonlyMap<string, string> | undefined>;
  save(client: string, progress: ReadonlyMap<string, string>): void;
}

interface Connected {
  readonly progress: Progress;
  shared: string;
  unchanged: number;
}

/**
 * The progress of clients with a `client_id`, so that they resume when they reconnect, to this or another instance. It
 * stores cursors, no messages.
 */
export class RememberedClients {
  readonly #dialect: string;
  readonly #shared: SharedProgress | null;
  readonly #progress = growingLru<string, Progress>(clientsMax);
  readonly #connected = new Map<string, Connected>();
  #timer: NodeJS.Timeout | null = null;

  constructor(dialect: string, shared: SharedProgress | null = null) {
    this.#dialect = dialect;
    this.#shared = shared;
  }

  /** The progress of a client; undefined when the client is new or disconnected too long ago. */
  async find(path: string, clientId: string): Promise<ReadonlyMap<string, string> | undefined> {
    const key = this.#keyOf(path, clientId);
    // its former connection may not have ended yet
    const live = this.#connected.get(key)?.progress;
    if (live !== undefined) return live;
    // while the database does not answer, this instance knows its own clients
    const shared = await this.#shared?.load(key).catch(() => undefined);
    return shared ?? this.#progress.get(key);
  }

  /** Remembers a client for as long as it is connected. */
  connected(path: string, clientId: string, progress: Progress): void {
    const key = this.#keyOf(path, clientId);
    this.#progress.set(key, progress, { ttl: 0 });
    if (this.#shared === null) return;
    this.#connected.set(key, { progress, shared: '', unchanged: 0 });
    this.#timer ??= setInterval(() => this.#shareConnected(), shareEveryMs).unref();
  }

  disconnected(path: string, clientId: string, progress: Progress): void {
    const key = this.#keyOf(path, clientId);
    this.#progress.set(key, progress, { ttl: rememberedMs });
    this.#shared?.save(key, new Map(progress));
    if (this.#connected.get(key)?.progress === progress) this.#connected.delete(key);
    if (this.#connected.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  #shareConnected(): void {
    for (const [key, client] of this.#connected) {
      const now = JSON.stringify([...client.progress]);
      if (now === client.shared && ++client.unchanged < unchangedMax) continue;
      client.shared = now;
      client.unchanged = 0;
      this.#shared?.save(key, new Map(client.progress));
    }
  }

  #keyOf(path: string, clientId: string): string {
    return `${this.#dialect} ${path} ${clientId}`;
  }
}
