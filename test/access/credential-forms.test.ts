import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../_util/app.ts';
import { graphqlClient, RawClient, refusedHandshake } from '../_util/clients.ts';
import { adminKey, audited, hear, startGuarded } from './_access.ts';

// A client without a credential may read here, so a credential that is treated as missing would go unnoticed.

let app: TestApp;

beforeAll(async () => {
  app = await startGuarded({ AUTH_REQUIRED: 'false' }, true);
});

afterAll(() => app.stop());

const query = '{ viewer { subject } }';
const post = { method: 'POST', body: JSON.stringify({ query }) };
const json = { 'content-type': 'application/json' };

describe('a credential in connection_init', () => {
  it.each([
    { authorization: `Bearer ${adminKey}` },
    { Authorization: `bearer ${adminKey}` },
    { AUTHORIZATION: adminKey },
    { token: adminKey },
    { token: `Bearer ${adminKey}` },
    { authToken: adminKey },
    { auth_token: adminKey },
    { apiKey: adminKey },
    { 'x-api-key': adminKey },
    { 'X-API-Key': adminKey },
    { headers: { Authorization: `Bearer ${adminKey}` } },
    { headers: { authorization: `Bearer ${adminKey}`, 'x-hasura-role': 'user' } },
    { Headers: { 'X-API-KEY': adminKey } },
    { headers: { token: adminKey } },
    { headers: {}, token: adminKey, theme: 'dark' },
  ])('is accepted as %j', async (connectionParams) => {
    const client = graphqlClient(app.wsUrl, { connectionParams });
    expect(await hear(client, query).result(1)).toEqual({ viewer: { subject: 'ada' } });
  });

  it.each([undefined, {}, { headers: {} }, { token: null }, { headers: null, theme: 'dark' }])(
    'is none in %j',
    async (connectionParams) => {
      const client = graphqlClient(app.wsUrl, connectionParams === undefined ? {} : { connectionParams });
      expect(await hear(client, query).result(1)).toEqual({ viewer: { subject: 'anonymous' } });
    },
  );

  const accepted = 'send authorization, token, authToken, x-api-key or apiKey, also in headers.';

  it.each([
    [{ bearer: adminKey }, `No credential is read from bearer; ${accepted}`],
    [{ accessToken: adminKey }, `No credential is read from accessToken; ${accepted}`],
    [{ 'access-token': adminKey }, `No credential is read from access-token; ${accepted}`],
    [{ jwt: adminKey }, `No credential is read from jwt; ${accepted}`],
    [{ auth: { token: adminKey } }, `No credential is read from auth; ${accepted}`],
    [{ headers: { 'X-Auth-Token': adminKey } }, `No credential is read from X-Auth-Token; ${accepted}`],
    [{ context: { headers: { jwt: adminKey } } }, `No credential is read from jwt; ${accepted}`],
    [{ authorization: '' }, `The credential is empty; ${accepted}`],
    [{ headers: { Authorization: ' ' } }, `The credential is empty; ${accepted}`],
    [{ token: 7 }, 'A credential must be a string.'],
    [{ token: [adminKey] }, 'A credential must be a string.'],
    [{ authorization: `Basic ${adminKey}` }, 'A credential must be Bearer <token>, or the token alone.'],
    [{ authorization: `Bearer ${adminKey} x` }, 'A credential must be Bearer <token>, or the token alone.'],
    [{ authorization: 'Bearer wrong', token: adminKey }, 'The credential is not valid.'],
  ])('is rejected with the reason when it is %j', async (payload, reason) => {
    const client = new RawClient(`${app.wsUrl}/graphql`, {}, ['graphql-transport-ws']);
    await client.opened();
    client.send({ type: 'connection_init', payload });
    expect(await client.closed).toEqual({ code: 4403, reason });
  });

  it('is rejected when it has more keys than the server reads', async () => {
    const client = new RawClient(`${app.wsUrl}/graphql`, {}, ['graphql-transport-ws']);
    await client.opened();
    const payload = Object.fromEntries(Array.from({ length: 1_001 }, (_, key) => [`k${key}`, key]));
    client.send({ type: 'connection_init', payload });
    expect(await client.closed).toEqual({
      code: 4403,
      reason: 'connection_init may hold at most 1000 keys.',
    });
  });
});

