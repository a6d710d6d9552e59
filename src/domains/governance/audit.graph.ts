import type { Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { reservedSubjects } from '../../auth/subject.ts';
import { AppError } from '../../errors.ts';
import { builder } from '../../graph/builder.ts';
import { Event, eventRef } from '../../graph/event.ts';
import { eventMember, refuse } from '../../graph/event-input.ts';
import { searchedConnection, searchedPages } from '../../graph/searched-connection.ts';
import { selects } from '../../graph/selects.ts';
import { stream, throughTheDoor } from '../../graph/stream.ts';
import type { Draft, Entry } from '../../journal/topic.ts';
import { reservedNames } from '../../lib/reserved-names.ts';
import { audited, ownAuditTypes, type AuditPayload } from './events.ts';
import { countAudit, inOneSnapshot, readAudit, type AuditFilter, type AuditKey } from './audit.store.ts';

const AuditEvent = eventRef('AuditEvent', audited, { kind: 'AUDIT', idPrefix: 'evt_' });

builder.objectType(AuditEvent, {
  description: 'An entry of the audit log: who did what to whom, and how it went.',
  interfaces: [Event],
  fields: (t) => ({
    eventType: t.string({
      description: 'What kind of thing was done: `role_assignment`, or whatever a producer reports.',
      resolve: (entry) => entry.payload.eventType,
    }),
    actorId: t.id({
      description: 'Who did it; `anonymous` without a credential.',
      resolve: (entry) => entry.payload.actorId,
    }),
    targetId: t.id({
      nullable: true,
      description: 'To whom or to what.',
      resolve: (entry) => entry.payload.targetId,
    }),
    action: t.string({ description: 'In words.', resolve: (entry) => entry.payload.action }),
    role: t.string({
      nullable: true,
      description: 'The role concerned.',
      resolve: (entry) => entry.payload.role,
    }),
    status: t.string({
      description: '`success`, `failure`, or as reported.',
      resolve: (entry) => entry.payload.status,
    }),
    details: t.string({
      nullable: true,
      description: 'More, in words or JSON.',
      resolve: (entry) => entry.payload.details,
    }),
  }),
});

const nameBounds = { chars: 256 } as const;
const requiredNameBounds = { chars: [1, 256] } as const;

const AuditFilterInput = builder.inputType('AuditFilter', {
  description: 'Entries that satisfy all that is given.',
  fields: (t) => ({
    eventTypes: t.stringList({ bounds: { items: 100, ...nameBounds }, description: 'Any of these types.' }),
    actorId: t.id({ description: 'Exactly this actor.' }),
    targetId: t.id({ description: 'Exactly this target.' }),
    status: t.string({ bounds: nameBounds, description: 'Exactly this status.' }),
    since: t.field({ type: 'DateTime', description: 'Not before (inclusive).' }),
    until: t.field({ type: 'DateTime', description: 'Before (exclusive).' }),
  }),
});

function auditMatch(filter: AuditFilter): (entry: Entry) => boolean {
  const types = filter.eventTypes ? new Set(filter.eventTypes) : null;
  return ({ type, occurredAt, payload }) => {
    const { actorId, targetId, status } = payload as AuditPayload;
    return (
      (types === null || types.has(type)) &&
      (!filter.actorId || filter.actorId === actorId) &&
      (!filter.targetId || filter.targetId === targetId) &&
      (!filter.status || filter.status === status) &&
      (!filter.since || occurredAt >= filter.since.getTime()) &&
      (!filter.until || occurredAt < filter.until.getTime())
    );
  };
}

/** An entry's place in the order of the list, opaque for clients. */
function keyText({ occurredAt, seq }: Entry): string {
  return placeText({ occurredAt: new Date(occurredAt), seq });
}

function placeText({ occurredAt, seq }: AuditKey): string {
  return Buffer.from(`${occurredAt.getTime()}:${seq}`).toString('base64url');
}

function parseKey(text: string | undefined, argument: string): AuditKey | null {
  if (text === undefined) return null;
  const match = /^(-?\d{1,16}):(\d{1,16})$/.exec(Buffer.from(text, 'base64url').toString('latin1'));
  const occurredAt = new Date(Number(match?.[1]));
  if (match === null || Number.isNaN(occurredAt.getTime()))
    throw new AppError('BAD_USER_INPUT', `${argument} must be a cursor of this list.`, {
      details: { argument },
    });
  return { occurredAt, seq: Number(match[2]) };
}

const offsetMax = 10_000_000;
const pageMax = 1_000;

builder.queryField('auditLogs', (t) =>
  t.connection(
    {
      type: AuditEvent,
      requires: 'read',
      description:
        'The audit log, newest first (by the time an entry names, then by its position). Paged by keyset: a page deep ' +
        `inside costs what the first one costs. ${searchedPages('eventTypes, actorId, targetId and status')} ` +
        'Source: the table audit_log.',
      args: {
        filter: t.arg({ type: AuditFilterInput, description: 'Which entries; default all.' }),
        offset: t.arg.int({
          description:
            'Entries to leave out first, for clients that page by number. The page costs as much as reading those before ' +
            'it. Where the filter has several parts, 100,000 entries are looked at; a page that ends there may be short ' +
            'or empty while `hasNextPage` is true.',
        }),
      },
      resolve: async (_root, args, { db }, info) => {
        const offset = args.offset ?? null;
        if (offset !== null && (offset < 0 || offset > offsetMax))
          throw new AppError('BAD_USER_INPUT', `offset must lie between 0 and ${offsetMax}.`, {
            details: { argument: 'offset', minimum: 0, maximum: offsetMax },
          });
        const filter = args.filter ?? {};
        const read = async (from: Kysely<Database>) =>
          searchedConnection(
            { args, defaultSize: 100, maxSize: pageMax, toCursor: keyText },
            async ({ before, after, limit, inverted }) => {
              const { entries, searchedUpTo } = await readAudit(from, {
                filter,
                limit,
                offset,
                newestFirst: !inverted,
                olderThan: parseKey(after, 'after'),
                newerThan: parseKey(before, 'before'),
              });
              return { rows: entries, searchedUpTo: searchedUpTo && placeText(searchedUpTo) };
            },
          );
        if (!selects(info, 'totalCount')) return { ...(await read(db)), totalCount: 0 };
        return inOneSnapshot(db, async (from) => ({
          ...(await read(from)),
          totalCount: await countAudit(from, filter),
        }));
      },
    },
    {
      name: 'AuditLogConnection',
      description: 'A page of the audit log.',
      fields: (c) => ({
        totalCount: c.int({
          description:
            'All entries that satisfy the filter, at the moment of the page. Counted only when asked for.',
          resolve: (connection) => connection.totalCount,
        }),
      }),
    },
    { name: 'AuditLogEdge', description: 'An entry and its place in the list.' },
  ),
);

builder.subscriptionField('auditEvents', (t) =>
  t.field({
    type: AuditEvent,
    requires: 'read',
    description: 'EVERY. Each new entry of the audit log, after the cursor `after` or from now on.',
    args: {
      filter: t.arg({ type: AuditFilterInput, description: 'Which entries; default all.' }),
      after: t.arg({
        type: 'Cursor',
        description: 'Go on behind this cursor; `earliest`: from the oldest entry kept.',
      }),
    },
    extensions: stream({
      delivery: 'EVERY',
      topics: [audited.name],
      types: ({ filter }) => (filter as AuditFilter | undefined)?.eventTypes ?? null,
      matches: ({ filter }) => auditMatch((filter as AuditFilter | null | undefined) ?? {}),
    }),
    subscribe: throughTheDoor<AuditPayload>,
    resolve: (entry) => entry,
  }),
);

const AuditEventInput = builder.inputType('AuditEventInput', {
  description: 'An audit entry that a producer reports.',
  fields: (t) => ({
    id: t.id({ description: 'Idempotency key: a second event with it is accepted and not stored again.' }),
    at: t.field({ type: 'DateTime', description: 'When it happened. Default: now.' }),
    eventType: t.string({
      required: true,
      bounds: requiredNameBounds,
      description:
        'What kind of thing was done: not a type that this server records itself, such as `role_assignment`.',
    }),
    actorId: t.id({
      required: true,
      bounds: requiredNameBounds,
      description: 'Who did it: not `system` or `anonymous`.',
    }),
    targetId: t.id({ description: 'To whom or to what.' }),
    action: t.string({ required: true, bounds: { chars: 1_024 }, description: 'In words.' }),
    role: t.string({ bounds: nameBounds, description: 'The role concerned.' }),
    status: t.string({
      required: true,
      bounds: requiredNameBounds,
      description: '`success`, `failure`, or a word of your own.',
    }),
    details: t.string({ bounds: { chars: 4_096 }, description: 'More, in words or JSON.' }),
  }),
});

eventMember({
  name: 'auditEvent',
  input: AuditEventInput,
  description: 'An audit entry.',
  draft: (fields, common): Draft<AuditPayload> => {
    requireForeign(fields);
    return {
      topic: audited,
      key: fields.actorId,
      type: fields.eventType,
      ...common,
      payload: {
        eventType: fields.eventType,
        actorId: fields.actorId,
        targetId: fields.targetId ?? null,
        action: fields.action,
        role: fields.role ?? null,
        status: fields.status,
        details: fields.details ?? null,
      },
    };
  },
});

const isOwnType = reservedNames(ownAuditTypes);
const isReservedActor = reservedNames(reservedSubjects);

/** A producer reports what others did, never what this server did. */
function requireForeign({ eventType, actorId }: { eventType: string; actorId: string }): void {
  if (isOwnType(eventType))
    refuse('eventType', `a type that this server does not record itself (${ownAuditTypes.join(', ')})`);
  if (isReservedActor(actorId))
    refuse('actorId', `a subject other than ${[...reservedSubjects].join(' and ')}`);
}
