import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import {
  count,
  dashboardFile,
  dataOf,
  entries,
  entry,
  iso,
  justNow,
  listOf,
  maybe,
  milliseconds,
  oneOf,
  open,
  percent,
  publish,
  ratio,
  refusal,
  text,
} from '../_old-client.ts';

let app: TestApp;
/** A server with an audit log that only one test writes to. */
let log: TestApp;

const hour = (n: number): string => new Date(Date.UTC(2026, 0, 1, n)).toISOString();

beforeAll(async () => {
  [app, log] = await Promise.all([
    startTestApp({}, { keep: true }),
    startTestApp({ FEATURE_SYSTEM_MONITORING: '0', FEATURE_DATABASE_MONITORING: '0' }, { keep: true }),
  ]);
  await publish(log, entries(1, 1000, { eventType: 'bulk', actorId: 'robot', occurredAt: hour(0) }));
  await publish(log, [
    ...entries(1001, 1020, { eventType: 'bulk', actorId: 'robot', occurredAt: hour(0) }),
    entry(1021, { eventType: 'group_assignment', actorId: 'ann', occurredAt: hour(1) }),
    entry(1022, { eventType: 'group_assignment', actorId: 'bob', occurredAt: hour(2), status: 'failure' }),
    entry(1023, { eventType: 'role revoked & more', actorId: 'ann', occurredAt: hour(3) }),
  ]);
});

afterAll(() => Promise.all([app.stop(), log.stop()]));

const paths = [
  '/api/system/metrics',
  '/api/governance/roles',
  '/api/governance/audit-logs',
  '/api/models/status',
  '/api/database/health',
  '/api/websocket/connections',
];
const feeds = ['/ws/models', '/ws/system', '/ws/governance', '/ws/database'];

interface Logs {
  audit_logs: { event_id: string; event_type: string; actor_id: string; timestamp: string; status: string }[];
  total: number;
  limit: number;
  offset: number;
}

async function logs(query = ''): Promise<Logs> {
  const { status, body } = await log.get(`/api/governance/audit-logs${query}`);
  expect(status).toBe(200);
  return body;
}

describe('GET /api/system/metrics', () => {
  it('A30: has its five keys and two of the network, with whole Unix seconds', async () => {
    const { status, body } = await app.get('/api/system/metrics');
    expect(status).toBe(200);
    expect(body).toFit({
      cpu_percent: percent,
      memory_percent: percent,
      disk_percent: percent,
      network: { bytes_sent: count, bytes_recv: count },
      timestamp: justNow,
    });
  });
});

