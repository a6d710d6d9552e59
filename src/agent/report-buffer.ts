import { Deque } from '../lib/deque.ts';

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

/**
 * Reports that wait to be sent, oldest first. The limit on their bytes is checked when one is added: the oldest reports
 * make room for it, also those of a batch that is being sent.
 */
export class ReportBuffer {
  readonly #bytesMax: number;
  readonly #reports = new Deque<{ readonly text: string; readonly bytes: number }>();
  #bytes = 0;
  /** Reports removed so far: the number of the oldest one. */
  #removed = 0;
  #dropped = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
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

  add(text: string): void {
    const bytes = Buffer.byteLength(text);
    this.#reports.push({ text, bytes });
    this.#bytes += bytes;
    while (this.#bytes > this.#bytesMax) {
      this.#shift();
      this.#dropped++;
    }
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

  #shift(): void {
    this.#bytes -= this.#reports.shift()?.bytes ?? 0;
    this.#removed++;
  }
}
