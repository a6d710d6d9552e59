import { describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import { env, join, MeshClient, meshUrl } from './_archmesh.ts';

interface Health {
  readonly status: string;
  readonly connections: object;
  readonly performance: {
    readonly messages_per_second: number;
    readonly average_response_time: number | null;
    readonly error_rate: number | null;
  };
  readonly uptime: number;
}

interface Metrics {
  readonly connections: Readonly<Record<string, number | null>>;
  readonly messages: Readonly<Record<string, number | null>>;
  readonly errors: Readonly<Record<string, number | null>>;
  readonly circuit_breakers: object;
}

async function read<Body>(app: TestApp, what: 'health' | 'metrics'): Promise<Body> {
  const { status, body } = await app.get(`/api/v1/websocket/${what}`);
  expect(status).toBe(200);
  return body;
}

describe('GET /api/v1/websocket/health', () => {
  it('M56: is healthy before a client connects, with null for unknown values', async () => {
    const app = await startTestApp(env);
    const health = await read<Health>(app, 'health');
    expect(health).toMatchObject({
      status: 'healthy',
      connections: { total: 0, active: 0, idle: 0 },
      performance: { messages_per_second: 0, average_response_time: null, error_rate: null },
    });
    expect(Number.isInteger(health.uptime)).toBe(true);
  });

  it('M50, M51, M56: counts its own sockets and messages, and is degraded when there are many errors', async () => {
    const app = await startTestApp(env);
    const [client] = await Promise.all([join(app), join(app)]);
    for (let at = 0; at < 8; at++) await client.settled();
    const { performance, ...health } = await read<Health>(app, 'health');
    expect(health).toMatchObject({ status: 'healthy', connections: { total: 2, active: 2, idle: 0 } });
    expect(performance).toMatchObject({ messages_per_second: 0.3333, error_rate: 0 }); // 10 pings, 10 pongs
    expect(performance.average_response_time).toBeGreaterThan(0);
    expect(performance.average_response_time).toBeLessThan(1);
    client.send('{');
    await client.nextError('INVALID_MESSAGE_FORMAT');
    client.send('{');
    await client.nextError('INVALID_MESSAGE_FORMAT');
    const worse = await read<Health>(app, 'health');
    expect(worse).toMatchObject({ status: 'degraded', performance: { error_rate: 0.0833 } }); // 2 of 24
  });
});

describe('GET /api/v1/websocket/metrics', () => {
  it('M50, M51, M52, M57: counts connections, messages and errors since the start', async () => {
    const app = await startTestApp(env);
    const client = await join(app);
    client.close();
    await client.closed;
    const other = await join(app);
    other.send('{');
    await other.nextError('INVALID_MESSAGE_FORMAT');
    const rejected = new MeshClient(meshUrl(app, 'wrong'));
    await rejected.closed;
    const metrics = await read<Metrics>(app, 'metrics');
    expect(metrics).toMatchObject({
      connections: { total_connections: 2, active_connections: 1 },
      messages: { total_sent: 4, total_received: 3, messages_per_second: 0.1167 },
      errors: { total_errors: 2, error_rate: 0.2857, recovery_success_rate: null },
      circuit_breakers: { connection: 'closed', message: 'closed', external: 'closed' },
    });
    expect(metrics.messages['average_message_size']).toBeGreaterThan(10);
    const { connection_duration_avg: mean, connection_duration_max: max } = metrics.connections;
    expect(max).toBeGreaterThan(0);
    expect(mean).toBeLessThanOrEqual(max ?? 0);
  });

  it('M57: has null for unknown values', async () => {
    const app = await startTestApp(env);
    expect(await read<Metrics>(app, 'metrics')).toMatchObject({
      connections: { total_connections: 0, connection_duration_avg: null, connection_duration_max: null },
      messages: { average_message_size: null },
      errors: { total_errors: 0, error_rate: null, recovery_success_rate: null },
    });
  });

  it('M53: has no metrics of the host, which are in the graph', async () => {
    const app = await startTestApp(env);
    const { data } = await app.graphql<{ systemMetrics: { memory: { usedPercent: number } } }>(
      '{ systemMetrics { memory { usedPercent } } }',
    );
    expect(data.systemMetrics.memory.usedPercent).toBeGreaterThan(0);
  });
});
