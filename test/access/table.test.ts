import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { z } from 'zod';
import { describedDialects } from '../../src/legacy/dialects.ts';
import type { Requirement } from '../../src/graph/rules.ts';
import type { FeedSpec } from '../../src/legacy/dialect.ts';
import type { RestRoute } from '../../src/legacy/rest-route.ts';
import { parameterIn, segmentsOf } from '../../src/lib/path-pattern.ts';
import { openApiDocument } from '../../src/legacy/reference.ts';
import type { TestApp } from '../_util/app.ts';
import { RawClient, refusedHandshake } from '../_util/clients.ts';
import { publishMutation } from '../_util/publish.ts';
import { adminKey, bearing, change, createToken, jwtOf, startGuarded } from './_access.ts';
import { agentId, eventKinds, guardedFields, kinds, needsOf, rootFields, type Asked } from './_table.ts';

// Every field, route and feed, requested by every kind of viewer. The cases are read from the schema and from the tables
// of routes and feeds, so that new ones are tested too. Each requires what it declares; requirements other than `read`
// are repeated here, so that a weaker declaration fails a test.

const viewers = ['unauthenticated', 'powerless', 'user', 'developer', 'admin', 'expired', 'revoked'] as const;
type Who = (typeof viewers)[number];

const roles: Readonly<Record<string, readonly string[]>> = {
  powerless: [],
  user: ['read'],
  developer: ['execute', 'read', 'write', 'debug'],
  admin: ['execute', 'read', 'write', 'delete', 'manage'],
};

/** What becomes of a request; anything else is the code or the status of what went wrong. */
type Outcome = 'served' | 'AUTHENTICATION_FAILED' | 'FORBIDDEN';

interface Server {
  readonly name: string;
  readonly env: Record<string, string>;
  /** What may be done without a credential; null: it is needed. */
  readonly anonymous: readonly string[] | null;
}

const servers: readonly Server[] = [
  { name: 'a server that needs a credential', env: {}, anonymous: null },
  { name: 'a server where credentials are optional', env: { AUTH_REQUIRED: 'false' }, anonymous: ['read'] },
];

const dialects = describedDialects([agentId]);
const routes = dialects.flatMap((dialect) => dialect.routes);
const feeds = dialects.flatMap((dialect) => dialect.feeds.map((feed) => ({ dialect: dialect.name, feed })));
const fields = kinds.flatMap(rootFields);

it('the schema declares for each root field what it requires: `read`, except for these', () => {
  const others = fields.filter(({ requires }) => requires !== 'read');
  expect(Object.fromEntries(others.map(({ name, requires }) => [name, requires]))).toEqual({
    'Query.liveCursor': 'nothing',
    'Query.node': 'nothing',
    'Query.nodes': 'nothing',
    'Query.notifications': 'nothing',
    'Query.unreadNotificationCount': 'nothing',
    'Query.tokens': 'manage',
    'Query.viewer': 'nothing',
    'Query.webhook': 'manage',
    'Query.webhookDeliveries': 'manage',
    'Query.webhookDelivery': 'manage',
    'Query.webhooks': 'manage',
    'Mutation.acknowledgeAlert': 'execute',
    'Mutation.acknowledgeAlerts': 'execute',
    'Mutation.assignRole': 'manage',
    'Mutation.cancelJobRun': 'execute',
    'Mutation.createAlertRule': 'execute',
    'Mutation.createSilence': 'execute',
    'Mutation.createAnnotation': 'write',
    'Mutation.createToken': 'manage',
    'Mutation.deleteAnnotation': 'write',
    'Mutation.updateAnnotation': 'write',
    'Mutation.createWebhook': 'manage',
    'Mutation.deleteAlertRule': 'execute',
    'Mutation.deleteWebhook': 'manage',
    'Mutation.rotateWebhookSecret': 'manage',
    'Mutation.testWebhook': 'manage',
    'Mutation.updateWebhook': 'manage',
    'Mutation.deleteRole': 'manage',
    'Mutation.disableAlertRule': 'execute',
    'Mutation.disableJob': 'execute',
    'Mutation.deliverTransfer': 'anyCapability',
    'Mutation.enableAlertRule': 'execute',
    'Mutation.enableJob': 'execute',
    'Mutation.expireSilence': 'execute',
    'Mutation.intervene': 'execute',
    'Mutation.markNotificationsRead': 'credential',
    'Mutation.publish': 'write',
    'Mutation.renewToken': 'credential',
    'Mutation.resolveAlert': 'execute',
    'Mutation.resolveAlerts': 'execute',
    'Mutation.revokeRole': 'manage',
    'Mutation.revokeToken': 'manage',
    'Mutation.revokeTokens': 'manage',
    'Mutation.sendChunk': 'anyCapability',
    'Mutation.snoozeAlerts': 'execute',
    'Mutation.triggerJob': 'execute',
    'Mutation.updateAlertRule': 'execute',
    'Mutation.updateSilence': 'execute',
    'Mutation.upsertRole': 'manage',
    'Subscription.notificationEventBatches': 'nothing',
    'Subscription.notificationEvents': 'nothing',
    'Subscription.notificationReadEventBatches': 'nothing',
    'Subscription.notificationReadEvents': 'nothing',
  });
});

