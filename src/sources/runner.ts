import { smallest } from '../lib/extremes.ts';
import { intervalMinMs } from '../journal/demand.ts';
import type { Leases } from '../cluster/leases.ts';
import type { DurableLog, Journal } from '../journal/journal.ts';
import { waitAtMost } from '../lib/wait-at-most.ts';
import { withTimeLimit } from '../lib/with-time-limit.ts';
import { raceAbort } from '../lib/race-abort.ts';
import type { Log } from '../log/log.ts';
import type { Draft } from '../journal/topic.ts';
import type { Sample, Source } from './source.ts';

/** How long a query waits for a value of another instance. */
const otherWaitMs = 2_000;

/** Statistics of a source, for metrics and for the share of successful samples. */
export interface SourceStats {
  readonly name: string;
  readonly samples: number;
  readonly failures: number;
  /** Duration of the last sample, milliseconds; null before the first. */
  readonly lastDurationMs: number | null;
  /** The current interval; null: it is idle. */
  readonly paceMs: number | null;
  /** Whether the last sample failed; null before the first. */
  readonly failing: boolean | null;
  /** Unix milliseconds of the last successful sample; null before it. */
  readonly lastSuccessAt: number | null;
}

export interface Runner extends AsyncDisposable {
  stats(): SourceStats;
}

/** What divides sources among the instances on one database. */
export interface SharedWork {
  readonly leases: Leases;
  /** Stores events together with the check of the lease. */
  readonly transact: DurableLog['transact'];
}

/**
 * Runs one source: at the interval of its fastest reader, at its background interval without readers, never two samples
 * at the same time, each with a time limit. A reader that arrives while the source is idle gets a fresh sample.
 *
 * @param shared without it, sources with a lease run as well
 */
export function run(source: Source, journal: Journal, log: Log, shared: SharedWork | null = null): Runner {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | null = null;
  let startedAt = Number.NEGATIVE_INFINITY; // of the latest sample, on the monotonic clock
  let inFlight: Promise<void> | null = null;
  let samples = 0;
  let failures = 0;
  let failing = false;
  let working = false; // the source's own promise, which may ignore its signal
  let lastDurationMs: number | null = null;
  let lastSuccessAt: number | null = null;

  function pace(): number | null {
    const { fastestMs = intervalMinMs, otherFeedsFastestMs = fastestMs } = source;
    const requested = source.feeds.flatMap((topic, at) => {
      const everyMs = journal.demand.pace(topic);
      return everyMs === null ? [] : [Math.max(everyMs, at === 0 ? fastestMs : otherFeedsFastestMs)];
    });
    const fastest = smallest(requested);
    if (fastest === null || source.backgroundMs === null) return fastest ?? source.backgroundMs;
    return Math.min(fastest, source.backgroundMs);
  }

  /** Whether it is this instance that runs the source. */
  function isOurs(): boolean {
    return source.lease === undefined || shared === null || shared.leases.holds(source.lease);
  }

  function schedule(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (!isOurs()) return;
    const paceMs = pace();
    if (paceMs === null || inFlight !== null || stopping.signal.aborted) return;
    timer = setTimeout(() => void sample(), Math.max(0, startedAt + paceMs - performance.now()));
  }

  /** Joins the current sample, or takes one. Never rejects. */
  function sample(): Promise<void> {
    if (!isOurs()) return inFlight ?? Promise.resolve();
    inFlight ??= take().finally(() => {
      inFlight = null;
      schedule();
    });
    return inFlight;
  }

  async function take(): Promise<void> {
    startedAt = performance.now();
    try {
      await withTimeLimit(
        source.timeoutMs,
        stopping.signal,
        async (signal) => record(await raceAbort(takeSample(signal), signal)),
        () => new Error(`no sample within ${source.timeoutMs} ms`),
      );
      samples++;
      lastSuccessAt = Date.now();
      if (failing) log.info({ source: source.name }, 'the source recovered');
      failing = false;
    } catch (error) {
      failures++;
      if (!failing && !stopping.signal.aborted)
        log.warn({ source: source.name, err: error }, 'the source failed');
      failing = true;
    } finally {
      lastDurationMs = performance.now() - startedAt;
    }
  }

  async function takeSample(signal: AbortSignal): Promise<Sample> {
    if (working) throw new Error('the previous sample has not ended yet');
    working = true;
    try {
      return await source.sample(signal, pace());
    } finally {
      working = false;
    }
  }

  async function record(taken: Sample): Promise<void> {
    if (taken.events !== undefined && taken.events.length > 0) {
      try {
        await store(taken.events);
        taken.recorded?.();
      } catch (error) {
        log.warn({ source: source.name, err: error }, 'events of the source are waiting for the database');
      }
    }
    if (!stopping.signal.aborted && isOurs()) journal.gauges.put(taken.gauges);
  }

  /** A holder that was paused must not store what another instance has stored meanwhile. */
  async function store(events: readonly Draft[]): Promise<void> {
    const { lease } = source;
    if (lease === undefined || shared === null) await journal.log.append(events);
    else
      await shared.transact(async (db) => {
        await shared.leases.confirm(lease, db);
        return { value: null, drafts: events };
      });
  }

  /** Waits for the next value of the instance that runs the source, which the demand makes it take. */
  async function refreshedByOther(topic: string, maxAgeMs: number): Promise<void> {
    if (Date.now() - journal.gauges.putAt(topic) <= maxAgeMs) return;
    let arrived = (): void => {};
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    const listening = journal.gauges.onPut((entries) => {
      if (entries.some((entry) => entry.topic === topic)) arrived();
    });
    const demand = journal.demand.watch(topic, Math.max(maxAgeMs, intervalMinMs));
    await waitAtMost(otherWaitMs, arrival);
    demand[Symbol.dispose]();
    listening[Symbol.dispose]();
  }

  const undo = [
    ...(shared === null ? [] : [shared.leases.onChange(schedule)]),
    journal.demand.onChange((topic) => {
      if (source.feeds.includes(topic)) schedule();
    }),
    ...source.feeds.map((topic) =>
      journal.demand.provide(topic, async (maxAgeMs) => {
        if (!isOurs()) return refreshedByOther(topic, maxAgeMs);
        const since = performance.now() - maxAgeMs;
        if (startedAt < since) await inFlight; // it may have sampled before
        if (startedAt < since) await sample();
        else await inFlight;
      }),
    ),
  ];
  schedule();

  return {
    stats: () => ({
      name: source.name,
      samples,
      failures,
      lastDurationMs,
      paceMs: isOurs() ? pace() : null,
      failing: samples + failures === 0 ? null : failing,
      lastSuccessAt,
    }),
    async [Symbol.asyncDispose]() {
      stopping.abort(new Error('the server is stopping'));
      for (const one of undo) one[Symbol.dispose]();
      if (timer !== null) clearTimeout(timer);
      await inFlight;
      await source[Symbol.asyncDispose]?.();
    },
  };
}
