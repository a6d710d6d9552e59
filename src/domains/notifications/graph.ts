import { builder } from '../../graph/builder.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import { exposedFields, json, nullable, of, payloadFields, string } from '../../graph/exposed-fields.ts';
import { keysetConnection } from '../../graph/keyset-connection.ts';
import { producerEvent } from '../../graph/producer-event.ts';
import { refuse, requireObject } from '../../graph/reported-values.ts';
import {
  isFor,
  notificationEvents,
  notificationIdOf,
  notificationSent,
  type NotificationAction,
  type NotificationCategory,
  type NotificationPriority,
} from './events.ts';
import { isLink, linkRule } from './link.ts';
import { notificationList, toEntry } from './store.ts';

// A viewer sees the notifications for them and for everybody, and no others on any path: each field that shows
// notifications depends on the viewer, and the stream of all events leaves them out.

const NotificationCategoryType = describedEnum<NotificationCategory>(
  'NotificationCategory',
  'What a notification is about.',
  {
    WORKFLOW_UPDATE: 'A workflow went on.',
    WORKFLOW_COMPLETE: 'A workflow ended well.',
    WORKFLOW_FAILED: 'A workflow ended badly.',
    SYSTEM_ALERT: 'The system needs attention.',
    USER_ACTION: 'The user is asked to do something.',
  },
);

const NotificationPriorityType = describedEnum<NotificationPriority>(
  'NotificationPriority',
  'How much a notification matters, from the least to the most.',
  { LOW: 'It can wait.', NORMAL: 'As usual.', HIGH: 'Soon.', CRITICAL: 'At once.' },
);

const Action = builder.objectRef<NotificationAction>('NotificationAction').implement({
  description: 'What the reader of a notification may do next.',
  fields: (t) =>
    exposedFields(t, {
      label: string('What to write on the button.'),
      url: string('Where it leads: absolute, or a path of the client’s own.'),
    }),
});

const Notification = eventType('Notification', notificationEvents, {
  kind: null,
  description: 'Something that the viewer, or everybody, is told. Source: `notification` of producers.',
  fields: (t) => ({
    notificationId: t.id({
      description: 'As its producer names it; else the id of the event.',
      resolve: notificationIdOf,
    }),
    ...payloadFields(t, {
      userId: nullable.id('Whom it is for, by the subject of their credential: the viewer. Null: everybody.'),
      title: string('In a few words.'),
      message: string('In a sentence.'),
      category: of(NotificationCategoryType, 'What it is about.'),
      priority: of(NotificationPriorityType, 'How much it matters.'),
      action: nullable.of(Action, 'What to do next; null: nothing in particular.'),
      metadata: json('An object: more, as reported; empty without any.'),
    }),
  }),
});

keysetConnection('notifications', {
  name: 'Notification',
  type: Notification,
  list: notificationList,
  node: toEntry,
  requires: 'nothing',
  viewerDependent: true,
  description:
    'Notifications for the viewer and for everybody, newest first (by the time they name, then by their position). ' +
    'Paged by keyset. Source: the table notifications, kept RETENTION_DAYS.',
  page: 'A page of the viewer’s notifications.',
  edge: 'A notification and its place in the list.',
  totalCount: 'All that the viewer may see.',
  filter: (_args, { viewer }) => ({ subject: viewer.subject }),
});

eventSubscription('notificationEvents', {
  type: Notification,
  topic: notificationEvents,
  requires: 'nothing',
  viewerDependent: true,
  description: 'Notifications for the viewer and for everybody',
  note: 'They come here and nowhere else: `events` leaves them out.',
  matches:
    (_args, { viewer }) =>
    ({ payload }) =>
      isFor(viewer.subject, payload),
});

const idBounds = { chars: [1, 256] } as const;
const titleBounds = { chars: [1, 200] } as const;

const NotificationActionInput = builder.inputType('NotificationActionInput', {
  description: 'What the reader of a notification may do next.',
  fields: (t) => ({
    label: t.string({
      required: true,
      bounds: titleBounds,
      description: 'What to write on the button.',
    }),
    url: t.string({
      required: true,
      bounds: { chars: [1, 2_048] },
      description: `Where it leads: ${linkRule}.`,
    }),
  }),
});

producerEvent('notification', {
  description: 'Something to tell one user, or everybody.',
  topic: notificationEvents,
  type: notificationSent,
  fields: (t) => ({
    notificationId: t.id({
      bounds: idBounds,
      description: 'As you name it. Default: the id of the event.',
    }),
    userId: t.id({
      bounds: idBounds,
      description: 'Whom to tell, by the subject of their credential. Default: everybody.',
    }),
    title: t.string({ required: true, bounds: titleBounds, description: 'In a few words.' }),
    message: t.string({ required: true, bounds: { chars: [1, 4_096] }, description: 'In a sentence.' }),
    category: t.field({ type: NotificationCategoryType, required: true, description: 'What it is about.' }),
    priority: t.field({
      type: NotificationPriorityType,
      required: true,
      description: 'How much it matters.',
    }),
    action: t.field({ type: NotificationActionInput, description: 'What to do next. Default: nothing.' }),
    metadata: t.field({
      type: 'JSON',
      bounds: { jsonChars: 16_384 },
      description: 'More: a JSON object. Default: empty.',
    }),
  }),
  draft: (fields) => {
    const { action } = fields;
    if (action && !isLink(action.url)) refuse('action.url', linkRule);
    const metadata = requireObject('metadata', fields.metadata ?? {});
    return { key: fields.userId ?? '', payload: { ...fields, metadata } };
  },
});
