import type { ExecutionResult } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { ServerInfo, GraphContext } from '../graph/context.ts';
import type { Gauges } from '../journal/gauges.ts';
import type { Share } from '../lib/memory-budget.ts';

/** A result, and its text once it was needed. */
export class Answer {
  readonly result: ExecutionResult;
  #text: string | null = null;

  constructor(result: ExecutionResult) {
    this.result = result;
  }

  get text(): string {
    return (this.#text ??= JSON.stringify(this.result));
  }
}

const answersMax = 1_000;
/** Whatever a resolver may know of the time of day: no answer is given again for longer. */
const rememberedMs = 1_000;

interface Remembered {
  readonly answer: Answer;
  readonly reading: ReadTracker;
}

/**
 * ResponseCache to queries over gauges: equal queries between two values are answered from the same bytes. Nobody declares a
 * query fit for that. While it runs it is noted which gauges its resolvers read and how fresh they asked them to be; one
 * that reads anything else, such as the database, is not remembered.
 */
export class ResponseCache {
  readonly #gauges: Gauges;
  readonly #known: LRUCache<string, Remembered>;

  constructor(gauges: Gauges, memory: Share) {
    this.#gauges = gauges;
    this.#known = new LRUCache<string, Remembered>({
      max: answersMax,
      maxSize: Math.max(1, memory.bytesMax),
      sizeCalculation: ({ answer }, key) => 2 * (answer.text.length + key.length) + 1,
    });
    memory.observe(() => this.#known.calculatedSize);
  }

  find(key: string): Answer | null {
    const known = this.#known.get(key);
    if (known === undefined) return null;
    if (known.reading.holds(this.#gauges)) return known.answer;
    this.#known.delete(key);
    return null;
  }

  keep(key: string, result: ExecutionResult, reading: ReadTracker): void {
    if (result.errors === undefined && reading.holds(this.#gauges))
      this.#known.set(key, { answer: new Answer(result), reading });
  }
}

/** What the resolvers of one query have read. */
export class ReadTracker {
  readonly #startedAt = Date.now();
  readonly #versions = new Map<string, number>();
  /** How old values of a topic may be, milliseconds. */
  readonly #maxAges = new Map<string, number>();
  readonly #oldest = new Map<string, number>();
  #elsewhere = false;

  /** The same context, on whose way to the gauges is noted what is read. */
  context(context: GraphContext): GraphContext {
    const elsewhere = (): void => {
      this.#elsewhere = true;
    };
    const { gauges, demand } = context.journal;
    const journal = {
      gauges: this.#noted(gauges),
      demand: new Proxy(demand, {
        get: (target, name) =>
          name === 'refresh'
            ? (topic: string, maxAgeMs: number, waitMs: number) => {
                this.#maxAges.set(topic, Math.min(maxAgeMs, this.#maxAges.get(topic) ?? maxAgeMs));
                return target.refresh(topic, maxAgeMs, waitMs);
              }
            : bound(target, name),
      }),
      get log() {
        elsewhere();
        return context.journal.log;
      },
      get recorder() {
        elsewhere();
        return context.journal.recorder;
      },
    };
    return {
      viewer: context.viewer,
      journal,
      serverInfo: constants(context.serverInfo, elsewhere),
      get db() {
        elsewhere();
        return context.db;
      },
    };
  }

  /** Whether everything that was read is still as it was, and as fresh as it was asked to be. */
  holds(gauges: Gauges): boolean {
    if (this.#elsewhere || this.#versions.size === 0) return false;
    const now = Date.now();
    if (now >= this.#startedAt + rememberedMs) return false;
    for (const [topic, version] of this.#versions) if (gauges.versionOf(topic) !== version) return false;
    for (const [topic, maxAgeMs] of this.#maxAges)
      if (now - (this.#oldest.get(topic) ?? 0) >= maxAgeMs) return false;
    return true;
  }

  #noted(gauges: Gauges): Gauges {
    return new Proxy(gauges, {
      get: (target, name) => {
        if (name === 'newest') {
          return (topic: { name: string }, key: string) => {
            const entry = target.newest(topic as never, key);
            this.#read(target, topic.name, entry?.recordedAt);
            return entry;
          };
        }
        if (name === 'all') {
          return (topic: { name: string }) => {
            const entries = target.all(topic as never);
            this.#read(target, topic.name, entries[0]?.recordedAt);
            for (const { recordedAt } of entries) this.#read(target, topic.name, recordedAt);
            return entries;
          };
        }
        this.#elsewhere = true;
        return bound(target, name);
      },
    });
  }

  #read(gauges: Gauges, topic: string, recordedAt: number | undefined): void {
    if (!this.#versions.has(topic)) this.#versions.set(topic, gauges.versionOf(topic));
    if (recordedAt === undefined) return;
    this.#oldest.set(topic, Math.min(recordedAt, this.#oldest.get(topic) ?? recordedAt));
  }
}

/** The server info: constants are passed through, and a call of a function makes the query uncacheable. */
function constants(serverInfo: ServerInfo, elsewhere: () => void): ServerInfo {
  return new Proxy(serverInfo, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value === 'function') elsewhere();
      return value;
    },
  });
}

function bound(target: object, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name, target);
  return typeof value === 'function' ? (value.bind(target) as unknown) : value;
}
