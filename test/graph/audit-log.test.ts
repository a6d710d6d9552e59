import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphqlClient } from '../_util/clients.ts';
import { openDatabase } from '../../src/db/database.ts';
import { retainedAudit } from '../../src/domains/governance/audit.store.ts';
import { silentLog } from '../../src/log/log.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { createTestDatabase, type TestDatabase } from '../_util/database.ts';
import { removeBefore } from '../_util/remove-old.ts';
import { publishMutation, rejectionOf } from '../_util/publish.ts';

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };
const publish = publishMutation('cursor accepted { id: key cursor duplicate }');

interface Published {
  publish: { cursor: string; accepted: { id: string; cursor: string; duplicate: boolean }[] };
}

function auditEvent(n: number, more: object = {}): object {
  return {
    auditEvent: {
      eventType: 'tested',
      actorId: `actor${n % 3}`,
      action: `did ${n}`,
      status: 'success',
      ...more,
    },
  };
}

async function report(
  app: TestApp,
  from: number,
  to: number,
  more: object = {},
): Promise<Published['publish']> {
  const events = Array.from({ length: to - from + 1 }, (_, index) => auditEvent(from + index, more));
  return (await app.graphql<Published>(publish, { events })).data.publish;
}

interface NumberedPage {
  readonly auditLogPage: { readonly entries: readonly { readonly action: string }[] };
}

interface Page {
  auditLogs: {
    totalCount?: number;
    edges: { cursor: string; node: { id: string; action: string } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}

/** How many entries there are of a type that only one test reports. */
async function totalOf(app: TestApp, eventType: string): Promise<number | undefined> {
  const { data } = await app.graphql<Page>(
    'query ($types: [String!]!) { auditLogs(filter: { eventTypes: $types }) { totalCount edges { cursor } } }',
    { types: [eventType] },
  );
  return data.auditLogs.totalCount;
}

/** One server for tests that each tell their entries from those of the others. */
let shared: TestApp;
beforeAll(async () => {
  shared = await startTestApp(quiet, { keep: true });
});
afterAll(() => shared.stop());

describe('the whole audit log', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(quiet, { keep: true });
    await report(app, 1, 30);
  });
  afterAll(() => app.stop());

  it('is listed in pages, newest first, each entry once', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data }: { data: Page } = await app.graphql<Page>(
        'query ($after: String) { auditLogs(first: 7, after: $after) { totalCount edges { cursor node { id: auditId action } } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      expect(data.auditLogs.totalCount).toBe(30);
      seen.push(...data.auditLogs.edges.map(({ node }) => node.action));
      after = data.auditLogs.pageInfo.hasNextPage ? data.auditLogs.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(Array.from({ length: 30 }, (_, index) => `did ${30 - index}`));
  });

  it('is also paged by offset, read from the nearer end, up to its last entry', async () => {
    const page = async (first: number, offset: number): Promise<string[]> => {
      const { data } = await app.graphql<NumberedPage>(
        'query ($limit: Int, $offset: Int!) { auditLogPage(limit: $limit, offset: $offset) { entries { action } hasMore totalCount } }',
        { limit: first, offset },
      );
      expect(data.auditLogPage).toMatchObject({ hasMore: offset + first < 30, totalCount: 30 });
      return data.auditLogPage.entries.map(({ action }) => action);
    };
    const all = Array.from({ length: 30 }, (_, index) => `did ${30 - index}`);
    for (const [first, offset] of [
      [4, 0],
      [4, 4],
      [4, 11],
      [4, 14],
      [4, 15],
      [4, 26],
      [4, 27],
      [4, 29],
      [4, 30],
      [4, 99],
    ] as const)
      expect(await page(first, offset), `${first} from ${offset}`).toEqual(all.slice(offset, offset + first));
  });

  it.each([
    'nonsense',
    '!!!',
    ...['1:x', 'AuditLog 1:x', 'Alert 1:1'].map((text) => Buffer.from(text).toString('base64url')),
  ])('rejects the list cursor %j and names the argument', async (after) => {
    const { errors } = await app.graphql(
      'query ($after: String) { auditLogs(after: $after) { edges { cursor } } }',
      { after },
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'after' });
  });

  it('cannot be changed or truncated, not even by the database account of the server', async () => {
    const client = new pg.Client(app.database);
    await client.connect();
    for (const statement of [
      "update audit_log set actor_id = 'x'",
      'delete from audit_log',
      'truncate audit_log',
    ])
      await expect(client.query(statement)).rejects.toThrow('append-only');
    await client.end();
  });
});

