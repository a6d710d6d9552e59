import { every, type Entry } from '../../journal/topic.ts';

export type NotificationCategory =
  | 'WORKFLOW_UPDATE'
  | 'WORKFLOW_COMPLETE'
  | 'WORKFLOW_FAILED'
  | 'SYSTEM_ALERT'
  | 'USER_ACTION';

export type NotificationPriority = 'LOW' | 'NORMAL' | 'HIGH' | 'CRITICAL';

/** A button of a notification. */
export interface NotificationAction {
  readonly label: string;
  readonly url: string;
}

/** A notification for all users, or for one user, who alone may see it. */
export interface NotificationPayload {
  /** Null: the id of the event is used. */
  readonly notificationId: string | null;
  /** The subject of a credential; null: all users. */
  readonly userId: string | null;
  readonly title: string;
  readonly message: string;
  readonly category: NotificationCategory;
  readonly priority: NotificationPriority;
  readonly action: NotificationAction | null;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The key is the user's id, or empty for all users. The subscription `events` does not deliver this topic. */
export const notificationEvents = every<NotificationPayload>('notifications.events');

/** Notifications that a subject marked as read: these, or all that were stored until an instant. */
export interface NotificationsRead {
  readonly subject: string;
  /** Null: `allUntil` is set. */
  readonly notificationIds: readonly string[] | null;
  /** Unix milliseconds; null: `notificationIds` is set. */
  readonly allUntil: number | null;
}

/** Keyed by subject. The type is `notificationsRead`. The subscription `events` does not deliver this topic. */
export const notificationReads = every<NotificationsRead>('notifications.reads');

export const notificationSent = 'notificationSent';

export function notificationIdOf({
  id,
  payload,
}: Pick<Entry<NotificationPayload>, 'id' | 'payload'>): string {
  return payload.notificationId ?? id;
}
