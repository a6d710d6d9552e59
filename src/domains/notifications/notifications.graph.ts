import { resolveCursorConnection, type ResolveCursorConnectionArgs } from '@pothos/plugin-relay';
import { builder } from '../../graph/builder.ts';
import { Event, eventRef } from '../../graph/event.ts';
import { keyText, parseKey } from '../../graph/list-key.ts';
import { selects } from '../../graph/selects.ts';
import { stream, throughTheDoor } from '../../graph/stream.ts';
import type { Entry } from '../../journal/topic.ts';
import {
  isFor,
  notificationEvents,
  notificationIdOf,
  type NotificationAction,
  type NotificationPayload,
} from './events.ts';
import { countNotifications, readNotifications } from './store.ts';

// Whoever is asking sees what is for them and for everybody, and nothing else on any path: each field that yields
// notifications looks at the viewer, and the stream of all events leaves them out.

export const NotificationCategoryType = builder.enumType('NotificationCategory', {
  description: 'What a notification is about.',
  values: {
    WORKFLOW_UPDATE: { description: 'A workflow went on.' },
    WORKFLOW_COMPLETE: { description: 'A workflow ended well.' },
    WORKFLOW_FAILED: { description: 'A workflow ended badly.' },
    SYSTEM_ALERT: { description: 'The system needs attention.' },
    USER_ACTION: { description: 'The user is asked to do something.' },
  } as const,
});

export const NotificationPriorityType = builder.enumType('NotificationPriority', {
  description: 'How much a notification matters, from the least to the most.',
  values: {
    LOW: { description: 'It can wait.' },
    NORMAL: { description: 'As usual.' },
    HIGH: { description: 'Soon.' },
    CRITICAL: { description: 'At once.' },
  } as const,
});

const Action = builder.objectRef<NotificationAction>('NotificationAction').implement({
  description: 'What the reader of a notification may do next.',
  fields: (t) => ({
    label: t.exposeString('label', { description: 'What to write on the button.' }),
    url: t.exposeString('url', { description: 'Where it leads: absolute, or a path of the client’s own.' }),
  }),
});

const Notification = eventRef('Notification', notificationEvents, { kind: null });

builder.objectType(Notification, {
  description: 'Something that the viewer, or everybody, is told. Source: `notification` of producers.',
  interfaces: [Event],
  fields: (t) => ({
    notificationId: t.id({
      description: 'As its producer names it; else the id of the event.',
      resolve: notificationIdOf,
    }),
    userId: t.id({
      nullable: true,
      description: 'Whom it is for, by the subject of their credential: the viewer. Null: everybody.',
      resolve: ({ payload }) => payload.userId,
    }),
    title: t.string({ description: 'In a few words.', resolve: ({ payload }) => payload.title }),
    message: t.string({ description: 'In a sentence.', resolve: ({ payload }) => payload.message }),
    category: t.field({
      type: NotificationCategoryType,
      description: 'What it is about.',
      resolve: ({ payload }) => payload.category,
    }),
    priority: t.field({
      type: NotificationPriorityType,
      description: 'How much it matters.',
      resolve: ({ payload }) => payload.priority,
    }),
    action: t.field({
      type: Action,
      nullable: true,
      description: 'What to do next; null: nothing in particular.',
      resolve: ({ payload }) => payload.action,
    }),
    metadata: t.field({
      type: 'JSON',
      description: 'An object: more, as reported; empty without any.',
      resolve: ({ payload }) => payload.metadata,
    }),
  }),
});

const pageMax = 1_000;
const toCursor = ({ occurredAt, seq }: Entry): string => keyText({ at: occurredAt, seq });

builder.queryField('notifications', (t) =>
  t.connection(
    {
      type: Notification,
      requires: 'nothing',
      viewerDependent: true,
      description:
        'Notifications for the viewer and for everybody, newest first (by the time they name, then by their position). ' +
        'Paged by keyset. Source: the table notifications, kept RETENTION_DAYS.',
      resolve: async (_root, args, { db, viewer: { subject } }, info) => {
        const page = await resolveCursorConnection(
          { args, defaultSize: 100, maxSize: pageMax, toCursor },
          async ({ before, after, limit, inverted }: ResolveCursorConnectionArgs) => [
            ...(await readNotifications(db, {
              subject,
              limit,
              newestFirst: !inverted,
              olderThan: parseKey(after, 'after'),
              newerThan: parseKey(before, 'before'),
            })),
          ],
        );
        const totalCount = selects(info, 'totalCount') ? await countNotifications(db, subject) : 0;
        return { ...page, totalCount };
      },
    },
    {
      name: 'NotificationConnection',
      description: 'A page of the viewer’s notifications.',
      fields: (c) => ({
        totalCount: c.int({
          description: 'All that the viewer may see. Counted only when asked for.',
          resolve: ({ totalCount }) => totalCount,
        }),
      }),
    },
    { name: 'NotificationEdge', description: 'A notification and its place in the list.' },
  ),
);

builder.subscriptionField('notificationEvents', (t) =>
  t.field({
    type: Notification,
    requires: 'nothing',
    viewerDependent: true,
    description:
      'EVERY. Notifications for the viewer and for everybody, after the cursor `after` or from now on. They come here ' +
      'and nowhere else: `events` leaves them out.',
    args: {
      after: t.arg({
        type: 'Cursor',
        description: 'Go on behind this cursor; `earliest`: from the oldest event kept.',
      }),
    },
    extensions: stream({
      delivery: 'EVERY',
      topics: [notificationEvents.name],
      types: () => null,
      matches: (_args, { viewer }) => {
        const { subject } = viewer;
        return (entry) => isFor(subject, (entry as Entry<NotificationPayload>).payload);
      },
    }),
    subscribe: throughTheDoor<NotificationPayload>,
    resolve: (entry) => entry,
  }),
);
