import { getOrCreate } from '../lib/get-or-create.ts';
import { Histogram, type HistogramSnapshot } from '../lib/histogram.ts';
import { RollingWindow } from '../lib/rolling-window.ts';
import type { TopicLatency } from '../graph/server-stats.ts';
import type { Entry } from '../journal/topic.ts';
import type { EncodedEntry } from './frame-cache.ts';

/** Latencies since the process started. */
export interface LatencyHistograms {
  /** From the recording to the writing, per message, for all topics. */
  readonly message: HistogramSnapshot;
  readonly topics: readonly {
    readonly topic: string;
    readonly stage: 'collected' | 'executed' | 'written';
    readonly histogram: HistogramSnapshot;
  }[];
}

/** One latency: of the last minute, and since the process started. */
class Durations {
  readonly recent = new RollingWindow();
  readonly total = new Histogram();

  add(ms: number, at: number, count = 1): void {
    this.recent.add(ms, at, count);
    this.total.add(ms, count);
  }
}

class TopicDurations {
  readonly collected = new Durations();
  readonly executed = new Durations();
  readonly written = new Durations();
}

const stages = ['collected', 'executed', 'written'] as const;

/**
 * Measures how long entries take from their source to the sockets. Per message it only counts: the clock is read once
 * per tick, after all frames of the tick have been written.
 */
export class LatencyTracker {
  readonly #topics = new Map<string, TopicDurations>();
  readonly #all = new Durations();
  #taken: EncodedEntry<unknown>[] = [];

  arrived({ topic, occurredAt, recordedAt }: Entry): void {
    this.#topic(topic).collected.add(recordedAt - occurredAt, recordedAt);
  }

  executed({ topic, recordedAt }: Entry): void {
    const now = Date.now();
    this.#topic(topic).executed.add(now - recordedAt, now);
  }

  /** A subscriber has taken a frame that will be written in this tick. */
  taken(encoded: EncodedEntry<unknown>): void {
    if (encoded.taken++ > 0) return;
    if (this.#taken.length === 0) setImmediate(() => this.#written());
    this.#taken.push(encoded);
  }

  /** Mean from recording to writing for all topics, in milliseconds. Null without messages. */
  writtenMs(): number | null {
    return this.#all.recent.summary().mean;
  }

  stats(): readonly TopicLatency[] {
    return [...this.#topics].map(([topic, { collected, executed, written }]) => {
      const arrivals = collected.recent.summary();
      const writes = written.recent.summary();
      return {
        topic,
        entries: arrivals.count,
        collectedMs: arrivals.mean,
        executedMs: executed.recent.summary().mean,
        writtenMs: writes.mean,
        written: writes.count,
      };
    });
  }

  histograms(): LatencyHistograms {
    return {
      message: this.#all.total.snapshot(),
      topics: [...this.#topics].flatMap(([topic, durations]) =>
        stages.map((stage) => ({ topic, stage, histogram: durations[stage].total.snapshot() })),
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

  #topic(name: string): TopicDurations {
    return getOrCreate(this.#topics, name, () => new TopicDurations());
  }
}
