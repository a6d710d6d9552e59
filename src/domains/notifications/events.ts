import { every } from '../../journal/topic.ts';

export type NotificationCategory =
  | 'WORKFLOW_UPDATE'
  | 'WORKFLOW_COMPLETE'
  | 'WORKFLOW_FAILED'
  | 'SYSTEM_ALERT'
  | 'USER_ACTION';

export type NotificationPriority = 'LOW' | 'NORMAL' | 'HIGH' | 'CRITICAL';

/** What the reader may do next. */
export interface NotificationAction {
  readonly label: string;
  readonly url: string;
}

/** A notification for one user, who alone may see it, or for all users. */
export interface NotificationPayload {
  /** Null: the id of the event; see `notificationIdOf`. */
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

/** The key is the user's id, empty for all users. Not part of the stream of all events. */
export const notificationEvents = every<NotificationPayload>('notifications.events');

export const notificationSent = 'notificationSent';

export function notificationIdOf({
  id,
  payload,
}: {
  readonly id: string;
  readonly payload: NotificationPayload;
}): string {
  return payload.notificationId ?? id;
}

/** Whether a subject may see it. */
export function isFor(subject: string, { userId }: NotificationPayload): boolean {
  return userId === null || userId === subject;
}
