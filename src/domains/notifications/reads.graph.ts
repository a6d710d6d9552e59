import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import { dateTime, exposedFields, int, named, nullable, payloadFields } from '../../graph/exposed-fields.ts';
import { NotFound } from '../../graph/failures.ts';
import type { Draft } from '../../journal/topic.ts';
import { isStorable } from '../../lib/storable.ts';
import { notificationReads, type NotificationsRead } from './events.ts';
import { countUnread, findUnreadUntil, findVisible, storeMark, storeReads } from './reads.store.ts';

// The state belongs to the subject of the viewer. A viewer without a credential reads notifications but has no state.

builder.queryField('unreadNotificationCount', (t) =>
  t.field({
    type: 'Int',
    requires: 'nothing',
    viewerDependent: true,
    description:
      'Returns the number of retained notifications that the viewer may see and has not marked as read. It changes with ' +
      '`notificationEvents` and `notificationReadEvents`.',
    resolve: (_root, _args, { db, viewer }) => countUnread(db, viewer.subject),
  }),
);

const described = {
  notificationIds: 'The notifications by their `notificationId`.',
  until: 'All notifications whose `recordedAt` is at or before this instant.',
};

const NotificationReadEvent = eventType('NotificationReadEvent', notificationReads, {
  kind: null,
  requires: 'nothing',
  isVisible: ({ payload }, { viewer }) => payload.subject === viewer.subject,
  description:
    'The viewer marked notifications as read, in this or another client. Source: the mutation `markNotificationsRead`.',
  fields: (t) =>
    payloadFields(t, {
      notificationIds: nullable.stringList(`${described.notificationIds} Null if \`until\` was given.`),
      allUntil: named(
        'until',
        nullable.dateTime(`${described.until} Null if \`notificationIds\` was given.`),
      ),
    }),
});

eventSubscription('notificationReadEvents', {
  type: NotificationReadEvent,
  topic: notificationReads,
  requires: 'nothing',
  viewerDependent: true,
  description: 'Changes of the read state of the viewer',
  note: 'The subscription `events` does not deliver them.',
  matches:
    (_args, { viewer }) =>
    ({ payload }) =>
      payload.subject === viewer.subject,
});

interface ReadState {
  readonly markedCount: number;
  readonly unreadCount: number;
  readonly readAt: Date;
}

const NotificationReadState = builder.objectRef<ReadState>('NotificationReadState').implement({
  description: 'How many notifications a call marked as read, and how many are still unread.',
  fields: (t) =>
    exposedFields(t, {
      markedCount: int(
        'Number of notifications that were unread before. 0: nothing changed, and no event was stored.',
      ),
      unreadCount: int('Number of notifications that are unread after the call.'),
      readAt: dateTime('When they were marked: `readAt` of these notifications.'),
    }),
});

const MarkNotificationsReadInput = builder.inputType('MarkNotificationsReadInput', {
  description: 'The notifications to mark, in one of these ways.',
  isOneOf: true,
  fields: (t) => ({
    notificationIds: t.idList({
      bounds: { items: [1, 500], chars: [1, 256] },
      description: `${described.notificationIds} Of each id, the newest hundred that the viewer may see.`,
    }),
    until: t.field({
      type: 'DateTime',
      description: `${described.until} Notifications that are stored later stay unread, also if the instant is in the future.`,
    }),
  }),
});

builder.mutationField('markNotificationsRead', (t) =>
  t.field({
    type: NotificationReadState,
    requires: 'credential',
    description:
      'Marks notifications as read for the subject of the viewer. Notifications for all users stay unread for others. ' +
      'Nothing is marked if one of the ids does not exist or belongs to a notification for another user. Not audited; ' +
      '`notificationReadEvents` reports it.',
    args: {
      input: t.arg({
        type: MarkNotificationsReadInput,
        required: true,
        description: 'Which notifications are marked.',
      }),
    },
    errors: {
      types: [NotFound],
      dataField: { name: 'readState', description: 'The read state of the viewer after the call.' },
    },
    async resolve(_root, { input }, context): Promise<ReadState> {
      const { db, viewer } = context;
      const at = new Date();
      const { notificationIds, until } = input;
      const markedCount = notificationIds
        ? await markSome(context, [...new Set(notificationIds)], at)
        : await markAll(context, until ?? at, at);
      return { markedCount, unreadCount: await countUnread(db, viewer.subject), readAt: at };
    },
  }),
);

// What is to be marked is read before the transaction, so that the lock of the log is held only for the writes.

/** @returns the number of notifications that were unread. @throws NotFound */
async function markSome(
  { db, viewer: { subject }, journal }: GraphContext,
  notificationIds: readonly string[],
  at: Date,
): Promise<number> {
  const found = await findVisible(db, subject, notificationIds.filter(isStorable));
  const known = new Set(found.map(({ id }) => id));
  const missing = notificationIds.find((id) => !known.has(id));
  if (missing !== undefined) throw new NotFound('notification', missing);
  const unread = found.flatMap((one) => one.unread);
  if (unread.length === 0) return 0;
  const { value } = await journal.log.transact(async (trx) => {
    const marked = await storeReads(trx, subject, unread, at);
    const drafts = marked === 0 ? [] : [readDraft({ subject, notificationIds, allUntil: null }, at)];
    return { value: marked, drafts };
  });
  return value;
}

/** @returns the number of notifications that were unread. */
async function markAll(
  { db, viewer: { subject }, journal }: GraphContext,
  until: Date,
  at: Date,
): Promise<number> {
  const { seq, unread } = await findUnreadUntil(db, subject, until);
  if (unread === 0) return 0;
  const { value } = await journal.log.transact(async (trx) => {
    if (!(await storeMark(trx, subject, seq, at))) return { value: 0, drafts: [] };
    const read = { subject, notificationIds: null, allUntil: until.getTime() };
    return { value: unread, drafts: [readDraft(read, at)] };
  });
  return value;
}

function readDraft(payload: NotificationsRead, at: Date): Draft<NotificationsRead> {
  return {
    topic: notificationReads,
    key: payload.subject,
    type: 'notificationsRead',
    occurredAt: at.getTime(),
    payload,
  };
}
