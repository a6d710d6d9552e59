import { reservedSubjects } from '../../auth/subject.ts';
import { AppError } from '../../errors.ts';
import { builder } from '../../graph/builder.ts';
import { id, nullable, payloadFields, string } from '../../graph/exposed-fields.ts';
import { refuse } from '../../graph/reported-values.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import { keysetConnection, searchedPages } from '../../graph/keyset-connection.ts';
import { producerEvent } from '../../graph/producer-event.ts';
import type { Entry } from '../../journal/topic.ts';
import { reservedNames } from '../../lib/reserved-names.ts';
import { auditList, toEntry, type AuditFilter } from './audit.store.ts';
import { audited, ownAuditTypes, type AuditPayload } from './events.ts';

const AuditEvent = eventType('AuditEvent', audited, {
  kind: 'AUDIT',
  idPrefix: 'evt_',
  description: 'An entry of the audit log: who did what to whom, and how it went.',
  fields: (t) =>
    payloadFields(t, {
      eventType: string('What kind of thing was done: `role_assignment`, or whatever a producer reports.'),
      actorId: id('Who did it; `anonymous` without a credential.'),
      targetId: nullable.id('To whom or to what.'),
      action: string('In words.'),
      role: nullable.string('The role concerned.'),
      status: string('`success`, `failure`, or as reported.'),
      details: nullable.string('More, in words or JSON.'),
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

function auditMatch(filter: AuditFilter): (entry: Entry<AuditPayload>) => boolean {
  const types = filter.eventTypes ? new Set(filter.eventTypes) : null;
  return ({ type, occurredAt, payload }) => {
    const { actorId, targetId, status } = payload;
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

const offsetMax = 10_000_000;
keysetConnection('auditLogs', {
  name: 'AuditLog',
  type: AuditEvent,
  list: auditList,
  node: toEntry,
  description:
    'The audit log, newest first (by the time an entry names, then by its position). Paged by keyset: a page deep ' +
    `inside costs what the first one costs. ${searchedPages('eventTypes, actorId, targetId and status')} ` +
    'Source: the table audit_log.',
  page: 'A page of the audit log.',
  edge: 'An entry and its place in the list.',
  totalCount: 'All entries that satisfy the filter, at the moment of the page.',
  inOneSnapshot: true,
  args: (t) => ({
    filter: t({ type: AuditFilterInput, description: 'Which entries; default all.' }),
    offset: t.int({
      description:
        'Entries to leave out first, for clients that page by number. The page costs as much as reading those before ' +
        'it. Where the filter has several parts, 100,000 entries are looked at; a page that ends there may be short ' +
        'or empty while `hasNextPage` is true.',
    }),
  }),
  filter({ filter, offset = null }) {
    if (offset !== null && (offset < 0 || offset > offsetMax))
      throw new AppError('BAD_USER_INPUT', `offset must lie between 0 and ${offsetMax}.`, {
        details: { argument: 'offset', minimum: 0, maximum: offsetMax },
      });
    return { ...filter, offset };
  },
});

eventSubscription('auditEvents', {
  type: AuditEvent,
  topic: audited,
  description: 'Each new entry of the audit log',
  args: (t) => ({ filter: t({ type: AuditFilterInput, description: 'Which entries; default all.' }) }),
  typesOf: ({ filter }) => filter?.eventTypes ?? null,
  matches: ({ filter }) => auditMatch(filter ?? {}),
});

producerEvent('auditEvent', {
  description: 'An audit entry.',
  inputDescription: 'An audit entry that a producer reports.',
  topic: audited,
  fields: (t) => ({
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
  draft(payload) {
    requireForeign(payload);
    return { key: payload.actorId, type: payload.eventType, payload };
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
