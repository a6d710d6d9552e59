import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import { env, join, notification, report, sha256, tokens, workflow } from './_archmesh.ts';

let app: TestApp;
/** A server with low limits for the size and the rate of messages. */
let narrow: TestApp;

beforeAll(async () => {
  const limits = { WS_MAX_MESSAGE_BYTES: '4096', ARCHMESH_RATE_LIMIT_PER_MINUTE: '5' };
  [app, narrow] = await Promise.all([
    startTestApp(env, { keep: true }),
    startTestApp({ ...env, ...limits }, { keep: true }),
  ]);
});

afterAll(() => Promise.all([app.stop(), narrow.stop()]));

describe('an event', () => {
  it('M11, M13: is sent in an envelope of type, id, timestamp and data: a workflow with its six fields', async () => {
    const client = await join(app);
    const at = '2024-01-01T00:00:00.000Z';
    await report(app, [
      workflow({
        key: 'e1',
        occurredAt: at,
        statusMessage: 'Generating architecture components...',
        estimatedCompletionAt: '2024-01-01T00:05:00Z',
      }),
      workflow({ progressPercent: 60 }),
    ]);
    expect(await client.nextOfType('workflow_update')).toEqual({
      type: 'workflow_update',
      id: 'workflow_update_e1',
      timestamp: at,
      data: {
        workflow_id: 'workflow_456',
        status: 'in_progress',
        stage: 'architecture_design',
        progress: 50,
        message: 'Generating architecture components...',
        estimated_completion: '2024-01-01T00:05:00.000Z',
      },
    });
    expect((await client.nextOfType('workflow_update')).data).toMatchObject({
      progress: 60,
      message: null,
      estimated_completion: null,
    });
  });

  it('M14, M15: has five statuses and five stages', async () => {
    const client = await join(app);
    const statuses = ['PENDING', 'IN_PROGRESS', 'COMPLETED', 'FAILED', 'CANCELLED'];
    const stages = [
      'REQUIREMENTS_ANALYSIS',
      'ARCHITECTURE_DESIGN',
      'COMPONENT_GENERATION',
      'VALIDATION',
      'REVIEW',
    ];
    await report(
      app,
      statuses.map((status, at) => workflow({ workflowId: `w${at}`, status, stage: stages[at] })),
    );
    for (const [at, status] of statuses.entries())
      expect((await client.nextOfType('workflow_update')).data).toMatchObject({
        status: status.toLowerCase(),
        stage: stages[at]?.toLowerCase(),
      });
  });

  it('M13: of a workflow with an owner is sent to the owner’s sessions, of any other to all', async () => {
    const [ann, again, bob] = await Promise.all([join(app), join(app), join(app, tokens.bob)]);
    await report(app, [
      workflow({ workflowId: 'anns', ownerUserId: 'ann' }),
      workflow({ workflowId: 'all' }),
    ]);
    for (const client of [ann, again])
      expect((await client.nextOfType('workflow_update')).data).toMatchObject({ workflow_id: 'anns' });
    for (const client of [ann, again, bob])
      expect((await client.nextOfType('workflow_update')).data).toMatchObject({ workflow_id: 'all' });
  });

  it('M16: is a notification with all its fields, action and metadata', async () => {
    const client = await join(app);
    await report(app, [
      notification({
        key: 'n1',
        notificationId: 'notif_456',
        userId: 'ann',
        title: 'Workflow Complete',
        message: 'Your architecture design is ready for review',
        category: 'WORKFLOW_COMPLETE',
        priority: 'HIGH',
        button: { label: 'Review Now', url: '/projects/123/workflows/456/review' },
        metadata: { project_id: 'project_123', workflow_id: 'workflow_456' },
      }),
    ]);
    expect(await client.nextOfType('notification')).toMatchObject({
      id: 'notification_n1',
      data: {
        notification_id: 'notif_456',
        user_id: 'ann',
        title: 'Workflow Complete',
        message: 'Your architecture design is ready for review',
        category: 'workflow_complete',
        priority: 'high',
        action: { label: 'Review Now', url: '/projects/123/workflows/456/review' },
        metadata: { project_id: 'project_123', workflow_id: 'workflow_456' },
      },
    });
  });

  it('M17, M18, M46: has five categories and four priorities, and is sent in the order of priority', async () => {
    const client = await join(app);
    const categories = [
      'WORKFLOW_UPDATE',
      'WORKFLOW_COMPLETE',
      'WORKFLOW_FAILED',
      'SYSTEM_ALERT',
      'USER_ACTION',
    ];
    const priorities = ['LOW', 'NORMAL', 'HIGH', 'CRITICAL', 'LOW'];
    await report(
      app,
      categories.map((category, at) => notification({ category, priority: priorities[at] })),
    );
    const received = [];
    for (const _ of categories) received.push((await client.nextOfType('notification')).data);
    expect(received.map(({ priority }) => priority)).toEqual(['critical', 'high', 'normal', 'low', 'low']);
    expect(new Set(received.map(({ category }) => category))).toEqual(
      new Set(categories.map((category) => category.toLowerCase())),
    );
  });

  it('M46, M48: is written together with the events of the same turn, one frame each, in the order of priority', async () => {
    const client = await join(app);
    const pieces: Buffer[] = [];
    (Reflect.get(client.socket, '_socket') as Socket).on('data', (piece) => pieces.push(piece));
    await report(app, [
      notification({ title: 'low', priority: 'LOW' }),
      notification({ title: 'normal' }),
      notification({ title: 'critical', priority: 'CRITICAL' }),
      notification({ title: 'normal too' }),
      notification({ title: 'high', priority: 'HIGH' }),
    ]);
    const titles = [];
    for (let at = 0; at < 5; at++) titles.push((await client.nextOfType('notification')).data['title']);
    expect(titles).toEqual(['critical', 'high', 'normal', 'normal too', 'low']);
    expect(pieces).toHaveLength(1);
  });

  it('M46: is dropped when more than a hundred wait and it is the oldest of the lowest priority', async () => {
    const client = await join(app);
    await report(app, [
      ...Array.from({ length: 60 }, (_, at) => notification({ title: `low ${at}`, priority: 'LOW' })),
      ...Array.from({ length: 60 }, (_, at) => notification({ title: `normal ${at}` })),
    ]);
    await client.next(({ data }) => (data as { title: string }).title === 'normal 59');
    expect((await client.nextOfType('notification')).data).toMatchObject({ title: 'low 20' });
  });

  it('M19: reaches only its user, or all users when it has none', async () => {
    const [ann, bob] = await Promise.all([join(app), join(app, tokens.bob)]);
    await report(app, [
      notification({ title: 'for Ann', userId: 'ann' }),
      notification({ title: 'for all' }),
    ]);
    expect((await ann.nextOfType('notification')).data).toMatchObject({ title: 'for Ann', user_id: 'ann' });
    expect((await ann.nextOfType('notification')).data).toMatchObject({ title: 'for all', user_id: null });
    expect((await bob.nextOfType('notification')).data).toMatchObject({ title: 'for all' });
  });

  it('M28: that is too large for one message is sent in chunks of 64 KiB of its JSON, from 0, each with its SHA-256', async () => {
    const client = await join(narrow);
    // The longest event that can be reported: three bytes a character in UTF-8, six in JSON with escapes.
    const large = { message: '\u0001'.repeat(4_096), metadata: { text: '€'.repeat(16_000) } };
    await report(narrow, [notification({ title: 'large', ...large }), notification({ title: 'small' })]);
    const received = [await client.nextOfType('large_data'), await client.nextOfType('large_data')];
    const bytes = received.map(({ data }) => Buffer.from(String(data['chunk_data']), 'base64'));
    expect(bytes[0]).toHaveLength(65_536);
    for (const [at, { data }] of received.entries())
      expect(data).toMatchObject({
        data_id: received[0]?.data['data_id'],
        chunk_index: at,
        total_chunks: 2,
        checksum: sha256(bytes[at] ?? Buffer.alloc(0)),
      });
    expect(new Set(received.map(({ id }) => id)).size).toBe(2);
    expect(JSON.parse(Buffer.concat(bytes).toString())).toMatchObject({
      type: 'notification',
      data: { title: 'large', ...large },
    });
    expect((await client.nextOfType('notification')).data).toMatchObject({ title: 'small' });
  });

  it('M28: that just fits into one message is sent as one message', async () => {
    const client = await join(narrow);
    const reported = (chars: number) => [notification({ key: `n${chars}`, message: 'x'.repeat(chars) })];
    await report(narrow, reported(1_000));
    const spare = 4_096 - JSON.stringify(await client.nextOfType('notification')).length;
    await report(narrow, [...reported(1_000 + spare), ...reported(1_001 + spare)]);
    expect(JSON.stringify(await client.nextOfType('notification'))).toHaveLength(4_096);
    expect((await client.nextOfType('large_data')).data).toMatchObject({ chunk_index: 0, total_chunks: 1 });
  });
});

