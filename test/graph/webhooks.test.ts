import { createHmac } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { receiver, type Received, type Reply } from '../_util/receiver.ts';
import { publishMutation } from '../_util/publish.ts';

const env = {
  FEATURE_SYSTEM_MONITORING: 'false',
  FEATURE_DATABASE_MONITORING: 'false',
  WEBHOOK_ALLOW_PRIVATE: 'true',
  WEBHOOK_TIMEOUT_S: '1',
  WEBHOOK_RETRY_S: '1',
  WEBHOOK_ATTEMPTS_MAX: '2',
};
const publish = publishMutation('accepted { duplicate }');

interface Created {
  __typename: string;
  secret: string;
  webhook: { webhookId: string; url: string; enabled: boolean; createdAt: string };
}

interface Delivery {
  deliveryId: string;
  eventType: string | null;
  alertId: string | null;
  status: string;
  attemptCount: number;
  httpStatusCode: number | null;
  error: string | null;
  durationMs: number | null;
  nextAttemptAt: string | null;
}

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp(env, { keep: true });
});
afterAll(() => app.stop());

async function mutate<Result>(name: string, input: object, fields: string, on = app): Promise<Result> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  const { data, errors } = await on.graphql<Record<string, Result>>(
    `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ... on Failure { message }
      ... on ${type}Success { ${fields} } } }`,
    { input },
  );
  expect(errors).toBeUndefined();
  return data[name] as Result;
}

async function create(input: object, on = app): Promise<Created> {
  const fields = 'secret webhook { webhookId url enabled createdAt }';
  const created = await mutate<Created>('createWebhook', { name: 'test', ...input }, fields, on);
  expect(created.__typename).toBe('CreateWebhookSuccess');
  return created;
}

async function raise(alertType: string, more: object = {}, on = app): Promise<void> {
  const alert = { alertType, severity: 'ERROR', title: `${alertType} title`, message: 'm', ...more };
  expect((await on.graphql(publish, { events: [{ alert }] })).errors).toBeUndefined();
}

async function deliveries(webhookId: string, on = app): Promise<Delivery[]> {
  const { data } = await on.graphql<{ webhookDeliveries: { edges: { node: Delivery }[] } }>(
    `query ($id: ID!) { webhookDeliveries(filter: { webhookId: $id }) { edges { node {
      deliveryId eventType alertId status attemptCount httpStatusCode error durationMs nextAttemptAt } } } }`,
    { id: webhookId },
  );
  return data.webhookDeliveries.edges.map(({ node }) => node);
}

/** The deliveries once none of them is pending. */
async function ended(webhookId: string, on = app): Promise<Delivery[]> {
  let found: Delivery[] = [];
  await expect
    .poll(
      async () => {
        found = await deliveries(webhookId, on);
        return found.length > 0 && found.every(({ status }) => status !== 'PENDING');
      },
      { timeout: 20_000 },
    )
    .toBe(true);
  return found;
}

function isSigned({ headers, text }: Received, secret: string): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${text}`;
  return headers['webhook-signature'] === `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}

