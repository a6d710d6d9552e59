import { ownId } from '../../journal/own-ids.ts';
import { every, latest, type Draft } from '../../journal/topic.ts';

/** From harmless to worst: the order of `alertLevels`. */
export type AlertLevel = 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';
export const alertLevels: readonly AlertLevel[] = ['INFO', 'WARNING', 'ERROR', 'CRITICAL'];

/** The `source` of what the rules raise. */
export const engineSource = 'alert_engine';
/** The `source` of the alert that an intervention raises. */
export const interventionSource = 'intervention';
/** Sources of the server's own alerts. Producers cannot use them. */
export const ownSources: readonly string[] = [engineSource, interventionSource];

/** Something that needs, or needed, somebody's attention. */
export interface AlertPayload {
  /** A rule's name such as `high_cpu`, or whatever a producer reports. */
  readonly alertType: string;
  readonly level: AlertLevel;
  readonly title: string;
  readonly message: string;
  /** Who raised it: `alert_engine` (the rules), `producer`, or a name the producer gives. */
  readonly source: string;
  /** What it is about, so that a rule raises one alert of its type about each: a host id; empty without one. */
  readonly subject: string;
  readonly agentId: string | null;
  /** A provider of data. */
  readonly provider: string | null;
  /** It resolves itself: clients need not wait for somebody to look at it. */
  readonly autoDismiss: boolean;
  /** What somebody might do, as texts for buttons. */
  readonly actions: readonly string[];
}

export type AlertStatus = 'ACTIVE' | 'ACKNOWLEDGED' | 'RESOLVED';

/** An alert and what became of it. Times are Unix milliseconds. */
export interface AlertRecord extends AlertPayload {
  /** `alert_YYYYMMDD_NNN`: the UTC day it was stored and its number. */
  readonly id: string;
  /** Position of `alertRaised` in the log. */
  readonly seq: number;
  /** Counts alerts from 1. Of one that was raised before they were counted, absent in events. */
  readonly number?: number;
  readonly raisedAt: number;
  readonly acknowledgedAt: number | null;
  /** The subject of a credential. */
  readonly acknowledgedBy: string | null;
  readonly resolvedAt: number | null;
}

/** What was done to an alert: its state from then on, so that a reader of the log needs no table. */
export interface AlertChange {
  readonly alert: AlertRecord;
  /** Who did it; null when the engine did. */
  readonly by: string | null;
}

/** The payload of each type of event. The key is `<alertType>` or `<alertType>:<subject>`. */
export interface AlertEventPayloads {
  readonly alertRaised: AlertPayload;
  readonly alertAcknowledged: AlertChange;
  readonly alertResolved: AlertChange;
}

export type AlertEventType = keyof AlertEventPayloads;
export type AlertEventPayload = AlertEventPayloads[AlertEventType];

export const alertEvents = every<AlertEventPayload>('alerts.events');
export type AlertDraft = Draft<AlertEventPayload>;

export interface ActiveAlerts {
  /** Neither acknowledged nor resolved, newest first; at most `activeAlertsMax`. */
  readonly alerts: readonly AlertRecord[];
}

export const activeAlertsChanged = latest<ActiveAlerts>('alerts.active');
/** The gauge's only key. */
export const activeAlertsKey = 'all';
export const activeAlertsMax = 500;

/** A moment at which everything that the monitor shows was looked at; other values are gauges of their own. */
export interface MonitorLook {
  /** Unix milliseconds. */
  readonly sampledAt: number;
  /** Alerts of the 60 minutes before that nobody has acknowledged; null when the store did not answer. */
  readonly unacknowledgedAlerts: number | null;
}

/** Keyed by host id. */
export const monitorLookedAt = latest<MonitorLook>('monitor.status');

export type NewAlert = Pick<AlertPayload, 'alertType' | 'level' | 'title' | 'message' | 'source'> &
  Partial<AlertPayload> & {
    /** Idempotency key. */
    readonly id?: string;
    /** Unix milliseconds. Default: now. */
    readonly occurredAt?: number;
  };

/** The event that raises an alert. */
export function raisedAlert({ id, occurredAt, ...given }: NewAlert): AlertDraft {
  const payload: AlertPayload = {
    subject: '',
    agentId: null,
    provider: null,
    autoDismiss: false,
    actions: [],
    ...given,
  };
  return {
    topic: alertEvents,
    key: alertKey(payload),
    type: 'alertRaised',
    ...(id === undefined ? {} : { id }),
    ...(occurredAt === undefined ? {} : { occurredAt }),
    payload,
  };
}

/** The event after which an alert is acknowledged; the same event whoever tells it, so it is stored once. */
export function acknowledgedAlert(alert: AlertRecord, at: number, by: string): AlertDraft {
  return changedAlert('alertAcknowledged', { ...alert, acknowledgedAt: at, acknowledgedBy: by }, at, by);
}

/** The event after which an alert is resolved; the same event whoever tells it. `by` null: it resolved itself. */
export function resolvedAlert(alert: AlertRecord, at: number, by: string | null): AlertDraft {
  return changedAlert('alertResolved', { ...alert, resolvedAt: at }, at, by);
}

function changedAlert(
  type: 'alertAcknowledged' | 'alertResolved',
  alert: AlertRecord,
  at: number,
  by: string | null,
): AlertDraft {
  const payload: AlertChange = { alert, by };
  return {
    topic: alertEvents,
    key: alertKey(alert),
    type,
    id: ownId(`${type}:`, alert.id),
    occurredAt: at,
    payload,
  };
}

export function alertKey({ alertType, subject }: Pick<AlertPayload, 'alertType' | 'subject'>): string {
  return subject === '' ? alertType : `${alertType}:${subject}`;
}

/** Something that a system tells its operators, without a state of its own. */
export interface SystemEventPayload {
  /** A word of the producer's: `deployment_started`. */
  readonly eventType: string;
  readonly severity: AlertLevel;
  readonly title: string;
  readonly message: string;
  readonly source: string;
  readonly agentId: string | null;
}

/** The type is `systemEventReported`, the key the event type. */
export const systemEvents = every<SystemEventPayload>('system.events');