describe('a credential in a header or a URL', () => {
  const onlyHeaders = 'send Authorization: Bearer <token>, or X-API-Key: <token>.';
  const shown: readonly [where: Record<string, string>, search: string, reason: string][] = [
    [
      { authorization: `Basic ${adminKey}` },
      '',
      `The header Authorization must be Bearer <token>; ${onlyHeaders}`,
    ],
    [{ authorization: adminKey }, '', `The header Authorization must be Bearer <token>; ${onlyHeaders}`],
    [{ authorization: '' }, '', `The header Authorization must be Bearer <token>; ${onlyHeaders}`],
    [{ 'x-api-key': '' }, '', 'The header X-API-Key is empty.'],
    [
      { 'x-auth-token': adminKey },
      '',
      `A credential is not read from the header x-auth-token; ${onlyHeaders}`,
    ],
    [{ 'api-key': adminKey }, '', `A credential is not read from the header api-key; ${onlyHeaders}`],
    [
      {},
      `?access_token=${adminKey}`,
      `A credential is not read from the parameter access_token; ${onlyHeaders}`,
    ],
    [{}, '?token=', `A credential is not read from the parameter token; ${onlyHeaders}`],
    [{}, `?api_key=${adminKey}`, `A credential is not read from the parameter api_key; ${onlyHeaders}`],
  ];

  it.each(shown)(
    'is refused with the reason on every way in over HTTP: %j %s',
    async (headers, search, reason) => {
      const events = { ...json, accept: 'text/event-stream' };
      const subscription = JSON.stringify({ query: 'subscription { events { id: key } }' });
      for (const [path, init] of [
        ['/graphql', { ...post, headers: { ...json, ...headers } }],
        ['/graphql', { method: 'POST', body: subscription, headers: { ...events, ...headers } }],
        ['/publish', { method: 'POST', body: '[]', headers: { ...json, ...headers } }],
        ['/api/system/metrics', { headers }],
        ['/metrics', { headers }],
        ['/auth/session', { method: 'POST', headers }],
        ['/auth/session', { headers }],
      ] as const) {
        const response = await fetch(`${app.url}${path}${search}`, init);
        const body = (await response.json()) as { error: { code: string; message: string } };
        expect([path, response.status, body.error]).toEqual([
          path,
          401,
          { code: 'AUTHENTICATION_FAILED', message: reason },
        ]);
      }
    },
  );

  it('is rejected with the reason at the handshake of every socket', async () => {
    const accepted = `send ?api_key=<token>, Authorization: Bearer <token>, or X-API-Key: <token>.`;
    for (const path of ['/graphql', '/ws/system', '/api/dashboard/ws/live-updates', '/ws/live', '/ws']) {
      const refused = async (headers: Record<string, string>, search = '') =>
        (await refusedHandshake(`${app.wsUrl}${path}${search}`, { headers })) as {
          status: number;
          body: { error: { message: string } };
        };
      const ofHeader = await refused({ authorization: `Basic ${adminKey}` });
      expect([path, ofHeader.status, ofHeader.body.error.message]).toEqual([path, 401, shown[0]?.[2]]);
      const ofUrl = await refused({}, `?access_token=${adminKey}`);
      expect([path, ofUrl.status, ofUrl.body.error.message]).toEqual([
        path,
        401,
        `A credential is not read from the parameter access_token; ${accepted}`,
      ]);
    }
  });

  it('is recorded in the audit log when it is rejected', async () => {
    expect((await audited(app, 'authentication_failed')).length).toBeGreaterThan(0);
  });

  it('is not confused with headers of other programs', async () => {
    const headers = {
      ...json,
      'proxy-authorization': 'Basic x',
      'x-forwarded-user': 'eve',
      'x-auth-request-access-token': 'x',
      'x-goog-iap-jwt-assertion': 'x',
      'cf-access-token': 'x',
    };
    const response = await fetch(`${app.url}/graphql?theme=dark`, { ...post, headers });
    expect(await response.json()).toEqual({ data: { viewer: { subject: 'anonymous' } } });
  });
});
