import { topicHandler } from '../../journal/topic-handlers.ts';
import type { Entry } from '../../journal/topic.ts';
import {
  alertEvents,
  type AlertChange,
  type AlertEventPayload,
  type AlertEventType,
  type AlertPayload,
  type AlertRecord,
} from '../alerts/events.ts';
import { queueDeliveries, type QueuedEvent } from './store.ts';
import type { WebhookEvent } from './webhook.ts';

/** Null: no webhook is called. */
const events: Readonly<Record<AlertEventType, WebhookEvent | null>> = {
  alertRaised: 'alert.raised',
  alertUnsilenced: 'alert.unsilenced',
  alertAcknowledged: 'alert.acknowledged',
  alertResolved: 'alert.resolved',
  alertSilenced: null,
};

/** Queues the deliveries of alert events in the transaction that stores the events. */
export const deliveryQueue = topicHandler({
  topics: [alertEvents],
  project: (entries) => queueDeliveries(entries.flatMap(queued)),
});

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
