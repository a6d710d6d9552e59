import type { ArgBuilder, InputFieldMap, InputShapeFromFields, OutputRef } from '@pothos/core';
import { resolveCursorConnection, type DefaultConnectionArguments } from '@pothos/plugin-relay';
import type { Kysely } from 'kysely';
import type { Database } from '../db/database.ts';
import { inOneSnapshot as readInOneSnapshot, type KeysetList } from '../db/keyset-list.ts';
import { searchedRowsMax } from '../db/list-page.ts';
import { formatCursor } from '../journal/cursor.ts';
import { storedHead } from '../journal/log-end.ts';
import { builder, type GraphTypes } from './builder.ts';
import type { GraphContext } from './context.ts';
import { listCursor, parseListCursor } from './list-cursor.ts';
import type { Requirement } from './rules.ts';
import { isSelected } from './is-selected.ts';

declare module 'graphql' {
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    /** Of `liveCursor`: the subscription that takes it as `after`. */
    followedBy?: string;
  }
}

/** A query field that returns a list in pages; see `keysetConnection`. */
export interface KeysetConnection<Filter, Row, Args extends InputFieldMap> {
  /** Prefix of the type names: `JobRun` gives `JobRunConnection` and `JobRunEdge`. */
  readonly name: string;
  readonly list: KeysetList<Filter, Row>;
  readonly description: string;
  /** Description of the connection type: `A page of job runs.` */
  readonly page: string;
  /** Description of the edge type: `A job run and its cursor.` */
  readonly edge: string;
  /** Adds the field `totalCount`, with this description: `Number of retained job runs.` */
  readonly totalCount?: string;
  /**
   * The subscription that sends the changes of the list: adds the field `liveCursor`. Every change of the table must be
   * stored in the transaction of an event that the subscription sends.
   */
  readonly followedBy?: string;
  /** Whether the page and its `totalCount` are read in one snapshot. */
  readonly inOneSnapshot?: boolean;
  /** Default: `read`. */
  readonly requires?: Requirement;
  /** Whether `filter` depends on the viewer. */
  readonly viewerDependent?: boolean;
  /** Arguments besides `first`, `last`, `after` and `before`. */
  readonly args?: (t: ArgBuilder<GraphTypes>) => Args;
  readonly filter: (args: InputShapeFromFields<Args>, context: GraphContext) => Filter;
  /** Also declares a query field that returns one item by its natural key, in an argument of this name. */
  readonly one?: {
    readonly field: string;
    readonly key: string;
    readonly description: string;
    readonly keyDescription: string;
  };
}

/** The type of the items: of a row, or of the value that `node` returns for it. */
type NodeType<Row, Node> =
  | { readonly type: OutputRef<Row>; readonly node?: never }
  | { readonly type: OutputRef<Node>; readonly node: (row: Row) => Node };

/** The default and the maximum of `first` and `last`. */
export const pageSizes = { defaultSize: 100, maxSize: 1_000 } as const;

/** For the description of a list. @param parts the filter's parts; with one of them alone, pages are always full. */
export function searchedPages(parts: string): string {
  return (
    `With more than one of ${parts}, the server reads at most ${searchedRowsMax} rows for a page. The page may then ` +
    'be short or empty while `hasNextPage` is true; continue after `endCursor`.'
  );
}

/**
 * Declares a query field that returns a list in pages, newest first, with the arguments `first`, `last`, `after` and
 * `before`. Every page costs the same, however deep it is in the list.
 *
 *     keysetConnection('jobRuns', {
 *       name: 'JobRun',
 *       type: JobRun,
 *       list: jobRunList,
 *       description: 'Returns the job runs that ended, newest first. Source: the table job_runs.',
 *       page: 'A page of job runs.',
 *       edge: 'A job run and its cursor.',
 *       totalCount: 'Number of retained job runs.',
 *       args: (t) => ({ jobId: t.id({ description: 'Returns only runs of this job. Default: all jobs.' }) }),
 *       filter: ({ jobId = null }) => ({ jobId }),
 *     });
 */
export function keysetConnection<Filter, Row, Node, Args extends InputFieldMap = InputFieldMap>(
  field: string,
  options: KeysetConnection<Filter, Row, Args> & NodeType<Row, Node>,
): void {
  const { name, list, description, totalCount, args, requires = 'read', viewerDependent } = options;
  const { inOneSnapshot = false, followedBy } = options;
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
          const isCounted = isSelected(info, 'totalCount');
          const isFollowed = followedBy !== undefined && isSelected(info, 'liveCursor');
          const read = async (db: Kysely<Database>) => {
            const head = isFollowed ? await storedHead(db) : null;
            const { edges, pageInfo } = await readPage(db, { list, filter }, given);
            const nodes = edges.map(({ cursor, node }) => ({ cursor, node: toNode(node) }));
            const count = isCounted ? await list.count(db, filter) : 0;
            return { edges: nodes, pageInfo, totalCount: count, head };
          };
          const isOneSnapshot = isFollowed || (isCounted && inOneSnapshot);
          return isOneSnapshot ? readInOneSnapshot(context.db, read) : read(context.db);
        },
      },
      {
        name: `${name}Connection`,
        description: options.page,
        fields: (c) => ({
          ...(totalCount !== undefined && {
            totalCount: c.int({
              description: `${totalCount} Counted only if the field is selected.`,
              resolve: (page) => (page as typeof page & PageExtras).totalCount,
            }),
          }),
          ...(followedBy !== undefined && {
            liveCursor: c.field({
              type: 'Cursor',
              description: liveCursorDescription(followedBy),
              extensions: { followedBy },
              resolve: (page, _args, { journal }) =>
                formatCursor(journal.log.epoch, (page as typeof page & PageExtras).head ?? 0),
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
      args: { [one.key]: t.arg.id({ required: true, description: one.keyDescription }) },
      resolve: async (_root, args, { db }) => {
        const key = args[one.key] ?? '';
        const row = (await list.findAll(db, [key])).get(key);
        return row === undefined ? null : toNode(row);
      },
    }),
  );
}

/** What a page has besides its edges. */
interface PageExtras {
  readonly totalCount: number;
  /** The position of the log. Null if `liveCursor` is not selected. */
  readonly head: number | null;
}

/** @param subscription which sends the changes of the list. */
function liveCursorDescription(subscription: string): string {
  return (
    'Position of the page in the event log: the page was read in one snapshot with it, so it contains the changes of all ' +
    `events up to this position and of no later event. Pass it as \`after\` to \`${subscription}\` to receive the ` +
    'later events, each once.'
  );
}

/** Reads a page. A bounded search that ended before the page was full sets the page's end to where the search ended. */
async function readPage<Row, Filter>(
  db: Kysely<Database>,
  { list, filter }: { readonly list: KeysetList<Filter, Row>; readonly filter: Filter },
  args: DefaultConnectionArguments,
) {
  let searchEnd = {};
  const page = await resolveCursorConnection<Promise<Row[]>>(
    { args, ...pageSizes, toCursor: (row) => listCursor(list.keyOf(row)) },
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
        searchEnd = inverted
          ? { hasPreviousPage: true, startCursor: cursor }
          : { hasNextPage: true, endCursor: cursor };
      }
      return [...rows];
    },
  );
  return { edges: page.edges, pageInfo: { ...page.pageInfo, ...searchEnd } };
}
