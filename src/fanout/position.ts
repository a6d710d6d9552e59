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

/** A place among the versions of a gauge: the newest value of each key, whatever came in between. */
export function gaugePosition(options: {
  gauges: Gauges;
  topic: string;
  keys: readonly string[] | null;
  matches: ((entry: Entry) => boolean) | null;
  rounds: Rounds;
}): Position {
  const { gauges, topic, keys, matches, rounds } = options;
  const first = gauges.version(); // a newcomer gets the present values at once, then the group's rounds
  let seen = 0;
  return {
    peek() {
      const upTo = Math.max(rounds.released(), first);
      for (const entry of gauges.changed(topic, keys, seen, upTo)) {
        if (matches === null || matches(entry)) return entry;
        seen = entry.seq;
      }
      return null;
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
