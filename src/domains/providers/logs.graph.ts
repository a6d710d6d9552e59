import { resolveCursorConnection, type ResolveCursorConnectionArgs } from '@pothos/plugin-relay';
import { builder } from '../../graph/builder.ts';
import { Event, eventRef } from '../../graph/event.ts';
import { keyText, parseKey } from '../../graph/list-key.ts';
import { selects } from '../../graph/selects.ts';
import { stream, throughTheDoor } from '../../graph/stream.ts';
import type { Entry } from '../../journal/topic.ts';
import {
  providerLog,
  type ProviderLogPayload,
  type ProviderLogPayloads,
  type ProviderLogType,
} from './events.ts';
import { Attempt, Collection, FailureRowType, LimitSnapshot } from './log-rows.graph.ts';
import { countLogs, readLogs } from './logs.store.ts';

const logTypes = {
  CONNECTION: 'connectionLogged',
  FAILURE: 'failureLogged',
  COLLECTION: 'collectionLogged',
  RATE_LIMIT: 'rateLimitLogged',
} as const satisfies Record<string, ProviderLogType>;

type LogTypeName = keyof typeof logTypes;

const typeNames = new Map<string, LogTypeName>(
  Object.entries(logTypes).map(([name, type]) => [type, name as LogTypeName]),
);

const LogType = builder.enumType('ProviderLogType', {
  description: 'The logs about providers.',
  values: {
    CONNECTION: { description: 'Every attempt of every probe.' },
    FAILURE: { description: 'Every probe whose first attempt failed, and every collection that failed.' },
    COLLECTION: { description: 'Every collection of data that succeeded.' },
    RATE_LIMIT: { description: 'How much of each limit is used, once a minute.' },
  } as const,
});

const LogEntry = eventRef('ProviderLogEntry', providerLog, { kind: 'PROVIDER_LOG', idPrefix: '' });

function payloadIf<Type extends ProviderLogType>(
  wanted: Type,
  { type, payload }: Entry<ProviderLogPayload>,
): ProviderLogPayloads[Type] | null {
  return type === wanted ? (payload as ProviderLogPayloads[Type]) : null;
}

builder.objectType(LogEntry, {
  description:
    'A row of one of the logs about providers; that of its type is filled in, the others are null. `id` is a number as text; ' +
    '`occurredAt` is when the request was sent or the snapshot taken.',
  interfaces: [Event],
  fields: (t) => ({
    type: t.field({
      type: LogType,
      description: 'The log it belongs to.',
      resolve: ({ type }) => typeNames.get(type) ?? 'CONNECTION',
    }),
    provider: t.string({ description: 'The provider’s name.', resolve: ({ payload }) => payload.provider }),
    providerId: t.int({
      description: 'The provider’s number in the store.',
      resolve: ({ payload }) => payload.providerId,
    }),
    connection: t.field({
      type: Attempt,
      nullable: true,
      description: 'Of the log CONNECTION.',
      resolve: (entry) => payloadIf('connectionLogged', entry),
    }),
    failure: t.field({
      type: FailureRowType,
      nullable: true,
      description: 'Of the log FAILURE.',
      resolve: (entry) => payloadIf('failureLogged', entry),
    }),
    collection: t.field({
      type: Collection,
      nullable: true,
      description: 'Of the log COLLECTION.',
      resolve: (entry) => payloadIf('collectionLogged', entry),
    }),
    rateLimit: t.field({
      type: LimitSnapshot,
      nullable: true,
      description: 'Of the log RATE_LIMIT.',
      resolve: (entry) => payloadIf('rateLimitLogged', entry),
    }),
  }),
});

const pageMax = 1_000;

builder.queryField('logEntries', (t) =>
  t.connection(
    {
      type: LogEntry,
      requires: 'read',
      description:
        'The logs about providers, newest first by the time of their rows. Paged by keyset. Source: the table provider_logs.',
      args: {
        type: t.arg({ type: LogType, description: 'Only of this log; default all.' }),
        provider: t.arg.string({
          bounds: { chars: 256 },
          description: 'Only of this provider, by its exact name; default all.',
        }),
        since: t.arg({ type: 'DateTime', description: 'Not before (inclusive); default all.' }),
      },
      resolve: async (_root, args, { db }, info) => {
        const filter = {
          type: args.type ? logTypes[args.type] : null,
          provider: args.provider,
          since: args.since,
        };
        const page = await resolveCursorConnection(
          {
            args,
            defaultSize: 100,
            maxSize: pageMax,
            toCursor: ({ occurredAt, seq }: Entry<ProviderLogPayload>) => keyText({ at: occurredAt, seq }),
          },
          async ({ before, after, limit, inverted }: ResolveCursorConnectionArgs) => [
            ...(await readLogs(db, {
              filter,
              limit,
              newestFirst: !inverted,
              olderThan: parseKey(after, 'after'),
              newerThan: parseKey(before, 'before'),
            })),
          ],
        );
        return { ...page, totalCount: selects(info, 'totalCount') ? await countLogs(db, filter) : 0 };
      },
    },
    {
      name: 'ProviderLogConnection',
      description: 'A page of the logs about providers.',
      fields: (c) => ({
        totalCount: c.int({
          description: 'All rows that satisfy the arguments. Counted only when asked for.',
          resolve: (connection) => connection.totalCount,
        }),
      }),
    },
    { name: 'ProviderLogEdge', description: 'A row and its place in the list.' },
  ),
);

function typesOf(args: Readonly<Record<string, unknown>>): readonly string[] | null {
  const names = args['types'] as readonly LogTypeName[] | null | undefined;
  return names?.map((name) => logTypes[name]) ?? null;
}

builder.subscriptionField('logEvents', (t) =>
  t.field({
    type: LogEntry,
    requires: 'read',
    description: 'EVERY. New rows of the logs about providers, after the cursor `after` or from now on.',
    args: {
      types: t.arg({ type: [LogType], description: 'Only of these logs; default all.' }),
      after: t.arg({
        type: 'Cursor',
        description: 'Go on behind this cursor; `earliest`: from the oldest row kept.',
      }),
    },
    extensions: stream({
      delivery: 'EVERY',
      topics: [providerLog.name],
      types: typesOf,
      matches: (args) => {
        const types = typesOf(args);
        return ({ type }) => types === null || types.includes(type);
      },
    }),
    subscribe: throughTheDoor<ProviderLogPayload>,
    resolve: (entry) => entry,
  }),
);
