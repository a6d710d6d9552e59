import type { Entry } from '../../journal/topic.ts';
import {
  alertEvents,
  type AlertChange,
  type AlertEventPayload,
  type AlertEventType,
  type AlertPayload,
  type AlertRecord,
} from '../alerts/events.ts';
import type { DomainContext } from '../domain.ts';
import { countPending, lockWebhook, pendingMax, queueDeliveries, type QueuedEvent } from './store.ts';
import type { WebhookEvent, WebhookRecord } from './webhook.ts';

/** Null: no webhook is called. */
const events: Readonly<Record<AlertEventType, WebhookEvent | null>> = {
  alertRaised: 'alert.raised',
  alertUnsilenced: 'alert.unsilenced',
  alertAcknowledged: 'alert.acknowledged',
  alertResolved: 'alert.resolved',
  alertSilenced: null,
};

/** Entries of the log that one transaction reads. */
const entriesMax = 500;

/**
 * Adds the deliveries of the next events to a webhook. The log is the queue: a webhook has a position in it, and only
 * the instance that has locked the webhook moves it. So storing an event costs nothing, however many webhooks there are.
 *
 * @returns `done` if no events are left, `more` if some are, `wait` if another instance reads them, or too many wait.
 */
export function queueNext(
  { database, journal }: Pick<DomainContext, 'database' | 'journal'>,
  webhookId: string,
): Promise<'done' | 'more' | 'wait'> {
  return database.kysely.transaction().execute(async (db) => {
    const webhook = await lockWebhook(db, webhookId);
    if (webhook === undefined) return 'wait';
    const limit = Math.min(entriesMax, pendingMax - (await countPending(db, webhookId)));
    if (limit <= 0) return 'wait';
    const { entries, upTo } = await journal.log.page([alertEvents.name], webhook.position, limit);
    if (entries.length === 0) return 'done';
    const own = (entries as readonly Entry<AlertEventPayload>[]).flatMap((entry) =>
      isSelected(webhook, entry) ? queued(entry) : [],
    );
    await queueDeliveries(db, webhookId, { events: own, position: upTo });
    return entries.length === limit ? 'more' : 'done';
  });
}

function isSelected(
  { events: wanted, severities, alertTypes }: WebhookRecord,
  { type, payload }: Entry<AlertEventPayload>,
): boolean {
  const event = events[type as AlertEventType];
  const { level, alertType } = 'alert' in payload ? payload.alert : payload;
  return (
    event !== null &&
    (wanted === null || wanted.includes(event)) &&
    (severities === null || severities.includes(level)) &&
    (alertTypes === null || alertTypes.includes(alertType))
  );
}

/** Changes of silenced alerts are not delivered. */
function queued({ type, seq, occurredAt, payload }: Entry<AlertEventPayload>): readonly QueuedEvent[] {
  const event = events[type as AlertEventType];
  const alert: AlertPayload & Partial<AlertRecord> =
    type === 'alertRaised' ? (payload as AlertPayload) : (payload as AlertChange).alert;
  if (event === null || (alert.silencedBy ?? null) !== null) return [];
  const { raisedAt = occurredAt, acknowledgedAt = null, acknowledgedBy = null, resolvedAt = null } = alert;
  return [
    {
      seq,
      alertSeq: alert.seq ?? seq,
      event,
      occurredAt: new Date(occurredAt).toISOString(),
      alert: {
        alertType: alert.alertType,
        severity: alert.level,
        title: alert.title,
        message: alert.message,
        source: alert.source,
        subject: alert.subject === '' ? null : alert.subject,
        agentId: alert.agentId,
        provider: alert.provider,
        labels: alert.labels,
        actions: alert.actions,
        raisedAt: new Date(raisedAt).toISOString(),
        acknowledgedAt: acknowledgedAt === null ? null : new Date(acknowledgedAt).toISOString(),
        acknowledgedBy,
        resolvedAt: resolvedAt === null ? null : new Date(resolvedAt).toISOString(),
      },
    },
  ];
}
