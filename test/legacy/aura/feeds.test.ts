import { once } from 'node:events';
import { readFile, statfs } from 'node:fs/promises';
import { connect } from 'node:net';
import { cpus, totalmem } from 'node:os';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import { createTestDatabase } from '../../_util/database.ts';
import {
  auditEvent,
  databaseMetrics,
  dataOf,
  entries,
  entry,
  open,
  publish,
  roleHierarchy,
  systemMetrics,
} from '../_old-client.ts';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({}, { keep: true });
});

afterAll(() => app.stop());

interface Role {
  role_id: string;
  parent_role: string | null;
  member_count: number;
}

function rolesOf(message: Record<string, unknown>): Role[] {
  return dataOf(message)['roles'] as Role[];
}

const upsert = 'mutation ($input: UpsertRoleInput!) { upsertRole(input: $input) { __typename } }';

describe('connecting to a feed', () => {
  it('A1 A83: a handshake written by hand is enough, and the first frame is a message of the feed', async () => {
    const { port } = new URL(app.url);
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      `GET /ws/system HTTP/1.1\r\nHost: localhost:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    );
    let bytes = Buffer.alloc(0);
    const complete = (): string | null => {
      const end = bytes.indexOf('\r\n\r\n');
      let frame = end < 0 ? Buffer.alloc(0) : bytes.subarray(end + 4);
      while (frame.length > 4 && frame[0] !== 0x81) frame = frame.subarray(2 + (frame[1] ?? 0)); // a ping
      if (frame.length < 4) return null;
      const [start, length] = frame[1] === 126 ? [4, frame.readUInt16BE(2)] : [2, frame[1] ?? 0];
      return frame.length < start + length ? null : frame.subarray(start, start + length).toString();
    };
    while (complete() === null) {
      const [chunk] = (await once(socket, 'data')) as [Buffer];
      bytes = Buffer.concat([bytes, chunk]);
    }
    socket.destroy();
    expect(bytes.toString()).toMatch(/^HTTP\/1\.1 101 /);
    expect(bytes.toString()).toContain('Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
    expect(bytes.toString().toLowerCase()).not.toContain('sec-websocket-protocol');
    expect(JSON.parse(complete() ?? '')).toFit(systemMetrics);
  });

  it.each(['/ws/system', '/ws/governance', '/ws/database'])(
    'brings the first message of %s within 500 ms, of a sample at most 2 s old',
    async (path) => {
      let fastest = Number.POSITIVE_INFINITY;
      for (let attempt = 0; attempt < 3; attempt++) {
        const client = await open(app, path);
        const openedAt = Date.now();
        const { timestamp } = await client.next();
        fastest = Math.min(fastest, Date.now() - openedAt);
        expect(openedAt / 1000 - Number(timestamp)).toBeLessThan(3.2);
        await client.ended();
      }
      expect(fastest).toBeLessThan(500);
    },
  );

  it('accepts the path with a trailing slash, and unknown query parameters', async () => {
    const client = await open(app, '/ws/system/?verbose=1');
    expect(await client.next()).toFit(systemMetrics);
  });

  it('sends every client of a feed the identical frame', async () => {
    for (const path of ['/ws/system', '/ws/governance']) {
      const clients = await Promise.all([open(app, path), open(app, path), open(app, path)]);
      await Promise.all(clients.map((client) => client.next()));
      const seen = clients.map((client) => client.texts.length);
      if (path === '/ws/governance') await publish(app, entries(1, 2));
      for (const client of clients) {
        await client.next();
        await client.next();
      }
      const [first, ...others] = clients.map(({ texts }, index) =>
        texts.slice(seen[index], (seen[index] ?? 0) + 2),
      );
      for (const other of others) expect(other).toEqual(first);
    }
  });
});

describe('/ws/system', () => {
  it('A9 A86: sends system_metrics with every documented field and no other', async () => {
    const client = await open(app, '/ws/system');
    expect(await client.next()).toFit(systemMetrics);
    expect(await client.next()).toFit(systemMetrics);
  });

  it('A10: cpu is real: the busy share, the logical processors and their frequency', async () => {
    const client = await open(app, '/ws/system');
    const { cpu } = dataOf(await client.next()) as { cpu: Record<string, number | null> };
    expect(cpu['percent']).toEqual(expect.any(Number));
    expect(cpu['cores']).toBe(cpus().length);
    expect(cpu['frequency_mhz'] ?? 1_000).toBeGreaterThan(100);
  });

  it('A11: memory used and available add up to the total of the machine', async () => {
    const client = await open(app, '/ws/system');
    for (let n = 0; n < 2; n++) {
      const { memory } = dataOf(await client.next()) as unknown as { memory: Record<string, number> };
      const { percent = 0, used_mb = 0, total_mb = 0, available_mb = 0 } = memory;
      expect(used_mb + available_mb).toBe(total_mb);
      expect(percent).toBeCloseTo((100 * used_mb) / total_mb, 1);
      expect(total_mb).toBeCloseTo(totalmem() / 2 ** 20, 2);
    }
  });

  it('A12: disk shows the file system of DISK_PATH as df does, and its speed from the second sample on', async () => {
    const client = await open(app, '/ws/system');
    await client.next();
    const { disk } = dataOf(await client.next()) as unknown as { disk: Record<string, number> };
    const { blocks, bfree, bavail, bsize } = await statfs('/');
    const used = blocks - bfree;
    expect(disk['total_gb']).toBeCloseTo((blocks * bsize) / 2 ** 30, 3);
    expect(Math.abs((disk['used_gb'] ?? 0) - (used * bsize) / 2 ** 30)).toBeLessThan(1);
    expect(Math.abs((disk['percent'] ?? 0) - (100 * used) / (used + bavail))).toBeLessThan(2);
    const diskstats = await readFile('/proc/diskstats', 'utf8').catch(() => '');
    const isKnown = diskstats.trim() !== '';
    for (const key of ['read_speed_mbs', 'write_speed_mbs'])
      expect(typeof disk[key] === 'number').toBe(isKnown);
  });

  it('A13: network has six counters of all interfaces together since boot', async () => {
    const received = async (): Promise<number> => {
      const lines = (await readFile('/proc/net/dev', 'utf8')).split('\n').slice(2);
      return lines.reduce((sum, line) => sum + Number(line.split(':')[1]?.trim().split(/\s+/)[0] ?? 0), 0);
    };
    const client = await open(app, '/ws/system');
    await client.next();
    const before = await received();
    const one = dataOf(await client.next()) as unknown as { network: Record<string, number> };
    const other = dataOf(await client.next()) as unknown as { network: Record<string, number> };
    const after = await received();
    expect(other.network['bytes_recv']).toBeGreaterThanOrEqual(before);
    expect(other.network['bytes_recv']).toBeLessThanOrEqual(after);
    for (const [key, value] of Object.entries(one.network))
      expect(other.network[key]).toBeGreaterThanOrEqual(value);
  });
});

describe('several servers on one database', () => {
  it('A21 A19: send events and changes of one to the clients of all', { timeout: 6_000 }, async () => {
    const database = await createTestDatabase();
    onTestFinished(() => database.drop());
    const on = { database: database.connection };
    const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };
    const [here, there] = await Promise.all([startTestApp(quiet, on), startTestApp(quiet, on)]);
    const clients = await Promise.all([open(here, '/ws/governance'), open(there, '/ws/governance')]);
    for (const client of clients) await client.next();
    await publish(here, entries(1, 20));
    await publish(there, entries(21, 40));
    const seen = await Promise.all(
      clients.map(async (client) => {
        const actions: unknown[] = [];
        while (actions.length < 40) actions.push(dataOf(await client.ofType('audit_event'))['action']);
        return actions;
      }),
    );
    expect(seen[0]).toEqual(Array.from({ length: 40 }, (_, index) => `did ${index + 1}`));
    expect(seen[1]).toEqual(seen[0]);
    await here.graphql(upsert, { input: { roleId: 'shared' } });
    for (const client of clients)
      await client.next(
        (one) => one['type'] === 'role_hierarchy' && rolesOf(one).some(({ role_id }) => role_id === 'shared'),
      );
    const { body } = await there.get('/api/governance/roles');
    expect(JSON.stringify(body)).toContain('shared');
  });
});

describe('the intervals', () => {
  it('A16 A27: by default system metrics come every 1000 ms and database metrics every 5000 ms', async () => {
    const system = await open(app, '/ws/system');
    const database = await open(app, '/ws/database');
    for (let n = 0; n < 3; n++) expect(await database.ofType('database_metrics')).toFit(databaseMetrics);
    const [connected = 0, first = 0, second = 0] = database.arrivedAt;
    expect(first - connected).toBeLessThan(6_000);
    expect(second - first).toBeGreaterThan(4_000);
    expect(second - first).toBeLessThan(6_000);
    // The first message is the one at connect, which is in no rhythm.
    const inRhythm = system.arrivedAt.slice(1).filter((at) => at <= second);
    const mean = ((inRhythm.at(-1) ?? 0) - (inRhythm[0] ?? 0)) / (inRhythm.length - 1);
    expect((inRhythm[0] ?? 0) - (system.arrivedAt[0] ?? 0)).toBeLessThan(1_800);
    expect(mean).toBeGreaterThan(900);
    expect(mean).toBeLessThan(1_300);
    const sampled = system.messages.slice(1).map(({ timestamp }) => Number(timestamp));
    expect((sampled.at(-1) ?? 0) - (sampled[0] ?? 0)).toBeGreaterThan(sampled.length - 4);
  });
});

describe('/ws/governance', () => {
  it('A19 A20: sends role_hierarchy at connect, with the three documented first roles', async () => {
    const own = await startTestApp();
    const client = await open(own, '/ws/governance');
    const message = await client.next();
    expect(message).toFit(roleHierarchy);
    expect(rolesOf(message)).toEqual([
      {
        role_id: 'admin',
        role_name: 'Administrator',
        description: 'Full system access',
        parent_role: null,
        capabilities: ['execute', 'read', 'write', 'delete', 'manage'],
        trust_level: 1,
        member_count: 0,
      },
      {
        role_id: 'user',
        role_name: 'User',
        description: null,
        parent_role: null,
        capabilities: ['read'],
        trust_level: 0.5,
        member_count: 0,
      },
      {
        role_id: 'developer',
        role_name: 'Developer',
        description: 'Code execution and debugging',
        parent_role: 'user',
        capabilities: ['execute', 'read', 'write', 'debug'],
        trust_level: 0.8,
        member_count: 0,
      },
    ]);
    for (const id of ['developer', 'user', 'admin'])
      await own.graphql('mutation ($id: ID!) { deleteRole(input: { roleId: $id }) { __typename } }', { id });
    const empty = await open(own, '/ws/governance');
    await empty.next((one) => rolesOf(one).length === 0);
  });

  it('A19: sends the hierarchy again after every change of roles or members, parents before children', async () => {
    const client = await open(app, '/ws/governance');
    await client.ofType('role_hierarchy');
    const changed = async (): Promise<Role[]> => {
      const message = await client.ofType('role_hierarchy');
      expect(message).toFit(roleHierarchy);
      return rolesOf(message);
    };
    await app.graphql(upsert, { input: { roleId: 'zebra' } });
    await changed();
    await app.graphql(upsert, { input: { roleId: 'ant', parentId: 'zebra' } });
    await changed();
    await app.graphql(upsert, { input: { roleId: 'aardvark', parentId: 'ant' } });
    const ids = (await changed()).map(({ role_id }) => role_id);
    expect(ids.indexOf('zebra')).toBeLessThan(ids.indexOf('ant'));
    expect(ids.indexOf('ant')).toBeLessThan(ids.indexOf('aardvark'));
    expect(ids.slice(0, 3)).toEqual(['admin', 'user', 'zebra']);

    await app.graphql('mutation { assignRole(input: { roleId: "ant", subject: "bob" }) { __typename } }');
    expect(await changed()).toContainEqual(expect.objectContaining({ role_id: 'ant', member_count: 1 }));
    await app.graphql('mutation { revokeRole(input: { roleId: "ant", subject: "bob" }) { __typename } }');
    expect(await changed()).toContainEqual(expect.objectContaining({ role_id: 'ant', member_count: 0 }));
    await app.graphql('mutation { deleteRole(input: { roleId: "aardvark" }) { __typename } }');
    expect((await changed()).map(({ role_id }) => role_id)).not.toContain('aardvark');
  });

  it('A21: streams an audit_event when it happens, with all eight fields and the time of the event', async () => {
    const client = await open(app, '/ws/governance');
    await client.ofType('role_hierarchy');
    await publish(app, [
      entry(1, {
        eventType: 'group_assignment',
        actorId: 'user_123',
        targetId: 'user_456',
        action: 'assigned role',
        roleId: 'developer',
        details: 'User added to developer role',
        occurredAt: '2025-12-13T12:00:00.900Z',
      }),
      entry(2),
    ]);
    const full = await client.next();
    expect(full).toFit(auditEvent);
    expect(full['timestamp']).toBe(Date.parse('2025-12-13T12:00:00Z') / 1000);
    expect(full['data']).toEqual({
      event_id: expect.stringMatching(/^evt_\d+$/) as string,
      event_type: 'group_assignment',
      actor_id: 'user_123',
      target_id: 'user_456',
      action: 'assigned role',
      role: 'developer',
      status: 'success',
      details: 'User added to developer role',
    });
    const bare = await client.next();
    expect(bare).toFit(auditEvent);
    expect(bare['data']).toMatchObject({ action: 'did 2', target_id: null, role: null, details: null });
    const { body } = await app.get('/api/governance/audit-logs?limit=1');
    expect(body).toMatchObject({ audit_logs: [{ event_id: dataOf(bare)['event_id'] }] });
  });

  it('A21: sends only the hierarchy at connect, and each entry once and in order', async () => {
    const client = await open(app, '/ws/governance');
    await client.next();
    await publish(app, entries(1, 120));
    for (let n = 1; n <= 120; n++)
      expect(await client.next()).toMatchObject({ type: 'audit_event', data: { action: `did ${n}` } });
    expect(client.messages.map(({ type }) => type)).toEqual([
      'role_hierarchy',
      ...Array.from({ length: 120 }, () => 'audit_event'),
    ]);
  });

  it('A21: streams the entries of this server when a role is created or assigned', async () => {
    const client = await open(app, '/ws/governance');
    await client.next();
    await app.graphql(upsert, { input: { roleId: 'streamed' } });
    await app.graphql(
      'mutation { assignRole(input: { roleId: "streamed", subject: "eve" }) { __typename } }',
    );
    const made = await client.ofType('audit_event');
    expect(made).toFit(auditEvent);
    expect(made['data']).toMatchObject({ event_type: 'role_created', target_id: 'streamed' });
    const assigned = await client.ofType('audit_event');
    expect(assigned['data']).toMatchObject({
      event_type: 'role_assignment',
      actor_id: 'anonymous',
      target_id: 'eve',
      role: 'streamed',
      status: 'success',
    });
  });
});
