import type { ExecutionResult } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { GraphContext, ServerInfo } from '../graph/context.ts';
import type { Gauges } from '../journal/gauges.ts';
import type { Share } from '../lib/memory-budget.ts';

/** A response. The JSON is created when it is first read. */
class CachedResponse {
  readonly result: ExecutionResult;
  #text: string | null = null;

  constructor(result: ExecutionResult) {
    this.result = result;
  }

  get text(): string {
    return (this.#text ??= JSON.stringify(this.result));
  }
}

const responsesMax = 1_000;
/** Maximum age of a cached response, because resolvers may depend on the time of day. */
const ageMaxMs = 1_000;

/**
 * Caches the responses of queries that read only gauges, until one of these gauges changes. No query declares that it
 * can be cached: a `ReadTracker` records what its resolvers read, and a query that reads anything else, such as the
 * database, is not cached.
 */
export class ResponseCache {
  readonly #gauges: Gauges;
  readonly #cached: LRUCache<string, { response: CachedResponse; reads: ReadTracker }>;

  constructor(gauges: Gauges, memory: Share) {
    this.#gauges = gauges;
    this.#cached = new LRUCache({
      max: responsesMax,
      maxSize: Math.max(1, memory.bytesMax),
      sizeCalculation: ({ response }, key) => 2 * (response.text.length + key.length) + 1,
    });
    memory.observe(() => this.#cached.calculatedSize);
  }

  find(key: string): CachedResponse | null {
    const found = this.#cached.get(key);
    if (found === undefined) return null;
    if (found.reads.isCurrent(this.#gauges)) return found.response;
    this.#cached.delete(key);
    return null;
  }

  /** Adds a response without errors, if its resolvers have read only gauges and these have not changed. */
  add(key: string, result: ExecutionResult, reads: ReadTracker): void {
    if (result.errors === undefined && reads.isCurrent(this.#gauges))
      this.#cached.set(key, { response: new CachedResponse(result), reads });
  }
}

/** Records what the resolvers of one query read. */
export class ReadTracker {
  readonly #startedAt = Date.now();
  readonly #versions = new Map<string, number>();
  /** The maximum age that resolvers have requested for a topic, in milliseconds. */
  readonly #maxAges = new Map<string, number>();
  /** When the oldest value that was read of a topic was recorded. */
  readonly #oldest = new Map<string, number>();
  #readOtherData = false;

  /** Returns a context whose reads are recorded. */
  tracked(context: GraphContext): GraphContext {
    const otherData = (): void => {
      this.#readOtherData = true;
    };
    const { gauges, demand } = context.journal;
    const journal = {
      gauges: this.#tracked(gauges),
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
        otherData();
        return context.journal.log;
      },
      get recorder() {
        otherData();
        return context.journal.recorder;
      },
    };
    return {
      viewer: context.viewer,
      journal,
      serverInfo: trackedInfo(context.serverInfo, otherData),
      get db() {
        otherData();
        return context.db;
      },
    };
  }

  /** Whether all values that were read are unchanged and not older than requested. */
  isCurrent(gauges: Gauges): boolean {
    if (this.#readOtherData || this.#versions.size === 0) return false;
    const now = Date.now();
    if (now >= this.#startedAt + ageMaxMs) return false;
    for (const [topic, version] of this.#versions) if (gauges.versionOf(topic) !== version) return false;
    for (const [topic, maxAgeMs] of this.#maxAges)
      if (now - (this.#oldest.get(topic) ?? 0) >= maxAgeMs) return false;
    return true;
  }

  #tracked(gauges: Gauges): Gauges {
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
        this.#readOtherData = true;
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

/** Constants of the server info are passed through. Its functions return state, which counts as other data. */
function trackedInfo(serverInfo: ServerInfo, otherData: () => void): ServerInfo {
  return new Proxy(serverInfo, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value === 'function') otherData();
      return value;
    },
  });
}

function bound(target: object, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name, target);
  return typeof value === 'function' ? (value.bind(target) as unknown) : value;
}
