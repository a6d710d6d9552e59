import { retainedEntries } from '../../journal/retention.ts';
import { polledGauges } from '../../sources/polled-gauge.ts';
import type { Domain } from '../domain.ts';
import { ProviderClient } from './client.ts';
import type { ProviderSettings } from './config.ts';
import { providerEvents, providerLog, providerStatusSampled, providerSummarySampled } from './events.ts';
import './events.graph.ts';
import './graph.ts';
import './links.graph.ts';
import { providerJobs, type Timings } from './jobs.domain.ts';
import './logs.graph.ts';
import { providerLogTable, retainedLogs } from './logs.store.ts';
import { ProviderRegistry } from './registry.domain.ts';
import { providerTable, retainedMetrics } from './store.ts';
import './summary.graph.ts';
import './history.graph.ts';
import './rule-fields.graph.ts';

const defaults: Timings = { retryMs: 1_000, breakerOpenMs: 60_000 };

/**
 * Data providers: external HTTP services that this server probes, and from which it collects data, within their rate
 * limits. Every request is logged. Of the collected data only statistics are kept.
 */
export function providersDomain(
  configured: readonly ProviderSettings[],
  {
    historyMs = null,
    ...given
  }: Partial<Timings> & {
    /** The interval of samples without readers, for the history. Default: none are taken then. */
    readonly historyMs?: number | null;
  } = {},
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
      const registry = await ProviderRegistry.open(context, configured, timings.breakerOpenMs);
      const client = new ProviderClient();
      return {
        sources: [
          // Limits are reset and log entries get older than an hour without an event.
          polledGauges({
            name: 'providers',
            topics: [providerSummarySampled, providerStatusSampled],
            backgroundMs: historyMs,
            read: () => registry.sample(),
          }),
        ],
        jobs: providerJobs({ registry, client, context, timings }),
        async stop() {
          await client[Symbol.asyncDispose]();
          await registry.stop();
        },
      };
    },
  };
}
