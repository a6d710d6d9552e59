import { cursorBeyondEnd, cursorExpired, earliest, parseCursor } from './cursor.ts';
import type { EventLog } from './journal.ts';
import type { Entry } from './topic.ts';

/** Default of the maximum number of entries per page, and so of the entries that a reader keeps in memory. */
export const pageMaxDefault = 200;

/** What a reader finds at its cursor. */
export type Step =
  | { readonly entry: Entry }
  /** The reader is at the end of the log. */
  | 'up to date'
  /** The next entries are not in memory: `load` has to be called. */
  | 'behind';

/**
 * A cursor in the log. Live readers, and readers that resume after a minute or a day, take the same steps: pages of the
 * database until the ring contains the next entry, then the ring, then new entries. The cutover is exact, because a
 * page states how far it has read.
 *
 * The cursor only moves forward. It can be ahead of the ring of this instance: a page contains what another instance
 * has just committed, and a client can resume with a cursor of another instance. The reader then waits until the ring
 * has passed its cursor.
 */
export class LogReader {
  readonly #log: EventLog;
  readonly #topics: readonly string[] | null;
  readonly #matches: ((entry: Entry) => boolean) | null;
  readonly #pageMax: number;
  #cursor: number;
  #page: readonly Entry[] = [];
  #pageIndex = 0;
  #pageUpTo = 0;

  constructor(log: EventLog, after: number, { topics, matches, pageMax }: Omit<OpenReader, 'after'>) {
    this.#log = log;
    this.#topics = topics;
    this.#cursor = after;
    this.#matches = matches ?? null;
    this.#pageMax = pageMax ?? pageMaxDefault;
  }

  /** The position up to which all matching entries were taken. */
  get cursor(): number {
    return this.#cursor;
  }

  /** Returns the next entry without taking it. */
  peek(): Step {
    for (;;) {
      const entry = this.#next();
      if (entry === 'up to date' || entry === 'behind') return entry;
      if (this.#matches === null || this.#matches(entry)) return { entry };
      this.take(entry);
    }
  }

  /** Moves the cursor past an entry that `peek` has returned. */
  take(entry: Entry): void {
    this.#cursor = entry.seq;
    if (this.#page[this.#pageIndex]?.seq === entry.seq) this.#pageIndex++;
  }

  /**
   * Moves the cursor past an entry that another reader with the same topics and filter has taken.
   * @returns false if a page is being read, whose entries have to be taken one by one.
   */
  skipTo({ seq }: Entry): boolean {
    if (this.#page.length > 0) return false;
    this.#cursor = Math.max(this.#cursor, seq);
    return true;
  }

  /**
   * Reads the next page from the database.
   * @throws AppError CURSOR_EXPIRED if retention has removed entries after the cursor; DATABASE_UNAVAILABLE.
   */
  async load(): Promise<void> {
    const page = await this.#log.page(this.#topics, this.#cursor, this.#pageMax);
    if (page.floor > this.#cursor) throw cursorExpired(this.#log.epoch, page.floor);
    this.#page = page.entries;
    this.#pageIndex = 0;
    this.#pageUpTo = page.upTo;
    if (page.entries.length === 0) this.#cursor = Math.max(this.#cursor, page.upTo);
  }

  /** Drops the page, because its entries cannot be delivered now. It is read again later. */
  drop(): void {
    this.#page = [];
    this.#pageIndex = 0;
  }

  #next(): Entry | 'up to date' | 'behind' {
    if (this.#page.length > 0) {
      const entry = this.#page[this.#pageIndex];
      if (entry !== undefined) return entry;
      this.#cursor = Math.max(this.#cursor, this.#pageUpTo);
      this.drop();
    }
    if (!this.#log.holds(this.#cursor)) return 'behind';
    const head = this.#log.head();
    const [entry] = this.#log.recent(this.#topics, this.#cursor, 1);
    if (entry !== undefined) return entry;
    // No entry up to the head matches, so the reader does not have to search this range again.
    if (head > this.#cursor) this.#cursor = head;
    return 'up to date';
  }
}

export interface OpenReader {
  readonly topics: readonly string[] | null;
  /** Absent: from now on. `earliest`: from the oldest retained entry. */
  readonly after?: string | null;
  readonly matches?: (entry: Entry) => boolean;
  /** Maximum number of entries of a page of the database. Default: 200. */
  readonly pageMax?: number;
}

/** @throws AppError CURSOR_INVALID, CURSOR_EXPIRED, DATABASE_UNAVAILABLE. */
export async function openReader(log: EventLog, options: OpenReader): Promise<LogReader> {
  const { topics, after } = options;
  if (after === undefined || after === null) return new LogReader(log, log.head(), options);
  if (after === earliest) return new LogReader(log, await log.floor(topics), options);
  const seq = parseCursor(after, log.epoch);
  if (seq > log.head() && seq > (await log.end())) throw cursorBeyondEnd();
  if (!log.holds(seq)) {
    const floor = await log.floor(topics);
    if (seq < floor) throw cursorExpired(log.epoch, floor);
  }
  return new LogReader(log, seq, options);
}
