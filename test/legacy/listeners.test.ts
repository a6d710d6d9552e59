import { expect, it } from 'vitest';
import { startTestApp } from '../_util/app.ts';
import { graphqlClient, RawClient } from '../_util/clients.ts';

it('G2: opens the documented ports of old systems, each serving every route', async () => {
  const app = await startTestApp({
    LEGACY_LISTENERS: 'autoops:0, crypto:0, mlops:0',
    FEATURE_DATABASE_MONITORING: 'false',
  });
  const { body } = await app.get('/info');
  const { listeners } = body as { listeners: { name: string; url: string }[] };
  expect(listeners.map(({ name }) => name)).toEqual(['main', 'autoops', 'crypto', 'mlops']);
  expect(new Set(listeners.map(({ url }) => url)).size).toBe(4);
  for (const { name, url } of listeners) {
    const wsUrl = url.replace(/^http/, 'ws');
    const auditEvent = { eventType: 'tested', actorId: name, action: 'reported', status: 'success' };
    const published = await fetch(`${url}/publish`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ auditEvent }]),
    });
    expect([name, published.status]).toEqual([name, 200]);
    for (const path of ['/health', '/api/system/metrics', '/graphql?query=%7B__typename%7D'])
      expect([name, path, (await fetch(`${url}${path}`)).status]).toEqual([name, path, 200]);
    const feed = new RawClient(`${wsUrl}/ws/system`);
    expect(await feed.next()).toMatchObject({ type: 'system_metrics' });
    const [config] = await graphqlClient(wsUrl)
      .iterate({ query: '{ config { name } }' })
      .next()
      .then(({ value }) => [value]);
    expect(config).toEqual({ data: { config: { name: 'opsgraph' } } });
  }
});
