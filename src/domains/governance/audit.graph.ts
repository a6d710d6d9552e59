import { reservedSubjects } from '../../auth/subject.ts';
import { builder } from '../../graph/builder.ts';
import { id, nullable, payloadFields, string } from '../../graph/exposed-fields.ts';
import { rejectField } from '../../graph/reported-values.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import { keysetConnection, searchedPages } from '../../graph/keyset-connection.ts';
import { pageSizes } from '../../graph/keyset-page.ts';
import { numericArgument } from '../../graph/numeric-argument.ts';
import { producerEvent } from '../../graph/producer-event.ts';
import { linkField } from '../../graph/links.ts';
import type { Entry } from '../../journal/topic.ts';
import { reservedNames } from '../../lib/reserved-names.ts';
import { auditList, readNumberedPage, toEntry, type AuditFilter, type NumberedPage } from './audit.store.ts';
import { Role } from './roles.graph.ts';
import { audited, ownAuditTypes, type AuditPayload } from './events.ts';

const AuditEvent = eventType('AuditEvent', audited, {
  kind: 'AUDIT',
  description: 'An entry of the audit log. Source: this server, and the producer event `auditEvent`.',
  fields: (t) => ({
    roleId: t.id({
      nullable: true,
      description: 'Identifies the role concerned. Null if there is none.',
      resolve: ({ payload }) => payload.role,
    }),
    role: linkField(t, {
      to: Role,
      description:
        'The present state of the role concerned. Null if there is none, or if it no longer exists.',
      key: ({ payload }) => payload.role,
    }),
    auditId: t.id({
      description: 'Identifies the entry: `evt_` followed by its position in the log.',
      resolve: ({ seq }) => `evt_${seq}`,
    }),
    ...payloadFields(t, {
      eventType: string(
        'A type that this server records, such as `role_assignment`, or one that a producer chose.',
      ),
      actorId: id('Subject that acted; `anonymous` if there was no credential, `system` for this server.'),
      targetId: nullable.id('Subject or object of the action. Null if there is none.'),
      action: string('The action in words, such as `assigned role`.'),
      status: string('`success`, `failure`, or a status that a producer chose.'),
      details: nullable.string('Additional information, text or JSON. Null if there is none.'),
    }),
  }),
});

const nameBounds = { chars: 256 } as const;
const requiredNameBounds = { chars: [1, 256] } as const;

const AuditFilterInput = builder.inputType('AuditFilter', {
  description: 'Selects entries that match all given conditions.',
  fields: (t) => ({
    eventTypes: t.stringList({
      bounds: { items: 100, ...nameBounds },
      description: 'Only entries of one of these types.',
    }),
    actorId: t.id({ description: 'Only entries with this actor.' }),
    targetId: t.id({ description: 'Only entries with this target.' }),
    roleId: t.id({ description: 'Only entries that concern this role.' }),
    statuses: t.stringList({
      bounds: { items: 100, ...nameBounds },
      description: 'Only entries with one of these statuses.',
    }),
    since: t.field({ type: 'DateTime', description: 'Only entries at or after this time.' }),
    until: t.field({ type: 'DateTime', description: 'Only entries before this time.' }),
  }),
});

function auditMatch(filter: AuditFilter): (entry: Entry<AuditPayload>) => boolean {
  const types = filter.eventTypes ? new Set(filter.eventTypes) : null;
  return ({ type, occurredAt, payload }) => {
    const { actorId, targetId, role, status } = payload;
    return (
      (types === null || types.has(type)) &&
      (!filter.actorId || filter.actorId === actorId) &&
      (!filter.targetId || filter.targetId === targetId) &&
      (!filter.roleId || filter.roleId === role) &&
      (!filter.statuses || filter.statuses.includes(status)) &&
      (!filter.since || occurredAt >= filter.since.getTime()) &&
      (!filter.until || occurredAt < filter.until.getTime())
    );
  };
}

export const auditLogs = keysetConnection('auditLogs', {
  name: 'AuditLog',
  type: AuditEvent,
  list: auditList,
  node: toEntry,
  description:
    'Returns the audit log, most recent first. ' +
    `${searchedPages('eventTypes, actorId, targetId, roleId and statuses')} Source: the table audit_log.`,
  followedBy: 'auditEvents',
  page: 'A page of the audit log.',
  edge: 'An entry and its position in the list.',
  totalCount: 'Number of entries that match the filter, in the same snapshot as the page.',
  inOneSnapshot: true,
  filterInput: AuditFilterInput,
});

