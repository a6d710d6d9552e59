import type { ArgBuilder, InputRef, OutputRef } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { KeysetList, PagedList } from '../db/keyset-list.ts';
import { searchedRowsMax } from '../db/list-page.ts';
import { formatCursor } from '../journal/cursor.ts';
import { builder, type GraphTypes } from './builder.ts';
import type { GraphContext } from './context.ts';
import { describedEnum } from './event-enum.ts';
import { isSelected } from './is-selected.ts';
import {
  pageLoader,
  pageOf,
  pageQuery,
  type ConnectionArguments,
  type ListOrder,
  type Page,
} from './keyset-page.ts';
import type { Requirement } from './rules.ts';

declare module 'graphql' {
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    /** Of `liveCursor`: the subscription that takes it as `after`. */
    followedBy?: string;
  }
}

/** A list in pages; see `keysetConnection`. */
export interface KeysetConnectionOptions<Filter, Row, Given> {
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
  /** The input type of the argument `filter`. Default: the list has no filter. */
  readonly filterInput?: InputRef<Given>;
  /** The orders that clients can request, with their descriptions. The first is the default order, by `at`. */
  readonly orders?: Readonly<Record<string, string>>;
  /** The filter of the list. Default: the value of the argument `filter`. */
  readonly filter?: (given: Partial<Given>, context: GraphContext) => Filter;
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

/** A declared connection, for fields of other types; see `connectionLink`. */
export interface KeysetConnection<Given> {
  /** Name of the query field. */
  readonly field: string;
  /** The connection type. */
  readonly type: OutputRef<Page>;
  readonly filterInput: InputRef<Given> | undefined;
  /** The input type of the argument `orderBy`; undefined: the list has one order. */
  readonly orderInput: InputRef<ListOrder> | undefined;
  readonly requires: Requirement;
  readonly viewerDependent: boolean;
  readonly read: (
    args: ConnectionArguments & { readonly filter?: Partial<Given> | null | undefined },
    context: GraphContext,
    info: GraphQLResolveInfo,
  ) => Promise<Page>;
}

/** For the description of a list. @param parts the filter's parts; with one of them alone, pages are always full. */
export function searchedPages(parts: string): string {
  return (
    `With more than one of ${parts}, the server reads at most ${searchedRowsMax} rows for a page. The page may then ` +
    'be short or empty while `hasNextPage` is true; continue after `endCursor`.'
  );
}

/** For the description of a list. @param parts the filter's parts for which there is no index. */
export function searchedRarely(parts: string): string {
  return (
    `With ${parts} in the filter, the server reads at most ${searchedRowsMax} rows for a page. The page may then be ` +
    'short or empty while `hasNextPage` is true; continue after `endCursor`.'
  );
}

/** For the description of a list for which no index has only its rows. */
export const searchedAlways =
  `The server reads at most ${searchedRowsMax} rows for a page. The page may therefore be short or empty while ` +
  '`hasNextPage` is true; continue after `endCursor`.';

/**
 * Declares a query field that returns a list in pages, newest first, with the arguments `first`, `last`, `after`,
 * `before` and `filter`. Every page costs the same, however deep it is in the list.
 *
 *     export const jobRuns = keysetConnection('jobRuns', {
 *       name: 'JobRun',
 *       type: JobRun,
 *       list: jobRunList,
 *       description: 'Returns the job runs that ended, newest first. Source: the table job_runs.',
 *       page: 'A page of job runs.',
 *       edge: 'A job run and its cursor.',
 *       totalCount: 'Number of retained job runs.',
 *       filterInput: JobRunFilter,
 *     });
 *
 * @returns the connection, which `connectionLink` adds to other types.
 */
export function keysetConnection<Filter, Row, Node, Given extends object = object>(
  field: string,
  options: KeysetConnectionOptions<Filter, Row, Given> & NodeType<Row, Node>,
): KeysetConnection<Given> {
  const connection = listConnection<Filter, Row, Node, Given>(field, options);
  const { description, requires, viewerDependent } = { ...options, ...connection };
  builder.queryField(field, (t) =>
    t.field({
      type: connection.type,
      requires,
      ...(viewerDependent ? { viewerDependent } : {}),
      description,
      args: listArgs(t.arg, connection),
      resolve: (_root, args, context, info) => connection.read(args, context, info),
    }),
  );
  const { one, list, node = (row: Row): unknown => row } = options;
  if (one === undefined) return connection;
  const type: OutputRef = options.type;
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
        return row === undefined ? null : node(row);
      },
    }),
  );
  return connection;
}

