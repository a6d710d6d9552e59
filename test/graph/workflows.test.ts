import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { retainedWorkflows } from '../../src/domains/workflows/store.ts';
import { silentLog } from '../../src/log/log.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { removeBefore } from '../_util/remove-old.ts';

const env = {
  FEATURE_SYSTEM_MONITORING: 'false',
  FEATURE_DATABASE_MONITORING: 'false',
  AUTH_TOKENS: 'pat-token:pat:developer,ann-token:ann:user,bob-token:bob:user',
};
const as = (name: string): Record<string, string> => ({ authorization: `Bearer ${name}-token` });
const publish = `mutation ($events: [EventInput!]!) { publish(events: $events) { cursor } }`;

function at(second: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
}

function workflow(workflowId: string, second: number, more: object = {}): object {
  return {
    workflow: {
      workflowId,
      at: at(second),
      status: 'IN_PROGRESS',
      stage: 'VALIDATION',
      progress: second,
      ...more,
    },
  };
}

/** @returns the cursor of the last of them. */
async function report(app: TestApp, ...events: object[]): Promise<string> {
  const { data, errors } = await app.graphql<{ publish: { cursor: string } }>(publish, { events }, as('pat'));
  expect(errors).toBeUndefined();
  return data.publish.cursor;
}

async function state(app: TestApp, id: string): Promise<Record<string, unknown> | null> {
  const { data } = await app.graphql<{ workflow: Record<string, unknown> | null }>(
    `query ($id: ID!) { workflow(id: $id) {
      id status stage progress message estimatedCompletion ownerUserId startedAt updatedAt } }`,
    { id },
    as('ann'),
  );
  return data.workflow;
}

type Told = [workflowId: string, progress: number, ownerUserId: string | null];

/** The first reports that somebody is told. */
async function told(app: TestApp, name: string, field: string, count: number): Promise<Told[]> {
  type Event = Record<string, { workflowId: string; progress: number; ownerUserId: string | null }>;
  const seen: Told[] = [];
  const query = `subscription { ${field} { workflowId progress ownerUserId } }`;
  const client = graphqlClient(app.wsUrl, { connectionParams: { token: `${name}-token` } });
  for await (const { data } of client.iterate<Event>({ query })) {
    const [event] = Object.values(data ?? {});
    if (event === undefined) continue;
    if (seen.push([event.workflowId, event.progress, event.ownerUserId]) === count) break;
  }
  return seen;
}

let shared: TestApp;
beforeAll(async () => {
  shared = await startTestApp(env, { keep: true });
});
afterAll(() => shared.stop());

describe('a workflow', () => {
  it('is as its newest report says, in one batch and over several', async () => {
    await report(
      shared,
      workflow('newest', 1, { status: 'PENDING', stage: 'REQUIREMENTS_ANALYSIS' }),
      workflow('newest', 3, { message: 'half', estimatedCompletion: at(9) }),
      workflow('newest', 2, { status: 'CANCELLED' }),
    );
    const known = {
      id: 'newest',
      status: 'IN_PROGRESS',
      stage: 'VALIDATION',
      progress: 3,
      message: 'half',
      estimatedCompletion: at(9),
      ownerUserId: null,
      startedAt: at(1),
      updatedAt: at(3),
    };
    expect(await state(shared, 'newest')).toEqual(known);
    await report(shared, workflow('newest', 0, { status: 'FAILED' }));
    expect(await state(shared, 'newest')).toEqual({ ...known, startedAt: at(0) });
    await report(shared, workflow('newest', 5, { status: 'COMPLETED', stage: 'REVIEW', progress: 100 }));
    expect(await state(shared, 'newest')).toEqual({
      ...known,
      status: 'COMPLETED',
      stage: 'REVIEW',
      progress: 100,
      message: null,
      estimatedCompletion: null,
      startedAt: at(0),
      updatedAt: at(5),
    });
    expect(await state(shared, 'none')).toBeNull();
  });

  it('keeps the owner that was named last, whoever is told of it', async () => {
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
    expect(await state(shared, 'a')).toMatchObject({ progress: 7, ownerUserId: 'bob' });
    const all: Told[] = [
      ['a', 1, 'ann'],
      ['a', 2, 'ann'],
      ['free', 3, null],
      ['b', 4, 'bob'],
      ['a', 5, 'ann'],
      ['b', 6, 'bob'],
      ['a', 7, 'bob'],
      ['free', 8, null],
    ];
    const seenBy = (name: string): Told[] => all.filter(([, , owner]) => owner === null || owner === name);
    expect(await told(shared, 'ann', `workflowEvents(after: "${after}")`, 8)).toEqual(all);
    expect(await told(shared, 'ann', 'workflowEvents(workflowId: "a", after: "earliest")', 4)).toEqual(
      all.filter(([id]) => id === 'a'),
    );
    for (const name of ['ann', 'bob'])
      expect(await told(shared, name, `myWorkflowEvents(after: "${after}")`, seenBy(name).length)).toEqual(
        seenBy(name),
      );
  });

  it('is told to everybody who may read, in the stream of all events as well', async () => {
    const after = await report(shared, workflow('before', 0));
    await report(shared, workflow('everybody', 1, { ownerUserId: 'ann' }));
    const query = `subscription { events(types: [WORKFLOW], after: "${after}") {
      ... on WorkflowEvent { workflowId status estimatedCompletion } } }`;
    const client = graphqlClient(shared.wsUrl, { connectionParams: { token: 'bob-token' } });
    expect((await client.iterate({ query }).next()).value).toEqual({
      data: { events: { workflowId: 'everybody', status: 'IN_PROGRESS', estimatedCompletion: null } },
    });
  });
});

describe('workflows', () => {
  it('are paged by keyset, of one status or of all, until nothing was heard of them for too long', async () => {
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
        const answer: { data: Page } = await app.graphql<Page>(
          `query ($status: WorkflowStatus, $first: Int, $after: String) {
            workflows(status: $status, first: $first, after: $after) {
              totalCount edges { node { id } } pageInfo { hasNextPage endCursor } } }`,
          { status, first, after },
          as('ann'),
        );
        const { edges, pageInfo, totalCount } = answer.data.workflows;
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

describe('a report of a workflow', () => {
  it.each([
    [{ workflowId: '' }, 'workflowId'],
    [{ progress: -1 }, 'progress'],
    [{ progress: 101 }, 'progress'],
    [{ progress: 50.5 }, 'progress'],
    [{ status: 'DONE' }, 'status'],
    [{ stage: 'LUNCH' }, 'stage'],
    [{ message: 'x'.repeat(4_097) }, 'message'],
    [{ ownerUserId: '' }, 'ownerUserId'],
  ])('is refused by name for %j, with the whole batch', async (wrong, field) => {
    const events = [workflow('kept out', 0), workflow('w', 0, wrong)];
    const { errors } = await shared.graphql(publish, { events }, as('pat'));
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', index: 1, field } }]);
    expect(await state(shared, 'kept out')).toBeNull();
  });
});
