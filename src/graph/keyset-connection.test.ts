import { graphql } from 'graphql';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/_util/database.ts';
import { showStatements } from '../../test/_util/statements.ts';
import { openDatabase, type DatabaseHandle } from '../db/database.ts';
import { silentLog } from '../log/log.ts';
import { schema } from '../schema.ts';
import type { GraphContext } from './context.ts';

// The connection `workflows` over the workflows w1 to w5, which start in this order. w2 and w4 have failed.

let home: TestDatabase;
let database: DatabaseHandle;

beforeAll(async () => {
  home = await createTestDatabase();
  database = openDatabase({ connection: home.connection, log: silentLog });
  await sql`insert into workflows (workflow_id, status, stage, progress, started_at, updated_at, recorded_at)
    select 'w' || n, case when n % 2 = 0 then 'FAILED' else 'PENDING' end, 'REVIEW', 0, at, at, at
    from (select n, timestamptz '2026-01-01' + n * interval '1 hour' as at from generate_series(1, 5) as n) as row
  `.execute(database.kysely);
});

afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await home.drop();
});

interface Connection {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly pageInfo: Readonly<Record<string, unknown>>;
  readonly totalCount?: number;
}

async function execute(source: string) {
  const contextValue = { db: database.kysely } as GraphContext;
  return graphql({ schema, source, contextValue });
}

async function page(args: string, fields = '') {
  const { data, errors } = await execute(`{ workflows${args} { ${fields}
    edges { cursor node { id: workflowId } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`);
  expect(errors).toBeUndefined();
  const { edges, ...rest } = (data as { workflows: Connection }).workflows;
  return { ...rest, edges, ids: edges.map(({ node }) => node.id) };
}

test('pages of a keyset connection contain every item once, newest first, in both directions', async () => {
  const first = await page('(first: 2)');
  expect(first.ids).toEqual(['w5', 'w4']);
  expect(first.pageInfo).toEqual({
    hasNextPage: true,
    hasPreviousPage: false,
    startCursor: first.edges[0]?.cursor,
    endCursor: first.edges[1]?.cursor,
  });
  const second = await page(`(first: 2, after: "${String(first.pageInfo['endCursor'])}")`);
  expect(second.ids).toEqual(['w3', 'w2']);
  const third = await page(`(first: 2, after: "${String(second.pageInfo['endCursor'])}")`);
  expect(third.ids).toEqual(['w1']);
  expect(third.pageInfo).toMatchObject({ hasNextPage: false });
  const back = await page(`(last: 1, before: "${String(second.pageInfo['startCursor'])}")`);
  expect(back.ids).toEqual(['w4']);
  expect(back.pageInfo).toMatchObject({ hasPreviousPage: true });
});

test('a filtered keyset connection contains and counts only the items that match', async () => {
  const { ids, totalCount } = await page('(filter: { statuses: [FAILED] }, first: 1)', 'totalCount');
  expect(ids).toEqual(['w4']);
  expect(totalCount).toBe(2);
});

/** The test's database over a pool of its own, with the statements that it sends. */
function watchedDatabase() {
  const statements: string[] = [];
  const watched = openDatabase({ connection: home.connection, log: silentLog });
  showStatements(watched.pool, (text) => statements.push(text));
  const journal = { log: { epoch: 'e' } };
  return {
    /** The statements that the query sends. */
    async statementsOf(source: string): Promise<readonly string[]> {
      statements.length = 0;
      const contextValue = { db: watched.kysely, journal } as GraphContext;
      expect((await graphql({ schema, source, contextValue })).errors).toBeUndefined();
      return [...statements];
    },
    [Symbol.asyncDispose]: () => watched[Symbol.asyncDispose](),
  };
}

test('liveCursor is read in one snapshot with the page, and only if it is selected', async () => {
  await using watched = watchedDatabase();
  await watched.statementsOf('{ workflows { edges { cursor } } }'); // connects
  expect(await watched.statementsOf('{ workflows { edges { cursor } } }')).toHaveLength(1);
  const statements = await watched.statementsOf('{ workflows { liveCursor edges { cursor } } }');
  expect(statements.map((text) => text.trim().split(/\s/)[0])).toEqual([
    'start',
    'select',
    'select',
    'commit',
  ]);
  expect(statements[0]).toContain('repeatable read');
});

test('totalCount is counted only if it is selected, also in a fragment', async () => {
  await using watched = watchedDatabase();
  const counts = async (source: string): Promise<number> =>
    (await watched.statementsOf(source)).filter((text) => text.includes('count(*)')).length;
  expect(await counts('{ workflows { edges { cursor } } }')).toBe(0);
  expect(await counts('{ workflows { totalCount } }')).toBe(1);
  expect(
    await counts(
      '{ workflows { ...F } } fragment F on WorkflowConnection { ... on WorkflowConnection { totalCount } }',
    ),
  ).toBe(1);
});

test('the query for one item returns it by its id, or null', async () => {
  const { data } = await execute(
    '{ known: workflow(workflowId: "w3") { id: workflowId } unknown: workflow(workflowId: "w9") { id: workflowId } }',
  );
  expect({ ...data }).toEqual({ known: { id: 'w3' }, unknown: null });
});

test('a keyset connection rejects a cursor that is not one of its list', async () => {
  const { errors } = await execute('{ workflows(after: "nonsense") { pageInfo { hasNextPage } } }');
  expect(errors?.[0]?.message).toBe('after must be a cursor of this list.');
});
