/** Shares of the whole, in 48ths. What is held for one of them takes nothing from the others. */
const shares = {
  /** Stored events, for readers that follow. The oldest are evicted. */
  ring: 4,
  /** Messages of events, for readers near each other. The oldest are evicted. */
  frames: 4,
  /** Parsed documents. Those used least recently are evicted. */
  documents: 4,
  /** Responses to equal queries. Those used least recently are evicted. */
  responses: 1,
  /** Open subscriptions: their documents, variables, compiled plans and newest results. Further ones are refused. */
  subscriptions: 12,
  /** Events that wait to be stored. Further ones are refused. */
  drafts: 7,
  /** Large data that is being received. Further chunks are refused. */
  transfers: 10,
  /** What was sent to clients that have not read it yet. Further answers are refused, and their connections closed. */
  answers: 6,
} as const;

export type ShareName = keyof typeof shares;

const wholeParts = Object.values(shares).reduce((sum, parts) => sum + parts, 0);

export interface ShareStats {
  readonly name: string;
  readonly bytes: number;
  readonly bytesMax: number;
}

/**
 * What the process may hold on behalf of its clients, in bytes. Each part of the program that holds something has a
 * share with its name: it takes bytes before it holds them and gives them back, or, where it evicts by itself, is
 * asked how much it holds.
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

export class Share {
  readonly name: ShareName;
  readonly bytesMax: number;
  #taken = 0;
  #held: (() => number) | null = null;

  constructor(name: ShareName, bytesMax: number) {
    this.name = name;
    this.bytesMax = bytesMax;
  }

  get bytes(): number {
    return this.#held === null ? this.#taken : this.#held();
  }

  /** For holders that bound themselves by `bytesMax`. */
  observe(held: () => number): void {
    this.#held = held;
  }

  /** @returns false when there is no room; nothing is taken then. */
  take(bytes: number): boolean {
    if (this.#taken + bytes > this.bytesMax) return false;
    this.#taken += bytes;
    return true;
  }

  /** Holds more, or less, of what cannot be refused any more. */
  adjust(bytes: number): void {
    this.#taken += bytes;
  }

  giveBack(bytes: number): void {
    this.#taken -= bytes;
  }
}

/** What a server holds at most where its settings do not say otherwise. */
export const memoryBudgetDefault = 768 * 1024 * 1024;
