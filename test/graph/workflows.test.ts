import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { retainedWorkflows } from '../../src/domains/workflows/store.ts';
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
const publish = publishMutation();

function at(second: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
}

function workflow(workflowId: string, second: number, more: object = {}): object {
  return {
    workflow: {
      workflowId,
      occurredAt: at(second),
      status: 'IN_PROGRESS',
      stage: 'VALIDATION',
      progressPercent: second,
      ...more,
    },
  };
}

/** @returns the cursor of the last event. */
async function report(app: TestApp, ...events: object[]): Promise<string> {
  const { data, errors } = await app.graphql<{ publish: { cursor: string } }>(publish, { events }, as('pat'));
  expect(errors).toBeUndefined();
  return data.publish.cursor;
}

async function state(app: TestApp, id: string): Promise<Record<string, unknown> | null> {
  const { data } = await app.graphql<{ workflow: Record<string, unknown> | null }>(
    `query ($id: ID!) { workflow(workflowId: $id) {
      id: workflowId status stage progressPercent statusMessage estimatedCompletionAt ownerUserId startedAt updatedAt } }`,
    { id },
    as('ann'),
  );
  return data.workflow;
}

type Delivered = [workflowId: string, progress: number, ownerUserId: string | null];

/** The first `count` reports that a subscription delivers. */
async function delivered(app: TestApp, name: string, field: string, count: number): Promise<Delivered[]> {
  type Event = Record<string, { workflowId: string; progressPercent: number; ownerUserId: string | null }>;
  const reports: Delivered[] = [];
  const query = `subscription { ${field} { workflowId progressPercent ownerUserId } }`;
  const client = graphqlClient(app.wsUrl, { connectionParams: { token: `${name}-token` } });
  for await (const { data } of client.iterate<Event>({ query })) {
    const [event] = Object.values(data ?? {});
    if (event === undefined) continue;
    if (reports.push([event.workflowId, event.progressPercent, event.ownerUserId]) === count) break;
  }
  return reports;
}

let shared: TestApp;
beforeAll(async () => {
  shared = await startTestApp(env, { keep: true });
});
afterAll(() => shared.stop());

describe('a workflow', () => {
  it('has the state of the most recent report, within one batch and across batches', async () => {
    await report(
      shared,
      workflow('newest', 1, { status: 'PENDING', stage: 'REQUIREMENTS_ANALYSIS' }),
      workflow('newest', 3, { statusMessage: 'half', estimatedCompletionAt: at(9) }),
      workflow('newest', 2, { status: 'CANCELLED' }),
    );
    const expected = {
      id: 'newest',
      status: 'IN_PROGRESS',
      stage: 'VALIDATION',
      progressPercent: 3,
      statusMessage: 'half',
      estimatedCompletionAt: at(9),
      ownerUserId: null,
      startedAt: at(1),
      updatedAt: at(3),
    };
    expect(await state(shared, 'newest')).toEqual(expected);
    await report(shared, workflow('newest', 0, { status: 'FAILED' }));
    expect(await state(shared, 'newest')).toEqual({ ...expected, startedAt: at(0) });
    await report(
      shared,
      workflow('newest', 5, { status: 'COMPLETED', stage: 'REVIEW', progressPercent: 100 }),
    );
    expect(await state(shared, 'newest')).toEqual({
      ...expected,
      status: 'COMPLETED',
      stage: 'REVIEW',
      progressPercent: 100,
      statusMessage: null,
      estimatedCompletionAt: null,
      startedAt: at(0),
      updatedAt: at(5),
    });
    expect(await state(shared, 'none')).toBeNull();
  });

  it('keeps its last reported owner, and `myWorkflowEvents` delivers only own and ownerless workflows', async () => {
    const after = await report(shared, workflow('before', 0));
    await report(
      shared,
      workflow('a', 1, { ownerUserId: 'ann' }),
      workflow('a', 2),
      workflow('free', 3),
      workflow('b', 4, { ownerUserId: 'bob' }),
    );
    await report(shared, workflow('a', 5), workflow('b', 6, { ownerUserId: null }));
    await report(shared, workflow('a', 7, { ownerUserId: 'bob' }), workflow('free', 8));
    expect(await state(shared, 'a')).toMatchObject({ progressPercent: 7, ownerUserId: 'bob' });
    const all: Delivered[] = [
      ['a', 1, 'ann'],
      ['a', 2, 'ann'],
      ['free', 3, null],
      ['b', 4, 'bob'],
      ['a', 5, 'ann'],
      ['b', 6, 'bob'],
      ['a', 7, 'bob'],
      ['free', 8, null],
    ];
    const ownOrOwnerless = (name: string): Delivered[] =>
      all.filter(([, , owner]) => owner === null || owner === name);
    expect(await delivered(shared, 'ann', `workflowEvents(after: "${after}")`, 8)).toEqual(all);
    expect(await delivered(shared, 'ann', 'workflowEvents(workflowId: "a", after: "earliest")', 4)).toEqual(
      all.filter(([id]) => id === 'a'),
    );
    for (const name of ['ann', 'bob'])
      expect(
        await delivered(shared, name, `myWorkflowEvents(after: "${after}")`, ownOrOwnerless(name).length),
      ).toEqual(ownOrOwnerless(name));
  });

  it('of another owner is delivered by `events` to every viewer with the capability `read`', async () => {
    const after = await report(shared, workflow('before', 0));
    await report(shared, workflow('visible', 1, { ownerUserId: 'ann' }));
    const query = `subscription { events(types: [WORKFLOW], after: "${after}") {
      ... on WorkflowEvent { workflowId status: workflowStatus estimatedCompletionAt } } }`;
    const client = graphqlClient(shared.wsUrl, { connectionParams: { token: 'bob-token' } });
    expect((await client.iterate({ query }).next()).value).toEqual({
      data: { events: { workflowId: 'visible', status: 'IN_PROGRESS', estimatedCompletionAt: null } },
    });
  });
});

