import { builder } from '../../graph/builder.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import { exposedType, json, nullable, of, payloadFields, string } from '../../graph/exposed-fields.ts';
import { keysetConnection } from '../../graph/keyset-connection.ts';
import { loader } from '../../graph/loaders.ts';
import { producerEvent } from '../../graph/producer-event.ts';
import { rejectField, requireObject } from '../../graph/reported-values.ts';
import {
  notificationEvents,
  notificationIdOf,
  notificationSent,
  type NotificationAction,
  type NotificationCategory,
  type NotificationPriority,
} from './events.ts';
import { isLink, linkRule } from './link.ts';
import { readTimes } from './reads.store.ts';
import { notificationList, toEntry } from './store.ts';

/**
 * A viewer sees only notifications for all users and for their own subject. So each field that shows notifications
 * depends on the viewer, and the subscription `events`, which does not, never delivers them.
 */
const NotificationCategoryType = describedEnum<NotificationCategory>(
  'NotificationCategory',
  'Subject matter of a notification.',
  {
    WORKFLOW_UPDATE: 'Progress of a workflow.',
    WORKFLOW_COMPLETE: 'A workflow completed successfully.',
    WORKFLOW_FAILED: 'A workflow ended with an error.',
    SYSTEM_ALERT: 'The system needs attention.',
    USER_ACTION: 'The user is asked to act.',
  },
);

const NotificationPriorityType = describedEnum<NotificationPriority>(
  'NotificationPriority',
  'Urgency of a notification.',
  {
    LOW: 'No action is needed.',
    NORMAL: 'Attention is needed at some time.',
    HIGH: 'Attention is needed soon.',
    CRITICAL: 'Attention is needed immediately.',
  },
);

const described = {
  title: 'Short title.',
  message: 'Text of the notification.',
  category: 'Subject matter.',
  priority: 'Urgency.',
  label: 'Text of the button.',
  button: 'Button that clients show with a notification.',
};

const Button = exposedType<NotificationAction>('NotificationButton', described.button, {
  label: string(described.label),
  url: string('Target of the button: an absolute URL, or a path within the client’s pages.'),
});

const readAtOf = loader<number, Date>(({ db, viewer }, seqs) => readTimes(db, viewer.subject, seqs));

const Notification = eventType('Notification', notificationEvents, {
  kind: null,
  requires: 'nothing',
  isVisible: ({ payload: { userId } }, { viewer }) => userId === null || userId === viewer.subject,
  description: 'A notification for the viewer or for all users. Source: the producer event `notification`.',
  fields: (t) => ({
    notificationId: t.id({
      description: 'Identifier from the producer. The id of the event if the producer gave none.',
      resolve: notificationIdOf,
    }),
    ...payloadFields(t, {
      userId: nullable.id('Subject that the notification is for: the viewer. Null if it is for all users.'),
      title: string(described.title),
      message: string(described.message),
      category: of(NotificationCategoryType, described.category),
      priority: of(NotificationPriorityType, described.priority),
      metadata: json('JSON object with further data from the producer. Empty if the producer gave none.'),
    }),
    button: t.field({
      type: Button,
      nullable: true,
      description: 'Button to show. Null if the notification has none.',
      resolve: ({ payload }) => payload.action,
    }),
    readAt: t.field({
      type: 'DateTime',
      nullable: true,
      viewerDependent: true,
      description:
        'When the viewer marked the notification as read with `markNotificationsRead`. Null if it is unread. Each subject ' +
        'has a state of its own, also for notifications for all users.',
      resolve: async ({ seq }, _args, context) => (await readAtOf(context).load(seq)) ?? null,
    }),
  }),
});

const NotificationFilterInput = builder.inputType('NotificationFilter', {
  description: 'Conditions on notifications.',
  fields: (t) => ({
    read: t.boolean({
      description:
        'True: only notifications that the viewer has read; false: only unread ones. With this condition a page may be ' +
        'short or empty while `hasNextPage` is true; continue after `endCursor`. Default: both.',
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
    'Returns notifications for the viewer and for all users, newest `occurredAt` first. Paged by keyset. Source: the table ' +
    'notifications, which keeps them for RETENTION_DAYS.',
  followedBy: 'notificationEvents',
  page: 'A page of the viewer’s notifications.',
  edge: 'A notification and its cursor.',
  totalCount: 'Number of notifications that the viewer may see and that match the filter.',
  filterInput: NotificationFilterInput,
  filter: (given, { viewer }) => ({ ...given, subject: viewer.subject }),
});

eventSubscription('notificationEvents', {
  type: Notification,
  topic: notificationEvents,
  requires: 'nothing',
  viewerDependent: true,
  description: 'Notifications for the viewer and for all users',
  note: 'The subscription `events` does not deliver them.',
  matches:
    (_args, { viewer }) =>
    ({ payload: { userId } }) =>
      userId === null || userId === viewer.subject,
});

const idBounds = { chars: [1, 256] } as const;
const titleBounds = { chars: [1, 200] } as const;

const NotificationButtonInput = builder.inputType('NotificationButtonInput', {
  description: described.button,
  fields: (t) => ({
    label: t.string({ required: true, bounds: titleBounds, description: described.label }),
    url: t.string({
      required: true,
      bounds: { chars: [1, 2_048] },
      description: `Target of the button: ${linkRule}.`,
    }),
  }),
});

producerEvent('notification', {
  description: 'A notification for one user or for all users.',
  topic: notificationEvents,
  type: notificationSent,
  fields: (t) => ({
    notificationId: t.id({
      bounds: idBounds,
      description: 'Identifier of the notification. Default: the id of the event.',
    }),
    userId: t.id({
      bounds: idBounds,
      description: 'Subject of the user who receives the notification. Default: all users.',
    }),
    title: t.string({ required: true, bounds: titleBounds, description: described.title }),
    message: t.string({ required: true, bounds: { chars: [1, 4_096] }, description: described.message }),
    category: t.field({
      type: NotificationCategoryType,
      required: true,
      description: described.category,
    }),
    priority: t.field({
      type: NotificationPriorityType,
      required: true,
      description: described.priority,
    }),
    button: t.field({ type: NotificationButtonInput, description: 'Button to show. Default: no button.' }),
    metadata: t.field({
      type: 'JSON',
      bounds: { jsonChars: 16_384 },
      description: 'JSON object with further data. Default: an empty object.',
    }),
  }),
  draft: ({ button: action, ...fields }) => {
    if (action && !isLink(action.url)) rejectField('button.url', linkRule);
    const metadata = requireObject('metadata', fields.metadata ?? {});
    return { key: fields.userId ?? '', payload: { ...fields, action, metadata } };
  },
});
