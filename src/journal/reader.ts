import { cursorBeyondEnd, cursorExpired, EARLIEST, parseCursor } from './cursor.ts';
import type { EventLog } from './journal.ts';
import type { Entry } from './topic.ts';

/** Entries that one read of the store brings, and so all that a reader far behind ever holds. */
const pageMax = 200;

/** What a reader's next step is. */
export type Step =
  | { readonly entry: Entry }
  /** It stands at the end of the log and waits for the next append. */
  | 'up to date'
  /** It has to `load` before it can go on. */
  | 'behind';

/**
 * One cursor over the log. The same steps serve a live reader, one that was away for a minute and one that was away
 * for a day: while the ring does not reach back to the cursor, pages of the store are read; then the ring is; then
 * the reader is live. The cut is exact because a page says how far it saw.
 *
 * The cursor only moves forward. It may be ahead of what this instance holds in memory: a page shows what another
 * instance committed a moment ago, and a client may resume with a cursor that another instance gave it. The reader
 * then waits until the ring has passed its cursor.
 */
export class LogReader {
  readonly #log: EventLog;
  readonly #topics: readonly string[] | null;
  readonly #matches: ((entry: Entry) => boolean) | null;
  #cursor: number;
  #page: readonly Entry[] = [];
  #pageIndex = 0;
  #pageUpTo = 0;

  constructor(
    log: EventLog,
    topics: readonly string[] | null,
    after: number,
    matches?: (entry: Entry) => boolean,
  ) {
    this.#log = log;
    this.#topics = topics;
    this.#cursor = after;
    this.#matches = matches ?? null;
  }

  /** Everything up to here was taken or was not for this reader. */
  get cursor(): number {
    return this.#cursor;
  }

  /** The next entry without taking it. */
  peek(): Step {
    for (;;) {
      const entry = this.#next();
      if (entry === 'up to date' || entry === 'behind') return entry;
      if (this.#matches === null || this.#matches(entry)) return { entry };
      this.take(entry);
    }
  }

  /** Moves the cursor past an entry that `peek` gave. */
  take(entry: Entry): void {
    this.#cursor = entry.seq;
    if (this.#page[this.#pageIndex]?.seq === entry.seq) this.#pageIndex++;
  }

  /**
   * Reads the next page of the store.
   * @throws AppError CURSOR_EXPIRED when retention has overtaken this reader, DATABASE_UNAVAILABLE.
   */
  async load(): Promise<void> {
    const page = await this.#log.page(this.#topics, this.#cursor, pageMax);
    if (page.floor > this.#cursor) throw cursorExpired(this.#log.epoch, page.floor);
    this.#page = page.entries;
    this.#pageIndex = 0;
    this.#pageUpTo = page.upTo;
    if (page.entries.length === 0) this.#cursor = Math.max(this.#cursor, page.upTo);
  }

  /** Lets go of a page that cannot be delivered now; it is read again when it can. */
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
    // Nothing for this reader up to here, so that it never has to look there again.
    if (head > this.#cursor) this.#cursor = head;
    return 'up to date';
  }
}

export interface OpenReader {
  readonly topics: readonly string[] | null;
  /** Absent: from now on. `earliest`: from the oldest entry held. */
  readonly after?: string | null;
  readonly matches?: (entry: Entry) => boolean;
}

/** @throws AppError CURSOR_INVALID, CURSOR_EXPIRED, DATABASE_UNAVAILABLE. */
export async function openReader(log: EventLog, options: OpenReader): Promise<LogReader> {
  const { topics, after, matches } = options;
  if (after === undefined || after === null) return new LogReader(log, topics, log.head(), matches);
  if (after === EARLIEST) return new LogReader(log, topics, await log.floor(topics), matches);
  const seq = parseCursor(after, log.epoch);
  if (seq > log.head() && seq > (await log.end())) throw cursorBeyondEnd();
  if (!log.holds(seq)) {
    const floor = await log.floor(topics);
    if (seq < floor) throw cursorExpired(log.epoch, floor);
  }
  return new LogReader(log, topics, seq, matches);
}

/** Every entry from a cursor on, until the signal fires. For readers in this process that handle one at a time. */
export async function* follow(
  log: EventLog,
  options: OpenReader & { signal: AbortSignal },
): AsyncGenerator<Entry> {
  const reader = await openReader(log, options);
  let wake = (): void => {};
  using _listening = log.onAppend(() => wake());
  options.signal.addEventListener('abort', () => wake(), { once: true });
  while (!options.signal.aborted) {
    const step = reader.peek();
    if (step === 'behind') await reader.load();
    else if (step === 'up to date')
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    else {
      reader.take(step.entry);
      yield step.entry;
    }
  }
}