it('the schema declares the additional requirements of fields below the roots', () => {
  expect(guardedFields()).toEqual({
    'Role.tokens': 'manage',
    'SubscriptionGroup.document': 'manage',
    'Token.parent': 'manage',
    'Viewer.token': 'manage',
    'Webhook.deliveries': 'manage',
    'WebhookDelivery.webhook': 'manage',
  });
});

it('only these old routes are open or require more than `read`', () => {
  const others = routes.flatMap((route) => {
    const needs = route.open ? ['open'] : [...needsOf(route.query)].filter((need) => need !== 'read');
    return needs.length === 0 ? [] : [[nameOf(route), needs.join()]];
  });
  expect(Object.fromEntries(others)).toEqual({
    'GET /': 'open',
    'GET /health': 'open',
    'POST /api/alerts/{alert_id}/acknowledge': 'execute',
    'POST /api/dashboard/agents/{agent_id}/intervention': 'execute',
    'POST /api/scheduler/trigger/{job_id}': 'execute',
  });
});

it('all old feeds require only `read`, which is checked at the handshake', () => {
  for (const { feed } of feeds) {
    const asking = [...feed.parts, ...(feed.requests ?? [])].filter((part) => 'query' in part);
    for (const { query, name } of asking) {
      const needs = [...needsOf(query)].filter((need) => need !== 'read' && need !== 'nothing');
      expect([`${feed.path} ${name}`, ...needs]).toEqual([`${feed.path} ${name}`]);
    }
  }
});

