import type { ArgBuilder, InputFieldMap, InputShapeFromFields, OutputRef } from '@pothos/core';
import { resolveCursorConnection, type DefaultConnectionArguments } from '@pothos/plugin-relay';
import type { Kysely } from 'kysely';
import type { Database } from '../db/database.ts';
import { inOneSnapshot as readInOneSnapshot, type KeysetList } from '../db/keyset-list.ts';
import { searchedRowsMax } from '../db/list-page.ts';
import { builder, type GraphTypes } from './builder.ts';
import type { GraphContext } from './context.ts';
import { listCursor, parseListCursor } from './list-cursor.ts';
import type { Requirement } from './rules.ts';
import { selects } from './selects.ts';

/** A query field that pages through a list; see `keysetConnection`. */
export interface KeysetConnection<Filter, Row, Args extends InputFieldMap> {
  /** Begins the names of the types: `JobRun` makes `JobRunConnection` and `JobRunEdge`. */
  readonly name: string;
  readonly list: KeysetList<Filter, Row>;
  /** Of the field. */
  readonly description: string;
  /** What a page is: `A page of runs.` */
  readonly page: string;
  /** What an edge is: `A run and its place in the list.` */
  readonly edge: string;
  /** What the field `totalCount` of a page counts: `All runs that are kept.` Absent: pages have no such field. */
  readonly totalCount?: string;
  /** Whether the page and its `totalCount` are read in one snapshot. */
  readonly inOneSnapshot?: boolean;
  /** Default: `read`. */
  readonly requires?: Requirement;
  /** Whether `filter` looks at the viewer. */
  readonly viewerDependent?: boolean;
  /** Arguments besides those that page. */
  readonly args?: (t: ArgBuilder<GraphTypes>) => Args;
  readonly filter: (args: InputShapeFromFields<Args>, context: GraphContext) => Filter;
  /** Declares a query field for one row by the id that orders the list, null when there is none; its argument is `id`. */
  readonly one?: { readonly field: string; readonly description: string; readonly idDescription: string };
}

/** An object type that shows a row, or what `node` makes of it. */
type Shown<Row, Node> =
  | { readonly type: OutputRef<Row>; readonly node?: never }
  | { readonly type: OutputRef<Node>; readonly node: (row: Row) => Node };

const pageDefault = 100;
const pageMax = 1_000;

/** For the description of a list. @param parts of its filter of which one alone always gives full pages. */
export function searchedPages(parts: string): string {
  return (
    `With more than one of ${parts}, ${searchedRowsMax} entries are looked at for a page, which may then be ` +
    'shorter than asked for, or empty, with `hasNextPage` true: `endCursor` goes on where the search ended.'
  );
}

/**
 * Declares a query field that pages through a list by keyset, newest first, with the arguments `first`, `last`, `after`
 * and `before`. A page deep inside costs what the first one costs.
 *
 *     keysetConnection('jobRuns', {
 *       name: 'JobRun',
 *       type: JobRun,
 *       list: jobRunList,
 *       description: 'Runs that ended, newest first by the time they ended. Source: the table job_runs.',
 *       page: 'A page of runs.',
 *       edge: 'A run and its place in the list.',
 *       totalCount: 'All runs that are kept.',
 *       args: (t) => ({ jobId: t.id({ description: 'Only of this job; default: of all.' }) }),
 *       filter: ({ jobId = null }) => ({ jobId }),
 *     });
 */
export function keysetConnection<Filter, Row, Node, Args extends InputFieldMap = InputFieldMap>(
  field: string,
  options: KeysetConnection<Filter, Row, Args> & Shown<Row, Node>,
): void {
  const { name, list, description, totalCount, args, requires = 'read', viewerDependent } = options;
  const { inOneSnapshot = false } = options;
  const type: OutputRef = options.type;
  const toNode: (row: Row) => unknown = options.node ?? ((row) => row);

  builder.queryField(field, (t) =>
    t.connection(
      {
        type,
        requires,
        ...(viewerDependent === undefined ? {} : { viewerDependent }),
        description,
        args: args?.(t.arg) ?? {},
        resolve: async (_root, given, context, info) => {
          const filter = options.filter(given as InputShapeFromFields<Args>, context);
          const isCounted = selects(info, 'totalCount');
          const read = async (db: Kysely<Database>) => {
            const { edges, pageInfo } = await readPage(db, { list, filter }, given);
            const nodes = edges.map(({ cursor, node }) => ({ cursor, node: toNode(node) }));
            const count = isCounted ? await list.count(db, filter) : 0;
            return { edges: nodes, pageInfo, totalCount: count };
          };
          return isCounted && inOneSnapshot ? readInOneSnapshot(context.db, read) : read(context.db);
        },
      },
      {
        name: `${name}Connection`,
        description: options.page,
        ...(totalCount !== undefined && {
          fields: (c) => ({
            totalCount: c.int({
              description: `${totalCount} Counted only when asked for.`,
              resolve: (page) => (page as typeof page & Counted).totalCount,
            }),
          }),
        }),
      },
      { name: `${name}Edge`, description: options.edge },
    ),
  );
  const { one } = options;
  if (one === undefined) return;
  builder.queryField(one.field, (t) =>
    t.field({
      type,
      nullable: true,
      requires,
      description: one.description,
      args: { id: t.arg.id({ required: true, description: one.idDescription }) },
      resolve: async (_root, { id }, { db }) => {
        const row = await list.find(db, id);
        return row === undefined ? null : toNode(row);
      },
    }),
  );
}

/** A page of rows. Where a search ended before the page was full, the page ends there. */
async function readPage<Row, Filter>(
  db: Kysely<Database>,
  { list, filter }: { readonly list: KeysetList<Filter, Row>; readonly filter: Filter },
  args: DefaultConnectionArguments,
) {
  let ended: Partial<PageEnds> = {};
  const page = await resolveCursorConnection<Promise<Row[]>>(
    { args, defaultSize: pageDefault, maxSize: pageMax, toCursor: (row) => listCursor(list.keyOf(row)) },
    async ({ before, after, limit, inverted }) => {
      const { idIsNumber } = list;
      const { rows, searchedUpTo } = await list.read(db, filter, {
        limit,
        newestFirst: !inverted,
        olderThan: parseListCursor(after, { argument: 'after', idIsNumber }),
        newerThan: parseListCursor(before, { argument: 'before', idIsNumber }),
      });
      if (searchedUpTo !== null) {
        const cursor = listCursor(searchedUpTo);
        ended = inverted
          ? { hasPreviousPage: true, startCursor: cursor }
          : { hasNextPage: true, endCursor: cursor };
      }
      return [...rows];
    },
  );
  return { edges: page.edges, pageInfo: { ...page.pageInfo, ...ended } };
}

interface Counted {
  readonly totalCount: number;
}

interface PageEnds {
  readonly hasPreviousPage: boolean;
  readonly hasNextPage: boolean;
  readonly startCursor: string;
  readonly endCursor: string;
}