describe('the list of workflows', () => {
  it('has pages by keyset, filters by status, and loses workflows whose last report is old', async () => {
    const app = await startTestApp(env);
    await report(
      app,
      ...Array.from({ length: 12 }, (_, index) =>
        workflow(`w${index}`, index, { status: index % 3 === 0 ? 'FAILED' : 'PENDING' }),
      ),
    );
    interface Page {
      workflows: {
        totalCount: number;
        edges: { node: { id: string } }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    }
    const counts: number[] = [];
    async function idsOf(status: string | null, first: number): Promise<string[]> {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const response: { data: Page } = await app.graphql<Page>(
          `query ($statuses: [WorkflowStatus!], $first: Int, $after: String) {
            workflows(filter: { statuses: $statuses }, first: $first, after: $after) {
              totalCount edges { node { id: workflowId } } pageInfo { hasNextPage endCursor } } }`,
          { statuses: status === null ? null : [status], first, after },
          as('ann'),
        );
        const { edges, pageInfo, totalCount } = response.data.workflows;
        seen.push(...edges.map(({ node }) => node.id));
        counts.push(totalCount);
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      } while (after !== null);
      return seen;
    }
    expect(await idsOf(null, 5)).toEqual(Array.from({ length: 12 }, (_, index) => `w${11 - index}`));
    expect(await idsOf('FAILED', 3)).toEqual(['w9', 'w6', 'w3', 'w0']);
    expect(await idsOf('COMPLETED', 3)).toEqual([]);
    expect(counts).toEqual([12, 12, 12, 4, 4, 0]);
    const database = openDatabase({ connection: app.database, log: silentLog });
    expect(await removeBefore(database, retainedWorkflows, new Date(Date.now() - 60_000))).toBe(0);
    expect(await removeBefore(database, retainedWorkflows, new Date(Date.now() + 60_000))).toBe(12);
    await database[Symbol.asyncDispose]();
    expect(await idsOf(null, 5)).toEqual([]);
  });
});

