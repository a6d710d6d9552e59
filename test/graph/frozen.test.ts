import { afterEach, expect, it, vi } from 'vitest';
import { Gauges } from '../../src/journal/gauges.ts';
import { Ring } from '../../src/journal/ring.ts';
import { startTestApp } from '../_util/app.ts';
import { graphqlClient, RawClient } from '../_util/clients.ts';
import { publishMutation } from '../_util/publish.ts';

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}

afterEach(() => {
  vi.restoreAllMocks();
});

// The fan-out remembers the text of an object and takes the same object for the same text.
it('neither readers nor sources change the payloads of the journal', async () => {
  const { put } = Gauges.prototype;
  const { push } = Ring.prototype;
  const topics = new Set<string>();
  vi.spyOn(Gauges.prototype, 'put').mockImplementation(function (this: Gauges, gauges) {
    for (const { topic, payload } of gauges) {
      topics.add(topic.name);
      frozen(payload);
    }
    return put.call(this, gauges);
  });
  vi.spyOn(Ring.prototype, 'push').mockImplementation(function (this: Ring, entry, bytes) {
    topics.add(entry.topic);
    frozen(entry.payload);
    push.call(this, entry, bytes);
  });
  const app = await startTestApp();
  const client = graphqlClient(app.wsUrl, { retryAttempts: 0 });
  const follow = async (query: string, rounds: number): Promise<void> => {
    let left = rounds;
    for await (const { errors } of client.iterate({ query })) {
      expect(errors).toBeUndefined();
      if (--left === 0) return;
    }
  };
  const feeds = [
    '/ws/system',
    '/ws/database',
    '/ws/governance',
    '/ws',
    '/ws/live',
    '/api/dashboard/ws/live-updates',
  ];
  for (const path of feeds) await new RawClient(`${app.wsUrl}${path}`).opened();
  const events = [
    { agentStatus: { agentId: 'pricing_agent', status: 'ACTIVE' } },
    { agentDecision: { agentId: 'pricing_agent', actionType: 'PRICE_CHANGE' } },
    { kpi: { totalRevenue: 1 } },
    { alert: { alertType: 'x', severity: 'ERROR', title: 'x', message: 'x' } },
    { trainingProgress: { runId: 'r', modelId: 'm', stage: 'VALIDATION', progressPercent: 1 } },
  ];
  for (const event of events) {
    const { errors } = await app.graphql(publishMutation(), {
      events: [event],
    });
    expect(errors).toBeUndefined();
  }
  await Promise.all([
    follow(
      'subscription { systemMetrics(everyMs: 100) { sampledAt cpu { usedPercent } memory { usedPercent } } }',
      5,
    ),
    follow('subscription { databaseMetrics(everyMs: 200) { sampledAt } }', 3),
    follow('subscription { connections(everyMs: 100) { sampledAt sockets { id: socketId latencyMs } } }', 3),
    follow('subscription { events(after: "earliest") { __typename id: key } }', 3),
  ]);
  for (const path of ['/api/system/metrics', '/api/dashboard/metrics/current', '/health', '/info'])
    await fetch(`${app.url}${path}`);
  expect(topics.size).toBeGreaterThan(5);
  const changed = app.logged.filter((line) =>
    /read only|not extensible|Cannot delete|Cannot add/.test(JSON.stringify(line)),
  );
  expect(changed).toEqual([]);
});
