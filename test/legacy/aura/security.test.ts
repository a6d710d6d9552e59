import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusedHandshake } from '../../_util/clients.ts';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import {
  emptyFolder,
  entry,
  FeedClient,
  open,
  publish,
  refusal,
  systemMetrics,
  until,
} from '../_old-client.ts';

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };
const run = promisify(execFile);
const hasOpenssl = await run('openssl', ['version']).then(
  () => true,
  () => false,
);
if (!hasOpenssl) console.warn('\nSKIPPED: without openssl there is no certificate to test TLS with.\n');

interface Audit {
  eventType: string;
  actorId: string;
  targetId: string | null;
  action: string;
  role: string | null;
  status: string;
}

/** The audit log, oldest first, once it has as many entries of these types (and of this actor). */
async function audited(app: TestApp, count: number, types: string[], actorId?: string): Promise<Audit[]> {
  let found: Audit[] = [];
  await until(async () => {
    const { data } = await app.graphql<{ auditLogs: { edges: { node: Audit }[] } }>(
      `query ($filter: AuditFilter) { auditLogs(filter: $filter) { edges {
         node { eventType actorId targetId action role: roleId status } } } }`,
      { filter: { eventTypes: types, actorId } },
    );
    found = data.auditLogs.edges.map(({ node }) => node).reverse();
    return found.length >= count;
  });
  return found;
}

describe('TLS', () => {
  it.skipIf(!hasOpenssl)(
    'A66 A1: with a certificate the same port speaks https and wss, and nothing else',
    async () => {
      const dir = await emptyFolder();
      const [cert, key] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
      const asked = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost
        -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout ${key} -out ${cert}`;
      await run('openssl', asked.split(/\s+/));
      const app = await startTestApp({ TLS_CERT_FILE: cert, TLS_KEY_FILE: key });
      expect(app.url).toMatch(/^https:\/\//);
      const ca = await readFile(cert);
      const client = new FeedClient(`${app.wsUrl}/ws/system`, { ca });
      expect(await client.next()).toFit(systemMetrics);
      const [status, body] = await new Promise<[number, string]>((resolve, reject) => {
        request(`${app.url}/info`, { ca }, (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          response.on('end', () => resolve([response.statusCode ?? 0, text]));
        })
          .on('error', reject)
          .end();
      });
      expect(status).toBe(200);
      expect(JSON.parse(body)).toMatchObject({ listeners: [{ url: app.url }] });
      await expect(fetch(app.url.replace('https', 'http'))).rejects.toThrow('fetch failed');
      const bare = new FeedClient(`${app.wsUrl.replace('wss', 'ws')}/ws/system`);
      await expect(bare.opened()).rejects.toThrow(/./);
    },
  );

  it('A66: a certificate without its key, or the reverse, is rejected at start with what is missing', async () => {
    const dir = await emptyFolder();
    await expect(startTestApp({ TLS_CERT_FILE: join(dir, 'none.pem') })).rejects.toThrow('TLS_CERT_FILE');
  });
});

describe('origins', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ FEATURE_SYSTEM_MONITORING: 'false' }, { keep: true });
  });

  afterAll(() => app.stop());

  it.each(['http://localhost:3000', 'https://localhost', 'http://127.0.0.1:8501'])(
    'A67: pages of %s may read, without credentials',
    async (origin) => {
      const { status, headers } = await app.get('/api/governance/roles', { origin });
      expect(status).toBe(200);
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('vary')).toContain('Origin');
      expect(headers.get('access-control-allow-credentials')).toBeNull();
      const refused = await app.get('/api/system/metrics', { origin });
      expect(refused.status).toBe(503);
      expect(refused.headers.get('access-control-allow-origin')).toBe(origin); // failures are readable too
      const client = await open(app, '/ws/governance', { origin });
      expect(await client.next()).toMatchObject({ type: 'role_hierarchy' });
    },
  );

  it.each([
    'https://evil.example',
    'http://localhost.evil.example',
    'http://127.0.0.1.nip.example',
    'http://evil.example:9200',
    'null',
    'file://',
  ])('A67: pages of %s get no CORS header, and 403 at the handshake', async (origin) => {
    const { status, headers } = await app.get('/api/governance/roles', { origin });
    expect(status).toBe(200);
    expect(headers.get('access-control-allow-origin')).toBeNull();
    const refused = await refusedHandshake(`${app.wsUrl}/ws/governance`, { origin });
    expect(refused.status).toBe(403);
    expect(refused.body).toFit(refusal('FORBIDDEN'));
  });

  it('A67: a preflight is answered with 204, and has CORS headers for allowed pages only', async () => {
    const preflight = (origin: string): Promise<Response> =>
      fetch(`${app.url}/api/governance/audit-logs`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'GET',
          'access-control-request-headers': 'x-api-key, x-mine',
        },
      });
    const allowed = await preflight('http://localhost:3000');
    expect(allowed.status).toBe(204);
    expect(await allowed.text()).toBe('');
    expect(allowed.headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
    expect(allowed.headers.get('access-control-allow-methods')).toContain('GET');
    expect(allowed.headers.get('access-control-allow-headers')).toContain('x-mine');
    const foreign = await preflight('https://evil.example');
    expect(foreign.status).toBe(204);
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    expect(foreign.headers.get('access-control-allow-methods')).toBeNull();
  });

  it('A67: AURA_CORS_ORIGINS replaces the default, and the server’s own host stays', async () => {
    const own = await startTestApp({ ...quiet, AURA_CORS_ORIGINS: 'https://dash.example' });
    for (const origin of ['https://dash.example', own.url]) {
      const { headers } = await own.get('/api/governance/roles', { origin });
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      await (await open(own, '/ws/governance', { origin })).ended();
    }
    const origin = 'http://localhost:3000';
    expect((await refusedHandshake(`${own.wsUrl}/ws/governance`, { origin })).status).toBe(403);
    const open_ = await startTestApp({ ...quiet, AURA_CORS_ORIGINS: '*' });
    const { headers } = await open_.get('/api/governance/roles', { origin: 'https://any.example' });
    expect(headers.get('access-control-allow-origin')).toBe('*');
  });

  it('A67: /api/database/health, which two systems document, may be read by any page', async () => {
    const { headers } = await app.get('/api/database/health', { origin: 'https://any.example' });
    expect(headers.get('access-control-allow-origin')).toBe('https://any.example');
    expect(headers.get('access-control-allow-credentials')).toBe('true');
  });

  it('A67 A73: a write from a foreign page is rejected with 403 and audited, also as text/plain', async () => {
    const own = await startTestApp(quiet); // the number of audited rejections per address is limited
    const query = 'mutation { upsertRole(input: { roleId: "owned" }) { __typename } }';
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
      const response = await fetch(`${own.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': type, origin: 'https://evil.example' },
        body: JSON.stringify({ query }),
      });
      expect({ type, status: response.status }).toEqual({ type, status: 403 });
    }
    await refusedHandshake(`${own.wsUrl}/ws/governance`, { origin: 'https://evil.example' });
    const entries = await audited(own, 4, ['origin_rejected']);
    expect(entries.map(({ targetId }) => targetId)).toEqual([
      '/graphql',
      '/graphql',
      '/graphql',
      '/ws/governance',
    ]);
    expect(entries.every(({ actorId, status }) => actorId === 'anonymous' && status === 'failure')).toBe(
      true,
    );
    const { data } = await own.graphql('{ role(roleId: "owned") { id: roleId } }');
    expect(data).toEqual({ role: null });
  });
});