describe('the audit log', () => {
  it('is filtered by type, actor, target, status and time', async () => {
    const at = (hour: number): string => `2026-01-01T0${hour}:00:00.000Z`;
    await shared.graphql(publish, {
      events: [
        auditEvent(1, { actorId: 'ann', occurredAt: at(1), eventType: 'filtered a', targetId: 't1' }),
        auditEvent(2, { actorId: 'ann', occurredAt: at(2), eventType: 'filtered b', status: 'failure' }),
        auditEvent(3, { actorId: 'bob', occurredAt: at(3), eventType: 'filtered a' }),
      ],
    });
    const found = async (filter: object): Promise<string[]> => {
      const { data } = await shared.graphql<Page>(
        'query ($filter: AuditFilter) { auditLogs(filter: $filter) { edges { cursor node { id: auditId action } } pageInfo { hasNextPage endCursor } } }',
        { filter },
      );
      return data.auditLogs.edges.map(({ node }) => node.action);
    };
    expect(await found({ eventTypes: ['filtered a'] })).toEqual(['did 3', 'did 1']);
    expect(await found({ eventTypes: ['filtered a', 'filtered b'], actorId: 'ann' })).toEqual([
      'did 2',
      'did 1',
    ]);
    expect(await found({ targetId: 't1' })).toEqual(['did 1']);
    expect(await found({ statuses: ['failure'] })).toEqual(['did 2']);
    expect(await found({ since: at(2), until: at(4) })).toEqual(['did 3', 'did 2']);
    expect(await found({ until: at(2) })).toEqual(['did 1']);
  });

  it('is counted without reading it, also after retention has removed the oldest entries', async () => {
    const app = await startTestApp(quiet);
    await report(app, 1, 12);
    await app.graphql(publish, { events: [auditEvent(13, { eventType: 'other' })] });
    const database = openDatabase({ connection: app.database, log: silentLog });
    const totals = async (): Promise<number[]> => {
      const { data } = await app.graphql<Record<string, { totalCount: number }>>(
        '{ all: auditLogs { totalCount } one: auditLogs(filter: { eventTypes: ["other"] }) { totalCount } ann: auditLogs(filter: { actorId: "actor1" }) { totalCount } }',
      );
      return Object.values(data).map(({ totalCount }) => totalCount);
    };
    expect(await totals()).toEqual([13, 1, 5]);
    expect(await removeBefore(database, retainedAudit, new Date(Date.now() + 60_000))).toBe(13);
    expect(await totals()).toEqual([0, 0, 0]);
    await database[Symbol.asyncDispose]();
  });
});