/** Declares the types of a list in pages that has no query field. @param field name of the list in errors. */
export function listConnection<Filter, Row, Node, Given extends object>(
  field: string,
  options: Omit<KeysetConnectionOptions<Filter, Row, Given>, 'description' | 'one' | 'list'> &
    NodeType<Row, Node> & { readonly list: PagedList<Filter, Row> },
): KeysetConnection<Given> {
  const { name, list, totalCount, followedBy, inOneSnapshot = false, filterInput, orders } = options;
  const filterOf = options.filter ?? ((given: Partial<Given>) => given as unknown as Filter);
  const toNode: (row: Row) => unknown = options.node ?? ((row) => row);
  const load = pageLoader(list, { inOneSnapshot });
  const type = builder.connectionObject(
    {
      type: options.type,
      name: `${name}Connection`,
      description: options.page,
      fields: (c) => ({
        ...(totalCount !== undefined && {
          totalCount: c.int({
            description: `${totalCount} Counted only if the field is selected.`,
            resolve: (page) => (page as unknown as Page).totalCount,
          }),
        }),
        ...(followedBy !== undefined && {
          liveCursor: c.field({
            type: 'Cursor',
            description: liveCursorDescription(followedBy),
            extensions: { followedBy },
            resolve: (page, _args, { journal }) =>
              formatCursor(journal.log.epoch, (page as unknown as Page).head ?? 0),
          }),
        }),
      }),
    },
    { name: `${name}Edge`, description: options.edge },
  );
  return {
    field,
    type: type as unknown as OutputRef<Page>,
    filterInput,
    orderInput: orders && orderInput(name, orders),
    requires: options.requires ?? 'read',
    viewerDependent: options.viewerDependent ?? false,
    async read({ filter, ...args }, context, info) {
      const query = pageQuery(list, args, { list: name, defaultField: orders && Object.keys(orders)[0] });
      const loaded = await load(context).load({
        filter: filterOf(filter ?? {}, context),
        page: isSelected(info, 'edges') || isSelected(info, 'pageInfo') ? query.page : null,
        isCounted: totalCount !== undefined && isSelected(info, 'totalCount'),
        isFollowed: followedBy !== undefined && isSelected(info, 'liveCursor'),
      });
      if (loaded === undefined) throw new Error(`a page of ${field} was not read`);
      return pageOf(loaded, { query, keyOf: list.keyOf, toNode });
    },
  };
}

/** The arguments of a connection: its page, filter and order. */
export function listArgs<Given>(
  t: ArgBuilder<GraphTypes>,
  { filterInput, orderInput: order }: Pick<KeysetConnection<Given>, 'filterInput' | 'orderInput'>,
) {
  return {
    ...t.connectionArgs(),
    ...(filterInput && {
      filter: t({ type: filterInput, description: 'Returns only matching items. Default: all.' }),
    }),
    ...(order && {
      orderBy: t({
        type: order,
        description:
          'The order of the list. Default: that of the description. A cursor is valid in the order of its page only. In an ' +
          'order other than that by the first field, a page with a filter may be short while `hasNextPage` is true.',
      }),
    }),
  };
}

const OrderDirection = describedEnum<ListOrder['direction']>(
  'OrderDirection',
  'Which values come first in a list.',
  {
    ASC: 'Earlier times, or lower severities, first.',
    DESC: 'Later times, or higher severities, first.',
  },
);

function orderInput(name: string, orders: Readonly<Record<string, string>>): InputRef<ListOrder> {
  const Field = describedEnum<string>(
    `${name}OrderField`,
    'The properties by which the list can be ordered.',
    orders,
  );
  return builder.inputType(`${name}Order`, {
    description: 'The order of a list.',
    fields: (t) => ({
      field: t.field({
        type: Field,
        required: true,
        description: 'The property by which the list is ordered.',
      }),
      direction: t.field({ type: OrderDirection, required: true, description: 'Which values come first.' }),
    }),
  });
}

/** @param subscription which sends the changes of the list. */
function liveCursorDescription(subscription: string): string {
  return (
    'Position of the page in the event log: the page was read in one snapshot with it, so it contains the changes of all ' +
    `events up to this position and of no later event. Pass it as \`after\` to \`${subscription}\` to receive the ` +
    'later events, each once.'
  );
}
