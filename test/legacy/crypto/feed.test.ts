import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cryptoDialect } from '../../../src/legacy/crypto/dialect.ts';
import { count, FeedClient, iso, maybe, oneOf, open, size, text, until } from '../_old-client.ts';
import { live, reportUsage, startMonitor, type Monitor } from './_crypto.ts';

let monitor: Monitor;

beforeAll(async () => {
  monitor = await startMonitor({ WS_PING_INTERVAL_MS: '1000', WS_PONG_TIMEOUT_MS: '900' });
});

afterAll(() => monitor.stop());

const clientId = (value: unknown): boolean =>
  /^client_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(String(value));
const providerState = oneOf('online', 'degraded', 'offline', 'unknown');

interface Stats {
  active_connections: number;
  total_connections: number;
  connections: { client_id: string; connected_at: string; last_ping: string | null; messages_sent: number }[];
}

async function stats(): Promise<Stats> {
  return (await monitor.app.get('/ws/stats')).body;
}

/** The intervals that the feed declares. */
function pacesOf(dialect: ReturnType<typeof cryptoDialect>): Record<string, unknown> {
  return Object.fromEntries(
    (dialect.feeds[0]?.parts ?? []).flatMap((part) => {
      if (part.kind === 'interval') return [[part.name, part.everyMs]];
      return part.kind === 'gauge' ? [[part.name, part.variables({})['everyMs']]] : [];
    }),
  );
}