describe('authentication', () => {
  const tokens =
    'key-of-ann-the-admin:ann:admin,key-of-bob-the-user:bob,key-without-a-role:eve:nothing,' +
    'key-of-cleo-the-admin:cleo:admin,key-of-dora-the-admin:dora:admin';
  const [ann, bob, eve, cleo, dora] = tokens.split(',').map((one) => one.split(':')[0] ?? '');
  const secret = 'a secret of at least thirty-two bytes';
  let app: TestApp;
  /** A server that requires a credential everywhere. */
  let closed: TestApp;

  beforeAll(async () => {
    [app, closed] = await Promise.all([
      startTestApp({ ...quiet, AUTH_TOKENS: tokens }, { keep: true }),
      startTestApp(
        { ...quiet, AUTH_REQUIRED: 'true', AUTH_TOKENS: tokens, JWT_SECRET: secret },
        { keep: true },
      ),
    ]);
  });

  afterAll(() => Promise.all([app.stop(), closed.stop()]));

  it('A68: with AUTH_REQUIRED, endpoints and feeds respond with 401 to a missing or invalid credential', async () => {
    for (const headers of [
      {},
      { 'x-api-key': 'wrong' },
      { authorization: 'Bearer wrong' },
      { authorization: `Basic ${ann}` },
      { authorization: 'Bearer' },
    ] as Record<string, string>[]) {
      const { status, body } = await closed.get('/api/governance/audit-logs', headers);
      expect(status).toBe(401);
      expect(body).toFit(refusal('AUTHENTICATION_FAILED'));
      const refused = await refusedHandshake(`${closed.wsUrl}/ws/governance`, { headers });
      expect(refused.status).toBe(401);
      expect(refused.body).toFit(refusal('AUTHENTICATION_FAILED'));
    }
    expect((await refusedHandshake(`${closed.wsUrl}/ws/governance?api_key=wrong`)).status).toBe(401);
    for (const path of ['/', '/health']) expect((await closed.get(path)).status).toBe(200);
    expect((await closed.get('/info')).status).toBe(401);
  });

  it('A68: an API key is accepted as bearer, as X-API-Key, and on WebSockets as api_key', async () => {
    for (const headers of [{ authorization: `Bearer ${bob}` }, { 'x-api-key': bob ?? '' }] as Record<
      string,
      string
    >[]) {
      expect((await closed.get('/api/governance/roles', headers)).status).toBe(200);
      const client = await open(closed, '/ws/governance', { headers });
      expect(await client.next()).toMatchObject({ type: 'role_hierarchy' });
    }
    const client = await open(closed, `/ws/governance?api_key=${bob}`);
    expect(await client.next()).toMatchObject({ type: 'role_hierarchy' });
    expect((await closed.get(`/api/governance/roles?api_key=${bob}`)).status).toBe(401); // WebSockets only
  });

  it('A68: a JWT of JWT_SECRET is accepted; an expired or unsigned one, or one of another secret, is not', async () => {
    const signed = (by: string, expiry: string): Promise<string> =>
      new SignJWT({ role: 'user' })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject('carl')
        .setExpirationTime(expiry)
        .sign(new TextEncoder().encode(by));
    const status = async (token: string): Promise<number> =>
      (await closed.get('/api/governance/roles', { authorization: `Bearer ${token}` })).status;
    expect(await status(await signed(secret, '1h'))).toBe(200);
    expect(await status(await signed(secret, '1 hour ago'))).toBe(401);
    expect(await status(await signed(`${secret}!`, '1h'))).toBe(401);
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    expect(await status(`${part({ alg: 'none' })}.${part({ sub: 'carl', role: 'admin' })}.`)).toBe(401);
  });

  it('A68: a viewer without the capability to read gets 403, and one who may only read cannot write', async () => {
    expect((await app.get('/api/governance/roles', { 'x-api-key': eve ?? '' })).status).toBe(403);
    const refused = await refusedHandshake(`${app.wsUrl}/ws/governance?api_key=${eve}`);
    expect(refused.status).toBe(403);
    expect(refused.body).toFit(refusal('FORBIDDEN'));
    const change = 'mutation { upsertRole(input: { roleId: "mine" }) { __typename } }';
    for (const headers of [{}, { 'x-api-key': bob ?? '' }] as Record<string, string>[]) {
      const { errors } = await app.graphql(change, {}, headers);
      expect(errors?.[0]?.extensions?.['code']).toMatch(/FORBIDDEN|AUTHENTICATION_FAILED/);
      await expect(publish(app, [entry(1)], headers)).rejects.toThrow(/FORBIDDEN|AUTHENTICATION_FAILED/);
    }
    expect((await app.get('/api/governance/roles')).status).toBe(200); // reads stay open by default
    await (await open(app, '/ws/governance')).ended();
    const made = await app.graphql(change, {}, { 'x-api-key': ann ?? '' });
    expect(made.data).toEqual({ upsertRole: { __typename: 'UpsertRoleSuccess' } });
    const total = async (type: string): Promise<number> =>
      (await app.get(`/api/governance/audit-logs?actor_id=ann&event_type=${type}`)).body['total'];
    expect([await total('role_created'), await total('tested')]).toEqual([1, 0]);
  });

  it('A73: failed authentications are written to the audit log, at most ten a minute of one address', async () => {
    const own = await startTestApp({ ...quiet, AUTH_TOKENS: tokens });
    await own.get('/api/governance/roles', { 'x-api-key': 'wrong' });
    await refusedHandshake(`${own.wsUrl}/ws/governance?api_key=wrong`);
    const first = await audited(own, 2, ['authentication_failed']);
    expect(first.map(({ targetId }) => targetId)).toEqual(['/api/governance/roles', '/ws/governance']);
    expect(first.every(({ actorId, status }) => actorId === 'anonymous' && status === 'failure')).toBe(true);
    for (let n = 0; n < 20; n++) await own.get('/api/governance/roles', { 'x-api-key': 'wrong' });
    await publish(own, [entry(1)], { 'x-api-key': ann ?? '' }).catch(() => {});
    await audited(own, 10, ['authentication_failed']);
    const { body } = await own.get('/api/governance/audit-logs?event_type=authentication_failed');
    expect(body).toMatchObject({ total: 10 });
  });

  it('A76: every governance change is audited with its subject', async () => {
    const key = { 'x-api-key': cleo ?? '' };
    for (const change of [
      'upsertRole(input: { roleId: "auditor", capabilities: ["read"] })',
      'upsertRole(input: { roleId: "auditor", trustLevel: 0.7 })',
      'assignRole(input: { roleId: "auditor", subject: "bob" })',
      'revokeRole(input: { roleId: "auditor", subject: "bob" })',
      'deleteRole(input: { roleId: "auditor" })',
    ]) {
      const { errors } = await app.graphql(`mutation { ${change} { __typename } }`, {}, key);
      expect(errors).toBeUndefined();
    }
    const types = ['role_created', 'role_updated', 'role_assignment', 'role_revocation', 'role_deleted'];
    const entries = await audited(app, 5, types, 'cleo');
    expect(entries.map(({ eventType }) => eventType)).toEqual(types);
    expect(entries.map(({ targetId }) => targetId)).toEqual(['auditor', 'auditor', 'bob', 'bob', 'auditor']);
    const { body } = await app.get('/api/governance/audit-logs?actor_id=cleo');
    expect(body).toMatchObject({ total: 5 });
  });

  it('A76: a rejected change has no effect and no audit entry of a change', async () => {
    for (const change of [
      'deleteRole(input: { roleId: "user" })', // others inherit from it
      'assignRole(input: { roleId: "unknown", subject: "bob" })',
    ]) {
      const { data } = await app.graphql(
        `mutation { refused: ${change} { ... on Failure { code } } }`,
        {},
        { 'x-api-key': dora ?? '' },
      );
      expect(data).toEqual({ refused: { code: expect.any(String) as string } });
    }
    expect((await app.get('/api/governance/audit-logs?actor_id=dora')).body).toMatchObject({ total: 0 });
  });
});

