import { datedId } from '../../lib/dated-id.ts';
import type { Entry } from '../../journal/topic.ts';
import type { AlertChange, AlertEventPayload, AlertPayload, AlertRecord, AlertStatus } from './events.ts';

/** The alert that an event is about, as it stands after the event. */
export function alertOf({
  type,
  seq,
  occurredAt,
  recordedAt,
  payload,
}: Entry<AlertEventPayload>): AlertRecord {
  if (type !== 'alertRaised') return (payload as AlertChange).alert;
  return {
    ...(payload as AlertPayload),
    id: datedId('alert', recordedAt, seq),
    seq,
    raisedAt: occurredAt,
    acknowledgedAt: null,
    acknowledgedBy: null,
    resolvedAt: null,
  };
}

export function statusOf({ acknowledgedAt, resolvedAt }: AlertRecord): AlertStatus {
  if (resolvedAt !== null) return 'RESOLVED';
  return acknowledgedAt === null ? 'ACTIVE' : 'ACKNOWLEDGED';
}
