import { expect, it } from 'vitest';
import { startTestApp } from '../_util/app.ts';
import { RawClient, refusedHandshake } from '../_util/clients.ts';

it('serves only the old systems of LEGACY_SYSTEMS, and describes only these', async () => {
  const app = await startTestApp({ LEGACY_SYSTEMS: 'aura' });
  const feed = new RawClient(`${app.wsUrl}/ws/system`);
  expect(await feed.next()).toMatchObject({ type: 'system_metrics' });
  for (const path of ['/ws', '/ws/live', '/api/dashboard/ws/live-updates'])
    expect([path, (await refusedHandshake(`${app.wsUrl}${path}`)).status]).toEqual([path, 404]);
  const statuses = { '/api/governance/roles': 200, '/livez': 200, '/health': 404, '/api/providers': 404 };
  for (const [path, status] of Object.entries(statuses))
    expect([path, (await fetch(`${app.url}${path}`)).status]).toEqual([path, status]);
  const openapi = (await (await fetch(`${app.url}/openapi.json`)).json()) as { paths: object };
  expect(openapi.paths).toHaveProperty(['/api/governance/roles']);
  expect(openapi.paths).not.toHaveProperty(['/api/providers']);
});