describe.each(servers)('$name', ({ env, anonymous }) => {
  let app: TestApp;
  let tokens: Readonly<Record<Who, string | null>>;

  beforeAll(async () => {
    app = await startGuarded({ OTLP_METRICS: 'true', ...env }, true);
    const revoked = await createToken(app, { subject: 'rita', roleId: 'admin' });
    await change(app, `revokeToken(input: { tokenId: "${revoked.id}" })`);
    tokens = {
      unauthenticated: null,
      powerless: await jwtOf('pat', { role: 'a-role-that-does-not-exist' }),
      user: 'a-key-of-a-user',
      developer: await jwtOf('dev', { role: 'developer' }),
      admin: adminKey,
      expired: await jwtOf('eve', { role: 'admin', expiresInMs: -60_000 }),
      revoked: revoked.secret,
    };
    await vi.waitUntil(async () => (await statusOf('/auth/session', { headers: bearer('revoked') })) === 401);
  });

  afterAll(() => app.stop());

  // Who may what

  function expected(who: Who, needs: Iterable<Requirement>): Outcome {
    if (who === 'expired' || who === 'revoked') return 'AUTHENTICATION_FAILED';
    const held = who === 'unauthenticated' ? anonymous : (roles[who] ?? []);
    if (held === null) return 'AUTHENTICATION_FAILED';
    const lacking = [...needs].filter(
      (need) =>
        need !== 'nothing' &&
        (need === 'credential'
          ? who === 'unauthenticated'
          : need === 'anyCapability'
            ? who === 'unauthenticated' || held.length === 0
            : !held.includes(need)),
    );
    if (lacking.length === 0) return 'served';
    return who === 'unauthenticated' ? 'AUTHENTICATION_FAILED' : 'FORBIDDEN';
  }

  /** Requests every case as every viewer. Resolves to the cases whose outcome is not the expected one. */
  async function misfits<Case extends { readonly name: string }>(
    cases: readonly Case[],
    who: readonly Who[],
    ask: (one: Case, who: Who) => Promise<string>,
    wanted: (one: Case, who: Who) => string,
  ): Promise<readonly string[]> {
    if (cases.length === 0) throw new Error('there is nothing to ask for');
    const wrong: string[] = [];
    for (const one of who)
      await Promise.all(
        cases.map(async (item) => {
          const found = await ask(item, one);
          const want = wanted(item, one);
          if (found !== want) wrong.push(`${item.name} for ${one}: ${found}, not ${want}`);
        }),
      );
    return wrong;
  }

  const asFields = (one: Asked, who: Who): Outcome => expected(who, [one.requires]);

  // How it is asked

  function bearer(who: Who): Record<string, string> {
    const token = tokens[who];
    return token === null ? {} : bearing(token);
  }

  function request(path: string, init: RequestInit): Promise<Response> {
    return fetch(`${app.url}${path}`, { redirect: 'manual', ...init });
  }

  async function statusOf(path: string, init: RequestInit): Promise<number> {
    const response = await request(path, init);
    await response.body?.cancel();
    return response.status;
  }

  function graph(
    { query, variables }: Pick<Asked, 'query' | 'variables'>,
    who: Who,
    accept = 'application/graphql-response+json',
    signal: AbortSignal | null = null,
  ): Promise<Response> {
    const headers = { 'content-type': 'application/json', accept, ...bearer(who) };
    return request('/graphql', {
      method: 'POST',
      headers,
      body: JSON.stringify({ query, variables }),
      signal,
    });
  }

  async function overHttp(one: Pick<Asked, 'query' | 'variables'>, who: Who): Promise<string> {
    const response = await graph(one, who);
    return outcomeOf(response.status, (await response.json()) as Answer);
  }

  it.each(['Query', 'Mutation'] as const)(
    'serves each field of %s to exactly the viewers with the rights',
    async (kind) => {
      expect(await misfits(rootFields(kind), viewers, overHttp, asFields)).toEqual([]);
    },
  );

  it('returns fields below the roots to exactly the viewers with the rights', async () => {
    const document = { query: '{ subscriptions { groups { document } } }', variables: {} };
    const wrong = await misfits(
      [{ name: 'SubscriptionGroup.document', ...document }],
      viewers,
      overHttp,
      (_one, who) => expected(who, ['read', 'manage']),
    );
    expect(wrong).toEqual([]);
  });

  it('executes a document with several fields for exactly the viewers that may read all of them', async () => {
    const cases = [
      {
        name: 'viewer and tokens',
        query: '{ viewer { subject } tokens { edges { cursor } } }',
        variables: {},
      },
      { name: 'viewer and models', query: '{ viewer { subject } models { id: modelId } }', variables: {} },
      { name: 'the schema', query: '{ __schema { queryType { name } } }', variables: {} },
      { name: 'a type', query: 'query { __type(name: "Query") { name } }', variables: {} },
      {
        name: 'tokens in a fragment that is left out',
        query: '{ viewer { subject } ... @include(if: false) { tokens { edges { cursor } } } }',
        variables: {},
      },
    ];
    const wrong = await misfits(cases, viewers, overHttp, ({ query }, who) =>
      expected(who, query.includes('tokens') ? ['manage', 'read'] : ['read']),
    );
    expect(wrong).toEqual([]);
  });

  it('starts each subscription for exactly the viewers with the rights, over graphql-ws', async () => {
    const wrong: string[] = [];
    for (const who of viewers) {
      const client = new RawClient(`${app.wsUrl}/graphql`, {}, ['graphql-transport-ws']);
      await client.opened();
      client.send({ type: 'connection_init', payload: { token: tokens[who] } });
      if (expected(who, ['nothing']) !== 'served') {
        const { code } = await client.closed;
        if (code !== 4403) wrong.push(`${who}: closed with ${code}, not 4403`);
        continue;
      }
      await client.ofType('connection_ack');
      const outcomes = await subscribeToAll(client, rootFields('Subscription'));
      for (const one of rootFields('Subscription')) {
        const [found, want] = [outcomes.get(one.name), asFields(one, who)];
        if (found !== want) wrong.push(`${one.name} for ${who}: ${found}, not ${want}`);
      }
      client.close();
      await client.closed;
    }
    expect(wrong).toEqual([]);
  });

  it('starts each subscription for exactly the viewers with the rights, over server-sent events', async () => {
    const wrong = await misfits(
      rootFields('Subscription'),
      ['unauthenticated', 'powerless', 'user'],
      async (one, who) => {
        const leaving = new AbortController();
        const response = await graph(one, who, 'text/event-stream', leaving.signal);
        const stream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
        // A refusal may come in the stream, as its first and only event.
        if (stream && asFields(one, who) === 'served') {
          leaving.abort();
          return 'served';
        }
        const text = await response.text();
        if (!stream) return outcomeOf(response.status, JSON.parse(text) as Answer);
        const { errors = [] } = JSON.parse(/^data: (\{.*)$/m.exec(text)?.[1] ?? '{}') as Answer;
        return codeIn(errors);
      },
      asFields,
    );
    expect(wrong).toEqual([]);
  });

  const kindsOfEvents = eventKinds().map(({ kind, event }) => ({ name: `EventInput.${kind}`, event }));

  /** A host is reported by one subject only. */
  const eventOf = ({ event }: { readonly event: object }, who: string): object =>
    'host' in event ? { host: { ...(event.host as object), hostId: `host-of-${who}` } } : event;

  it('accepts each kind of event from exactly the viewers that may report it, in the graph', async () => {
    const query = publishMutation();
    const wrong = await misfits(
      kindsOfEvents,
      viewers,
      (one, who) => overHttp({ query, variables: { events: [eventOf(one, who)] } }, who),
      (_one, who) => expected(who, ['write']),
    );
    expect(wrong).toEqual([]);
  });

  it('accepts each kind of event from exactly the viewers that may report it, at /publish', async () => {
    const wrong = await misfits(
      kindsOfEvents,
      viewers,
      async (one, who) => {
        const headers = { 'content-type': 'application/json', ...bearer(who) };
        const response = await request('/publish', {
          method: 'POST',
          headers,
          body: JSON.stringify([eventOf(one, who)]),
        });
        return outcomeOf(response.status, (await response.json()) as Answer);
      },
      (_one, who) => expected(who, ['write']),
    );
    expect(wrong).toEqual([]);
  });

  // Old systems

  it('serves each old route to exactly the viewers with the rights', async () => {
    const wrong = await misfits(
      routes.map((route) => ({ name: nameOf(route), route })),
      viewers,
      async ({ route }, who) => {
        const body = route.body === null ? {} : { body: JSON.stringify(leastBody(route.body.schema)) };
        const headers = { 'content-type': 'application/json', ...bearer(who) };
        const response = await request(filled(route.path), { method: route.method, headers, ...body });
        const { error = {} } = (await response.json()) as Answer;
        return outcomeOf(response.status, response.ok ? {} : { error }); // a successful response may contain errors
      },
      ({ route }, who) => (route.open ? 'served' : expected(who, needsOf(route.query))),
    );
    expect(wrong).toEqual([]);
  });

  /** The ways in which a feed takes a credential; how a wrong one is refused differs. */
  const ways = feeds.flatMap(({ dialect, feed }) => {
    const own = feed.credentialIn;
    const shown = own === undefined ? (['header', 'api_key'] as const) : [own];
    return shown.map((way) => ({ name: `${dialect} ${feed.path} by ${way}`, feed, way }));
  });

  it('opens each old feed for exactly the viewers with the rights', async () => {
    const wrong = await misfits(
      ways,
      viewers,
      async ({ feed, way }, who) => {
        const token = tokens[who];
        const url = new URL(`${app.wsUrl}${filled(feed.path)}`);
        const inUrl = way !== 'header' && (token !== null || feed.credentialIn === way);
        if (inUrl) url.searchParams.set(way, token ?? '');
        return handshake(url.href, inUrl ? {} : bearer(who));
      },
      ({ feed, way }, who) => {
        const closesLater = feed.credentialIn === way; // the socket opens and is closed with a code
        const outcome =
          closesLater && who === 'unauthenticated' ? 'AUTHENTICATION_FAILED' : expected(who, ['read']);
        if (outcome === 'served') return 'served';
        if (outcome === 'FORBIDDEN') return '403';
        return closesLater ? 'closed with 4401' : '401';
      },
    );
    expect(wrong).toEqual([]);
  });

  it('accepts exactly the viewers with the rights on graphql-ws, also with the credential of the handshake', async () => {
    const wrong = await misfits(
      ['header', 'api_key'].map((way) => ({ name: `/graphql by ${way}`, way })),
      viewers,
      async ({ way }, who) => {
        const token = tokens[who];
        const query = way === 'api_key' && token !== null ? `?api_key=${token}` : '';
        const url = `${app.wsUrl}/graphql${query}`;
        return handshake(url, way === 'header' ? bearer(who) : {}, ['graphql-transport-ws']);
      },
      (_one, who) => {
        if (expected(who, ['nothing']) === 'served') return 'served';
        return who === 'unauthenticated' ? 'closed with 4403' : '401';
      },
    );
    expect(wrong).toEqual([]);
  });

  it('has no feed that is missing in these tables', async () => {
    const { data } = await app.graphql<{ connections: { endpoints: { dialect: string; path: string }[] } }>(
      '{ connections { endpoints { dialect path } } }',
      {},
      bearer('admin'),
    );
    const known = new Set([
      'graphql /graphql',
      ...feeds.map(({ dialect, feed }) => `${dialect} ${feed.path}`),
    ]);
    const served = data.connections.endpoints.map(({ dialect, path }) => `${dialect} ${path}`);
    expect(new Set(served.filter((one) => !one.startsWith('unknown ')))).toEqual(known);
  });

  // Addresses that are in no table

  type Rule = 'open' | readonly Requirement[];

  const fixed: Readonly<
    Record<string, { readonly rule: Rule; readonly status?: number; readonly body?: string }>
  > = {
    'GET /livez': { rule: 'open' },
    'GET /readyz': { rule: 'open' },
    'GET /docs': { rule: 'open' },
    'GET /redoc': { rule: 'open' },
    'GET /redoc/feeds': { rule: 'open' },
    'GET /metrics': { rule: ['read'] },
    'GET /openapi.json': { rule: 'open' },
    'GET /asyncapi.json': { rule: 'open' },
    'GET /': { rule: 'open' },
    'GET /health': { rule: 'open' },
    'GET /auth/session': { rule: [] },
    'POST /auth/session': { rule: ['credential'], status: 201 },
    'DELETE /auth/session': { rule: 'open', status: 204 },
    'GET /graphql': { rule: ['read'] },
    'POST /graphql': { rule: ['read'], body: JSON.stringify({ query: '{ models { id: modelId } }' }) },
    'POST /v1/metrics': { rule: ['write'], body: '{}' },
    'POST /publish': { rule: ['write'], body: JSON.stringify([eventKinds()[0]?.event]) },
  };

  it('serves every other path to exactly the viewers with the rights', async () => {
    const wrong = await misfits(
      Object.entries(fixed).map(([name, one]) => ({ name, ...one })),
      viewers,
      async ({ name, body, status = 200 }, who) => {
        const [method = '', path = ''] = name.split(' ');
        const target = name === 'GET /graphql' ? '/graphql?query={models{id}}' : path;
        const headers = {
          accept: 'application/graphql-response+json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...bearer(who),
        };
        const response = await request(target, { method, headers, ...(body === undefined ? {} : { body }) });
        if (response.status === status) return 'served';
        return outcomeOf(response.status, (await response.json()) as Answer);
      },
      ({ rule }, who) => (rule === 'open' ? 'served' : expected(who, rule)),
    );
    expect(wrong).toEqual([]);
  });

  it('serves no path that is missing in these tables', () => {
    const { paths } = openApiDocument({ version: '0', dialects, credentialsRequired: true }) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const known = new Set([...Object.keys(fixed), ...routes.map(nameOf)]);
    expect(described.filter((one) => !known.has(one))).toEqual([]);
  });

  it('serves GraphiQL without a credential', async () => {
    for (const who of viewers)
      expect(
        await statusOf('/graphql', { method: 'HEAD', headers: { accept: 'text/html', ...bearer(who) } }),
      ).toBe(200);
  });

  // Sockets

  async function handshake(
    url: string,
    headers: Record<string, string>,
    protocols: string[] = [],
  ): Promise<string> {
    const client = new RawClient(url, { headers }, protocols);
    try {
      await client.opened();
    } catch {
      return String((await refusedHandshake(url, { headers })).status);
    }
    if (protocols.length > 0) client.send({ type: 'connection_init' });
    const ended = client.closed.then(({ code }) => `closed with ${code}`);
    // A rejection arrives before the socket reads the first message.
    const heard = new Promise<string>((resolve) => {
      if (protocols.length > 0)
        void client.ofType('connection_ack').then(
          () => resolve('served'),
          () => {},
        );
      else client.socket.once('pong', () => resolve('served'));
    });
    if (protocols.length === 0) client.socket.ping();
    const outcome = await Promise.race([ended, heard]);
    client.close();
    await client.closed;
    return outcome;
  }

  async function subscribeToAll(
    client: RawClient,
    all: readonly Asked[],
  ): Promise<ReadonlyMap<string, string>> {
    const outcomes = new Map(all.map(({ name }) => [name, 'served']));
    for (const { name, query, variables } of all)
      client.send({ id: name, type: 'subscribe', payload: { query, variables } });
    // What is refused is refused before what was asked later is answered, and so before what was asked after that.
    for (const id of ['first', 'second']) {
      client.send({ id, type: 'subscribe', payload: { query: '{ viewer { subject } }' } });
      await client.next((message) => {
        if (message['type'] === 'error')
          outcomes.set(
            String(message['id']),
            outcomeOf(200, { data: null, errors: message['payload'] } as Answer),
          );
        return message['type'] === 'complete' && message['id'] === id;
      });
    }
    return outcomes;
  }
});

// Reading answers

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
  readonly error?: { readonly code?: string };
  /** Of gRPC, in the errors of OTLP. */
  readonly code?: number;
}

