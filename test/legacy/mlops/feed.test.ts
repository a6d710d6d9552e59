import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { qualityOf } from '../../../src/domains/server/connections.graph.ts';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import { refusedHandshake } from '../../_util/clients.ts';
import { FeedClient, open, publish, refusal, spanClock, text, until } from '../_old-client.ts';
import { dashboard, shapeOf, nextOfType } from './_mlops.ts';

const clock = spanClock();
const quiet = { FEATURE_DATABASE_MONITORING: 'false' };
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp(quiet, { keep: true });
});
afterAll(() => app.stop());

/** All messages up to the response to a ping that this function sends. */
async function heardUntilNow(client: FeedClient): Promise<Record<string, unknown>[]> {
  const timestamp = Math.random();
  client.send({ type: 'ping', timestamp });
  await client.next((message) => message['type'] === 'pong' && message['timestamp'] === timestamp);
  return client.messages;
}

interface Socket {
  readonly dialect: string;
  readonly latencyMs: number | null;
  readonly quality: string | null;
}

async function sockets(on: TestApp): Promise<readonly Socket[]> {
  const { data } = await on.graphql<{ connections: { sockets: readonly Socket[] } }>(
    '{ connections { sockets { dialect latencyMs quality } } }',
  );
  return data.connections.sockets.filter(({ dialect }) => dialect === 'mlops');
}

