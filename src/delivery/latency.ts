import { Histogram, type HistogramSnapshot } from '../lib/histogram.ts';
import { RollingWindow } from '../lib/rolling-window.ts';
import type { TopicLatency } from '../graph/server-stats.ts';
import type { Entry } from '../journal/topic.ts';
import type { EncodedEntry } from './frame-cache.ts';

/** How long entries took since the process started, as in `TopicLatency`. */
export interface LatencyHistograms {
  /** From the arrival of a value to its writing, per message, over all topics. */
  readonly message: HistogramSnapshot;
  readonly topics: readonly {
    readonly topic: string;
    readonly stage: 'collected' | 'executed' | 'written';
    readonly histogram: HistogramSnapshot;
  }[];
}

/** The last minute and all time of one duration. */
class Durations {
  readonly recent = new RollingWindow();
  readonly all = new Histogram();

  add(ms: number, at: number, count = 1): void {
    this.recent.add(ms, at, count);
    this.all.add(ms, count);
  }
}

class Topic {
  readonly collected = new Durations();
  readonly executed = new Durations();
  readonly written = new Durations();
}

const stages = ['collected', 'executed', 'written'] as const;

/**
 * Measures the way of entries through the server. For a message nothing is done but counting: the clock is read once
 * a tick, when everything that the tick wrote is known.
 */
export class LatencyTracker {
  readonly #topics = new Map<string, Topic>();
  readonly #all = new Durations();
  #taken: EncodedEntry<unknown>[] = [];

  arrived({ topic, occurredAt, recordedAt }: Entry): void {
    this.#topic(topic).collected.add(recordedAt - occurredAt, recordedAt);
  }

  executed({ topic, recordedAt }: Entry): void {
    const now = Date.now();
    this.#topic(topic).executed.add(now - recordedAt, now);
  }

  /** A subscriber takes a frame that is news to it, to have it written in this tick. */
  taken(encoded: EncodedEntry<unknown>): void {
    if (encoded.taken++ > 0) return;
    if (this.#taken.length === 0) setImmediate(() => this.#written());
    this.#taken.push(encoded);
  }

  /** Mean over all topics from arrival to writing, milliseconds; null without any. */
  writtenMs(): number | null {
    return this.#all.recent.summary().mean;
  }

  stats(): readonly TopicLatency[] {
    return [...this.#topics].map(([topic, { collected, executed, written }]) => {
      const came = collected.recent.summary();
      const went = written.recent.summary();
      return {
        topic,
        entries: came.count,
        collectedMs: came.mean,
        executedMs: executed.recent.summary().mean,
        writtenMs: went.mean,
        written: went.count,
      };
    });
  }

  histograms(): LatencyHistograms {
    return {
      message: this.#all.all.snapshot(),
      topics: [...this.#topics].flatMap(([topic, durations]) =>
        stages.map((stage) => ({ topic, stage, histogram: durations[stage].all.snapshot() })),
      ),
    };
  }

  #written(): void {
    const now = Date.now();
    const taken = this.#taken;
    this.#taken = [];
    for (const encoded of taken) {
      const { topic, recordedAt } = encoded.entry;
      this.#topic(topic).written.add(now - recordedAt, now, encoded.taken);
      this.#all.add(now - recordedAt, now, encoded.taken);
      encoded.taken = 0;
    }
  }

  #topic(name: string): Topic {
    let topic = this.#topics.get(name);
    if (topic === undefined) this.#topics.set(name, (topic = new Topic()));
    return topic;
  }
}
