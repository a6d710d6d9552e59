import { datedId } from '../../lib/dated-id.ts';
import type { Entry } from '../../journal/topic.ts';
import type { AlertChange, AlertEventPayload, AlertPayload, AlertRecord, AlertStatus } from './events.ts';

/** As the log stores it: with the number that it was given there. */
export interface NumberedAlert extends AlertPayload {
  readonly number?: number;
}

/** Where it has none, its position in the log, as it was shown before alerts were numbered. */
export function numberOf({ number, seq }: { readonly number?: number; readonly seq: number }): number {
  return number ?? seq;
}

/** The alert that an event is about, as it stands after the event. */
export function alertOf({
  type,
  seq,
  occurredAt,
  recordedAt,
  payload,
}: Entry<AlertEventPayload>): AlertRecord {
  if (type !== 'alertRaised') return (payload as AlertChange).alert;
  const raised = payload as NumberedAlert;
  return {
    ...raised,
    id: datedId('alert', recordedAt, numberOf({ ...raised, seq })),
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