describe('a webhook', () => {
  it('is called with a signed body for each change of an alert, and each delivery is logged', async () => {
    const { calls, url } = await receiver();
    const { secret, webhook } = await create({ url: `${url}/hook?key=1`, alertTypes: ['signed'] });
    await raise('signed', { labels: { team: 'data' }, providerName: 'p1' });
    const raised = await calls.next();
    expect(raised.path).toBe('/hook?key=1');
    expect(raised.headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'opsgraph' });
    expect(isSigned(raised, secret)).toBe(true);
    expect(raised.body).toMatchObject({
      type: 'alert.raised',
      data: {
        alertId: expect.stringMatching(/^alert_\d{8}_\d+$/) as string,
        alertType: 'signed',
        severity: 'ERROR',
        title: 'signed title',
        provider: 'p1',
        labels: { team: 'data' },
        resolvedAt: null,
      },
    });
    const { alertId } = raised.body.data;
    for (const name of ['acknowledgeAlert', 'resolveAlert']) await mutate(name, { alertId }, 'changed');
    expect([(await calls.next()).body.type, (await calls.next()).body.type].toSorted()).toEqual([
      'alert.acknowledged',
      'alert.resolved',
    ]);
    const log = await ended(webhook.webhookId);
    expect(log).toHaveLength(3);
    expect(log.at(-1)).toEqual({
      deliveryId: raised.headers['webhook-id'],
      eventType: 'RAISED',
      alertId,
      status: 'DELIVERED',
      attemptCount: 1,
      httpStatusCode: 204,
      error: null,
      durationMs: expect.any(Number) as number,
      nextAttemptAt: null,
    });
  });

  it('is called only for the severities, types and events that it selects, and not for silenced alerts', async () => {
    const { calls, url } = await receiver();
    await create({
      url,
      alertTypes: ['picked', 'quiet'],
      severities: ['CRITICAL'],
      eventTypes: ['RAISED', 'UNSILENCED'],
    });
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const { silence } = await mutate<{ silence: { silenceId: string } }>(
      'createSilence',
      { matcher: { alertTypes: ['quiet'] }, endsAt: until, reason: 'r' },
      'silence { silenceId }',
    );
    await raise('other', { severity: 'CRITICAL' });
    await raise('picked', { severity: 'ERROR' });
    await raise('quiet', { severity: 'CRITICAL' });
    await raise('picked', { severity: 'CRITICAL', title: 'the first' });
    const first = await calls.next();
    expect(first.body.data).toMatchObject({ title: 'the first' });
    await mutate('resolveAlert', { alertId: first.body.data['alertId'] }, 'changed');
    await mutate('expireSilence', silence, 'silence { silenceId }');
    expect((await calls.next()).body).toMatchObject({
      type: 'alert.unsilenced',
      data: { alertType: 'quiet' },
    });
    expect(calls.waiting).toBe(0);
  });

  it('is called again after a failure, with the same id and a new signature, until the last attempt', async () => {
    const { calls, url } = await receiver();
    calls.reply = (response) => void response.writeHead(500).end('a secret of the receiver');
    const { webhook, secret } = await create({ url, alertTypes: ['failing'] });
    await raise('failing');
    const [first, second] = [await calls.next(), await calls.next()];
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(Number(second.headers['webhook-timestamp'])).toBeGreaterThan(
      Number(first.headers['webhook-timestamp']) - 1,
    );
    expect([first, second].map((call) => isSigned(call, secret))).toEqual([true, true]);
    expect(await ended(webhook.webhookId)).toMatchObject([
      { status: 'FAILED', attemptCount: 2, httpStatusCode: 500, error: 'The response has status 500.' },
    ]);
  });

  it('is delivered to when it recovers', async () => {
    const { calls, url } = await receiver();
    calls.reply = (response) => {
      calls.reply = (next) => void next.writeHead(200).end();
      response.socket?.destroy();
    };
    const { webhook } = await create({ url, alertTypes: ['recovering'] });
    await raise('recovering');
    expect(await ended(webhook.webhookId)).toMatchObject([
      { status: 'DELIVERED', attemptCount: 2, httpStatusCode: 200, error: null },
    ]);
  });

  it.each<[string, Reply, object]>([
    [
      'redirects',
      (response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      { httpStatusCode: 302, error: 'The response has status 302: redirects are not followed.' },
    ],
    ['does not answer', () => {}, { httpStatusCode: null, error: 'No response within 1000 ms.' }],
    [
      'closes the connection',
      (response) => void response.socket?.destroy(),
      { httpStatusCode: null, error: 'The request failed (UND_ERR_SOCKET).' },
    ],
  ])('has failed if its receiver %s', async (name, reply, expected) => {
    const { calls, url } = await receiver();
    calls.reply = reply;
    const alertType = name.replaceAll(' ', '_');
    const { webhook } = await create({ url, alertTypes: [alertType] });
    await raise(alertType);
    expect(await ended(webhook.webhookId)).toMatchObject([
      { status: 'FAILED', attemptCount: 2, ...expected },
    ]);
  });

  it('is delivered to if the response has a good status and does not end, whatever it sends', async () => {
    const { calls, url } = await receiver();
    calls.reply = (response) => {
      response.writeHead(200);
      const flood = setInterval(() => response.write(Buffer.alloc(65_536)), 1);
      response.on('close', () => clearInterval(flood));
    };
    const { webhook } = await create({ url, alertTypes: ['endless'] });
    await raise('endless');
    expect(await ended(webhook.webhookId)).toMatchObject([{ status: 'DELIVERED', attemptCount: 1 }]);
  });

  it('does not wait for a slow one', async () => {
    const slow = await receiver();
    slow.calls.reply = () => {};
    const fast = await receiver();
    await create({ url: slow.url, alertTypes: ['slow_and_fast'] });
    await create({ url: fast.url, alertTypes: ['slow_and_fast'] });
    for (let n = 0; n < 20; n++) await raise('slow_and_fast', { title: `${n}` });
    const titles: unknown[] = [];
    while (titles.length < 20) titles.push((await fast.calls.next()).body.data['title']);
    expect(new Set(titles).size).toBe(20);
  });

  it('can be tested, changed, disabled and deleted, with audit entries that do not show its path', async () => {
    const { calls, url } = await receiver();
    const { webhook, secret } = await create({ url: `${url}/secret-path`, eventTypes: ['RESOLVED'] });
    const { webhookId } = webhook;
    const { delivery } = await mutate<{ delivery: Delivery }>(
      'testWebhook',
      { webhookId },
      'delivery { deliveryId status }',
    );
    const test = await calls.next();
    expect(test.headers['webhook-id']).toBe(delivery.deliveryId);
    expect([test.body.type, test.path, isSigned(test, secret)]).toEqual([
      'webhook.test',
      '/secret-path',
      true,
    ]);
    const selected = async (filter: object) => {
      const { data } = await app.graphql<{
        webhooks: { totalCount: number; edges: { node: { webhookId: string } }[] };
      }>(
        'query ($filter: WebhookFilter) { webhooks(filter: $filter) { totalCount edges { node { webhookId } } } }',
        { filter },
      );
      return data.webhooks.edges.some(({ node }) => node.webhookId === webhookId);
    };
    const address = url.slice('http://'.length);
    expect(await selected({ search: `${address}/SECRET`, enabled: true, createdBy: 'anonymous' })).toBe(true);
    expect(await selected({ search: `${address}/other` })).toBe(false);
    expect(await selected({ enabled: false })).toBe(false);
    expect(await selected({ createdBy: 'ann' })).toBe(false);
    expect(await selected({ until: webhook.createdAt })).toBe(false);
    const rotated = await mutate<Created>('rotateWebhookSecret', { webhookId }, 'secret');
    await mutate('updateWebhook', { webhookId, url: `${url}/other` }, 'webhook { url }');
    await mutate('testWebhook', { webhookId }, 'delivery { deliveryId }');
    const again = await calls.next();
    expect([again.path, isSigned(again, secret), isSigned(again, rotated.secret)]).toEqual([
      '/other',
      false,
      true,
    ]);
    await mutate('updateWebhook', { webhookId, enabled: false }, 'webhook { enabled }');
    expect(await mutate('testWebhook', { webhookId }, 'delivery { deliveryId }')).toMatchObject({
      __typename: 'InvalidInput',
    });
    await mutate('deleteWebhook', { webhookId }, 'webhook { webhookId }');
    const { data } = await app.graphql<{
      webhook: null;
      auditLogs: { edges: { node: { eventType: string; details: string } }[] };
    }>(
      `query ($id: ID!) { webhook(webhookId: $id) { name }
        auditLogs(filter: { targetId: $id }) { edges { node { eventType details } } } }`,
      { id: webhookId },
    );
    expect(data.webhook).toBeNull();
    const entries = data.auditLogs.edges.map(({ node }) => node);
    expect(entries.map(({ eventType }) => eventType)).toEqual([
      'webhook_deleted',
      'webhook_updated',
      'webhook_tested',
      'webhook_updated',
      'webhook_updated',
      'webhook_tested',
      'webhook_created',
    ]);
    expect(Object.keys(JSON.parse(entries[0]?.details ?? ''))).toContain('eventTypes');
    expect(JSON.stringify(entries)).not.toMatch(/secret-path|whsec_/);
    expect(JSON.stringify(app.logged)).not.toMatch(/secret-path|whsec_/);
  });

  it('cancels what waits when it is disabled', async () => {
    const { calls, url } = await receiver();
    calls.reply = (response) => void response.writeHead(500).end();
    const { webhook } = await create({ url, alertTypes: ['cancelled'] });
    await raise('cancelled');
    await calls.next();
    await mutate('updateWebhook', { webhookId: webhook.webhookId, enabled: false }, 'webhook { enabled }');
    expect((await ended(webhook.webhookId)).map(({ status }) => status)).toEqual(['CANCELLED']);
  });
});

