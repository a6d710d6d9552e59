import { smallest } from '../lib/extremes.ts';
import { intervalMinMs } from '../journal/demand.ts';
import type { Journal } from '../journal/journal.ts';
import { raceAbort } from '../lib/race-abort.ts';
import type { Log } from '../log/log.ts';
import type { Sample, Source } from './source.ts';

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

/**
 * Runs one source: at the interval of its fastest reader, at its background interval without readers, never two samples
 * at the same time, each with a time limit. A reader that arrives while the source is idle gets a fresh sample.
 */
export function run(source: Source, journal: Journal, log: Log): Runner {
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

  function schedule(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const paceMs = pace();
    if (paceMs === null || inFlight !== null || stopping.signal.aborted) return;
    timer = setTimeout(() => void sample(), Math.max(0, startedAt + paceMs - performance.now()));
  }

  /** Joins the current sample, or takes one. Never rejects. */
  function sample(): Promise<void> {
    inFlight ??= take().finally(() => {
      inFlight = null;
      schedule();
    });
    return inFlight;
  }

  async function take(): Promise<void> {
    startedAt = performance.now();
    const limit = new AbortController();
    const expiry = setTimeout(
      () => limit.abort(new Error(`no sample within ${source.timeoutMs} ms`)),
      source.timeoutMs,
    );
    const signal = AbortSignal.any([limit.signal, stopping.signal]);
    try {
      await record(await raceAbort(takeSample(signal), signal));
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
      clearTimeout(expiry);
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
        await journal.log.append(taken.events);
        taken.recorded?.();
      } catch (error) {
        log.warn({ source: source.name, err: error }, 'events of the source are waiting for the database');
      }
    }
    if (!stopping.signal.aborted) journal.gauges.put(taken.gauges);
  }

  const undo = [
    journal.demand.onChange((topic) => {
      if (source.feeds.includes(topic)) schedule();
    }),
    ...source.feeds.map((topic) =>
      journal.demand.provide(topic, async (maxAgeMs) => {
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
      paceMs: pace(),
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