describe('/ws', () => {
  it('P1: is served on every listener, also on the dashboard’s own', async () => {
    const many = await startTestApp({ ...quiet, LEGACY_LISTENERS: 'mlops:0' });
    const { data } = await many.graphql<{ config: { listeners: { name: string; url: string }[] } }>(
      '{ config { listeners { name url } } }',
    );
    const own = data.config.listeners.find(({ name }) => name === 'mlops');
    for (const url of [many.url, own?.url ?? '']) {
      const client = await new FeedClient(`${url.replace('http', 'ws')}/ws`).opened();
      expect(await client.next()).toFit(shapeOf('system_metrics'));
    }
  });

  it('P10: sends system_metrics as its first message, and no "connected" message', async () => {
    const client = await open(app, '/ws');
    expect(await client.next()).toFit(shapeOf('system_metrics'));
    const types = (await heardUntilNow(client)).map(({ type }) => type);
    expect(types.filter((type) => type !== 'health_change' && type !== 'system_alert')).toEqual([
      'system_metrics',
      'pong',
    ]);
  });

  it('P10: sends system_metrics every 5 s, the same frame to all clients', async () => {
    const [one, other] = [await dashboard(app), await dashboard(app)];
    const arrivals = [];
    for (let round = 0; round < 2; round++) {
      const seen = await other.ofType('system_metrics');
      arrivals.push(Date.now());
      let same = await one.ofType('system_metrics');
      if (round === 0 && same['timestamp'] !== seen['timestamp']) same = await one.ofType('system_metrics'); // the first message was sampled when the other client connected
      expect(same).toEqual(seen);
    }
    const [first = 0, second = 0] = arrivals;
    expect(second - first).toBeGreaterThan(4_000);
    expect(second - first).toBeLessThan(6_500);
  });

  it('P10: counts the open pages, including the one that gets the message', async () => {
    const own = await startTestApp(quiet);
    const clients: FeedClient[] = [];
    for (let opened = 1; opened <= 3; opened++) {
      const client = await open(own, '/ws');
      clients.push(client);
      expect((await client.ofType('system_metrics'))['active_connections']).toBe(opened);
    }
    const [first, ...others] = clients;
    first?.socket.close();
    await first?.closed;
    await until(async () => (await sockets(own)).length === 2); // the server has noticed the close, too
    for (const other of others) {
      other.send({ type: 'request_metrics' });
      expect((await other.ofType('system_metrics'))['active_connections']).toBe(2);
    }
  });

  it('P10: counts its own open pages, not the sockets of other systems', async () => {
    const own = await startTestApp(quiet);
    const pages = [await dashboard(own), await dashboard(own)];
    await open(own, '/ws/governance');
    clock.skip(1_100); // counts are cached for a second
    pages[0]?.send({ type: 'request_metrics' });
    expect(await pages[0]?.ofType('system_metrics')).toMatchObject({ active_connections: 2 });
    await pages[1]?.ended();
    await until(async () => (await sockets(own)).length === 1);
    clock.skip(1_100);
    pages[0]?.send({ type: 'request_metrics' });
    expect(await pages[0]?.ofType('system_metrics')).toMatchObject({ active_connections: 1 });
  });

  it('P10: has the accuracy and the rate of predictions once they are reported', async () => {
    const own = await startTestApp(quiet);
    const client = await open(own, '/ws');
    expect(await client.next()).toMatchObject({
      current_accuracy: null,
      model_accuracy: null,
      predictions_per_minute: null,
      prediction_rate: null,
    });
    await publish(own, [
      { modelDeployed: { modelId: 'm', modelName: 'M', modelVersion: '1', accuracy: 0.942 } },
      { predictions: { modelId: 'm', predictionCount: 31 } },
    ]);
    clock.skip(1_100);
    client.send({ type: 'request_metrics' });
    expect(await client.ofType('system_metrics')).toMatchObject({
      current_accuracy: 0.942,
      model_accuracy: 0.942,
      predictions_per_minute: 31,
      prediction_rate: 31,
    });
  });

  it('P3, P10: sends the first ping immediately; its latency is in the graph, and the mean in system_metrics', async () => {
    const own = await startTestApp({ ...quiet, WS_PING_INTERVAL_MS: '3600000' });
    const client = await dashboard(own);
    await until(async () => (await sockets(own)).every(({ latencyMs }) => latencyMs !== null));
    const [socket] = await sockets(own);
    expect(socket?.quality).toBe(qualityOf(socket?.latencyMs ?? 0));
    clock.skip(1_100);
    client.send({ type: 'request_metrics' });
    const { ws_response_time_ms: mean, api_response_time_ms: http } = await client.ofType('system_metrics');
    expect(mean).toBe(Math.round((socket?.latencyMs ?? 0) * 100) / 100);
    expect(http).toEqual(expect.any(Number));
  });

  it('P3: answers a ping immediately with the client’s own timestamp', async () => {
    const client = await dashboard(app);
    client.send({ type: 'ping', timestamp: 1_765_017_000_123 });
    expect(await client.ofType('pong')).toEqual({ type: 'pong', timestamp: 1_765_017_000_123 });
    client.send({ type: 'ping', timestamp: 0.25 });
    expect(await client.ofType('pong')).toEqual({ type: 'pong', timestamp: 0.25 });
    client.send({ type: 'ping' });
    expect(await client.ofType('pong')).toFit(shapeOf('pong'));
  });

  it('P10: request_metrics is answered to that socket only, at most once a second', async () => {
    const own = await startTestApp(quiet);
    const [asking, silent] = [await dashboard(own), await dashboard(own)];
    for (let n = 0; n < 3; n++) asking.send({ type: 'request_metrics' });
    expect(await asking.ofType('system_metrics')).toFit(shapeOf('system_metrics'));
    asking.send({ type: 'request_metrics' });
    const ofMetrics = (messages: readonly Record<string, unknown>[]): number =>
      messages.filter(({ type }) => type === 'system_metrics').length;
    expect(ofMetrics(await heardUntilNow(asking))).toBe(2);
    expect(ofMetrics(await heardUntilNow(silent))).toBe(1);
    clock.skip(1_100);
    asking.send({ type: 'request_metrics' });
    expect(await asking.ofType('system_metrics')).toFit(shapeOf('system_metrics'));
  });

  it('P10, P12: stays open without system_metrics and health_change when the host is not monitored', async () => {
    const own = await startTestApp({ ...quiet, FEATURE_SYSTEM_MONITORING: 'false' });
    const client = await open(own, '/ws');
    client.send({ type: 'request_metrics' });
    await publish(own, [{ modelDeployed: { modelId: 'm', modelName: 'M', modelVersion: '1' } }]);
    await client.ofType('model_deployed');
    const types = (await heardUntilNow(client)).map(({ type }) => type);
    expect(types).not.toContain('system_metrics');
    expect(types).not.toContain('health_change');
  });

  it('P23: answers an unreadable message with an error, ignores unknown types, and stays open', async () => {
    const client = await dashboard(app);
    for (const message of ['no json', '[]', '{}', Buffer.from('{"type":"ping"}')]) {
      client.send(message);
      const { type, code, message: words, timestamp } = await client.ofType('error');
      expect([type, code, words]).toEqual(['error', 'INVALID_MESSAGE', expect.any(String)]);
      expect(new Date(String(timestamp)).toISOString()).toBe(timestamp);
    }
    client.send({ type: 'unknown' });
    expect((await heardUntilNow(client)).at(-1)).toMatchObject({ type: 'pong' });
  });

  it('P23: a client above the rate limit gets an error, and others get their messages meanwhile', async () => {
    const [loud, other] = [await dashboard(app), await dashboard(app)];
    for (let n = 0; n < 40; n++) loud.send({ type: 'ping' });
    expect(await loud.ofType('error')).toMatchObject({ code: 'RATE_LIMITED' });
    loud.socket.terminate();
    await publish(app, [{ activity: { title: 'still here', actionType: 'a', status: 's' } }]);
    expect(await nextOfType(other, 'activity_update')).toMatchObject({ activity: { title: 'still here' } });
  });

  it('P23: a connection that fails is logged', async () => {
    const client = await dashboard(app);
    client.send('x'.repeat(2 * 1024 * 1024 + 1));
    expect((await client.closed).code).toBe(1009);
    await until(() => app.logged.some(({ dialect, err }) => dialect === 'mlops' && err !== undefined));
  });

  it('P1: accepts pages of any origin', async () => {
    const client = await open(app, '/ws', { headers: { origin: 'https://dashboard.example' } });
    expect(await client.next()).toMatchObject({ type: 'system_metrics' });
  });

  it('P1: needs a credential where AUTH_REQUIRED is set', async () => {
    const own = await startTestApp({ ...quiet, AUTH_REQUIRED: 'true', AUTH_TOKENS: 'secret:ann:user' });
    const { status, body } = await refusedHandshake(`${own.wsUrl}/ws`);
    expect(status).toBe(401);
    expect(body).toFit(refusal('AUTHENTICATION_FAILED'));
    expect((await own.get('/api/models')).status).toBe(401);
    const client = await open(own, '/ws?api_key=secret');
    expect(await client.next()).toMatchObject({ type: 'system_metrics' });
  });

  it('P23: a page that reconnects under its client_id gets every missed event once, in order', async () => {
    const own = await startTestApp(quiet);
    await (await dashboard(own, '?client_id=page-1')).ended();
    await publish(
      own,
      [10, 20, 30].map((progress) => ({
        trainingProgress: { runId: 'r', progressPercent: progress, stage: 'MODEL_TRAINING' },
      })),
    );
    await publish(own, [{ trainingCompleted: { runId: 'r' } }]);
    const client = await dashboard(own, '?client_id=page-1');
    await client.ofType('training_completed');
    const steps = client.messages.filter(({ type }) => text(type) && String(type).startsWith('training_'));
    expect(steps.map(({ progress }) => progress)).toEqual([10, 20, 30, undefined]);
  });
});