describe('GET /api/governance/roles', () => {
  it('A32: lists the roles with four keys each, parents before children', async () => {
    expect((await log.get('/api/governance/roles')).body).toEqual({
      roles: [
        {
          role_id: 'admin',
          role_name: 'Administrator',
          capabilities: ['execute', 'read', 'write', 'delete', 'manage'],
          member_count: 0,
        },
        { role_id: 'user', role_name: 'User', capabilities: ['read'], member_count: 0 },
        {
          role_id: 'developer',
          role_name: 'Developer',
          capabilities: ['execute', 'read', 'write', 'debug'],
          member_count: 0,
        },
      ],
    });
  });

  it('A33: adds the ids of the members when include_members is true', async () => {
    for (const actor of ['zoe', 'ann'])
      await app.graphql(
        'mutation ($actor: ID!) { assignRole(input: { roleId: "user", subject: $actor }) { __typename } }',
        {
          actor,
        },
      );
    for (const value of ['true', '1', 'TRUE']) {
      const { body } = await app.get(`/api/governance/roles?include_members=${value}`);
      expect(body).toFit({
        roles: listOf({
          role_id: text,
          role_name: text,
          capabilities: listOf(text),
          member_count: count,
          members: listOf(text),
        }),
      });
      const { roles } = body as { roles: { role_id: string; member_count: number; members: string[] }[] };
      expect(roles.find(({ role_id }) => role_id === 'admin')?.members).toEqual([]);
      const user = roles.find(({ role_id }) => role_id === 'user');
      expect(user?.members.toSorted()).toEqual(['ann', 'zoe']);
      expect(user?.member_count).toBe(2);
    }
  });

  it('A34: adds own and inherited permissions, with their source, when include_permissions is true', async () => {
    const { body } = await log.get('/api/governance/roles?include_permissions=true&include_members=False');
    expect(body).toFit({
      roles: listOf({
        role_id: text,
        role_name: text,
        capabilities: listOf(text),
        member_count: count,
        permissions: listOf({ capability: text, source_role: text, inherited: oneOf(true, false) }),
      }),
    });
    const { roles } = body as { roles: { role_id: string; permissions: Record<string, unknown>[] }[] };
    expect(roles.find(({ role_id }) => role_id === 'user')?.permissions).toEqual([
      { capability: 'read', source_role: 'user', inherited: false },
    ]);
    const developer = roles.find(({ role_id }) => role_id === 'developer')?.permissions;
    expect(developer).toContainEqual({ capability: 'debug', source_role: 'developer', inherited: false });
    expect(developer?.filter(({ source_role }) => source_role === 'developer')).toHaveLength(4);
  });

  it('A34: names the role that an inherited capability comes from', async () => {
    await app.graphql('mutation ($input: UpsertRoleInput!) { upsertRole(input: $input) { __typename } }', {
      input: { roleId: 'lead', parentId: 'developer', capabilities: ['manage'] },
    });
    const { body } = await app.get('/api/governance/roles?include_permissions=1');
    const { roles } = body as { roles: { role_id: string; permissions: object[] }[] };
    const lead = roles.find(({ role_id }) => role_id === 'lead')?.permissions;
    expect(lead).toContainEqual({ capability: 'manage', source_role: 'lead', inherited: false });
    expect(lead).toContainEqual({ capability: 'debug', source_role: 'developer', inherited: true });
  });

  it.each(['include_members=yes', 'include_permissions=2', 'include_members=on&include_permissions=true'])(
    'A33 A34: rejects ?%s and names the parameter',
    async (query) => {
      const { status, body } = await app.get(`/api/governance/roles?${query}`);
      expect(status).toBe(400);
      expect(body).toFit(
        refusal('INVALID_PARAMETER', { param: oneOf('include_members', 'include_permissions') }),
      );
    },
  );
});

