import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { readHealth } from '../../src/domains/host/store.ts';
import { silentLog } from '../../src/log/log.ts';
import { startTestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { createTestDatabase } from '../_util/database.ts';

describe('the health of a host', () => {
  it('has an event for each change, which can be filtered by host, and is read again after a restart', async () => {
    const own = await createTestDatabase();
    const database = openDatabase({ connection: own.connection, log: silentLog });
    const change = (hostId: string, n: number, previousHealth: string, health: string) => ({
      topic: 'host.events',
      key: hostId,
      type: 'hostHealthChanged',
      id: `e${n}`,
      occurred_at: new Date(n),
      payload: JSON.stringify({
        hostId,
        health,
        previousHealth,
        reason: 'High CPU usage detected',
        recommendedAction: 'Consider scaling resources',
        cpuPercent: 92.5,
        memoryPercent: 10,
        diskPercent: null,
      }),
    });
    await database.kysely
      .insertInto('events')
      .values([
        change('web1', 1, 'HEALTHY', 'CRITICAL'),
        change('web2', 2, 'HEALTHY', 'WARNING'),
        change('web1', 3, 'CRITICAL', 'HEALTHY'),
      ])
      .execute();
    expect(await readHealth(database.kysely, 'web1')).toBe('HEALTHY');
    expect(await readHealth(database.kysely, 'web2')).toBe('WARNING');
    expect(await readHealth(database.kysely, hostname())).toBeNull();
    await database[Symbol.asyncDispose]();

    const app = await startTestApp(
      { FEATURE_SYSTEM_MONITORING: 'false' },
      { database: own.connection, keep: true },
    );
    const events = graphqlClient(app.wsUrl).iterate<{ hostEvents: object }>({
      query: `subscription { hostEvents(hostId: "web1", after: "earliest") { id: key hostId health previousHealth reason
        recommendedAction cpuPercent memoryPercent diskPercent } }`,
    });
    expect((await events.next()).value?.data?.hostEvents).toEqual({
      id: 'e1',
      hostId: 'web1',
      health: 'CRITICAL',
      previousHealth: 'HEALTHY',
      reason: 'High CPU usage detected',
      recommendedAction: 'Consider scaling resources',
      cpuPercent: 92.5,
      memoryPercent: 10,
      diskPercent: null,
    });
    expect((await events.next()).value?.data?.hostEvents).toMatchObject({ id: 'e3', health: 'HEALTHY' });
    await app.stop();
    await own.drop();
  });

  it('is a field of each sample', async () => {
    const app = await startTestApp({ FEATURE_DATABASE_MONITORING: 'false' });
    const { data } = await app.graphql<{ systemMetrics: { health: string } }>('{ systemMetrics { health } }');
    expect(['HEALTHY', 'WARNING', 'CRITICAL']).toContain(data.systemMetrics.health);
  });
});