describe('the audit log of 14,000 entries', () => {
  let app: TestApp;
  let client: pg.Client;
  beforeAll(async () => {
    app = await startTestApp(quiet, { keep: true });
    client = new pg.Client(app.database);
    await client.connect();
    await client.query(`insert into audit_log (seq, id, event_type, actor_id, action, status, occurred_at, recorded_at)
      select n, 'id' || n, case when n % 2 = 0 then 'even' else 'odd' end, 'ann', 'did ' || n,
        case when n % 2 = 1 or n < 9 then 'failure' else 'success' end, at, at
      from (select n, timestamptz '2026-01-01' + n * interval '1 second' as at from generate_series(1, 14000) n) rows`);
    await client.query('vacuum analyze audit_log');
  });
  afterAll(async () => {
    await client.end();
    await app.stop();
  });

  it('ends a page whose search reaches its limit, and continues there with the next page', async () => {
    const found: string[] = [];
    let [pages, after, ended] = [0, null as string | null, false];
    while (!ended) {
      const { data } = await app.graphql<Page>(
        `query ($after: String) {
          auditLogs(first: 10, after: $after, filter: { eventTypes: ["even"], statuses: ["failure"] }) {
            edges { cursor node { id: auditId action } } pageInfo { hasNextPage endCursor }
          }
        }`,
        { after },
      );
      const { edges, pageInfo } = data.auditLogs;
      found.push(...edges.map(({ node }) => node.action));
      [pages, after, ended] = [pages + 1, pageInfo.endCursor, !pageInfo.hasNextPage];
    }
    expect(found).toEqual(['did 8', 'did 6', 'did 4', 'did 2']);
    expect(pages).toBe(2);
    const numbered = await app.graphql<NumberedPage>(
      `{ auditLogPage(limit: 2, offset: 1, filter: { eventTypes: ["even"], statuses: ["failure"] }) { entries { action } } }`,
    );
    expect(numbered.data.auditLogPage.entries.map(({ action }) => action)).toEqual(['did 6', 'did 4']);
    const backwards = await app.graphql<{
      auditLogs: { edges: unknown[]; pageInfo: { hasPreviousPage: boolean } };
    }>(
      `{ auditLogs(last: 9, filter: { eventTypes: ["odd"], statuses: ["success"] }) { edges { cursor } pageInfo { hasPreviousPage } } }`,
    );
    expect(backwards.data.auditLogs).toEqual({ edges: [], pageInfo: { hasPreviousPage: true } });
  });

  it('reads a page far from its start through the index, like the first one', async () => {
    const buffersOf = async (after: string | null): Promise<number> => {
      await client.query('select pg_stat_statements_reset()');
      const { data, errors } = await app.graphql<Page>(
        'query ($after: String) { auditLogs(first: 100, after: $after) { edges { cursor node { id: auditId action } } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      expect(errors).toBeUndefined();
      expect(data.auditLogs.edges).toHaveLength(100);
      const { rows } = await client.query<{ blocks: number }>(
        `select sum(shared_blks_hit + shared_blks_read)::int as blocks from pg_stat_statements
         where query ilike '%"audit_log"%' and dbid = (select oid from pg_database where datname = current_database())`,
      );
      return rows[0]?.blocks ?? 0;
    };
    const keyOf = (n: number): string =>
      Buffer.from(`AuditLog ${Date.parse('2026-01-01') + n * 1000}:${n}`).toString('base64url');
    const timezone = await client.query<{ at: Date }>(
      'select occurred_at as at from audit_log where seq = 1',
    );
    expect(timezone.rows[0]?.at.getTime()).toBe(Date.parse('2026-01-01') + 1000);
    const first = await buffersOf(null);
    const last = await buffersOf(keyOf(101));
    expect(first).toBeGreaterThan(0);
    expect(last).toBeLessThanOrEqual(first * 1.5);
  });
});

describe('auditEvents', () => {
  it('delivers each entry once and in order, with the same ids as the list', async () => {
    const { cursor } = await report(shared, 0, 0);
    const client = graphqlClient(shared.wsUrl);
    const events = client.iterate<{ auditEvents: { id: string; action: string } }>({
      query: 'subscription ($cursor: Cursor) { auditEvents(after: $cursor) { id: auditId action } }',
      variables: { cursor },
    });
    await report(shared, 1, 250);
    const seen: string[] = [];
    const ids: string[] = [];
    for await (const { data } of events) {
      seen.push(data?.auditEvents.action ?? '');
      ids.push(data?.auditEvents.id ?? '');
      if (seen.length === 250) break;
    }
    expect(seen).toEqual(Array.from({ length: 250 }, (_, index) => `did ${index + 1}`));
    expect(ids.every((id) => /^evt_\d+$/.test(id))).toBe(true);
    const { data } = await shared.graphql<Page>(
      '{ auditLogs(first: 1) { edges { cursor node { id: auditId action } } pageInfo { hasNextPage endCursor } } }',
    );
    expect(data.auditLogs.edges[0]?.node.id).toBe(ids.at(-1));
  });
});

describe('auditEvents after a restart of the server', () => {
  let database: TestDatabase;
  let app: TestApp;
  const cursors: string[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
    const before = await startTestApp(quiet, { database: database.connection, keep: true });
    for (let from = 1; from <= 450; from += 90)
      cursors.push(...(await report(before, from, from + 89)).accepted.map(({ cursor }) => cursor));
    await before.stop();
    const client = new pg.Client(database.connection);
    await client.connect();
    const floor = Number.parseInt(cursors[2]?.split('_')[1] ?? '', 36); // the first three are no longer kept
    await client.query("insert into event_floors values ('audit', $1)", [floor]);
    await client.end();
    app = await startTestApp(quiet, { database: database.connection, keep: true });
  });
  afterAll(async () => {
    await app.stop();
    await database.drop();
  });

  it('resumes at its cursor without missing or repeating an event', async () => {
    await report(app, 451, 460);
    const events = graphqlClient(app.wsUrl).iterate<{ auditEvents: { action: string } }>({
      query: 'subscription ($after: Cursor) { auditEvents(after: $after) { action } }',
      variables: { after: cursors[444] },
    });
    const seen: string[] = [];
    for await (const { data } of events) if (seen.push(data?.auditEvents.action ?? '') === 15) break;
    expect(seen).toEqual(Array.from({ length: 15 }, (_, index) => `did ${index + 446}`));
  });

  it('delivers each event once to each of several equal subscriptions', async () => {
    const readers = ['0', '1', '2'].map(() =>
      graphqlClient(app.wsUrl).iterate<{ auditEvents: { action: string } }>({
        query:
          'subscription { auditEvents(after: "earliest", filter: { eventTypes: ["tested"] }) { action } }',
      }),
    );
    const all = await Promise.all(
      readers.map(async (events) => {
        const seen: string[] = [];
        for await (const { data } of events) {
          seen.push(data?.auditEvents.action ?? '');
          if (seen.at(-1) === 'did 450') break;
        }
        return seen;
      }),
    );
    for (const seen of all)
      expect(seen).toEqual(Array.from({ length: 447 }, (_, index) => `did ${index + 4}`));
  });

  it('ends with CURSOR_EXPIRED and the oldest cursor if the following events were removed', async () => {
    const events = graphqlClient(app.wsUrl).iterate({
      query: 'subscription ($after: Cursor) { auditEvents(after: $after) { action } }',
      variables: { after: cursors[0] },
    });
    const failure: unknown = await events.next().catch((error: unknown) => error);
    expect(failure).toMatchObject([{ extensions: { code: 'CURSOR_EXPIRED', oldestCursor: cursors[2] } }]);
  });
});