describe('orderBy', () => {
  interface OrderedPage {
    readonly edges: readonly { readonly cursor: string; readonly node: { readonly workflowId: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean };
  }
  const query = `query ($first: Int, $last: Int, $after: String, $before: String, $orderBy: WorkflowOrder) {
    workflows(first: $first, last: $last, after: $after, before: $before, orderBy: $orderBy, filter: { statuses: [PENDING] }) {
      edges { cursor node { workflowId } } pageInfo { hasNextPage hasPreviousPage } } }`;
  const ordered = async (variables: Record<string, unknown>) =>
    shared.graphql<{ workflows: OrderedPage }>(query, variables, as('ann'));
  const page = async (variables: Record<string, unknown>): Promise<OrderedPage> =>
    (await ordered(variables)).data.workflows;
  const idsOf = ({ edges }: OrderedPage): string => edges.map(({ node }) => node.workflowId).join('');

  beforeAll(async () => {
    const pending = { status: 'PENDING' };
    // started in the order p, q, r, s and last reported in the order s, p, r, q
    await report(shared, ...['p', 'q', 'r', 's'].map((id, n) => workflow(id, n + 1, pending)));
    await report(shared, ...['p', 'r', 'q'].map((id, n) => workflow(id, n + 10, pending)));
  });

  it.each([
    ['STARTED_AT', 'DESC', 'srqp'],
    ['STARTED_AT', 'ASC', 'pqrs'],
    ['UPDATED_AT', 'DESC', 'qrps'],
    ['UPDATED_AT', 'ASC', 'sprq'],
  ] as const)('%s %s orders the list, forwards and backwards in pages', async (field, direction, ids) => {
    const orderBy = { field, direction };
    expect(idsOf(await page({ orderBy }))).toBe(ids);
    const first = await page({ orderBy, first: 3 });
    expect(idsOf(first)).toBe(ids.slice(0, 3));
    expect(first.pageInfo).toEqual({ hasNextPage: true, hasPreviousPage: false });
    const rest = await page({ orderBy, first: 3, after: first.edges[2]?.cursor });
    expect(idsOf(rest)).toBe(ids.slice(3));
    expect(rest.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: true });
    const before = await page({ orderBy, last: 2, before: rest.edges[0]?.cursor });
    expect(idsOf(before)).toBe(ids.slice(1, 3));
    expect(before.pageInfo).toEqual({ hasNextPage: true, hasPreviousPage: true });
    expect(idsOf(await page({ orderBy, last: 1 }))).toBe(ids.slice(-1));
  });

  it('rejects a cursor of another order, and one of the other direction', async () => {
    const { edges } = await page({ orderBy: { field: 'UPDATED_AT', direction: 'DESC' }, first: 1 });
    for (const orderBy of [
      null,
      { field: 'UPDATED_AT', direction: 'ASC' },
      { field: 'STARTED_AT', direction: 'ASC' },
    ]) {
      const { errors } = await ordered({ orderBy, after: edges[0]?.cursor });
      expect(errors?.[0]).toMatchObject({
        message: expect.stringContaining('after is a cursor of the order UPDATED_AT DESC') as string,
        extensions: { code: 'BAD_USER_INPUT', argument: 'after' },
      });
    }
  });
});

describe('an invalid report of a workflow', () => {
  it.each([
    [{ workflowId: '' }, 'workflowId'],
    [{ progressPercent: -1 }, 'progressPercent'],
    [{ progressPercent: 101 }, 'progressPercent'],
    [{ progressPercent: 50.5 }, 'progressPercent'],
    [{ status: 'DONE' }, 'status'],
    [{ stage: 'LUNCH' }, 'stage'],
    [{ statusMessage: 'x'.repeat(4_097) }, 'statusMessage'],
    [{ ownerUserId: '' }, 'ownerUserId'],
  ])('with %j is rejected with the whole batch, and the error names the field %s', async (invalid, field) => {
    const events = [workflow('same batch', 0), workflow('w', 0, invalid)];
    const answer = await shared.graphql(publish, { events }, as('pat'));
    expect(rejectionOf(answer)).toMatchObject({ code: 'BAD_USER_INPUT', index: 1, field });
    expect(await state(shared, 'same batch')).toBeNull();
  });
});
