import { describe, expect, it, onTestFinished } from 'vitest';
import pg from 'pg';
import { startTestApp } from '../../_util/app.ts';
import { createTestDatabase } from '../../_util/database.ts';
import { chunk, env, join, MeshClient, meshUrl, notification, report, tokens } from './_archmesh.ts';

describe('when the server fails', () => {
  it('M26, M37: a message is answered with SYSTEM_ERROR, and after five in a row rejected with a retry time', async () => {
    const app = await startTestApp(env);
    const client = await join(app);
    const database = new pg.Client({ connectionString: app.database });
    await database.connect();
    await database.query('alter table transfers rename to transfers_elsewhere');
    await database.end();
    const whole = chunk(Buffer.from('abc'), { total_chunks: 1, chunk_index: 1 });
    for (let at = 0; at < 5; at++) {
      client.send(whole);
      expect(await client.nextError('SYSTEM_ERROR')).toMatchObject({
        reason: 'internal_error',
        message_id: 'large_data_1',
        retry_after: null,
      });
    }
    client.send({ type: 'ping', id: 'ping_1' });
    expect(await client.nextError('SYSTEM_ERROR')).toMatchObject({
      reason: 'circuit_open',
      message_id: 'ping_1',
      retry_after: 60,
    });
    expect((await app.get('/api/v1/websocket/health')).body).toMatchObject({ status: 'degraded' });
    expect((await app.get('/api/v1/websocket/metrics')).body).toMatchObject({
      circuit_breakers: { connection: 'closed', message: 'open', external: 'closed' },
    });
    await report(app, [notification({ title: 'still sent' })]);
    expect((await client.nextOfType('notification')).data).toMatchObject({ title: 'still sent' });
  });
});

describe('servers that share a database', () => {
  it('M47: send their clients the events that were reported to any of them', async () => {
    const shared = await createTestDatabase();
    const [one, other] = await Promise.all([
      startTestApp(env, { database: shared.connection }),
      startTestApp(env, { database: shared.connection }),
    ]);
    const [here, there] = await Promise.all([join(one), join(other, tokens.bob)]);
    await report(one, [notification({ title: 'for all' })]);
    for (const client of [here, there])
      expect((await client.nextOfType('notification')).data).toMatchObject({ title: 'for all' });
    await Promise.all([one.stop(), other.stop()]);
    await shared.drop();
  });
});

it('M44: use a bounded number of database connections for any number of requests', async () => {
  const app = await startTestApp(env);
  const client = new pg.Client({ connectionString: app.database });
  await client.connect();
  onTestFinished(() => client.end());
  const askAll = async (): Promise<number[]> => {
    await Promise.all(
      Array.from({ length: 60 }, () => app.graphql('{ transfers { totalCount } workflows { totalCount } }')),
    );
    const { rows } = await client.query<{ pid: number }>(
      'select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() order by pid',
    );
    return rows.map(({ pid }) => pid);
  };
  const open = await askAll();
  expect(open.length).toBeGreaterThan(1);
  const again = await askAll();
  expect(again).toEqual(expect.arrayContaining(open)); // no connection was replaced
  expect(again.length).toBeLessThan(20);
});

describe('messages', () => {
  it('M55: are compressed only where compression is enabled', async () => {
    const [plain, compressing] = await Promise.all([
      startTestApp(env),
      startTestApp({ ...env, WS_COMPRESSION: 'true' }),
    ]);
    expect((await join(plain)).socket.extensions).toBe('');
    const client = await join(compressing);
    expect(client.socket.extensions).toMatch(/permessage-deflate/);
    await report(compressing, [notification({ metadata: { text: 'x'.repeat(4_000) } })]);
    expect((await client.nextOfType('notification')).data).toMatchObject({ title: 'Done' });
  });

  it('M49: of one client do not delay others', async () => {
    const app = await startTestApp(env);
    const [busy, other] = await Promise.all([join(app), join(app, tokens.bob)]);
    const part = Buffer.alloc(65_536);
    for (let at = 0; at < 100; at++) busy.send(chunk(part, { total_chunks: 100, chunk_index: at }));
    await other.settled();
    expect((await busy.nextOfType('large_data_received')).data).toMatchObject({ total_size: 6_553_600 });
  });
});

it('M1: of a client without a token on /ws belong to another system', async () => {
  const app = await startTestApp(env);
  const mesh = new MeshClient(meshUrl(app, ''));
  await mesh.nextError('AUTHENTICATION_FAILED');
  const other = await new MeshClient(`${app.wsUrl}/ws`).opened();
  other.close();
  expect((await other.closed).code).toBe(1000);
});
