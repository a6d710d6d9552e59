import { expect, it } from 'vitest';
import { startTestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';

interface Result {
  subscriptions: {
    subscriberCount: number;
    parkedCount: number;
    groups: {
      id: string;
      field: string;
      document: string;
      encoding: string;
      delivery: string;
      subscriberCount: number;
      lagCount: number;
      executionCount: number;
    }[];
    stages: { topic: string; entryCount: number; writtenCount: number; writtenMs: number | null }[];
    ends: { reason: string; subscriptionCount: number }[];
  };
}

const query = `{ subscriptions { subscriberCount parkedCount
  groups { id: groupId field document encoding delivery subscriberCount lagCount executionCount }
  stages { topic entryCount writtenCount writtenMs } ends { reason subscriptionCount } } }`;

it('`subscriptions` returns the groups, the latency per topic, and the reasons why subscriptions ended', async () => {
  const app = await startTestApp();
  const client = graphqlClient(app.wsUrl);
  const document = 'subscription Any { systemMetrics(everyMs: 100) { sampledAt } }';
  const first = client.iterate({ query: document });
  const second = client.iterate({ query: document.replace('Any', 'Other') });
  const third = client.iterate({ query: 'subscription { auditEvents { id: auditId } }' });
  const waiting = third.next();
  for (let values = 0; values < 3; values++) await Promise.all([first.next(), second.next()]);

  const { data } = await app.graphql<Result>(query);
  const { groups, stages, parkedCount } = data.subscriptions;
  const metrics = groups.find(({ field, encoding }) => field === 'systemMetrics' && encoding === 'graphql');
  expect(metrics).toMatchObject({ delivery: 'LATEST', subscriberCount: 2 });
  expect(metrics?.executionCount).toBeGreaterThanOrEqual(3);
  expect(metrics?.document).toContain('sampledAt');
  expect(metrics?.document).not.toContain('Any');
  expect(groups.find(({ field }) => field === 'auditEvents')).toMatchObject({
    delivery: 'EVERY',
    subscriberCount: 1,
    lagCount: 0,
  });
  expect(parkedCount).toBe(0);
  const stage = stages.find(({ topic }) => topic === 'host.sampled');
  expect(stage?.writtenCount).toBeGreaterThanOrEqual(2);
  expect(stage?.writtenMs).toBeGreaterThanOrEqual(0);

  await Promise.all([first.return?.(), second.return?.(), third.return?.()]);
  await waiting;
  for (;;) {
    const { data: after } = await app.graphql<Result>(query);
    const left = after.subscriptions.ends.find(({ reason }) => reason === 'left')?.subscriptionCount ?? 0;
    if (left < 3) continue;
    expect(after.subscriptions.subscriberCount).toBe(0);
    break;
  }
  await client.dispose();
});

it('a subscription to `subscriptions` counts itself', async () => {
  const app = await startTestApp({ FEATURE_SYSTEM_MONITORING: 'false' });
  const client = graphqlClient(app.wsUrl);
  const live = client.iterate({
    query: 'subscription { subscriptions(everyMs: 500) { groups { field subscriberCount } } }',
  });
  let counted = false;
  for await (const { data } of live) {
    const { groups } = (data as { subscriptions: { groups: { field: string; subscriberCount: number }[] } })
      .subscriptions;
    counted = groups.some(({ field, subscriberCount }) => field === 'subscriptions' && subscriberCount === 1);
    if (counted) break;
  }
  expect(counted).toBe(true);
  await client.dispose();
});
