import { largest } from '../../lib/extremes.ts';
import { mergeHistograms } from '../../lib/histogram.ts';
import type { ConnectionStats, EndCount, SubscriptionStats } from './events.ts';

type EndpointCounts = ConnectionStats['endpoints'][number];
type GroupStats = SubscriptionStats['groups'][number];
type TopicLatency = SubscriptionStats['stages'][number];

/** The statistics of several processes that serve the same clients, as those of one. */
export function mergeConnections(parts: readonly ConnectionStats[]): ConnectionStats {
  return {
    sampledAt: largest(parts.map(({ sampledAt }) => sampledAt)) ?? 0,
    messageLatencyMs: mean(parts.map(({ messageLatencyMs }) => [messageLatencyMs, 1])),
    httpRequestCount: sum(parts, ({ httpRequestCount }) => httpRequestCount),
    httpResponseMs: mean(
      parts.map(({ httpResponseMs, httpRequestCount }) => [httpResponseMs, httpRequestCount]),
    ),
    failedAttemptCount: sum(parts, ({ failedAttemptCount }) => failedAttemptCount),
    sockets: parts.flatMap(({ sockets }) => sockets),
    endpoints: byKey(
      parts.flatMap(({ endpoints }) => endpoints),
      ({ dialect, path }) => `${dialect} ${path}`,
      mergeEndpoint,
    ),
  };
}

export function mergeSubscriptions(parts: readonly SubscriptionStats[]): SubscriptionStats {
  return {
    sampledAt: largest(parts.map(({ sampledAt }) => sampledAt)) ?? 0,
    groups: byKey(
      parts.flatMap(({ groups }) => groups),
      ({ id }) => id,
      mergeGroup,
    ),
    stages: byKey(
      parts.flatMap(({ stages }) => stages),
      ({ topic }) => topic,
      mergeStage,
    ),
    ends: byKey(
      parts.flatMap(({ ends }) => ends),
      ({ reason }) => reason,
      (all, first): EndCount => ({ ...first, count: sum(all, ({ count }) => count) }),
    ),
    parkedCount: sum(parts, ({ parkedCount }) => parkedCount),
    waitingCount: sum(parts, ({ waitingCount }) => waitingCount),
    cachedBytes: sum(parts, ({ cachedBytes }) => cachedBytes),
  };
}

function mergeEndpoint(all: readonly EndpointCounts[], first: EndpointCounts): EndpointCounts {
  return {
    ...first,
    open: sum(all, ({ open }) => open),
    avgLatencyMs: mean(all.map(({ avgLatencyMs, open }) => [avgLatencyMs, open])),
    pings: mergeHistograms(all.map(({ pings }) => pings)),
    accepted: sum(all, ({ accepted }) => accepted),
    refused: sum(all, ({ refused }) => refused),
    reconnectionCount: sum(all, ({ reconnectionCount }) => reconnectionCount),
    received: sum(all, ({ received }) => received),
    sent: sum(all, ({ sent }) => sent),
  };
}

function mergeGroup(all: readonly GroupStats[], first: GroupStats): GroupStats {
  return {
    ...first,
    members: sum(all, ({ members }) => members),
    lag: largest(all.map(({ lag }) => lag)) ?? 0,
    reading: sum(all, ({ reading }) => reading),
    skipped: sum(all, ({ skipped }) => skipped),
    executed: sum(all, ({ executed }) => executed),
  };
}

function mergeStage(all: readonly TopicLatency[], first: TopicLatency): TopicLatency {
  return {
    ...first,
    entries: largest(all.map(({ entries }) => entries)) ?? 0, // each process receives the same entries
    collectedMs: mean(all.map(({ collectedMs, entries }) => [collectedMs, entries])),
    executedMs: mean(all.map(({ executedMs, entries }) => [executedMs, entries])),
    writtenMs: mean(all.map(({ writtenMs, written }) => [writtenMs, written])),
    written: sum(all, ({ written }) => written),
  };
}

/** The weighted mean of the known values; null if none is known. */
function mean(values: readonly (readonly [value: number | null, weight: number])[]): number | null {
  let total = 0;
  let weights = 0;
  for (const [value, weight] of values) {
    if (value === null) continue;
    total += value * weight;
    weights += weight;
  }
  return weights === 0 ? null : total / weights;
}

function sum<Item>(items: readonly Item[], valueOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + valueOf(item), 0);
}

/** One item per key, in the order of their first occurrence. */
function byKey<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  merge: (all: readonly Item[], first: Item) => Item,
): Item[] {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups.values()].map((group) => (group.length === 1 ? group[0] : merge(group, group[0])));
}