describe('without WEBHOOK_ALLOW_PRIVATE, a webhook', () => {
  it('cannot have an address that is not public, and a name that resolves to one is not called', async () => {
    const own = await startTestApp({ ...env, WEBHOOK_ALLOW_PRIVATE: 'false' });
    const { calls, url } = await receiver();
    for (const wrong of [url, url.replace('http:', 'https:'), 'http://example.com/'])
      expect(await mutate('createWebhook', { name: 'n', url: wrong }, 'secret', own)).toMatchObject({
        __typename: 'InvalidInput',
        message: expect.stringMatching(/^url must be/) as string,
      });
    const { port } = new URL(url);
    const { webhook } = await create({ url: `https://localhost:${port}/`, alertTypes: ['private'] }, own);
    await raise('private', {}, own);
    expect(await ended(webhook.webhookId, own)).toMatchObject([
      { status: 'FAILED', httpStatusCode: null, error: expect.stringContaining('not allowed') as string },
    ]);
    expect(calls.waiting).toBe(0);
  });
});

describe('the queue of webhooks', () => {
  it('is shared: of two instances one makes each call', async () => {
    const other = await startTestApp(env, { database: app.database });
    const { calls, url } = await receiver();
    const { webhook } = await create({ url, alertTypes: ['shared'] });
    const events = Array.from({ length: 100 }, (_, n) => ({
      alert: { alertType: 'shared', severity: 'INFO', title: `${n}`, message: 'm' },
    }));
    await other.graphql(publish, { events });
    const ids = new Set<unknown>();
    while (ids.size < 100) ids.add((await calls.next()).headers['webhook-id']);
    const log = await ended(webhook.webhookId);
    expect(log.every(({ attemptCount, status }) => attemptCount === 1 && status === 'DELIVERED')).toBe(true);
    expect(calls.waiting).toBe(0);
    await other.stop();
  });

  it('has a limit per webhook: further events wait in the log, and are delivered later', async () => {
    const { calls, url } = await receiver();
    const { webhook } = await create({ url, alertTypes: ['flood'] });
    const client = new pg.Client({ connectionString: app.database });
    await client.connect();
    await client.query(
      `insert into webhook_deliveries (delivery_id, webhook_id, event, body, status, attempts, next_attempt_at, created_at)
       select 'flood_' || n, $1, 'alert.raised', '{}', 'PENDING', 0, now() + interval '1 hour', now()
       from generate_series(1, 998) as n`,
      [webhook.webhookId],
    );
    calls.reply = () => {};
    for (let n = 0; n < 5; n++) await raise('flood', { title: `${n}` });
    const first = [(await calls.next()).body.data['title'], (await calls.next()).body.data['title']];
    expect(new Set(first)).toEqual(new Set(['0', '1']));
    const waiting = await client.query(`select from webhook_deliveries where webhook_id = $1`, [
      webhook.webhookId,
    ]);
    expect(waiting.rowCount).toBe(1_000);
    calls.reply = (response) => void response.writeHead(204).end();
    await client.query(`delete from webhook_deliveries where delivery_id like 'flood_%'`);
    await client.end();
    const titles = new Set<unknown>();
    while (!['2', '3', '4'].every((title) => titles.has(title)))
      titles.add((await calls.next()).body.data['title']);
  });

  it('begins when a webhook is created, and again when it is enabled', async () => {
    const { calls, url } = await receiver();
    await raise('late', { title: 'before' });
    const { webhook } = await create({ url, alertTypes: ['late'], enabled: false });
    await raise('late', { title: 'while disabled' });
    await mutate('updateWebhook', { webhookId: webhook.webhookId, enabled: true }, 'webhook { enabled }');
    await raise('late', { title: 'after' });
    expect((await calls.next()).body.data).toMatchObject({ title: 'after' });
    expect(await ended(webhook.webhookId)).toHaveLength(1);
  });
});
