import type { InputRef, ObjectRef, OutputRef } from '@pothos/core';
import { AppError } from '../errors.ts';
import type { Topic } from '../journal/topic.ts';
import { builder, type GraphTypes } from './builder.ts';
import type { GraphContext } from './context.ts';
import { listArgs, type KeysetConnection } from './keyset-connection.ts';
import { pageSize, type Page } from './keyset-page.ts';

/** A list of the newest values of a gauge; see `gaugeConnection`. */
export interface GaugeConnection<Payload, Filter> {
  readonly topic: Topic<Payload, 'LATEST'>;
  /** Name of the noun, for the types of the connection and its edges. */
  readonly name: string;
  readonly type: ObjectRef<GraphTypes, Payload>;
  readonly description: string;
  /** Descriptions of the types. */
  readonly page: string;
  readonly edge: string;
  readonly totalCount: string;
  readonly filter: InputRef<Filter>;
  /** Unique among the values, and permanent. The list is in the alphabetical order of it. */
  readonly order: (payload: Payload) => string;
  /** @throws AppError BAD_USER_INPUT */
  readonly matches: (
    filter: Filter | null | undefined,
    context: GraphContext,
  ) => (payload: Payload) => boolean;
}

/**
 * Declares a query field that returns the newest values of a gauge as a connection, from memory:
 *
 *     gaugeConnection('metrics', {
 *       name: 'Metric',
 *       type: MetricType,
 *       topic: metricReported,
 *       filter: MetricFilter,
 *       order: ({ series }) => series,
 *       matches: (filter) => matcherOf(filter),
 *       …
 *     });
 *
 * @returns the connection, which `connectionLink` adds to other types.
 */
export function gaugeConnection<Payload extends object, Filter extends object>(
  field: string,
  options: GaugeConnection<Payload, Filter>,
): KeysetConnection<Filter> {
  const { topic, name, order, matches } = options;
  const type: ObjectRef<GraphTypes, object> = options.type;
  const page = builder.connectionObject(
    {
      type,
      name: `${name}Connection`,
      description: options.page,
      fields: (c) => ({
        totalCount: c.int({
          description: options.totalCount,
          resolve: (found) => (found as unknown as Page).totalCount,
        }),
      }),
    },
    { name: `${name}Edge`, description: options.edge },
  );
  const connection: KeysetConnection<Filter> = {
    field,
    type: page as unknown as OutputRef<Page>,
    filterInput: options.filter,
    orderInput: undefined,
    requires: 'read',
    viewerDependent: false,
    async read({ filter, ...args }, context) {
      const isWanted = matches(filter as Filter | null | undefined, context);
      const found = context.journal.gauges
        .all(topic)
        .flatMap(({ payload }) => (isWanted(payload) ? [{ payload, key: order(payload) }] : []))
        .sort((a, b) => (a.key < b.key ? -1 : 1));
      const [after, before] = [keyAt('after', args.after, name), keyAt('before', args.before, name)];
      const between = found.filter(
        ({ key }) => (after === null || key > after) && (before === null || key < before),
      );
      const size = pageSize(args);
      const isFromEnd = typeof args.last === 'number';
      const items = isFromEnd ? between.slice(-size) : between.slice(0, size);
      const hasMore = between.length > size;
      const edges = items.map(({ payload, key }) => ({
        cursor: cursorOf(key, name),
        node: payload,
      }));
      const pageInfo = {
        hasNextPage: isFromEnd ? before !== null : hasMore,
        hasPreviousPage: isFromEnd ? hasMore : after !== null,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      };
      return { edges, pageInfo, totalCount: found.length, head: null };
    },
  };
  builder.queryField(field, (t) =>
    t.field({
      type: connection.type,
      requires: connection.requires,
      description: options.description,
      args: listArgs(t.arg, connection),
      resolve: (_root, args, context, info) => connection.read(args, context, info),
    }),
  );
  return connection;
}

/** A cursor is the name of the list and the key, in base64. */
function cursorOf(key: string, list: string): string {
  return Buffer.from(`${list} ${key}`).toString('base64url');
}

/** @throws AppError BAD_USER_INPUT */
function keyAt(argument: string, cursor: string | null | undefined, list: string): string | null {
  if (cursor === undefined || cursor === null) return null;
  const key = Buffer.from(cursor, 'base64url').toString().slice(`${list} `.length);
  if (cursorOf(key, list) === cursor) return key;
  throw new AppError('BAD_USER_INPUT', `${argument} must be a cursor of this list.`, {
    details: { argument },
  });
}
