import { reservedId } from '../../journal/reserved-ids.ts';
import { every, latest, type Draft } from '../../journal/topic.ts';

/** In order of severity. */
export const alertLevels = ['INFO', 'WARNING', 'ERROR', 'CRITICAL'] as const;
export type AlertLevel = (typeof alertLevels)[number];

/** The `source` of the alerts that rules raise. */
export const ruleSource = 'alert_engine';
/** The `source` of the alert that an intervention raises. */
export const interventionSource = 'intervention';
/** Sources of the server's own alerts. Producers cannot use them. */
export const ownSources: readonly string[] = [ruleSource, interventionSource];

/** Something that needs, or needed, attention. */
export interface AlertPayload {
  /** The name of a rule, such as `high_cpu`, or the type that a producer chose. */
  readonly alertType: string;
  readonly level: AlertLevel;
  readonly title: string;
  readonly message: string;
  /** `alert_engine` for rules, `producer`, or a name that a producer chose. */
  readonly source: string;
  /** What the alert is about, such as a host id; empty if nothing. A rule has at most one open alert per subject. */
  readonly subject: string;
  readonly agentId: string | null;
  readonly provider: string | null;
  /** Whether the alert is resolved automatically a minute after it was raised. */
  readonly autoDismiss: boolean;
  /** Suggested actions, as texts for buttons. */
  readonly actions: readonly string[];
  /** Further properties by which silences and webhooks select alerts. */
  readonly labels: Readonly<Record<string, string>>;
}

export type AlertStatus = 'ACTIVE' | 'SILENCED' | 'ACKNOWLEDGED' | 'RESOLVED';

/** An alert with its state. Times are Unix milliseconds. */
export interface AlertRecord extends AlertPayload {
  /** `alert_YYYYMMDD_NNN`: the UTC day on which it was stored and its number. */
  readonly id: string;
  /** Position of `alertRaised` in the log. */
  readonly seq: number;
  /** Alerts are numbered from 1. Absent in events of alerts that were raised before alerts were numbered. */
  readonly number?: number;
  readonly raisedAt: number;
  readonly acknowledgedAt: number | null;
  /** The subject of a credential. */
  readonly acknowledgedBy: string | null;
  readonly resolvedAt: number | null;
  /** When it was raised or last acknowledged, resolved, silenced or unsilenced. */
  readonly updatedAt: number;
  /** The silence that applies or, after the alert was resolved, applied last. */
  readonly silencedBy: string | null;
}

export interface AlertChange {
  /** The alert after the change, so that a reader of the log needs no table. */
  readonly alert: AlertRecord;
  /** The subject of a credential; null if the server made the change. */
  readonly by: string | null;
}

/** The payload of each type of event. The key is `<alertType>` or `<alertType>:<subject>`. */
export interface AlertEventPayloads {
  readonly alertRaised: AlertPayload;
  readonly alertAcknowledged: AlertChange;
  readonly alertResolved: AlertChange;
  readonly alertSilenced: AlertChange;
  readonly alertUnsilenced: AlertChange;
}

export type AlertEventType = keyof AlertEventPayloads;
export type AlertEventPayload = AlertEventPayloads[AlertEventType];

export const alertEvents = every<AlertEventPayload>('alerts.events');
export type AlertDraft = Draft<AlertEventPayload>;

export interface ActiveAlerts {
  /** Neither acknowledged, resolved nor silenced, newest first; at most `activeAlertsMax`. */
  readonly alerts: readonly AlertRecord[];
}

export const activeAlertsChanged = latest<ActiveAlerts>('alerts.active');
/** The gauge's only key. */
export const activeAlertsKey = 'all';
export const activeAlertsMax = 500;

/** What the monitor shows besides other gauges. */
export interface MonitorSample {
  /** Unix milliseconds. */
  readonly sampledAt: number;
  /** Alerts of the last 60 minutes that are not acknowledged; null if the database did not answer. */
  readonly unacknowledgedAlertCount: number | null;
}

/** Keyed by host id. */
export const monitorSampled = latest<MonitorSample>('monitor.status');

export type NewAlert = Pick<AlertPayload, 'alertType' | 'level' | 'title' | 'message' | 'source'> &
  Partial<AlertPayload> &
  Pick<AlertDraft, 'id' | 'occurredAt'>;

/** The event that raises an alert. */
export function raisedAlert({ id, occurredAt, ...given }: NewAlert): AlertDraft {
  const defaults = {
    subject: '',
    agentId: null,
    provider: null,
    autoDismiss: false,
    actions: [],
    labels: {},
  };
  const payload: AlertPayload = { ...defaults, ...given };
  return {
    topic: alertEvents,
    key: alertKey(payload),
    type: 'alertRaised',
    ...(id !== undefined && { id }),
    ...(occurredAt !== undefined && { occurredAt }),
    payload,
  };
}

/** The event that acknowledges an alert. Its id depends on the alert only, so it is stored once. */
export function acknowledgedAlert(alert: AlertRecord, at: number, by: string): AlertDraft {
  return changedAlert('alertAcknowledged', { ...alert, acknowledgedAt: at, acknowledgedBy: by }, at, by);
}

/** The event that resolves an alert. Its id depends on the alert only, so it is stored once. */
export function resolvedAlert(alert: AlertRecord, at: number, by: string | null): AlertDraft {
  return changedAlert('alertResolved', { ...alert, resolvedAt: at }, at, by);
}

/** The event after a silence began or ended to apply to an alert. `alert` is the alert after the change. */
export function silencedAlert(alert: AlertRecord, at: number, by: string | null): AlertDraft {
  const type = alert.silencedBy === null ? 'alertUnsilenced' : 'alertSilenced';
  return {
    topic: alertEvents,
    key: alertKey(alert),
    type,
    occurredAt: at,
    payload: { alert: updatedAlert(alert, at), by },
  };
}

function changedAlert(
  type: 'alertAcknowledged' | 'alertResolved',
  alert: AlertRecord,
  occurredAt: number,
  by: string | null,
): AlertDraft {
  const id = reservedId(`${type}:`, alert.id);
  const payload = { alert: updatedAlert(alert, occurredAt), by };
  return { topic: alertEvents, key: alertKey(alert), type, id, occurredAt, payload };
}

/** The time of a change may be before that of the alert, which a producer may report. */
export function updatedAlert(alert: AlertRecord, at: number): AlertRecord {
  return { ...alert, updatedAt: Math.max(alert.updatedAt, at) };
}

export function alertKey({ alertType, subject }: Pick<AlertPayload, 'alertType' | 'subject'>): string {
  return subject === '' ? alertType : `${alertType}:${subject}`;
}

/** A message of a system to its operators, without a state. */
export interface SystemEventPayload {
  /** A name that the producer chose, such as `deployment_started`. */
  readonly eventType: string;
  readonly severity: AlertLevel;
  readonly title: string;
  readonly message: string;
  readonly source: string;
  readonly agentId: string | null;
}

/** The type is `systemEventReported`, the key the event type. */
export const systemEvents = every<SystemEventPayload>('system.events');
