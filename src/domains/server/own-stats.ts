import type { ConnectionStats, SubscriptionStats } from './events.ts';

/** The parts of a server that count. */
export interface CountingServer {
  readonly registry: {
    snapshot(): {
      readonly open: ConnectionStats['sockets'];
      readonly endpoints: ConnectionStats['endpoints'];
    };
    recentFailures(): number;
  };
  readonly delivery: {
    messageLatencyMs(): number | null;
    stats(): {
      readonly groups: SubscriptionStats['groups'];
      readonly latency: SubscriptionStats['stages'];
      readonly ends: ReadonlyMap<string, number>;
      readonly cachedBytes: number;
    };
  };
  readonly recentRequests: () => { readonly count: number; readonly meanMs: number | null };
  readonly ticker: { readonly parked: number };
  readonly handshakes: { readonly pending: number };
}

/** The connections of this process. */
export function connectionStats({ registry, delivery, recentRequests }: CountingServer): ConnectionStats {
  const { open: sockets, endpoints } = registry.snapshot();
  const { count: httpRequestCount, meanMs: httpResponseMs } = recentRequests();
  return {
    sampledAt: Date.now(),
    messageLatencyMs: delivery.messageLatencyMs(),
    httpRequestCount,
    httpResponseMs,
    failedAttemptCount: registry.recentFailures(),
    sockets,
    endpoints,
  };
}

/** The subscriptions of this process. */
export function subscriptionStats({ delivery, ticker, handshakes }: CountingServer): SubscriptionStats {
  const { groups, latency: stages, ends, cachedBytes } = delivery.stats();
  return {
    sampledAt: Date.now(),
    groups,
    stages,
    ends: [...ends].map(([reason, count]) => ({ reason, count })),
    parkedCount: ticker.parked,
    waitingCount: handshakes.pending,
    cachedBytes,
  };
}
