import pLimit from 'p-limit';
import type { Job } from '../../jobs/job.ts';
import type { DomainContext } from '../domain.ts';
import type { ProviderClient } from './client.ts';
import { collect } from './collection.ts';
import { crossingOf, rateLimitRow } from './derived-events.ts';
import type { ProviderDraft } from './events.ts';
import { probe } from './probe.ts';
import { logRow, type Provider } from './provider.ts';
import type { ProviderRegistry } from './registry.domain.ts';
import { storeMetrics } from './store.ts';
import { isHigh, usageAt } from './usage.ts';

export interface Timings {
  /** The time after which a failed probe request is repeated. */
  readonly retryMs: number;
  /** How long an open circuit breaker stops the data collection of a provider. */
  readonly breakerOpenMs: number;
}

export interface JobsOptions {
  readonly registry: ProviderRegistry;
  readonly client: ProviderClient;
  readonly context: DomainContext;
  readonly timings: Timings;
}

const fiveMinutesMs = 300_000;
const oneMinuteMs = 60_000;
/** The first runs after a start. */
const firstCheckMs = 1_000;
const firstCollectionMs = 10_000;
/** The minimum time between two events about the same usage. */
const warnAgainMs = 30_000;

/** The scheduled jobs of providers. Their results are stored in the log. */
export function providerJobs({ registry, client, context, timings }: JobsOptions): readonly Job[] {
  const { providers } = registry;
  const log = context.journal.log;
  // One request per provider at a time, so that its outcome is known before the next request is sent.
  const limits = new Map(providers.map((provider) => [provider, pLimit(1)]));

  /** Runs a request for every provider, even if storing the result of another one fails. */
  async function forEachProvider(
    send: (provider: Provider) => Promise<readonly ProviderDraft[]>,
  ): Promise<void> {
    const requests = [...limits].map(([provider, limit]) =>
      limit(async () => {
        const drafts = await send(provider);
        if (drafts.length > 0) await log.append(drafts);
      }),
    );
    const failed = (await Promise.allSettled(requests)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }

  let dueAt: number | null = null;
  /** When the collection that starts now was due. A run that is triggered by hand is due when it starts. */
  function scheduledFor(now: number): number {
    const due = dueAt !== null && now >= dueAt && now - dueAt < fiveMinutesMs ? dueAt : now;
    dueAt = due + fiveMinutesMs;
    return due;
  }

  return [
    {
      id: 'health_checks',
      name: 'Health checks of providers',
      trigger: { everyMs: fiveMinutesMs, firstAfterMs: firstCheckMs },
      run: (signal) =>
        forEachProvider((provider) => probe(provider, { client, retryMs: timings.retryMs, signal })),
    },
    {
      id: 'data_collection',
      name: 'Data collection from providers',
      trigger: { everyMs: fiveMinutesMs, firstAfterMs: firstCollectionMs },
      async run(signal) {
        const scheduledAt = scheduledFor(Date.now());
        await forEachProvider(async (provider) =>
          provider.settings.collect ? collect(provider, { client, scheduledAt, signal }) : [],
        );
      },
    },
    {
      id: 'rate_limit_snapshot',
      name: 'Snapshot of rate limits',
      trigger: { everyMs: oneMinuteMs },
      async run() {
        const drafts = providers.flatMap((provider) => snapshot(provider, Date.now()));
        if (drafts.length > 0) await log.append(drafts);
      },
    },
    {
      id: 'metrics_aggregation',
      name: 'Metrics of providers',
      trigger: { everyMs: oneMinuteMs },
      async run() {
        if (providers.length === 0) return;
        await registry.count();
        const { lastUpdateAt: _, ...statistics } = registry.summary();
        await storeMetrics(context.database.kysely, { at: new Date(), ...statistics });
      },
    },
  ];
}

/** The usage of a provider's limit, and an event if the usage is still high; nothing without a limit. */
function snapshot(provider: Provider, at: number): readonly ProviderDraft[] {
  const usage = usageAt(provider.history.usage, provider.settings.rateLimit, at);
  if (usage === null) return [];
  const row = logRow(provider, 'rateLimitLogged', at, rateLimitRow(usage));
  const warnsAgain = isHigh(usage) && at - (provider.warnedAt ?? 0) >= warnAgainMs;
  return [
    row,
    ...(warnsAgain ? crossingOf(provider, usage, { at, repeated: provider.warnedAt !== null }) : []),
  ];
}
