/** Shares of the total, in 48ths. Shares are independent of each other. */
const shares = {
  /** Stored events, for readers that follow. The oldest are evicted. */
  ring: 4,
  /** Encoded messages of events, for readers at similar positions. The oldest are evicted. */
  frames: 4,
  /** Parsed documents. The least recently used are evicted. */
  documents: 4,
  /** Responses to equal queries. The least recently used are evicted. */
  responses: 1,
  /** Open subscriptions: their documents, variables, compiled plans and latest results. Further ones are rejected. */
  subscriptions: 12,
  /** Events waiting to be stored. Further ones are rejected. */
  drafts: 7,
  /** Large data being received. Further chunks are rejected. */
  transfers: 10,
  /** Data sent to clients that have not read it yet. Further responses are rejected and their connections closed. */
  answers: 6,
} as const;

export type ShareName = keyof typeof shares;

const wholeParts = Object.values(shares).reduce((sum, parts) => sum + parts, 0);

/**
 * The memory that the process may hold on behalf of its clients, in bytes. Each component has a named share: it
 * acquires bytes before it holds them and releases them afterwards, or, if it evicts by itself, reports how much it
 * holds.
 */
export class MemoryBudget {
  readonly bytesMax: number;
  readonly #shares = new Map<ShareName, Share>();

  constructor(bytesMax: number) {
    this.bytesMax = bytesMax;
  }

  share(name: ShareName): Share {
    let share = this.#shares.get(name);
    if (share === undefined) {
      share = new Share(name, Math.floor((this.bytesMax * shares[name]) / wholeParts));
      this.#shares.set(name, share);
    }
    return share;
  }

  stats(): readonly ShareStats[] {
    return [...this.#shares.values()].map(({ name, bytes, bytesMax }) => ({ name, bytes, bytesMax }));
  }
}

export type ShareStats = Pick<Share, 'name' | 'bytes' | 'bytesMax'>;

export class Share {
  readonly name: ShareName;
  readonly bytesMax: number;
  #acquired = 0;
  #observed: (() => number) | null = null;

  constructor(name: ShareName, bytesMax: number) {
    this.name = name;
    this.bytesMax = bytesMax;
  }

  get bytes(): number {
    return this.#observed === null ? this.#acquired : this.#observed();
  }

  /** For components that limit themselves by `bytesMax`. */
  observe(held: () => number): void {
    this.#observed = held;
  }

  /** @returns false when the share has no capacity; nothing is acquired then. */
  acquire(bytes: number): boolean {
    if (this.#acquired + bytes > this.bytesMax) return false;
    this.#acquired += bytes;
    return true;
  }

  /** Changes the held amount unconditionally, for data that can no longer be rejected. */
  adjust(bytes: number): void {
    this.#acquired += bytes;
  }

  release(bytes: number): void {
    this.#acquired -= bytes;
  }
}

/** The default total of a server. */
export const memoryBudgetDefault = 768 * 1024 * 1024;
