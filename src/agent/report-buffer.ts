import { Deque } from '../lib/deque.ts';
import type { ReportStore, Segment, StoredReport } from './report-store.ts';

/** The oldest waiting reports, which stay in the buffer until one of the methods is called. */
export interface Batch {
  /** JSON texts, oldest first. */
  readonly reports: readonly string[];
  /** Removes the reports: they are stored. */
  sent(): void;
  /** Removes the reports and counts them as dropped. */
  drop(): void;
}

export interface BatchBounds {
  readonly bytesMax: number;
  readonly reportsMax: number;
}

interface Waiting {
  readonly text: string;
  readonly bytes: number;
  /** When it was added, Unix milliseconds. */
  readonly at: number;
  /** The file that has it. */
  readonly segment: Segment | null;
}

export interface BufferBounds {
  readonly bytesMax: number;
  /** Default: reports do not become too old. */
  readonly ageMaxMs?: number;
}

/**
 * Reports that wait to be sent, oldest first: in memory and, with a store, also on disk. The limits on their bytes and
 * their age are checked when one is added: the oldest reports make room for it, also those of a batch that is being sent.
 */
export class ReportBuffer {
  readonly #bounds: BufferBounds;
  readonly #store: Pick<ReportStore, 'append' | 'removed'> | null;
  readonly #reports = new Deque<Waiting>();
  #bytes = 0;
  /** Reports removed so far: the number of the oldest one. */
  #removed = 0;
  #dropped = 0;

  /** @param stored what the store had when it was opened. */
  constructor(
    bounds: BufferBounds,
    store: Pick<ReportStore, 'append' | 'removed'> | null = null,
    stored: readonly StoredReport[] = [],
  ) {
    this.#bounds = bounds;
    this.#store = store;
    for (const { text, at, segment } of stored) this.#push(text, at, segment);
    this.#trim(Date.now());
  }

  get length(): number {
    return this.#reports.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Reports that were removed unsent, so far. */
  get dropped(): number {
    return this.#dropped;
  }

  add(text: string, at = Date.now()): void {
    this.#push(text, at, this.#store?.append(text, at) ?? null);
    this.#trim(at);
  }

  /** The oldest reports, within these bounds, but at least one if there is any. */
  batch({ bytesMax, reportsMax }: BatchBounds): Batch {
    const first = this.#removed;
    const reports: string[] = [];
    let bytes = 0;
    for (let at = 0; at < Math.min(this.#reports.length, reportsMax); at++) {
      const report = this.#reports.at(at);
      bytes += report?.bytes ?? 0;
      if (report === undefined || (at > 0 && bytes > bytesMax)) break;
      reports.push(report.text);
    }
    const remove = (): number => {
      let count = 0;
      for (; this.#removed < first + reports.length; count++) this.#shift();
      return count;
    };
    return {
      reports,
      sent: () => void remove(),
      drop: () => {
        this.#dropped += remove();
      },
    };
  }

  #push(text: string, at: number, segment: Segment | null): void {
    const bytes = Buffer.byteLength(text);
    this.#reports.push({ text, bytes, at, segment });
    this.#bytes += bytes;
  }

  #trim(now: number): void {
    const { bytesMax, ageMaxMs = Number.POSITIVE_INFINITY } = this.#bounds;
    while (this.#bytes > bytesMax || now - (this.#reports.at(0)?.at ?? now) > ageMaxMs) {
      this.#shift();
      this.#dropped++;
    }
  }

  #shift(): void {
    const report = this.#reports.shift();
    this.#bytes -= report?.bytes ?? 0;
    this.#removed++;
    if (report?.segment) this.#store?.removed(report.segment);
  }
}