describe('a ping', () => {
  it('M12: is answered without an id and with a numeric timestamp, as the front end of ArchMesh sends it', async () => {
    const client = await join(app);
    for (const ping of [
      { type: 'ping', timestamp: Date.now() },
      { type: 'ping' },
      { type: 'ping', id: null, timestamp: 1_732_000_000.5 },
    ]) {
      client.send(ping);
      expect((await client.nextOfType('pong')).id).toMatch(/^pong_[\w-]{36}$/);
    }
    client.send({ type: 'ping', id: 'x'.repeat(256), timestamp: Date.now() });
    expect((await client.nextOfType('pong')).id).toBe(`pong_${'x'.repeat(256)}`);
  });

  it('M12: is answered with a pong of matching id and no data, with data or without', async () => {
    const client = await join(app);
    for (const [id, answer] of [
      ['ping_123', 'pong_123'],
      ['msg_1_x', 'pong_msg_1_x'],
      ['', 'pong_'],
    ]) {
      client.send({ type: 'ping', id, timestamp: '2024-01-01T00:00:00', data: {} });
      expect(await client.nextOfType('pong')).toEqual({
        type: 'pong',
        id: answer,
        timestamp: expect.any(String) as string,
      });
    }
  });
});

describe('a message that is rejected', () => {
  it('M20, M25, M31: is answered with INVALID_MESSAGE_FORMAT, its id and a reason, and the connection stays open', async () => {
    const client = await join(app);
    const broken: [unknown, object][] = [
      ['{', { reason: 'malformed', message_id: null }],
      ['[]', { reason: 'malformed' }],
      [{ id: 'a' }, { reason: 'malformed' }],
      [Buffer.from('{"type":"ping","id":"a"}'), { reason: 'malformed' }],
      [{ type: 'large_data' }, { reason: 'invalid_id', message_id: null }],
      [{ type: 'ping', id: 1 }, { reason: 'invalid_id' }],
      [
        { type: 'ping', id: 'x'.repeat(257) },
        { reason: 'invalid_id', message_id: null },
      ],
      [
        { type: 'ping', id: 'a', timestamp: 'yesterday' },
        { reason: 'invalid_timestamp', message_id: 'a' },
      ],
      [{ type: 'ping', id: 'a', timestamp: true }, { reason: 'invalid_timestamp' }],
      [
        { type: 'ping', id: 'a', data: [] },
        { reason: 'invalid_data', message_id: 'a' },
      ],
      [
        { type: 'subscribe', id: 'a', data: {} },
        { reason: 'unknown_type', message_id: 'a' },
      ],
      [
        { type: 'large_data', id: 'a', data: { data_id: 'd' } },
        { reason: 'invalid_data', message_id: 'a' },
      ],
    ];
    const sessions = new Set<unknown>();
    for (const [message, details] of broken) {
      client.send(message);
      const nextError = await client.nextError('INVALID_MESSAGE_FORMAT');
      expect(nextError).toMatchObject({ retry_after: null, ...details });
      sessions.add(nextError['session_id']);
    }
    expect(sessions.size).toBe(1);
    expect(await sessionsOf(app)).toEqual(expect.arrayContaining([...sessions]));
    await client.settled();
  });

  it('M24, M41: above 1 MiB is answered with MESSAGE_TOO_LARGE, and above 2 MiB closes the socket with 1009', async () => {
    const client = await join(app);
    const ping = (bytes: number): string => {
      const text = JSON.stringify({ type: 'ping', id: 'ping_1', data: { text: '' } });
      return text.replace('""', `"${'x'.repeat(bytes - text.length)}"`);
    };
    client.send(ping(1_048_576));
    expect(await client.nextOfType('pong')).toMatchObject({ id: 'pong_1' });
    client.send(ping(1_048_577));
    expect(await client.nextError('MESSAGE_TOO_LARGE')).toMatchObject({ reason: 'message_too_large' });
    client.send(ping(2_097_153));
    expect((await client.closed).code).toBe(1009);
  });

  it('M23, M33: above the limit for a minute is answered with RATE_LIMIT_EXCEEDED once a second, and the connection stays open', async () => {
    const client = await join(narrow);
    for (let at = 0; at < 20; at++) client.send({ type: 'ping', id: `ping_${at}` });
    for (let at = 0; at < 4; at++)
      expect(await client.nextOfType('pong')).toMatchObject({ id: `pong_${at}` });
    const { retry_after: retryAfter } = await client.nextError('RATE_LIMIT_EXCEEDED');
    expect(retryAfter).toBeGreaterThan(50);
    expect(retryAfter).toBeLessThanOrEqual(60);
    await report(narrow, [notification({ title: 'still there' })]);
    expect((await client.nextOfType('notification')).data).toMatchObject({ title: 'still there' });
    for (let at = 0; at < 200; at++) client.send({ type: 'ping', id: `ping_${at}` });
    expect((await client.closed).code).toBe(1008);
  });

  it('M34, M35, M40: is logged with type, message, session, user, time, stack and recovery', async () => {
    const client = await join(app);
    client.send({ type: 'subscribe', id: 'a' });
    const details = await client.nextError('INVALID_MESSAGE_FORMAT');
    const { session_id: session } = details;
    const line = app.logged.find(
      (one) => one['errorType'] === 'INVALID_MESSAGE_FORMAT' && one['session'] === session,
    );
    expect(line).toMatchObject({
      session,
      user: 'ann',
      reason: 'unknown_type: Clients may send ping, large_data and large_data_request.',
      recovery: 'connection kept',
    });
    expect(JSON.stringify(line)).toMatch(/stack/);
    expect(Object.keys(line ?? {})).toContain('time');
  });
});

async function sessionsOf(on: TestApp): Promise<string[]> {
  const { data } = await on.graphql<{ connections: { sockets: { id: string }[] } }>(
    '{ connections { sockets { id: socketId } } }',
  );
  return data.connections.sockets.map(({ id }) => id);
}
