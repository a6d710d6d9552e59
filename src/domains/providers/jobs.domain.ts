import pLimit from 'p-limit';
import type { DurableLog } from '../../journal/journal.ts';
import type { Job } from '../../jobs/job.ts';
import type { ProviderClient } from './client.ts';
import { collect } from './collection.ts';
import { crossingOf, limitRow } from './derived-events.ts';
import { logged, type ProviderDraft } from './events.ts';
import { probe } from './probe.ts';
import type { KnownProvider, ProviderRegistry } from './registry.ts';
import { isHigh, usageAt } from './usage.ts';

export interface Timings {
  /** A failed probe is repeated after this time. */
  readonly retryMs: number;
  /** How long an open circuit breaker stops the data collection of a provider. */
  readonly breakerOpenMs: number;
}

export interface JobsOptions {
  readonly registry: ProviderRegistry;
  readonly client: ProviderClient;
  readonly journal: DurableLog;
  readonly timings: Timings;
  /** Stores the statistics of this minute. */
  readonly storeMetrics: () => Promise<void>;
}

const everyFiveMinutesMs = 300_000;
const everyMinuteMs = 60_000;
/** Probes begin soon after a start, what is collected a little later. */
const firstCheckMs = 1_000;
const firstCollectionMs = 10_000;
/** A warning is not repeated so soon after the last one. */
const warnAgainMs = 30_000;

/** The scheduled jobs of providers. Everything that a job finds out is stored in the log. */
export function providerJobs(options: JobsOptions): readonly Job[] {
  const { registry, client, journal, timings } = options;
  // One request after the other, so that what follows from each is seen before the next is sent.
  const turns = new Map(registry.providers.map((provider) => [provider, pLimit(1)]));

  /** Runs a request for every provider, also when the rows of one cannot be stored. */
  async function askAll(ask: (provider: KnownProvider) => Promise<readonly ProviderDraft[]>): Promise<void> {
    const asked = [...turns].map(([provider, turn]) =>
      turn(async () => {
        const drafts = await ask(provider);
        if (drafts.length > 0) await journal.append(drafts);
      }),
    );
    const failed = (await Promise.allSettled(asked)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }

  let dueAt: number | null = null;
  /** When the collection that begins now should have begun; one that is triggered by hand is due when it comes. */
  function scheduledFor(now: number): number {
    const due = dueAt !== null && now >= dueAt && now - dueAt < everyFiveMinutesMs ? dueAt : now;
    dueAt = due + everyFiveMinutesMs;
    return due;
  }

  return [
    {
      id: 'health_checks',
      name: 'Health checks of providers',
      trigger: { everyMs: everyFiveMinutesMs, firstAfterMs: firstCheckMs },
      run: (signal) => askAll((provider) => probe(provider, { client, retryMs: timings.retryMs, signal })),
    },
    {
      id: 'data_collection',
      name: 'Data collection from providers',
      trigger: { everyMs: everyFiveMinutesMs, firstAfterMs: firstCollectionMs },
      async run(signal) {
        const scheduledAt = scheduledFor(Date.now());
        await askAll(async (provider) =>
          provider.settings.collect ? collect(provider, { client, scheduledAt, signal }) : [],
        );
      },
    },
    {
      id: 'rate_limit_snapshot',
      name: 'Snapshot of rate limits',
      trigger: { everyMs: everyMinuteMs },
      async run() {
        const drafts = registry.providers.flatMap((provider) => snapshot(provider, Date.now()));
        if (drafts.length > 0) await journal.append(drafts);
      },
    },
    {
      id: 'metrics_aggregation',
      name: 'Metrics of providers',
      trigger: { everyMs: everyMinuteMs },
      run: () => (registry.providers.length === 0 ? Promise.resolve() : options.storeMetrics()),
    },
  ];
}

/** How much of a limit is used, and a repeated warning when it is nearly used up; nothing without a limit. */
function snapshot(provider: KnownProvider, at: number): readonly ProviderDraft[] {
  const usage = usageAt(provider.history.usage, provider.settings.rateLimit, at);
  if (usage === null) return [];
  const row = logged('rateLimitLogged', at, limitRow(provider, usage));
  const again = isHigh(usage) && at - (provider.warnedAt ?? 0) >= warnAgainMs;
  const crossing = again ? crossingOf(provider, usage, { at, repeated: provider.warnedAt !== null }) : null;
  return crossing === null ? [row] : [row, crossing];
}
