import { request as httpRequest } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { signatureOf } from '../../src/auth/signing.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { createTestDatabase } from '../_util/database.ts';
import { maintain } from '../_util/server.ts';
import { publishMutation } from '../_util/publish.ts';

/** The address for producers, by what a producer with nothing but HTTP would do. */

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly accepted?: readonly { key: string; cursor: string; duplicate: boolean }[];
    readonly cursor?: string;
    readonly error?: Readonly<Record<string, unknown>>;
  };
}

async function post(
  { url }: Pick<TestApp, 'url'>,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${url}/publish`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const answer = (await response.json()) as Answer['body'];
  return { status: response.status, headers: response.headers, body: answer };
}

function auditEvent(action: string, more: object = {}): object {
  return { auditEvent: { eventType: 'tested', actorId: 'ann', action, status: 'success', ...more } };
}

async function actions(app: TestApp): Promise<string[]> {
  const { data } = await app.graphql<{ auditLogs: { edges: { node: { action: string } }[] } }>(
    '{ auditLogs(filter: { eventTypes: ["tested"] }) { edges { node { action } } } }',
  );
  return data.auditLogs.edges.map(({ node }) => node.action).reverse();
}

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp(quiet, { keep: true });
  return () => app.stop();
});

describe('POST /publish', () => {
  it('stores a batch and returns a cursor for each event, in order', async () => {
    const at = '2026-11-21T03:00:00Z';
    const answer = await post(app, {
      events: [
        auditEvent('first', { key: 'publish-1' }),
        { backup: { key: 'publish-2', backupStatus: 'COMPLETED', finishedAt: at } },
        { modelReport: { key: 'publish-3', modelId: 'lab:llama', inferenceTimeMs: 84.2 } },
      ],
    });
    const { accepted, cursor } = answer.body;
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'application/json; charset=utf-8',
    ]);
    expect(accepted).toEqual(
      ['publish-1', 'publish-2', 'publish-3'].map((key) => ({
        key,
        cursor: expect.any(String) as string,
        duplicate: false,
      })),
    );
    expect(cursor).toBe(accepted?.[2]?.cursor);
    expect(await actions(app)).toContain('first');
  });

  it('accepts the array alone, a charset, and a trailing slash', async () => {
    const response = await fetch(`${app.url}/publish/`, {
      method: 'POST',
      headers: { 'content-type': 'Application/JSON; charset=utf-8' },
      body: JSON.stringify([auditEvent('alone')]),
    });
    expect(response.status).toBe(200);
    expect(await actions(app)).toContain('alone');
  });

  it('stores an event that is sent again once, and reports the duplicate', async () => {
    const batch = { events: [auditEvent('once', { key: 'only-once' })] };
    await post(app, batch);
    const again = await post(app, batch);
    expect(again.body.accepted).toMatchObject([{ key: 'only-once', duplicate: true }]);
    expect((await actions(app)).filter((action) => action === 'once')).toHaveLength(1);
  });

  it('shares duplicates with the mutation publish', async () => {
    await app.graphql(publishMutation(), {
      events: [auditEvent('both ways', { key: 'both-ways' })],
    });
    const { body } = await post(app, [auditEvent('both ways', { key: 'both-ways' })]);
    expect(body.accepted).toMatchObject([{ duplicate: true }]);
  });
});

describe('an invalid batch', () => {
  const good = auditEvent('never stored');

  it.each([
    [
      'a value that its enum does not have',
      { modelReport: { modelId: 'm', status: 'SLEEPY' } },
      {
        message: 'events[1].modelReport.status must be one of ERROR, LOADED, LOADING, UNLOADED.',
        field: 'status',
        allowed: 'one of ERROR, LOADED, LOADING, UNLOADED',
      },
    ],
    [
      'a value that its domain refuses',
      { modelReport: { modelId: 'm', inferenceTimeMs: -1 } },
      {
        message: 'events[1]: inferenceTimeMs must be zero or more.',
        field: 'inferenceTimeMs',
        allowed: 'zero or more',
      },
    ],
    [
      'a value of another type',
      { modelReport: { modelId: 'm', activeSessionCount: 'many' } },
      { field: 'activeSessionCount', allowed: 'a 32-bit integer' },
    ],
    [
      'a field that is missing',
      { backup: { backupStatus: 'COMPLETED' } },
      {
        message:
          'events[1].backup.finishedAt is required and must be a time in ISO 8601, such as 2026-11-21T10:00:00Z.',
        field: 'finishedAt',
      },
    ],
    [
      'a field that there is not',
      { backup: { backupStatus: 'COMPLETED', finishedAt: '2026-11-21T03:00:00Z', size: 3 } },
      {
        message:
          'events[1].backup.size does not exist; the field must be one of backupStatus, finishedAt, key, occurredAt.',
        field: 'size',
        allowed: 'one of backupStatus, finishedAt, key, occurredAt',
      },
    ],
  ])(
    'for %s names the event, the field and what is allowed, and stores nothing',
    async (_what, bad, error) => {
      const { status, body } = await post(app, { events: [good, bad] });
      expect(status).toBe(400);
      expect(body).toEqual({
        error: expect.objectContaining({ code: 'BAD_USER_INPUT', index: 1, ...error }),
      });
      expect(await actions(app)).not.toContain('never stored');
    },
  );

  it.each([
    [
      'a member that there is not',
      { auditEvents: {} },
      /events\[0\]\.auditEvents does not exist; .*auditEvent/,
    ],
    ['two members', { ...good, backup: null }, /events\[0\]/],
    ['no member', {}, /events\[0\] must be an object with exactly one of .*auditEvent/],
    ['no object', 'auditEvent', /events\[0\] must be an object with exactly one of .*auditEvent/],
    ['nothing', null, /events\[0\] must be an object with exactly one of .*auditEvent/],
  ])('with an event with %s is rejected with the names of the kinds', async (_what, bad, message) => {
    const { status, body } = await post(app, { events: [bad] });
    expect([status, body.error]).toMatchObject([400, { code: 'BAD_USER_INPUT', index: 0 }]);
    expect(body.error?.['message']).toMatch(message);
    expect(body.error?.['allowed']).toMatch(/one of .*auditEvent.*modelReport/);
  });

  it('is not repeated in the error', async () => {
    const { body } = await post(app, { events: [{ backup: { backupStatus: 'x'.repeat(10_000) } }] });
    expect(JSON.stringify(body).length).toBeLessThan(1_000);
  });

  it.each(['', '{', 'null', '7', '"events"', '{}', '{"event":[]}', '{"events":{}}', '{"events":[],"id":1}'])(
    'is one that is no list of events: %j',
    async (text) => {
      const { status, body } = await post(app, text);
      expect([status, body.error]).toMatchObject([
        400,
        { code: 'BAD_REQUEST', message: expect.stringContaining('{"events":[…]}') as string },
      ]);
    },
  );

  it('has no events, or more than a thousand', async () => {
    for (const events of [[], Array.from({ length: 1_001 }, () => good)]) {
      const { status, body } = await post(app, { events });
      expect([status, body.error]).toMatchObject([
        400,
        { code: 'BAD_USER_INPUT', allowed: '1 to 1000 entries' },
      ]);
    }
  });
});

describe('/publish', () => {
  it('accepts JSON only', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', '']) {
      const { status, body } = await post(app, [auditEvent('as text')], { 'content-type': type });
      expect([status, body.error]).toMatchObject([415, { code: 'UNSUPPORTED_MEDIA_TYPE' }]);
    }
    expect(await actions(app)).not.toContain('as text');
  });

  it('accepts POST only, and lists it in Allow', async () => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const response = await fetch(`${app.url}/publish`, { method });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
      expect(await response.json()).toMatchObject({ error: { code: 'METHOD_NOT_ALLOWED' } });
    }
  });

  it('rejects a body that is too large', async () => {
    const { status, body } = await post(app, `[${' '.repeat(1024 * 1024)}]`);
    expect([status, body.error]).toMatchObject([413, { code: 'PAYLOAD_TOO_LARGE' }]);
  });

  it('stores nothing for a page of another origin, and sends it no readable response', async () => {
    const foreign = await post(app, [auditEvent('foreign')], { origin: 'https://evil.example' });
    expect([foreign.status, foreign.body.error]).toMatchObject([403, { code: 'FORBIDDEN' }]);
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    expect(await actions(app)).not.toContain('foreign');
    const local = await post(app, [auditEvent('local page')], { origin: 'http://localhost:5173' });
    expect([local.status, local.headers.get('access-control-allow-origin')]).toEqual([
      200,
      'http://localhost:5173',
    ]);
  });

  it('lists its method in the response to a preflight', async () => {
    const { hostname, port } = new URL(app.url);
    const headers = { origin: 'http://localhost:5173', 'access-control-request-method': 'POST' };
    const status = await new Promise((resolve, reject) => {
      httpRequest({ hostname, port, path: '/publish', method: 'OPTIONS', headers }, (response) => {
        response.resume();
        resolve([response.statusCode, response.headers['access-control-allow-methods']]);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toEqual([204, 'POST']);
  });

  it('requires a credential with the capability write once credentials are configured', async () => {
    const closed = await startTestApp({
      ...quiet,
      AUTH_TOKENS: 'reader-token-0123456789:ann, writer-token-0123456789:till-7:developer',
    });
    const events = [auditEvent('with a credential')];
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    const none = await post(closed, events);
    expect([none.status, none.headers.get('www-authenticate'), none.body.error]).toMatchObject([
      401,
      'Bearer',
      { code: 'AUTHENTICATION_FAILED', requires: ['write'] },
    ]);
    expect((await post(closed, events, bearer('wrong'))).status).toBe(401);
    const reader = await post(closed, events, bearer('reader-token-0123456789'));
    expect([reader.status, reader.body.error]).toMatchObject([
      403,
      { code: 'FORBIDDEN', requires: ['write'] },
    ]);
    expect((await post(closed, events, bearer('writer-token-0123456789'))).status).toBe(200);
    expect((await post(closed, events, { 'x-api-key': 'writer-token-0123456789' })).status).toBe(200);
  });

  it('accepts only signed requests where signing is required', async () => {
    const secret = 'a secret for signing';
    const signing = await startTestApp({ ...quiet, REQUEST_SIGNING_SECRET: secret });
    const body = JSON.stringify([auditEvent('signed')]);
    const now = Math.floor(Date.now() / 1000);
    const signature = signatureOf({ method: 'POST', path: '/publish', body }, now, secret);
    const proof = { 'x-timestamp': String(now), 'x-signature': signature };
    expect((await post(signing, body)).status).toBe(401);
    expect((await post(signing, `${body} `, proof)).status).toBe(401);
    expect((await post(signing, body, proof)).status).toBe(200);
    expect((await post(signing, body, proof)).status).toBe(401); // sent again by who overheard it
  });

  it('sends Retry-After while the database is unavailable', async () => {
    const database = await createTestDatabase();
    const { server, connection } = database;
    const cutOff = await startTestApp(quiet, { database: connection, keep: true });
    const name = new URL(connection).pathname.slice(1);
    await maintain(server.url, async (client) => {
      await client.query(`alter database ${name} allow_connections false`);
      await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    });
    const { status, headers, body } = await post(cutOff, [auditEvent('later')]);
    expect([status, headers.get('retry-after'), body.error]).toMatchObject([
      503,
      '2',
      { code: 'DATABASE_UNAVAILABLE' },
    ]);
    await cutOff.stop();
    await database.drop();
  });
});