describe('request signing', () => {
  const secret = 'shared by both sides';
  const body = JSON.stringify({
    query: 'mutation { upsertRole(input: { roleId: "signed" }) { __typename } }',
  });

  function sign(at: number, what = body, method = 'POST', path = '/graphql'): Record<string, string> {
    const signature = createHmac('sha256', secret).update(`${at}.${method}.${path}.${what}`).digest('hex');
    return { 'x-timestamp': String(at), 'x-signature': signature };
  }

  it('A71 A73: a POST without a fresh signature over time, method, path and body gets 401, which is audited', async () => {
    const app = await startTestApp({ ...quiet, REQUEST_SIGNING_SECRET: secret });
    const post = async (headers: Record<string, string>, path = '/graphql', text = body): Promise<number> => {
      const response = await fetch(`${app.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: text,
      });
      await response.text();
      return response.status;
    };
    const now = Math.floor(Date.now() / 1000);
    const { 'x-timestamp': timestamp = '', 'x-signature': signature = '' } = sign(now);
    expect(await post({})).toBe(401);
    expect(await post({ 'x-timestamp': timestamp })).toBe(401);
    expect(await post({ 'x-signature': signature })).toBe(401);
    expect(await post({ 'x-timestamp': String(now - 1), 'x-signature': signature })).toBe(401);
    expect(await post(sign(now, `${body} `))).toBe(401);
    expect(await post(sign(now, body, 'PUT'))).toBe(401);
    expect(await post(sign(now, body, 'POST', '/graphql?'), '/graphql')).toBe(401);
    expect(await post(sign(now - 310))).toBe(401);
    expect(await post(sign(now + 310))).toBe(401);
    expect(await post({ 'x-timestamp': timestamp, 'x-signature': 'beef' })).toBe(401);
    const total = async (type: string): Promise<number> =>
      (await app.get(`/api/governance/audit-logs?event_type=${type}`)).body['total'];
    await until(async () => (await total('authentication_failed')) >= 10);
    expect(await total('role_created')).toBe(0);

    expect(await post(sign(now))).toBe(200);
    expect(await post(sign(now - 290))).toBe(200);
    expect(await post(sign(now, body, 'POST', '/graphql?by=me'), '/graphql?by=me')).toBe(200);
    expect((await app.get('/api/governance/roles')).status).toBe(200); // only POSTs are signed
    expect(await total('role_created')).toBe(1);
  });
});

describe('stored data', () => {
  it('A74: no log line and no response contains a key, a token or the query of a URL', async () => {
    const secrets = [
      'key-of-ann-s3cret',
      'wr0ng-s3cret-key',
      'sig-s3cret',
      'jwt-s3cret-of-thirty-two-bytes-and-more',
    ];
    const [key = '', wrong = '', signing = '', jwt = ''] = secrets;
    const app = await startTestApp({
      ...quiet,
      AUTH_TOKENS: `${key}:ann:admin`,
      JWT_SECRET: jwt,
      REQUEST_SIGNING_SECRET: signing,
    });
    const answers: unknown[] = [];
    answers.push((await app.get('/api/governance/roles', { authorization: `Bearer ${key}` })).body);
    answers.push((await app.get('/api/governance/roles', { authorization: `Bearer ${wrong}` })).body);
    answers.push((await app.get(`/api/governance/roles?token=${wrong}&api_key=${wrong}`)).body);
    answers.push((await app.get(`/api/none?api_key=${wrong}`, { 'x-api-key': key })).body);
    const client = await open(app, `/ws/governance?api_key=${key}&client_id=one`);
    answers.push(await client.next());
    await client.ended();
    answers.push((await refusedHandshake(`${app.wsUrl}/ws/governance?api_key=${wrong}`)).body);
    answers.push((await refusedHandshake(`${app.wsUrl}/ws/none?token=${wrong}`)).body);
    answers.push((await app.get('/info')).body);
    await app.stop();
    const logged = JSON.stringify(app.logged);
    expect(logged).toContain('/ws/governance');
    for (const secret of secrets) {
      expect(logged).not.toContain(secret);
      expect(JSON.stringify(answers)).not.toContain(secret);
    }
  });

  it('A73: connects, closes and rejections are in the WebSocket log, with code and reason', async () => {
    const app = await startTestApp({ ...quiet, LOG_LEVEL: 'INFO' });
    await (await open(app, '/ws/governance')).ended(1000);
    await refusedHandshake(`${app.wsUrl}/ws/none`);
    const text = (): Promise<string> => readFile(join(app.logDir, 'websocket.log'), 'utf8').catch(() => '');
    const isThere = async (path: string, name: string, value: number): Promise<void> => {
      const isIt = (line: string): boolean => {
        const entry = JSON.parse(line) as Record<string, unknown>;
        return String(entry['path'] ?? entry['url']).includes(path) && entry[name] === value;
      };
      await until(async () => (await text()).split('\n').slice(0, -1).some(isIt));
    };
    await isThere('/ws/governance', 'code', 1000);
    await isThere('/ws/none', 'status', 404);
    expect(await text()).not.toContain('"level":"DEBUG"');
  });

  it('A75: rows older than the retention are removed once a night, and no others', async () => {
    const kept = { ...quiet, AUDIT_RETENTION_DAYS: '10', RETENTION_DAYS: '5' };
    const app = await startTestApp(kept);
    await publish(app, [entry(1), entry(2), entry(3)]);
    const client = new pg.Client(app.database);
    await client.connect();
    await client.query('alter table audit_log disable trigger all');
    const age = async (days: number, action: string): Promise<void> => {
      await client.query(
        `update audit_log set recorded_at = recorded_at - $1 * interval '1 day' where action = $2`,
        [days, action],
      );
    };
    await age(11, 'did 1');
    await age(9, 'did 2');
    await client.query('alter table audit_log enable trigger all');
    await client.end();
    expect((await app.get('/info')).body).toMatchObject({
      scheduler: { jobs: expect.arrayContaining(['database_cleanup']) as string[] },
    });
    const { data } = await app.graphql<{ jobs: readonly { id: string; trigger: string }[] }>(
      '{ jobs { id: jobId trigger } }',
    );
    expect(data.jobs).toContainEqual({ id: 'database_cleanup', trigger: 'cron 0 3 * * *' });
    await app.graphql('mutation { triggerJob(input: { jobId: "database_cleanup" }) { __typename } }');
    const reported = async (): Promise<readonly string[]> => {
      const { data } = await app.graphql<{ auditLogs: { edges: readonly { node: { action: string } }[] } }>(
        '{ auditLogs(first: 10) { edges { node { action } } } }',
      );
      const actions = data.auditLogs.edges.map(({ node }) => node.action);
      return actions.filter((action) => action.startsWith('did')).sort();
    };
    await until(async () => (await reported()).length < 3, 100);
    expect(await reported()).toEqual(['did 2', 'did 3']);
  });
});
