import { reservedId } from '../../journal/reserved-ids.ts';
import type { Entry, Gauge } from '../../journal/topic.ts';
import { append } from '../../lib/append.ts';
import { Breaker } from '../../lib/breaker.ts';
import type { DomainContext } from '../domain.ts';
import type { ProviderSettings } from './config.ts';
import { crossingOf } from './derived-events.ts';
import {
  providerEvents,
  providerLog,
  providerStatusSampled,
  providerSummarySampled,
  summaryKey,
  type ProviderDraft,
  type ProviderHistory,
} from './events.ts';
import { afterEntry, noHistory } from './history.ts';
import { countRequests } from './logs.store.ts';
import { statusOf, type Provider } from './provider.ts';
import { readProviders, storeConfigured } from './store.ts';
import { summaryOf, type HourCounts } from './summary.ts';
import { thresholdReached, usageAt } from './usage.ts';

/**
 * The state of the configured providers: read from the tables at the start, then updated with each entry of the log,
 * whichever instance sent the request. It puts the gauges after each change, and sends no requests itself.
 */
export class ProviderRegistry {
  readonly providers: readonly Provider[];
  readonly #context: DomainContext;
  readonly #listening: Disposable;
  readonly #byName: ReadonlyMap<string, Provider>;
  #hour: HourCounts = { lastHourRequestCount: 0, lastHourFailureCount: 0 };
  #storing: Promise<unknown> = Promise.resolve();

  private constructor(context: DomainContext, providers: readonly Provider[], listening: Disposable) {
    this.#context = context;
    this.#listening = listening;
    this.providers = providers;
    this.#byName = new Map(providers.map((provider) => [provider.settings.name, provider]));
  }

  static async open(
    context: DomainContext,
    configured: readonly ProviderSettings[],
    breakerOpenMs: number,
  ): Promise<ProviderRegistry> {
    const { log } = context.journal;
    // Entries are held until the tables are read, and then applied unless the tables already include them.
    const held: Entry[] = [];
    let receive = (entries: readonly Entry[]): void => append(held, entries);
    const listening = log.onAppend((entries) => receive(entries));
    const { value } = await log.transact(async (db) => {
      await storeConfigured(db, configured);
      const names = configured.map(({ name }) => name);
      return { value: await readProviders(db, names), drafts: [] };
    });
    const rows = new Map(value.rows.map((row) => [row.name, row]));
    const providers = configured.flatMap((settings): Provider[] => {
      const row = rows.get(settings.name);
      if (row === undefined) return [];
      const { id, history } = row;
      const breaker = new Breaker(breakerOpenMs);
      return [{ id, settings, history: history ?? noHistory, warnedAt: null, breaker }];
    });
    const registry = new ProviderRegistry(context, providers, listening);
    receive = (entries) => registry.#apply(entries.filter(({ seq }) => seq > value.upTo));
    receive(held);
    await registry.count();
    registry.#put(providers, new Set(providers));
    return registry;
  }

  #apply(entries: readonly Entry[]): void {
    const concerned = new Set<Provider>();
    const urgent = new Set<Provider>();
    const drafts: ProviderDraft[] = [];
    for (const entry of entries) {
      if (entry.topic !== providerLog.name && entry.topic !== providerEvents.name) continue;
      const provider = this.#byName.get(entry.key);
      if (provider === undefined) continue;
      const before = provider.history;
      provider.history = afterEntry(before, provider.settings.rateLimit, entry);
      if (entry.type === 'rateLimitCrossed') provider.warnedAt = entry.occurredAt;
      concerned.add(provider);
      if (before.status !== provider.history.status || entry.topic === providerEvents.name)
        urgent.add(provider);
      this.#hour = withEntry(this.#hour, entry);
      append(drafts, crossingByReport(entry, provider, before));
    }
    if (concerned.size > 0) this.#put([...concerned], urgent);
    if (drafts.length > 0) this.#store(drafts);
  }

  /** Counts the requests of the last hour again: older ones drop out without an event. */
  async count(): Promise<void> {
    this.#hour = await countRequests(this.#context.database.kysely, new Date(Date.now() - 3_600_000));
  }

  summary(): ReturnType<typeof summaryOf> {
    return summaryOf(this.providers, this.#hour);
  }

  /** The current values of all gauges. */
  async sample(): Promise<readonly Gauge[]> {
    await this.count().catch((error: unknown) =>
      this.#context.log.debug(
        { err: error },
        'cannot count the requests to providers; keeping the last counts',
      ),
    );
    return this.#gauges(this.providers, new Set());
  }

  /** Stops following the log. Resolves when the events that are being stored are stored. */
  async stop(): Promise<void> {
    this.#listening[Symbol.dispose]();
    await this.#storing;
  }

  #put(providers: readonly Provider[], urgent: ReadonlySet<Provider>): void {
    this.#context.journal.gauges.put(this.#gauges(providers, urgent));
  }

  #gauges(providers: readonly Provider[], urgent: ReadonlySet<Provider>): readonly Gauge[] {
    const sampledAt = Date.now();
    return [
      ...providers.map((provider) => ({
        topic: providerStatusSampled,
        key: provider.settings.name,
        payload: statusOf(provider, sampledAt),
        urgent: urgent.has(provider),
      })),
      {
        topic: providerSummarySampled,
        key: summaryKey,
        payload: { ...this.summary(), sampledAt },
        urgent: urgent.size > 0,
      },
    ];
  }

  #store(drafts: readonly ProviderDraft[]): void {
    const { journal, log } = this.#context;
    this.#storing = this.#storing
      .then(() => journal.log.append(drafts))
      .catch((error: unknown) => log.warn({ err: error }, 'cannot store an event of a provider'));
  }
}

function withEntry(counts: HourCounts, { type }: Entry): HourCounts {
  const isRequest = type === 'connectionLogged' || type === 'collectionLogged';
  return {
    lastHourRequestCount: counts.lastHourRequestCount + (isRequest ? 1 : 0),
    lastHourFailureCount: counts.lastHourFailureCount + (type === 'failureLogged' ? 1 : 0),
  };
}

/**
 * The event that a producer's report causes when its usage reaches a threshold. Every instance appends it, with the same
 * id, so it is stored once.
 */
function crossingByReport(
  entry: Entry,
  provider: Provider,
  before: ProviderHistory,
): readonly ProviderDraft[] {
  const { usage } = provider.history;
  const { recordedAt: at } = entry;
  if (entry.type !== 'rateLimitUsageReported' || usage === null || usage.resetAt <= at) return [];
  const usageBefore = usageAt(before.usage, provider.settings.rateLimit, at);
  if (thresholdReached(usageBefore, usage) === null) return [];
  return crossingOf(provider, usage, { at, repeated: false, id: reservedId('rateLimitCrossed:', entry.seq) });
}