describe('publish', () => {
  it('returns a cursor for each event after the commit', async () => {
    const { accepted, cursor } = await report(shared, 1, 3);
    expect(accepted).toHaveLength(3);
    expect(cursor).toBe(accepted[2]?.cursor);
  });

  it('stores a repeated key once', async () => {
    const event = auditEvent(1, { key: 'only-once', eventType: 'repeated' });
    await shared.graphql(publish, { events: [event] });
    const { data } = await shared.graphql<Published>(publish, {
      events: [event, auditEvent(2, { eventType: 'repeated' })],
    });
    expect(data.publish.accepted.map(({ duplicate }) => duplicate)).toEqual([true, false]);
    expect(await totalOf(shared, 'repeated')).toBe(2);
  });

  it('rejects the whole batch for one invalid event, and names its index, its field and the allowed values', async () => {
    const answer = await shared.graphql(publish, {
      events: [
        auditEvent(1, { eventType: 'refused' }),
        { modelReport: { modelId: 'm', inferenceTimeMs: -1 } },
      ],
    });
    expect(rejectionOf(answer)).toMatchObject({
      code: 'BAD_USER_INPUT',
      index: 1,
      field: 'inferenceTimeMs',
      allowed: 'zero or more',
    });
    expect(await totalOf(shared, 'refused')).toBe(0);
  });

  it('names the index of an event with an unknown enum value or with two members', async () => {
    const wrong = await shared.graphql(publish, {
      events: [auditEvent(1), { modelReport: { modelId: 'm', status: 'SLEEPY' } }],
    });
    expect(wrong.errors?.[0]?.message).toContain('events[1].modelReport.status');
    const two = await shared.graphql(publish, {
      events: [
        { ...auditEvent(1), backup: { backupStatus: 'COMPLETED', finishedAt: '2026-01-01T00:00:00Z' } },
      ],
    });
    expect(two.errors?.[0]?.message).toContain('events[0]');
  });

  it('rejects text that cannot be stored, and an event or batch that is too large', async () => {
    const nul = await shared.graphql(publish, { events: [auditEvent(1, { details: 'a\u0000b' })] });
    expect(rejectionOf(nul)).toMatchObject({ code: 'BAD_USER_INPUT', index: 0 });
    const large = await shared.graphql(publish, { events: [auditEvent(1, { details: 'x'.repeat(70_000) })] });
    expect(rejectionOf(large)).toMatchObject({ code: 'BAD_USER_INPUT', index: 0 });
    const many = await shared.graphql(publish, {
      events: Array.from({ length: 1_001 }, (_, n) => auditEvent(n)),
    });
    expect(rejectionOf(many)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'events' });
  });
});
