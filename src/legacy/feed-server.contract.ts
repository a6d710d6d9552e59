import {
  GraphQLBoolean,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  parse,
} from 'graphql';
import { vi } from 'vitest';
import { RawClient } from '../../test/_util/clients.ts';
import type { SecurityEvent } from '../auth/security-event.ts';
import type { Viewer } from '../auth/viewer.ts';
import type { GraphService } from '../delivery/graph-service.ts';
import type { GraphContext } from '../graph/context.ts';
import { stream, servedByDelivery } from '../graph/stream.ts';
import { formatCursor } from '../journal/cursor.ts';
import type { Gauges } from '../journal/gauges.ts';
import type { EventLog } from '../journal/journal.ts';
import { openMemoryLog } from '../../test/_util/memory-log.ts';
import { every, latest, type Entry } from '../journal/topic.ts';
import type { Dialect, FeedLimits, FeedSpec } from './dialect.ts';
import { eventPart, gaugePart, queryPart } from './feed-parts.ts';
import type { Document } from './message.ts';
import { startTestServer, testDialect } from './test-server.contract.ts';

/** The rig of feed tests: a small graph, a small dialect, and a server that serves it on real sockets. */

export const level = latest<{ name: string; value: number; quiet?: boolean }>('level');
export const rung = every<{ n: number }>('rung');

const int = new GraphQLNonNull(GraphQLInt);
const text = new GraphQLNonNull(GraphQLString);

const Level = new GraphQLObjectType<Entry<{ name: string; value: number; quiet?: boolean }>>({
  name: 'Level',
  fields: {
    name: { type: text, resolve: ({ payload }) => payload.name },
    value: { type: int, resolve: ({ payload }) => payload.value },
    quiet: { type: new GraphQLNonNull(GraphQLBoolean), resolve: ({ payload }) => payload.quiet ?? false },
  },
});

const Rung = new GraphQLObjectType<Entry<{ n: number }>, GraphContext>({
  name: 'Rung',
  fields: {
    n: { type: int, resolve: ({ payload }) => payload.n },
    cursor: { type: text, resolve: ({ seq }, _args, { journal }) => formatCursor(journal.log.epoch, seq) },
  },
});

type RungData = { readonly rung: { readonly n: number; readonly cursor: string } };

const rules = { requires: 'read' } as const;

/** @param welcome the resolver of the query. */
function schemaOf(welcome: () => Promise<string> | string): GraphQLSchema {
  return new GraphQLSchema({
    query: new GraphQLObjectType({
      name: 'Query',
      fields: { welcome: { type: text, extensions: { rules }, resolve: welcome } },
    }),
    subscription: new GraphQLObjectType({
      name: 'Subscription',
      fields: {
        level: {
          type: Level,
          args: { name: { type: GraphQLString }, everyMs: { type: GraphQLInt } },
          extensions: {
            rules,
            ...stream({
              delivery: 'LATEST',
              topic: level.name,
              keys: ({ name }) => (typeof name === 'string' ? [name] : null),
              everyMs: ({ everyMs }) => Number(everyMs ?? 0),
            }),
          },
          subscribe: servedByDelivery<unknown>,
          resolve: (entry: unknown) => entry,
        },
        rung: {
          type: Rung,
          args: { after: { type: GraphQLString } },
          extensions: {
            rules,
            ...stream({ delivery: 'EVERY', topics: [rung.name], types: () => null }),
          },
          subscribe: servedByDelivery<unknown>,
          resolve: (entry: unknown) => entry,
        },
      },
    }),
  });
}

export function document<Data, Variables = Record<string, never>>(source: string): Document<Data, Variables> {
  return parse(source);
}

export const mapped = vi.fn<(n: number) => void>();

const spec: FeedSpec = {
  path: '/old/feed',
  summary: '',
  needs: ['FEATURE_A', 'FEATURE_B'],
  parts: [
    eventPart({
      name: 'rung',
      document: document<RungData>('subscription { rung { n cursor } }'),
      map: ({ rung: { n } }) => {
        mapped(n);
        return { type: 'rung', n };
      },
      replayed: true,
    }),
    gaugePart({
      name: 'level',
      document: document<{ level: { name: string; value: number; quiet: boolean } }>(
        'subscription { level { name value quiet } }',
      ),
      map: ({ level: { name, value } }) => ({ type: 'level', name, value }),
      atConnect: ({ level: { quiet } }) => !quiet,
    }),
    queryPart({
      name: 'welcome',
      document: document<{ welcome: string }>('{ welcome }'),
      map: ({ welcome }) => [{ type: 'welcome', welcome }, { type: 'welcomed' }],
    }),
  ],
};

export const dialect = testDialect({ feeds: [spec] });

export const limits: FeedLimits = {
  messageBytesMax: 1_000,
  messagesPerSecondMax: 10,
  perAddressMax: null,
  replayMax: 3,
};
const reader: Viewer = {
  subject: 'anonymous',
  authenticated: false,
  role: null,
  capabilities: new Set(['read']),
};

export interface Served {
  readonly url: string;
  readonly gauges: Gauges;
  readonly log: EventLog;
  readonly audited: readonly SecurityEvent[];
  readonly left: () => Promise<void>;
  ring(...numbers: readonly number[]): Promise<unknown>;
  /** @param path of the feed, and its query. */
  connect(query?: string, path?: string): RawClient;
}

export interface Setup {
  readonly welcome?: (log: EventLog) => Promise<string> | string;
  readonly log?: EventLog;
  readonly options?: {
    readonly dialect?: Dialect;
    readonly limits?: FeedLimits;
    readonly features?: Readonly<Record<string, boolean>>;
    readonly graph?: GraphService;
  };
  /** Receives errors that clients do not see. Default: throws them. */
  readonly report?: (error: unknown) => void;
}

export async function serve({
  welcome = () => 'you',
  log = openMemoryLog(),
  options = {},
  report = (error) => {
    throw error;
  },
}: Setup = {}): Promise<Served> {
  const { server, port, journal, audited } = await startTestServer({
    schema: schemaOf(() => welcome(log)),
    log,
    authenticate: async () => reader,
    dialects: [options.dialect ?? dialect],
    ...(options.graph === undefined ? {} : { graph: options.graph }),
    settings: {
      features: options.features ?? {},
      feedLimits: options.limits ?? limits,
      pingIntervalMs: 60_000,
      pongTimeoutMs: 60_000,
    },
    report,
  });
  const at = `ws://127.0.0.1:${port}`;
  return {
    url: `${at}${spec.path}`,
    gauges: journal.gauges,
    log,
    audited,
    async left() {
      while (server.registry.size > 0) await new Promise((resolve) => setImmediate(resolve));
    },
    ring: (...numbers) =>
      log.append(numbers.map((n) => ({ topic: rung, key: 'k', type: 'rung', payload: { n } }))),
    connect: (query = '', path = spec.path) => new RawClient(`${at}${path}${query}`),
  };
}

export async function greeted(client: RawClient): Promise<RawClient> {
  await client.ofType('welcomed');
  return client;
}
