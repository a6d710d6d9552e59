import { describe, expect, it } from 'vitest';
import { Histogram } from '../../lib/histogram.ts';
import type { ConnectionStats, SubscriptionStats } from './events.ts';
import { mergeConnections, mergeSubscriptions } from './merged-stats.ts';

function pings(...ms: readonly number[]) {
  const histogram = new Histogram();
  for (const one of ms) histogram.add(one);
  return histogram.snapshot();
}

const endpoint = { dialect: 'graphql', path: '/graphql', refused: 0, reconnectionCount: 0, received: 0 };
const connections = (more: Partial<ConnectionStats>): ConnectionStats => ({
  sampledAt: 1,
  messageLatencyMs: null,
  httpRequestCount: 0,
  httpResponseMs: null,
  failedAttemptCount: 0,
  sockets: [],
  endpoints: [],
  ...more,
});

describe('the connections of two processes', () => {
  it('are counted together, with means over the requests and sockets of both', () => {
    const merged = mergeConnections([
      connections({
        httpRequestCount: 1,
        httpResponseMs: 10,
        failedAttemptCount: 1,
        endpoints: [{ ...endpoint, open: 1, accepted: 3, sent: 5, avgLatencyMs: 8, pings: pings(8) }],
      }),
      connections({
        sampledAt: 2,
        httpRequestCount: 3,
        httpResponseMs: 2,
        failedAttemptCount: 2,
        endpoints: [{ ...endpoint, open: 3, accepted: 4, sent: 6, avgLatencyMs: 4, pings: pings(4, 4, 4) }],
      }),
    ]);
    expect(merged).toMatchObject({
      sampledAt: 2,
      httpRequestCount: 4,
      httpResponseMs: 4,
      messageLatencyMs: null,
      failedAttemptCount: 3,
      endpoints: [{ open: 4, accepted: 7, sent: 11, avgLatencyMs: 5, pings: pings(8, 4, 4, 4) }],
    });
  });

  it('are those of the one that has any', () => {
    const one = connections({ messageLatencyMs: 3, endpoints: [] });
    expect(mergeConnections([one])).toEqual(one);
    expect(mergeConnections([one, connections({})]).messageLatencyMs).toBe(3);
  });
});

describe('the subscriptions of two processes', () => {
  const group = { field: 'alerts', document: '', encoding: 'json', delivery: 'EVERY' as const };
  const counts = { members: 1, lag: 1, reading: 0, skipped: 0, executed: 2 };
  const subscriptions = (more: Partial<SubscriptionStats>): SubscriptionStats => ({
    sampledAt: 1,
    groups: [],
    stages: [],
    ends: [],
    parkedCount: 1,
    waitingCount: 0,
    cachedBytes: 10,
    ...more,
  });

  it('of the same document are one group, with the lag of the slowest subscriber', () => {
    const merged = mergeSubscriptions([
      subscriptions({ groups: [{ ...group, id: 'x', ...counts }] }),
      subscriptions({
        groups: [
          { ...group, id: 'y', ...counts },
          { ...group, id: 'x', ...counts, members: 4, lag: 7 },
        ],
        ends: [{ reason: 'left', count: 2 }],
      }),
    ]);
    expect(merged.groups).toEqual([
      { ...group, id: 'x', members: 5, lag: 7, reading: 0, skipped: 0, executed: 4 },
      { ...group, id: 'y', ...counts },
    ]);
    expect(merged).toMatchObject({
      ends: [{ reason: 'left', count: 2 }],
      parkedCount: 2,
      cachedBytes: 20,
    });
  });

  it('have means of a topic that are weighted by its entries, and each entry is counted once', () => {
    const stage = { topic: 't', collectedMs: null, executedMs: 1, written: 1 };
    const { stages } = mergeSubscriptions([
      subscriptions({ stages: [{ ...stage, entries: 4, writtenMs: 2 }] }),
      subscriptions({ stages: [{ ...stage, entries: 4, writtenMs: 8, written: 2 }] }),
    ]);
    expect(stages).toEqual([
      { topic: 't', entries: 4, collectedMs: null, executedMs: 1, writtenMs: 6, written: 3 },
    ]);
  });
});