/** Codes of errors that do not concern the rights of the viewer. */
const unrelated = new Set(['BAD_USER_INPUT', 'NOT_FOUND', 'FEATURE_DISABLED']);
const grpcCodes: Readonly<Record<number, string>> = { 16: 'AUTHENTICATION_FAILED', 7: 'FORBIDDEN' };
const statuses: Readonly<Record<string, number>> = { AUTHENTICATION_FAILED: 401, FORBIDDEN: 403 };

function outcomeOf(status: number, { data, errors, error, code: grpc }: Answer): string {
  const failures = Object.values(data ?? {}).map((value) => (value as { code?: string } | null)?.code ?? '');
  if (failures.some((code) => code in statuses)) return 'refused in its data';
  const code = error?.code ?? grpcCodes[grpc ?? 0] ?? (errors === undefined ? null : codeIn(errors));
  if (code === null) return status === 200 ? 'served' : `status ${status}`;
  if (code in statuses) return statuses[code] === status || data === null ? code : `${code} with ${status}`;
  return unrelated.has(code) ? 'served' : code;
}

function codeIn(errors: unknown): string {
  const [first] = errors as NonNullable<Answer['errors']>;
  return first?.extensions?.code ?? 'an error without a code';
}

// Asking

function nameOf({ method, path }: Pick<RestRoute, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

const inPaths: Readonly<Record<string, string>> = {
  agent_id: agentId,
  alert_id: '4711',
  job_id: 'fancied-job',
  log_type: 'connection',
  name: 'fancied-provider',
};

function filled(path: FeedSpec['path']): string {
  const segments = segmentsOf(path).map((segment) => {
    const name = parameterIn(segment);
    if (name === null) return segment;
    const value = inPaths[name];
    if (value === undefined) throw new Error(`add a value for the parameters of ${path}`);
    return value;
  });
  return `/${segments.join('/')}`;
}

const bodies: readonly object[] = [{}, { action: 'pause' }];

/** The first of these that the schema takes. */
function leastBody(schema: z.ZodType): object {
  const body = bodies.find((one) => schema.safeParse(one).success);
  if (body === undefined) throw new Error('say here what the body of a new route may be');
  return body;
}
