import type { Kysely } from 'kysely';
import type { Database } from '../db/database.ts';
import { inOneSnapshot as readInOneSnapshot, type KeysetPage, type PagedList } from '../db/keyset-list.ts';
import type { Found } from '../db/list-page.ts';
import { AppError } from '../errors.ts';
import { storedHead } from '../journal/log-end.ts';
import { listCursor, parseListCursor } from './list-cursor.ts';
import { loader } from './loaders.ts';
import { numericArgument } from './numeric-argument.ts';

/** The default and the maximum of `first` and `last`. */
export const pageSizes = { defaultSize: 100, maxSize: 1_000 } as const;

/** The arguments of every list in pages. */
export interface ConnectionArguments {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
  readonly orderBy?: ListOrder | null | undefined;
}

/** The order that a client requests. */
export interface ListOrder {
  /** The name of an order of the list. */
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
}

/** What a page has; `totalCount` and `head` only if they are selected. */
export interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: unknown }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number;
  /** The position of the log. */
  readonly head: number | null;
}

interface PageQuery {
  readonly size: number;
  /** Whether the page ends at `before` or at the end of the list: `last` was given. */
  readonly isFromEnd: boolean;
  readonly hasAfter: boolean;
  readonly hasBefore: boolean;
  /** What its cursors belong to. */
  readonly cursors: { readonly list: string; readonly order: string };
  /** Reads one row more than the page has, to know whether more follow. */
  readonly page: KeysetPage;
}

/** The size that `first` or `last` gives. @throws AppError BAD_USER_INPUT for both, and for a value out of range. */
export function pageSize({ first, last }: Pick<ConnectionArguments, 'first' | 'last'>): number {
  if (typeof first === 'number' && typeof last === 'number')
    throw new AppError('BAD_USER_INPUT', 'first and last must not be given together.', {
      details: { argument: 'last' },
    });
  const { maxSize: max, defaultSize: fallback } = pageSizes;
  return typeof last === 'number'
    ? numericArgument('last', last, { max, fallback })
    : numericArgument('first', first, { max, fallback });
}

/** @throws AppError BAD_USER_INPUT that names the argument. */
export function pageQuery(
  { idIsNumber, numericOrders }: Pick<PagedList<never, unknown>, 'idIsNumber' | 'numericOrders'>,
  args: ConnectionArguments,
  {
    list,
    defaultField = null,
  }: {
    /** Name of the list, for its cursors. */
    readonly list: string;
    /** The name of the default order; null: the list has one order. */
    readonly defaultField?: string | null | undefined;
  },
): PageQuery {
  const size = pageSize(args);
  const isFromEnd = typeof args.last === 'number';
  const { field, direction } = args.orderBy ?? { field: defaultField, direction: 'DESC' };
  const isDescending = direction === 'DESC';
  const order = isDescending && field === defaultField ? '' : `${field} ${direction}`;
  const atIsNumber = field !== null && numericOrders?.has(field) === true;
  const cursor = { list, idIsNumber, order, atIsNumber };
  const after = parseListCursor(args.after ?? undefined, { argument: 'after', ...cursor });
  const before = parseListCursor(args.before ?? undefined, { argument: 'before', ...cursor });
  return {
    size,
    isFromEnd,
    hasAfter: after !== null,
    hasBefore: before !== null,
    cursors: { list, order },
    page: {
      limit: size + 1,
      newestFirst: isDescending !== isFromEnd,
      olderThan: isDescending ? after : before,
      newerThan: isDescending ? before : after,
      ...(field === defaultField ? {} : { order: field }),
    },
  };
}

interface WantedPage<Filter> {
  readonly filter: Filter;
  /** Null: only the count or the position is read. */
  readonly page: KeysetPage | null;
  readonly isCounted: boolean;
  readonly isFollowed: boolean;
}

interface LoadedPage<Row> {
  readonly found: Found<Row>;
  readonly totalCount: number;
  readonly head: number | null;
}

/** Reads the pages that the resolvers of one level request together, with few statements for all of them. */
export function pageLoader<Filter, Row>(
  list: PagedList<Filter, Row>,
  { inOneSnapshot }: { readonly inOneSnapshot: boolean },
) {
  return loader<WantedPage<Filter>, LoadedPage<Row>>(
    async (context, wanted) => {
      const isOneSnapshot = wanted.some(
        ({ isFollowed, isCounted }) => isFollowed || (isCounted && inOneSnapshot),
      );
      const read = (db: Kysely<Database>) => readWanted(db, list, wanted);
      return isOneSnapshot ? readInOneSnapshot(context.db, read) : read(context.db);
    },
    (key) => JSON.stringify(key),
  );
}

async function readWanted<Filter, Row>(
  db: Kysely<Database>,
  list: PagedList<Filter, Row>,
  wanted: readonly WantedPage<Filter>[],
): Promise<ReadonlyMap<WantedPage<Filter>, LoadedPage<Row>>> {
  const head = wanted.some(({ isFollowed }) => isFollowed) ? await storedHead(db) : null;
  const found = new Map<WantedPage<Filter>, Found<Row>>();
  for (const newestFirst of [true, false]) {
    const inDirection = wanted.flatMap((one) =>
      one.page?.newestFirst === newestFirst ? [{ one, filter: one.filter, page: one.page }] : [],
    );
    if (inDirection.length === 0) continue;
    const pages = await list.readAll(db, inDirection);
    for (const [number, { one }] of inDirection.entries()) found.set(one, pages[number] ?? nothing);
  }
  const counted = wanted.filter(({ isCounted }) => isCounted);
  const counts = await list.countAll(
    db,
    counted.map(({ filter }) => filter),
  );
  const countOf = new Map(counted.map((one, number) => [one, counts[number] ?? 0]));
  return new Map(
    wanted.map((one) => [one, { found: found.get(one) ?? nothing, totalCount: countOf.get(one) ?? 0, head }]),
  );
}

const nothing = { rows: [], searchedUpTo: null } as const;

/** A bounded search that ended before the page was full sets the page's end to where the search ended. */
export function pageOf<Row>(
  { found, totalCount, head }: LoadedPage<Row>,
  {
    query: { size, isFromEnd, hasAfter, hasBefore, cursors, page },
    keyOf,
    toNode,
  }: {
    readonly query: PageQuery;
    readonly keyOf: PagedList<never, Row>['keyOf'];
    readonly toNode: (row: Row) => unknown;
  },
): Page {
  const { searchedUpTo } = found;
  const rows = found.rows.slice(0, size);
  if (isFromEnd) rows.reverse();
  const edges = rows.map((row) => ({
    cursor: listCursor(keyOf(row, page.order), cursors),
    node: toNode(row),
  }));
  const hasMore = found.rows.length > size || searchedUpTo !== null;
  const searchEnd = searchedUpTo === null ? null : listCursor(searchedUpTo, cursors);
  return {
    edges,
    pageInfo: {
      hasNextPage: isFromEnd ? hasBefore : hasMore,
      hasPreviousPage: isFromEnd ? hasMore : hasAfter,
      startCursor: (isFromEnd ? searchEnd : null) ?? edges[0]?.cursor ?? null,
      endCursor: (isFromEnd ? null : searchEnd) ?? edges.at(-1)?.cursor ?? null,
    },
    totalCount,
    head,
  };
}