const offsetMax = 10_000_000;

const AuditLogPage = builder.objectRef<NumberedPage>('AuditLogPage').implement({
  description: 'A numbered page of the audit log.',
  fields: (t) => ({
    entries: t.field({
      type: [AuditEvent],
      description: 'The entries of the page, most recent first.',
      resolve: ({ entries }) => [...entries],
    }),
    hasMore: t.exposeBoolean('hasMore', {
      description:
        'Whether entries may follow. With several conditions in the filter, also if the search ended early.',
    }),
    totalCount: t.exposeInt('totalCount', {
      description: 'Number of entries that match the filter, in the same snapshot as the page.',
    }),
  }),
});

builder.queryField('auditLogPage', (t) =>
  t.field({
    type: AuditLogPage,
    requires: 'read',
    description:
      'Returns the entries of the audit log after a number of newer ones, for clients with numbered pages. The cost of a ' +
      'page grows with `offset`, and entries move to later pages when new ones are stored: prefer `auditLogs`. With ' +
      'several conditions in the filter at most 100,000 entries are searched, so a page can be short or empty while ' +
      '`hasMore` is true. Source: the table audit_log.',
    args: {
      offset: t.arg.int({
        required: true,
        description: `Number of entries to skip, 0 to ${offsetMax}.`,
      }),
      limit: t.arg.int({
        description: `Number of entries, 1 to ${pageSizes.maxSize}. Default: ${pageSizes.defaultSize}.`,
      }),
      filter: t.arg({ type: AuditFilterInput, description: 'Returns only matching entries. Default: all.' }),
    },
    resolve: (_root, args, context): Promise<NumberedPage> => {
      const offset = numericArgument('offset', args.offset, { min: 0, max: offsetMax, fallback: 0 });
      const { maxSize: max, defaultSize: fallback } = pageSizes;
      const limit = numericArgument('limit', args.limit, { max, fallback });
      return readNumberedPage(context.db, { filter: args.filter ?? {}, offset, limit });
    },
  }),
);

eventSubscription('auditEvents', {
  type: AuditEvent,
  topic: audited,
  description: 'Entries of the audit log',
  args: (t) => ({
    filter: t({ type: AuditFilterInput, description: 'Returns only matching entries. Default: all.' }),
  }),
  typesOf: ({ filter }) => filter?.eventTypes ?? null,
  matches: ({ filter }) => auditMatch(filter ?? {}),
});

const isOwnType = reservedNames(ownAuditTypes);
const isReservedActor = reservedNames(reservedSubjects);

producerEvent('auditEvent', {
  description: 'An entry of the audit log about an action in another system.',
  topic: audited,
  fields: (t) => ({
    eventType: t.string({
      required: true,
      bounds: requiredNameBounds,
      description: 'A type that the producer chooses. Types that this server records are not allowed.',
    }),
    actorId: t.id({
      required: true,
      bounds: requiredNameBounds,
      description: 'Subject that acted, other than `system` and `anonymous`.',
    }),
    targetId: t.id({ description: 'Subject or object of the action.' }),
    action: t.string({ required: true, bounds: { chars: 1_024 }, description: 'The action in words.' }),
    roleId: t.id({ bounds: nameBounds, description: 'Identifies the role concerned.' }),
    status: t.string({
      required: true,
      bounds: requiredNameBounds,
      description: '`success`, `failure`, or another status.',
    }),
    details: t.string({ bounds: { chars: 4_096 }, description: 'Additional information, text or JSON.' }),
  }),
  draft({ roleId: role, ...fields }) {
    const { eventType, actorId } = fields;
    if (isOwnType(eventType))
      rejectField(
        'eventType',
        `a type that this server does not record itself (${ownAuditTypes.join(', ')})`,
      );
    if (isReservedActor(actorId))
      rejectField('actorId', `a subject other than ${[...reservedSubjects].join(' and ')}`);
    return { key: actorId, type: eventType, payload: { ...fields, role } };
  },
});
