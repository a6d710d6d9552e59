import { append } from '../../lib/append.ts';
import { ownId } from '../../journal/own-ids.ts';
import { retainedEntries } from '../../journal/retention.ts';
import type { Entry, Gauge } from '../../journal/topic.ts';
import { Breaker } from '../../lib/breaker.ts';
import { polledGauges } from '../../sources/polled-gauge.ts';
import type { Domain, DomainContext } from '../domain.ts';
import { createProviderClient } from './client.ts';
import { crossingOf } from './derived-events.ts';
import {
  providerEvents,
  providerLog,
  providerStatusSampled,
  providerSummarySampled,
  summaryKey,
  type ProviderDraft,
} from './events.ts';
import './events.graph.ts';
import './graph.ts';
import './logs.graph.ts';
import './summary.graph.ts';
import { providerJobs, type Timings } from './jobs.domain.ts';
import { countByType, providerLogTable, retainedLogs } from './logs.store.ts';
import type { ProviderSettings } from './settings.ts';
import {
  createProviderRegistry,
  knownProvider,
  summaryOf,
  type Applied,
  type HourCounts,
  type KnownProvider,
  type ProviderRegistry,
} from './registry.ts';
import { providerTable, readProviders, retainedMetrics, storeConfigured, storeMetrics } from './store.ts';
import { thresholdReached, usageAt } from './usage.ts';

const defaults: Timings = { retryMs: 1_000, breakerOpenMs: 60_000 };
const hourMs = 3_600_000;

/** Providers of data: probed and collected from over HTTP within their limits, every request logged. */
export function providersDomain(
  configured: readonly ProviderSettings[],
  given: Partial<Timings> = {},
): Domain {
  const timings = { ...defaults, ...given };
  return {
    name: 'providers',
    handlers: [providerLogTable, providerTable],
    retained: [
      retainedEntries(providerLog.name),
      retainedEntries(providerEvents.name),
      retainedLogs,
      retainedMetrics,
    ],
    async start(context) {
      const { database, journal } = context;
      const follower = await followProviders(context, configured, timings);
      const client = createProviderClient();
      return {
        sources: [
          // limits are reset and rows grow old without any event
          polledGauges({
            name: 'providers',
            topics: [providerSummarySampled, providerStatusSampled],
            read: follower.sample,
          }),
        ],
        jobs: providerJobs({
          registry: follower.registry,
          client,
          journal: journal.log,
          timings,
          async storeMetrics() {
            await follower.count();
            const { lastUpdateAt: _, ...statistics } = follower.summary();
            await storeMetrics(database.kysely, { at: new Date(), ...statistics });
          },
        }),
        async stop() {
          await client[Symbol.asyncDispose]();
          await follower.stop();
        },
      };
    },
  };
}

/** Keeps the gauges at what the log says, whichever instance sent the requests. */
async function followProviders(
  { database, journal, log }: DomainContext,
  configured: readonly ProviderSettings[],
  timings: Timings,
) {
  const { registry, follow } = await openRegistry(journal, configured, timings);
  let hour: HourCounts = { requests: 0, failures: 0 };
  let storing: Promise<unknown> = Promise.resolve();

  async function count(): Promise<void> {
    const counts = await countByType(database.kysely, new Date(Date.now() - hourMs));
    hour = {
      requests: counts.connectionLogged + counts.collectionLogged,
      failures: counts.failureLogged,
    };
  }

  function gauges(
    providers: readonly KnownProvider[],
    isUrgent: (provider: KnownProvider) => boolean,
  ): readonly Gauge[] {
    const sampledAt = Date.now();
    const payload = { ...summaryOf(registry, hour), sampledAt };
    return [
      ...providers.map((provider) => ({
        topic: providerStatusSampled,
        key: provider.settings.name,
        payload: registry.status(provider, sampledAt),
        urgent: isUrgent(provider),
      })),
      { topic: providerSummarySampled, key: summaryKey, payload, urgent: providers.some(isUrgent) },
    ];
  }

  function take(entries: readonly Entry[]): void {
    const concerned = new Set<KnownProvider>();
    const changed = new Set<KnownProvider>();
    const drafts: ProviderDraft[] = [];
    for (const entry of entries) {
      const applied = registry.apply(entry);
      if (applied === null) continue;
      const { provider, before } = applied;
      concerned.add(provider);
      if (before.status !== provider.history.status || entry.topic === providerEvents.name)
        changed.add(provider);
      hour = counted(hour, entry);
      append(drafts, crossingByReport(entry, applied));
    }
    if (concerned.size > 0) journal.gauges.put(gauges([...concerned], (provider) => changed.has(provider)));
    if (drafts.length > 0)
      storing = storing
        .then(() => journal.log.append(drafts))
        .catch((error: unknown) => log.warn({ err: error }, 'cannot store an event of providers'));
  }

  const following = follow(take);
  await count();
  journal.gauges.put(gauges(registry.providers, () => true));

  return {
    registry,
    count,
    summary: () => summaryOf(registry, hour),
    async sample() {
      await count().catch((error: unknown) =>
        log.debug({ err: error }, 'cannot count the rows of the last hour; the counts stay as they were'),
      );
      return gauges(registry.providers, () => false);
    },
    async stop() {
      following[Symbol.dispose]();
      await storing;
    },
  };
}

/** The registry as the store has it, and a way to follow what is appended from then on, each entry once. */
async function openRegistry(
  journal: DomainContext['journal'],
  configured: readonly ProviderSettings[],
  { breakerOpenMs }: Timings,
): Promise<{
  registry: ProviderRegistry;
  follow: (take: (entries: readonly Entry[]) => void) => Disposable;
}> {
  const held: Entry[] = [];
  let passOn = (entries: readonly Entry[]): void => append(held, entries);
  const following = journal.log.onAppend((entries) => passOn(entries));
  const names = configured.map(({ name }) => name);
  const { value } = await journal.log.transact(async (db) => {
    await storeConfigured(db, configured);
    return { value: await readProviders(db, names), drafts: [] };
  });
  const rows = new Map(value.rows.map((row) => [row.name, row]));
  const known = configured.flatMap((settings) => {
    const row = rows.get(settings.name);
    return row === undefined ? [] : [knownProvider(settings, row, new Breaker(breakerOpenMs))];
  });
  return {
    registry: createProviderRegistry(known),
    follow(take) {
      passOn = (entries) => take(entries.filter(({ seq }) => seq > value.upTo));
      passOn(held.splice(0));
      return following;
    },
  };
}

function counted({ requests, failures }: HourCounts, { type }: Entry): HourCounts {
  if (type === 'failureLogged') return { requests, failures: failures + 1 };
  const isRequest = type === 'connectionLogged' || type === 'collectionLogged';
  return { requests: requests + (isRequest ? 1 : 0), failures };
}

/** A producer's report may reach a threshold as well: every instance appends the event, which is stored once. */
function crossingByReport(entry: Entry, { provider, before }: Applied): readonly ProviderDraft[] {
  const { usage } = provider.history;
  if (entry.type !== 'rateLimitUsageReported' || usage === null || usage.resetAt <= entry.recordedAt)
    return [];
  const usageBefore = usageAt(before.usage, provider.settings.rateLimit, entry.recordedAt);
  if (thresholdReached(usageBefore, usage) === null) return [];
  const crossing = crossingOf(provider, usage, {
    at: entry.recordedAt,
    repeated: false,
    id: ownId('rateLimitCrossed:', entry.seq),
  });
  return crossing === null ? [] : [crossing];
}
