import { largest } from '../../lib/extremes.ts';
import { round } from '../../lib/round.ts';
import type { ProviderSummary, SystemHealth } from './events.ts';
import { statusOf, type Provider } from './provider.ts';

/** Log entries of the last 60 minutes. */
export type HourCounts = Pick<ProviderSummary, 'lastHourRequestCount' | 'lastHourFailureCount'>;

/** Statistics of all providers. */
export function summaryOf(
  providers: readonly Provider[],
  hour: HourCounts,
): Omit<ProviderSummary, 'sampledAt'> {
  const states = providers.map((provider) => statusOf(provider, 0).status);
  const count = (wanted: string): number => states.filter((state) => state === wanted).length;
  const times = providers.flatMap(({ history }) => history.lastSuccessMs ?? []);
  const onlineCount = count('ONLINE');
  return {
    providerCount: states.length,
    onlineCount,
    degradedCount: count('DEGRADED'),
    offlineCount: count('OFFLINE'),
    avgResponseTimeMs:
      times.length === 0 ? null : round(times.reduce((sum, time) => sum + time, 0) / times.length, 2),
    ...hour,
    systemHealth: healthOf(onlineCount, states.length - count('UNKNOWN')),
    lastUpdateAt: largest(providers.flatMap(({ history }) => history.lastCheckAt ?? [])),
  };
}

/** @param known the number of providers with a known status. */
export function healthOf(online: number, known: number): SystemHealth {
  if (known === 0) return 'UNKNOWN';
  const share = online / known;
  if (share >= 0.9) return 'HEALTHY';
  return share >= 0.7 ? 'DEGRADED' : 'UNHEALTHY';
}
