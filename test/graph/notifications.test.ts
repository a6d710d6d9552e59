import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { retainedReads } from '../../src/domains/notifications/reads.store.ts';
import { retainedNotifications } from '../../src/domains/notifications/store.ts';
import { silentLog } from '../../src/log/log.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { removeBefore } from '../_util/remove-old.ts';
import { publishMutation, rejectionOf } from '../_util/publish.ts';

const env = {
  FEATURE_SYSTEM_MONITORING: 'false',
  FEATURE_DATABASE_MONITORING: 'false',
  AUTH_TOKENS: 'pat-token:pat:developer,ann-token:ann:user,bob-token:bob:user',
};
const as = (name: string): Record<string, string> => ({ authorization: `Bearer ${name}-token` });
const publish = publishMutation('accepted { id: key cursor }');

function at(second: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
}

function notification(userId: string | null, title: string, more: object = {}): object {
  return {
    notification: {
      userId,
      title,
      message: `${title}, in a sentence`,
      category: 'USER_ACTION',
      priority: 'NORMAL',
      ...more,
    },
  };
}

async function send(app: TestApp, ...events: object[]): Promise<readonly { id: string; cursor: string }[]> {
  const { data, errors } = await app.graphql<{ publish: { accepted: { id: string; cursor: string }[] } }>(
    publish,
    { events },
    as('pat'),
  );
  expect(errors).toBeUndefined();
  return data.publish.accepted;
}

/** The titles of the first notifications that the subscription sends. */
async function received(
  app: TestApp,
  token: string | null,
  count: number,
  after = 'earliest',
): Promise<string[]> {
  const seen: string[] = [];
  const query = `subscription { notificationEvents(after: "${after}") { title } }`;
  const client = graphqlClient(app.wsUrl, token === null ? {} : { connectionParams: { token } });
  for await (const { data } of client.iterate<{ notificationEvents: { title: string } }>({ query })) {
    const title = data?.notificationEvents.title;
    if (title !== undefined && seen.push(title) === count) break;
  }
  return seen;
}