describe('GET /api/governance/audit-logs', () => {
  it('A35 A41: lists entries with five keys each, newest first, and echoes total, limit and offset', async () => {
    const body = await logs();
    expect(body).toFit({
      audit_logs: listOf({
        event_id: (value) => /^evt_\d+$/.test(String(value)),
        event_type: text,
        actor_id: text,
        timestamp: iso,
        status: text,
      }),
      total: oneOf(1023),
      limit: oneOf(100),
      offset: oneOf(0),
    });
    expect(body.audit_logs[0]).toMatchObject({
      event_type: 'role revoked & more',
      actor_id: 'ann',
      timestamp: hour(3),
      status: 'success',
    });
    expect(body.audit_logs[1]).toMatchObject({ actor_id: 'bob', timestamp: hour(2), status: 'failure' });
  });

  it('A36: limit defaults to 100 and is capped at 1000, which the response shows', async () => {
    expect((await logs()).audit_logs).toHaveLength(100);
    for (const limit of ['1000', '1001', '5000', '99999999999999999999']) {
      const body = await logs(`?limit=${limit}`);
      expect(body).toMatchObject({ limit: 1000, total: 1023 });
      expect(body.audit_logs).toHaveLength(1000);
    }
    expect((await logs('?limit=1')).audit_logs).toHaveLength(1);
    expect(await logs('?limit=007')).toMatchObject({ limit: 7 });
    expect(await logs('?limit=')).toMatchObject({ limit: 100 });
  });

  it('A37: offset defaults to 0 and pages through every entry once', async () => {
    const seen: string[] = [];
    for (let offset = 0; offset < 1100; offset += 400) {
      const body = await logs(`?limit=400&offset=${offset}`);
      expect(body).toMatchObject({ limit: 400, offset, total: 1023 });
      seen.push(...body.audit_logs.map(({ event_id }) => event_id));
    }
    expect(new Set(seen).size).toBe(1023);
    expect(seen).toHaveLength(1023);
    expect(await logs('?offset=5000')).toEqual({ audit_logs: [], total: 1023, limit: 100, offset: 5000 });
  });

  it.each([
    'limit=0',
    'limit=-1',
    'limit=%2B5',
    'limit=1.5',
    'limit=1e3',
    'limit=ten',
    'limit=0x10',
    'limit=%20',
    'offset=-1',
    'offset=1.0',
    'offset=x',
    'since=yesterday',
    'since=2026-13-01T00:00:00Z',
    'since=2026-02-30',
    'since=1767225600',
    'actor_id=a%00b',
    'event_type=%00',
  ])('A36 A37 A40: rejects ?%s with the name of the parameter', async (query) => {
    const { status, body } = await log.get(`/api/governance/audit-logs?${query}`);
    expect(status).toBe(400);
    expect(body).toFit(refusal('INVALID_PARAMETER', { param: oneOf(query.split('=')[0]) }));
  });

  it('A38: event_type selects entries of exactly this type, and total counts them', async () => {
    const body = await logs('?event_type=group_assignment');
    expect(body.total).toBe(2);
    expect(body.audit_logs.map(({ actor_id }) => actor_id)).toEqual(['bob', 'ann']);
    expect((await logs('?event_type=role%20revoked%20%26%20more')).total).toBe(1);
    expect(await logs('?event_type=role')).toMatchObject({ audit_logs: [], total: 0 });
    expect((await logs('?event_type=')).total).toBe(1023);
  });

  it('A39: actor_id selects entries of exactly this actor', async () => {
    expect((await logs('?actor_id=ann')).audit_logs.map(({ timestamp }) => timestamp)).toEqual([
      hour(3),
      hour(1),
    ]);
    expect((await logs('?actor_id=ann&event_type=group_assignment')).total).toBe(1);
    expect((await logs("?actor_id=ann'--")).total).toBe(0);
  });

  it('A40: since is ISO 8601, inclusive, and UTC without a zone', async () => {
    for (const since of [
      hour(2),
      '2026-01-01T02:00:00',
      '2026-01-01T02:00Z',
      '2026-01-01 02:00:00',
      '2026-01-01T04:00:00%2B02:00',
      '2026-01-01T01:30:00-00:30',
    ])
      expect({ since, total: (await logs(`?since=${since}`)).total }).toEqual({ since, total: 2 });
    expect((await logs('?since=2026-01-01T02:00:00.001Z')).total).toBe(1);
    expect((await logs('?since=2026-01-02')).total).toBe(0);
  });

  it('A35 A41: ignores unknown parameters', async () => {
    expect(await logs('?page=3&limit=2&sort=asc')).toMatchObject({ total: 1023, limit: 2, offset: 0 });
  });
});

describe('the other endpoints', () => {
  it('A42: GET /api/models/status lists the models that are not unloaded', async () => {
    expect((await app.get('/api/models/status')).body).toEqual({ models: [] });
  });

  it('A43 A65: GET /api/database/health has its six keys', async () => {
    const { status, body } = await app.get('/api/database/health');
    expect(status).toBe(200);
    expect(body).toFit({
      status: oneOf('healthy', 'degraded'),
      active_connections: count,
      connection_pool_utilization: ratio,
      avg_query_time_ms: maybe(milliseconds),
      replication_lag_ms: maybe(milliseconds),
      backup_status: oneOf('unknown'),
    });
  });

  it('A65: GET /health has the health of the server, for periodic checks', async () => {
    const { status, body } = await app.get('/health');
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'healthy', components: { database: { status: 'healthy' } } });
    expect(iso((body as { timestamp: string }).timestamp)).toBe(true);
  });

  it('A44: GET /api/websocket/connections always has the four paths, and whole numbers', async () => {
    const { status, body } = await log.get('/api/websocket/connections');
    expect(status).toBe(200);
    expect(body).toEqual({
      total_connections: 0,
      active_connections: 0,
      failed_connections: 0,
      reconnections: 0,
      endpoints: { '/ws/models': 0, '/ws/system': 0, '/ws/governance': 0, '/ws/database': 0 },
    });
  });

  it('A64: each feed has an endpoint for polling with the same values', async () => {
    const own = await startTestApp({
      DASHBOARD_CONFIG: await dashboardFile('monitoring:', '  system:', '    sample_interval_ms: 1000'),
    });
    await publish(own, [entry(1)]);
    const [system, governance, database] = await Promise.all([
      open(own, '/ws/system'),
      open(own, '/ws/governance'),
      open(own, '/ws/database'),
    ]);
    const sample = await system.next();
    const { cpu, memory, disk, network } = sample['data'] as Record<string, Record<string, number>>;
    expect((await own.get('/api/system/metrics')).body).toEqual({
      cpu_percent: cpu?.['percent'],
      memory_percent: memory?.['percent'],
      disk_percent: disk?.['percent'],
      network: { bytes_sent: network?.['bytes_sent'], bytes_recv: network?.['bytes_recv'] },
      timestamp: sample['timestamp'],
    });
    const roles = dataOf(await governance.next())['roles'] as Record<string, unknown>[];
    expect((await own.get('/api/governance/roles')).body).toEqual({
      roles: roles.map(({ role_id, role_name, capabilities, member_count }) => ({
        role_id,
        role_name,
        capabilities,
        member_count,
      })),
    });
    const metrics = (await database.next())['data'] as Record<string, Record<string, unknown>>;
    expect((await own.get('/api/database/health')).body).toEqual({
      status: metrics['health']?.['status'],
      active_connections: metrics['connection']?.['active_connections'],
      connection_pool_utilization: metrics['connection']?.['connection_pool_utilization'],
      avg_query_time_ms: metrics['performance']?.['avg_query_time_ms'],
      replication_lag_ms: metrics['health']?.['replication_lag_ms'],
      backup_status: metrics['health']?.['backup_status'],
    });
    expect((await own.get('/api/models/status')).status).toBe(200);
    expect((await own.get('/api/governance/audit-logs')).body).toMatchObject({ total: 1 });
  });
});

