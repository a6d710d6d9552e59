import type { Gauges } from '../journal/gauges.ts';
import type { LogReader } from '../journal/reader.ts';
import type { Entry } from '../journal/topic.ts';

/** Where a member of a group stands, and what comes next for it. */
export interface Position {
  /** The next entry, without taking it; null: nothing now; `behind`: `load` first. */
  peek(): Entry | null | 'behind';
  take(entry: Entry): void;
  load(): Promise<void>;
  /** Lets go of what was loaded and cannot be delivered now. */
  drop(): void;
}

/** A place in the log: every entry, in order. */
export function logPosition(reader: LogReader): Position {
  return {
    peek() {
      const step = reader.peek();
      return step === 'behind' ? step : step === 'up to date' ? null : step.entry;
    },
    take: (entry) => reader.take(entry),
    load: () => reader.load(),
    drop: () => reader.drop(),
  };
}

/** What has been let out to the members of a gauge's group: they all see the same rounds. */
export interface Rounds {
  released(): number;
}

/** The values of a gauge that a group reads. Of a single key the newest is kept at hand: that is the usual gauge. */
export class GaugeValues {
  readonly #gauges: Gauges;
  readonly #topic: string;
  readonly #keys: readonly string[] | null;
  readonly #single: boolean;
  #newest: Entry | null = null;

  constructor(gauges: Gauges, topic: string, keys: readonly string[] | null) {
    this.#gauges = gauges;
    this.#topic = topic;
    this.#keys = keys;
    this.#single = keys?.length === 1;
    this.refresh();
  }

  /** Looks again, for a newcomer: a key may have ceased to be. */
  refresh(): void {
    if (!this.#single) return;
    this.#newest = this.#gauges.changed(this.#topic, this.#keys, 0, Number.POSITIVE_INFINITY)[0] ?? null;
  }

  /** Takes note of values of this group's keys. */
  arrived(entries: readonly Entry[]): void {
    if (this.#single) this.#newest = entries.at(-1) ?? this.#newest;
  }

  /** The oldest of the newest values with a version in (`after`, `upTo`]. */
  next(after: number, upTo: number): Entry | null {
    if (!this.#single) return this.#gauges.changed(this.#topic, this.#keys, after, upTo)[0] ?? null;
    const newest = this.#newest;
    return newest !== null && newest.seq > after && newest.seq <= upTo ? newest : null;
  }
}

/**
 * A place among the versions of a gauge: the newest value of each key, whatever came in between.
 * @param options.first a newcomer gets the values up to this version at once, then the group's rounds.
 */
export function gaugePosition(options: {
  values: GaugeValues;
  matches: ((entry: Entry) => boolean) | null;
  rounds: Rounds;
  first: number;
}): Position {
  const { values, matches, rounds, first } = options;
  let seen = 0;
  return {
    peek() {
      for (;;) {
        const entry = values.next(seen, Math.max(rounds.released(), first));
        if (entry === null || matches === null || matches(entry)) return entry;
        seen = entry.seq;
      }
    },
    take(entry) {
      seen = entry.seq;
    },
    load: () => Promise.resolve(),
    drop() {
      // gauges are read where they are
    },
  };
}