interface Page {
  notifications: {
    totalCount: number;
    edges: { node: { title: string } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}

async function listed(app: TestApp, headers: Record<string, string>, first: number): Promise<string[]> {
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const answer: { data: Page } = await app.graphql<Page>(
      `query ($first: Int, $after: String) { notifications(first: $first, after: $after) {
        edges { node { title } } pageInfo { hasNextPage endCursor } } }`,
      { first, after },
      headers,
    );
    const { edges, pageInfo } = answer.data.notifications;
    seen.push(...edges.map(({ node }) => node.title));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return seen;
}

async function count(app: TestApp, name: string): Promise<number> {
  const { data } = await app.graphql<Page>('{ notifications { totalCount } }', {}, as(name));
  return data.notifications.totalCount;
}

let shared: TestApp;
beforeAll(async () => {
  shared = await startTestApp(env, { keep: true });
});
afterAll(() => shared.stop());

describe('a notification', () => {
  it('is shown only to its user, or to all users if it has none, on every path, until retention removes it', async () => {
    const app = await startTestApp(env);
    await send(
      app,
      notification('ann', 'ann 1'),
      notification('bob', 'bob 1'),
      notification(null, 'all 1'),
      notification('ann', 'ann 2'),
      notification('carol', 'carol 1'),
      notification(null, 'all 2'),
    );
    const ofAnn = ['ann 1', 'all 1', 'ann 2', 'all 2'];
    const ofBob = ['bob 1', 'all 1', 'all 2'];
    const ofAll = ['all 1', 'all 2'];
    expect(await received(app, 'ann-token', 4)).toEqual(ofAnn);
    expect(await received(app, 'bob-token', 3)).toEqual(ofBob);
    expect(await received(app, 'pat-token', 2)).toEqual(ofAll);
    expect(await received(app, null, 2)).toEqual(ofAll);
    // Each query is sent twice, so that a wrongly cached response would be noticed.
    for (let round = 0; round < 2; round++) {
      expect(await listed(app, as('ann'), 3)).toEqual(ofAnn.toReversed());
      expect(await listed(app, as('bob'), 3)).toEqual(ofBob.toReversed());
      expect(await listed(app, as('pat'), 3)).toEqual(ofAll.toReversed());
      expect(await listed(app, {}, 3)).toEqual(ofAll.toReversed());
      expect([await count(app, 'ann'), await count(app, 'bob'), await count(app, 'pat')]).toEqual([4, 3, 2]);
    }
    const database = openDatabase({ connection: app.database, log: silentLog });
    expect(await removeBefore(database, retainedNotifications, new Date(Date.now() - 60_000))).toBe(0);
    expect(await removeBefore(database, retainedNotifications, new Date(Date.now() + 60_000))).toBe(6);
    await database[Symbol.asyncDispose]();
    expect(await listed(app, as('ann'), 3)).toEqual([]);
  });

  it('is sent to the open subscriptions of its user only', async () => {
    const [start] = await send(shared, notification('carol', 'before'));
    const after = start?.cursor;
    const first = Promise.all([
      received(shared, 'ann-token', 2, after),
      received(shared, 'bob-token', 2, after),
    ]);
    await send(
      shared,
      notification('bob', 'bob 1'),
      notification('ann', 'ann 1'),
      notification(null, 'all 1'),
    );
    expect(await first).toEqual([
      ['ann 1', 'all 1'],
      ['bob 1', 'all 1'],
    ]);
  });

  it('is skipped by the subscription `events`', async () => {
    const [start] = await send(shared, notification('carol', 'before'));
    await send(shared, notification('ann', 'ann 1'), notification(null, 'all 1'));
    await send(shared, {
      workflow: { workflowId: 'w', status: 'PENDING', stage: 'REVIEW', progressPercent: 0 },
    });
    const client = graphqlClient(shared.wsUrl, { connectionParams: { token: 'ann-token' } });
    const query = `subscription { events(after: "${start?.cursor}") { __typename ... on Notification { title } } }`;
    const types: string[] = [];
    for await (const { data } of client.iterate<{ events: { __typename: string } }>({ query })) {
      if (data) types.push(data.events.__typename);
      if (types.includes('WorkflowEvent')) break;
    }
    expect(types).not.toContain('Notification'); // a job of the server may add events of its own
    const { data } = await shared.graphql<{ __type: { enumValues: { name: string }[] } }>(
      '{ __type(name: "EventKind") { enumValues { name } } }',
      {},
      as('ann'),
    );
    const kinds = data.__type.enumValues.map(({ name }) => name);
    expect(kinds).toContain('WORKFLOW');
    expect(kinds.filter((kind) => kind.includes('NOTIFICATION'))).toEqual([]);
  });

  it('shows all reported values, and the id of the event if the producer gave no id', async () => {
    const [start] = await send(shared, notification('carol', 'before'));
    const [named, unnamed] = await send(
      shared,
      notification('ann', 'named', {
        key: 'event-1',
        occurredAt: at(2),
        notificationId: 'n-1',
        category: 'WORKFLOW_FAILED',
        priority: 'CRITICAL',
        button: { label: 'Look', url: '/workflows/7' },
        metadata: { workflow: { id: 7 }, empty: null },
      }),
      notification(null, 'unnamed', { occurredAt: at(1) }),
    );
    const fields = `id: key occurredAt notificationId userId title message category priority
      button { label url } metadata`;
    const expected = [
      {
        id: 'event-1',
        occurredAt: at(2),
        notificationId: 'n-1',
        userId: 'ann',
        title: 'named',
        message: 'named, in a sentence',
        category: 'WORKFLOW_FAILED',
        priority: 'CRITICAL',
        button: { label: 'Look', url: '/workflows/7' },
        metadata: { workflow: { id: 7 }, empty: null },
      },
      {
        id: unnamed?.id,
        occurredAt: at(1),
        notificationId: unnamed?.id,
        userId: null,
        title: 'unnamed',
        message: 'unnamed, in a sentence',
        category: 'USER_ACTION',
        priority: 'NORMAL',
        button: null,
        metadata: {},
      },
    ];
    expect(named?.id).toBe('event-1');
    const { data } = await shared.graphql<{ notifications: { edges: { node: { id: string } }[] } }>(
      `{ notifications(first: 100) { edges { node { ${fields} } } } }`,
      {},
      as('ann'),
    );
    const nodes = data.notifications.edges.map(({ node }) => node);
    expect(nodes.filter(({ id }) => expected.some((one) => one.id === id))).toEqual(expected);
    const client = graphqlClient(shared.wsUrl, { connectionParams: { token: 'ann-token' } });
    const query = `subscription { notificationEvents(after: "${start?.cursor}") { ${fields} } }`;
    const events = client.iterate({ query });
    for (const notificationEvents of expected)
      expect((await events.next()).value).toEqual({ data: { notificationEvents } });
  });
});

const mark = `mutation ($input: MarkNotificationsReadInput!) { markNotificationsRead(input: $input) { __typename
  ... on MarkNotificationsReadSuccess { readState { markedCount unreadCount } } ... on NotFound { what message } } }`;

interface ReadView {
  unreadNotificationCount: number;
  read: { edges: { node: { title: string; readAt: string } }[] };
  unread: { edges: { node: { title: string; readAt: null } }[]; totalCount: number };
}

/** The titles of the read and of the unread notifications, oldest first. */
async function readState(app: TestApp, name: string): Promise<{ read: string[]; unread: string[] }> {
  const { data, errors } = await app.graphql<ReadView>(
    `{ unreadNotificationCount
      read: notifications(filter: { read: true }) { edges { node { title readAt } } }
      unread: notifications(filter: { read: false }) { totalCount edges { node { title readAt } } } }`,
    {},
    as(name),
  );
  expect(errors).toBeUndefined();
  const { read, unread } = data;
  for (const { node } of read.edges) expect(Date.parse(node.readAt)).toBeGreaterThan(0);
  for (const { node } of unread.edges) expect(node.readAt).toBeNull();
  expect(unread.totalCount).toBe(unread.edges.length);
  expect(data.unreadNotificationCount).toBe(unread.edges.length);
  const titles = (edges: readonly { node: { title: string } }[]): string[] =>
    edges.map(({ node }) => node.title).toReversed();
  return { read: titles(read.edges), unread: titles(unread.edges) };
}

describe('the read state of notifications', () => {
  it('belongs to each subject, for notifications of one user and for those of all users', async () => {
    const app = await startTestApp(env);
    await send(
      app,
      notification('ann', 'ann 1', { notificationId: 'a1' }),
      notification('bob', 'bob 1', { notificationId: 'b1' }),
      notification(null, 'all 1', { notificationId: 'x1' }),
      notification(null, 'all 2', { notificationId: 'x2' }),
    );
    const marked = await app.graphql(mark, { input: { notificationIds: ['a1', 'x1', 'a1'] } }, as('ann'));
    expect(marked.data).toMatchObject({
      markNotificationsRead: { readState: { markedCount: 2, unreadCount: 1 } },
    });
    expect(await readState(app, 'ann')).toEqual({ read: ['ann 1', 'all 1'], unread: ['all 2'] });
    expect(await readState(app, 'bob')).toEqual({ read: [], unread: ['bob 1', 'all 1', 'all 2'] });
    const again = await app.graphql(mark, { input: { notificationIds: ['x1'] } }, as('ann'));
    expect(again.data).toMatchObject({
      markNotificationsRead: { readState: { markedCount: 0, unreadCount: 1 } },
    });
  });

  it('cannot be changed for notifications that the viewer does not see, and then nothing is marked', async () => {
    const app = await startTestApp(env);
    await send(
      app,
      notification('ann', 'ann 1', { notificationId: 'a1' }),
      notification('bob', 'bob 1', { notificationId: 'b1' }),
    );
    for (const hidden of ['b1', 'never', '\u0000'])
      expect(
        (await app.graphql(mark, { input: { notificationIds: ['a1', hidden] } }, as('ann'))).data,
      ).toMatchObject({ markNotificationsRead: { __typename: 'NotFound', what: 'notification' } });
    expect(await readState(app, 'ann')).toEqual({ read: [], unread: ['ann 1'] });
    const both = await app.graphql(mark, { input: { notificationIds: ['a1'], until: at(1) } }, as('ann'));
    expect(both.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    const unauthenticated = await app.graphql(mark, { input: { until: at(1) } });
    expect(unauthenticated.errors).toMatchObject([{ extensions: { code: 'AUTHENTICATION_FAILED' } }]);
  });

  it('is set for all notifications stored until an instant, and not for later ones', async () => {
    const app = await startTestApp(env);
    await send(app, notification('ann', 'ann 1'), notification(null, 'all 1'), notification('bob', 'bob 1'));
    const none = await app.graphql(mark, { input: { until: at(0) } }, as('ann'));
    expect(none.data).toMatchObject({
      markNotificationsRead: { readState: { markedCount: 0, unreadCount: 2 } },
    });
    const future = new Date(Date.now() + 3_600_000).toISOString();
    const first = await app.graphql(mark, { input: { until: future } }, as('ann'));
    expect(first.data).toMatchObject({
      markNotificationsRead: { readState: { markedCount: 2, unreadCount: 0 } },
    });
    const readAt = '{ notifications { edges { node { title readAt } } } }';
    const { data: before } = await app.graphql<Page>(readAt, {}, as('ann'));
    await send(app, notification('ann', 'ann 2', { occurredAt: at(1) }));
    expect(await readState(app, 'ann')).toEqual({ read: ['ann 1', 'all 1'], unread: ['ann 2'] });
    await app.graphql(mark, { input: { until: future } }, as('ann'));
    expect(await readState(app, 'ann')).toMatchObject({ unread: [] });
    const { data: after } = await app.graphql<Page>(readAt, {}, as('ann'));
    expect(after.notifications.edges).toEqual(expect.arrayContaining(before.notifications.edges));
    expect(await readState(app, 'bob')).toEqual({ read: [], unread: ['all 1', 'bob 1'] });
  });

  it('is reported to the other clients of the subject only, and removed by retention', async () => {
    const app = await startTestApp(env);
    await send(app, notification(null, 'all 1', { notificationId: 'x1' }), notification(null, 'all 2'));
    const query = 'subscription { notificationReadEvents(after: "earliest") { id notificationIds until } }';
    const [ann, bob] = ['ann', 'bob'].map((name) =>
      graphqlClient(app.wsUrl, { connectionParams: { token: `${name}-token` } }).iterate({ query }),
    );
    const until = new Date(Date.now() + 60_000).toISOString();
    await app.graphql(mark, { input: { notificationIds: ['x1'] } }, as('ann'));
    await app.graphql(mark, { input: { notificationIds: ['x1'] } }, as('ann')); // changes nothing: no event
    await app.graphql(mark, { input: { until } }, as('ann'));
    await app.graphql(mark, { input: { until } }, as('bob'));
    const ids = { notificationReadEvents: { notificationIds: ['x1'], until: null } };
    const all = { notificationReadEvents: { notificationIds: null, until } };
    const first = (await ann?.next())?.value as { data: { notificationReadEvents: { id: string } } };
    expect(first).toMatchObject({ data: ids });
    expect((await ann?.next())?.value).toMatchObject({ data: all });
    expect((await bob?.next())?.value).toMatchObject({ data: all });
    const again = `{ node(id: "${first.data.notificationReadEvents.id}") { __typename } }`;
    expect((await app.graphql(again, {}, as('ann'))).data).toEqual({
      node: { __typename: 'NotificationReadEvent' },
    });
    expect((await app.graphql(again, {}, as('bob'))).data).toEqual({ node: null });
    const database = openDatabase({ connection: app.database, log: silentLog });
    expect(await removeBefore(database, [...retainedReads], new Date(Date.now() - 60_000))).toBe(0);
    expect(await removeBefore(database, [...retainedReads], new Date(Date.now() + 60_000))).toBe(3);
    await database[Symbol.asyncDispose]();
  });
});

describe('reporting a notification', () => {
  it.each([
    [{ title: '' }, 'title'],
    [{ title: 'x'.repeat(201) }, 'title'],
    [{ message: '' }, 'message'],
    [{ userId: '' }, 'userId'],
    [{ notificationId: '' }, 'notificationId'],
    [{ category: 'GOSSIP' }, 'category'],
    [{ priority: 'URGENT' }, 'priority'],
    [{ button: { label: '', url: '/' } }, 'button.label'],
    [{ button: { label: 'x', url: 'javascript:alert(1)' } }, 'button.url'],
    [{ button: { label: 'x' } }, 'button.url'],
    [{ metadata: ['a list'] }, 'metadata'],
    [{ metadata: { text: 'x'.repeat(16_384) } }, 'metadata'],
  ])('rejects the whole batch because of %j, and names the field', async (wrong, field) => {
    const events = [notification(null, 'rejected'), notification('ann', 'x', wrong)];
    const answer = await shared.graphql(publish, { events }, as('pat'));
    expect(rejectionOf(answer)).toMatchObject({ code: 'BAD_USER_INPUT', index: 1, field });
    expect(await listed(shared, as('ann'), 100)).not.toContain('rejected');
  });

  it('requires the capability `write`', async () => {
    const answer = await shared.graphql(publish, { events: [notification(null, 'x')] }, as('ann'));
    expect(rejectionOf(answer)).toMatchObject({ code: 'FORBIDDEN' });
  });
});