describe('every endpoint', () => {
  it.each(paths)(
    '%s returns JSON in UTF-8, also with one trailing slash, and no body to HEAD',
    async (path) => {
      const { status, headers } = await app.get(path);
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect((await app.get(`${path}/`)).status).toBe(200);
      expect((await app.get(`${path}//`)).status).toBe(404);
      const head = await fetch(`${app.url}${path}`, { method: 'HEAD' });
      expect(head.status).toBe(200);
      expect(Number(head.headers.get('content-length'))).toBeGreaterThan(10);
      expect(await head.text()).toBe('');
    },
  );

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
    'rejects %s with 405 and the allowed methods',
    async (method) => {
      for (const path of paths) {
        const response = await fetch(`${app.url}${path}`, { method });
        expect({ path, status: response.status }).toEqual({ path, status: 405 });
        expect(response.headers.get('allow')?.split(', ')).toEqual(expect.arrayContaining(['GET', 'HEAD']));
        expect(await response.json()).toFit(refusal('METHOD_NOT_ALLOWED'));
      }
    },
  );

  it.each([
    '/api/system',
    '/api/system/metrics/now',
    '/api/governance/roles/admin',
    '/api',
    '/API/system/metrics',
  ])('%s is unknown: 404', async (path) => {
    const { status, body } = await app.get(path);
    expect(status).toBe(404);
    expect(body).toFit(refusal('NOT_FOUND'));
  });

  it.each(feeds)('responds to a plain GET of %s with 426', async (path) => {
    for (const one of [path, `${path}/`]) {
      const { status, body, headers } = await app.get(one);
      expect(status).toBe(426);
      expect(headers.get('upgrade')).toBe('websocket');
      expect(body).toFit(refusal('UPGRADE_REQUIRED'));
    }
    const posted = await fetch(`${app.url}${path}`, { method: 'POST' });
    expect(posted.status).toBe(405);
    expect(posted.headers.get('allow')).toContain('GET');
  });

  it('a path with invalid percent-encoding or U+0000 is rejected with 400', async () => {
    for (const path of ['/api/%E0%A4%A/x', '/api/system%00/metrics', '/%']) {
      const [status, body] = await new Promise<[number, string]>((resolve, reject) => {
        const asked = request(`${app.url}/`, { path }, (response) => {
          let received = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (received += chunk));
          response.on('end', () => resolve([response.statusCode ?? 0, received]));
        });
        asked.on('error', reject).end();
      });
      expect({ path, status }).toEqual({ path, status: 400 });
      expect(JSON.parse(body)).toFit(refusal('INVALID_PARAMETER'));
    }
  });
});