describe('/ws/live', () => {
  it('C2: sends connection_established with a client id, then the status of the providers', async () => {
    const client = await open(monitor.app, '/ws/live');
    expect(await client.next()).toFit({
      type: oneOf('connection_established'),
      client_id: clientId,
      timestamp: iso,
      message: oneOf('Connected to Crypto API Monitor WebSocket'),
    });
    expect(await client.next()).toFit({
      type: oneOf('status_update'),
      timestamp: iso,
      system_metrics: {
        total_providers: oneOf(3),
        online_count: count,
        degraded_count: count,
        offline_count: count,
        avg_response_time_ms: maybe(size),
        total_requests_hour: count,
        total_failures_hour: count,
        system_health: oneOf('healthy', 'degraded', 'unhealthy', 'unknown'),
      },
      alert_count: count,
      active_websocket_clients: count,
    });
    await client.ended();
  });

  it('C3, C10: status_update comes every 10 s and ping every 30 s, which WS_PING_INTERVAL_MS changes', () => {
    expect(pacesOf(cryptoDialect({ dialects: () => [], origins: 'any', pingEveryMs: 30_000 }))).toEqual({
      status_update: 10_000,
      ping: 30_000,
    });
    expect(pacesOf(cryptoDialect({ dialects: () => [], origins: 'any', pingEveryMs: 5 }))).toMatchObject({
      ping: 5,
    });
  });

  it('C1: sends many clients the same events', async () => {
    const clients = await Promise.all(Array.from({ length: 20 }, () => live(monitor.app)));
    await monitor.run('rate_limit_snapshot');
    const seen = await Promise.all(clients.map((client) => client.ofType('new_log_entry')));
    const texts = clients.map(({ texts: all }) => all.find((one) => one.includes('new_log_entry')));
    expect(new Set(texts).size).toBe(1);
    expect(seen).toHaveLength(20);
    await Promise.all(clients.map((client) => client.ended()));
  });

  it('C4: sends every new log row as the endpoint returns it', async () => {
    const client = await live(monitor.app);
    await monitor.run('health_checks');
    const message = await client.ofType('new_log_entry');
    expect(message).toMatchObject({ type: 'new_log_entry', log_type: 'connection' });
    const { logs } = (await monitor.app.get('/api/logs/connection')).body as { logs: object[] };
    expect(logs).toContainEqual(message['data']);
    await client.ended();
  });

  it('C5: sends a warning at 80 % of a limit, and a critical alert from 95 %', async () => {
    const client = await live(monitor.app);
    await reportUsage(monitor.app, 'Alpha', 850);
    const shape = {
      type: oneOf('rate_limit_alert'),
      timestamp: iso,
      provider: oneOf('Alpha'),
      percentage: oneOf(85),
      severity: oneOf('warning'),
      limit_type: oneOf('per_hour'),
      limit_value: oneOf(1000),
      current_usage: oneOf(850),
      reset_time: iso,
    };
    expect(await client.ofType('rate_limit_alert')).toFit(shape);
    await reportUsage(monitor.app, 'Alpha', 960);
    expect(await client.ofType('rate_limit_alert')).toMatchObject({ percentage: 96, severity: 'critical' });
    await reportUsage(monitor.app, 'Alpha', 10);
    await client.ended();
  });

  it('C6, C38: sends a change of a provider’s status after a real request', async () => {
    const client = await live(monitor.app);
    monitor.answer('Beta', (response) => response.writeHead(503).end());
    await monitor.run('health_checks');
    expect(await client.ofType('provider_status_change')).toFit({
      type: oneOf('provider_status_change'),
      timestamp: iso,
      provider: oneOf('Beta'),
      old_status: oneOf('online'),
      new_status: oneOf('offline'),
      details: { response_time_ms: maybe(size), http_status_code: oneOf(503), error_message: text },
    });
    monitor.answer('Beta', (response) => response.writeHead(429).end());
    await monitor.run('health_checks');
    expect(await client.ofType('provider_status_change')).toMatchObject({
      old_status: 'offline',
      new_status: 'degraded',
    });
    const { body } = await monitor.app.get('/api/providers/Beta');
    expect(body).toMatchObject({ status: 'degraded' });
    expect(providerState((body as { status: string }).status)).toBe(true);
    await client.ended();
  });

  it('C7: sends pings in JSON, accepts a pong, and answers a ping', async () => {
    const client = await live(monitor.app);
    expect(await client.ofType('ping')).toFit({ type: oneOf('ping'), timestamp: iso });
    client.send({ type: 'pong' });
    client.send({ type: 'ping' });
    expect(await client.ofType('pong')).toFit({ type: oneOf('pong'), timestamp: iso });
    await client.ofType('ping');
    await client.ended();
  });

  it('C8, C36: /ws/stats lists each client with its id and the time of its last message', async () => {
    const before = (await stats()).total_connections;
    const client = await open(monitor.app, '/ws/live');
    const { client_id: id } = await client.next();
    const other = await open(monitor.app, '/ws/system'); // a socket of another system
    const own = async (): Promise<Stats['connections'][number] | undefined> =>
      (await stats()).connections.find(({ client_id: one }) => one === id);
    await until(async () => ((await own())?.last_ping ?? null) !== null);
    expect(await own()).toFit({
      client_id: clientId,
      connected_at: iso,
      last_ping: iso,
      messages_sent: count,
    });
    const first = (await own())?.last_ping ?? '';
    client.send({ type: 'pong' });
    await until(async () => ((await own())?.last_ping ?? '') > first);
    const all = await stats();
    expect(all).toMatchObject({ active_connections: 1, total_connections: before + 1 });
    expect(all.connections).toHaveLength(1);
    await client.ended();
    await other.ended();
    await until(async () => (await stats()).active_connections === 0);
  });

  it('C9: disconnects a client that sends no pong or message, and one whose connection breaks, but no other', async () => {
    const silent = new FeedClient(`${monitor.app.wsUrl}/ws/live`, { autoPong: false });
    await silent.opened();
    const broken = await live(monitor.app);
    const patient = await live(monitor.app);
    broken.socket.terminate();
    expect((await silent.closed).code).toBe(1006);
    await until(async () => (await stats()).active_connections === 1);
    await patient.ofType('ping');
    await patient.ended();
  });

  it('C45: replays rows to a client that reconnects under its client_id', async () => {
    const first = await live(monitor.app, '?client_id=dashboard-7');
    await first.ended();
    await monitor.run('rate_limit_snapshot');
    const again = await live(monitor.app, '?client_id=dashboard-7');
    expect(await again.ofType('new_log_entry')).toMatchObject({ log_type: 'rate_limit' });
    await again.ended();
  });
});
