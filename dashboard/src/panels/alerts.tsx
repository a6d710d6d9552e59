import { signal, useSignal } from '@preact/signals';
import {
  AcknowledgeAlertsDocument,
  ResolveAlertsDocument,
  SnoozeAlertsDocument,
} from '../documents.generated.ts';
import type { AlertSummaryFragment } from '../documents.generated.ts';
import { serverNow } from '../data/clock.ts';
import { age, moment, words } from '../data/format.ts';
import { query } from '../data/graph.ts';
import { activeAlerts, alertReading, alerts, can, msSince } from '../data/overall.ts';
import { Panel } from '../ui/panel.tsx';
import { AlertBadge } from './alert-badge.tsx';
import { State, type Level } from '../ui/state.tsx';

const failure = signal<string | null>(null);
const pending = signal<ReadonlySet<string>>(new Set());

type Action = 'acknowledge' | 'resolve' | 'snooze';

/** How long an alert can be snoozed, by what a person chooses. */
const snoozes = [
  ['15 min', 15 * 60_000],
  ['1 h', 3_600_000],
  ['4 h', 4 * 3_600_000],
  ['24 h', 24 * 3_600_000],
] as const;
const snoozeMsDefault = 3_600_000;

/** Changes one alert. The event of the change updates the list. */
async function change(action: Action, alertId: string, snoozeMs = snoozeMsDefault): Promise<void> {
  failure.value = null;
  pending.value = new Set([...pending.value, alertId]);
  const problem = await send(action, alertId, snoozeMs);
  if (problem !== null) failure.value = `Could not ${action} the alert: ${problem}`;
  pending.value = new Set([...pending.value].filter((one) => one !== alertId));
}

/** @returns why it failed, or null. */
async function send(action: Action, alertId: string, snoozeMs: number): Promise<string | null> {
  const alertIds = [alertId];
  const until = new Date(serverNow.peek() + snoozeMs).toISOString();
  const { data, errors } =
    action === 'acknowledge'
      ? await query(AcknowledgeAlertsDocument, { alertIds })
      : action === 'resolve'
        ? await query(ResolveAlertsDocument, { alertIds })
        : await query(SnoozeAlertsDocument, { alertIds, until, reason: 'Snoozed on the live page' });
  if (data === null) return errors[0]?.message ?? 'the server gave no result.';
  const [result] = Object.values(data) as [{ message?: string; notFoundIds?: readonly string[] }];
  if (result.message !== undefined) return result.message;
  return (result.notFoundIds ?? []).length > 0 ? 'it does not exist any more.' : null;
}

const levelsBySeverity: Readonly<Record<AlertSummaryFragment['severity'], Level>> = {
  CRITICAL: 'critical',
  ERROR: 'critical',
  WARNING: 'warning',
  INFO: 'unknown',
};

const severities: readonly AlertSummaryFragment['severity'][] = ['CRITICAL', 'ERROR', 'WARNING', 'INFO'];

const noAlerts = <p>No active alert. Alert rules watch the metrics; producers raise their own.</p>;

export function AlertsCard({ max = 6 }: { max?: number }) {
  const active = activeAlerts.value.toSorted(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
  );
  return (
    <Panel
      title="Alerts"
      view="alerts"
      reading={alertReading.value}
      class="card alerts"
      extra={active.length > 0 ? <AlertBadge /> : null}
      empty={active.length === 0 ? noAlerts : null}
    >
      <Failure />
      <ul class="lines">
        {active.slice(0, max).map((alert) => (
          <AlertLine key={alert.alertId} alert={alert} isShort />
        ))}
      </ul>
      {active.length > max ? <p class="hint">{active.length - max} more</p> : null}
    </Panel>
  );
}

export function AlertsView() {
  const filter = useSignal('');
  const all = alerts.value;
  const wanted = filter.value.toLowerCase();
  const shown = all.filter(({ title, message, source, alertType }) =>
    `${title} ${message} ${source} ${alertType}`.toLowerCase().includes(wanted),
  );
  const active = shown.filter(({ status }) => status === 'ACTIVE');
  const others = shown.filter(({ status }) => status !== 'ACTIVE');
  return (
    <>
      <Panel
        title={`Active: ${active.length}`}
        reading={alertReading.value}
        class="alerts"
        extra={
          <input
            type="search"
            placeholder="Filter"
            aria-label="Filter alerts"
            value={filter.value}
            onInput={({ currentTarget }) => (filter.value = currentTarget.value)}
          />
        }
        empty={active.length === 0 ? noAlerts : null}
      >
        <Failure />
        <ul class="lines">
          {active.map((alert) => (
            <AlertLine key={alert.alertId} alert={alert} />
          ))}
        </ul>
      </Panel>
      <Panel
        title="Acknowledged, snoozed and resolved"
        reading={alertReading.value}
        class="alerts"
        empty={others.length === 0 ? <p>None in the time range.</p> : null}
      >
        <ul class="lines">
          {others.map((alert) => (
            <AlertLine key={alert.alertId} alert={alert} />
          ))}
        </ul>
      </Panel>
    </>
  );
}

function Failure() {
  return failure.value === null ? null : (
    <p class="note note-critical" role="alert">
      {failure.value}
    </p>
  );
}

function AlertLine({ alert, isShort = false }: { alert: AlertSummaryFragment; isShort?: boolean }) {
  const { alertId, severity, status, title, message, raisedAt } = alert;
  const about = alert.hostId ?? alert.agentId ?? alert.providerName ?? alert.subject;
  return (
    <li class={`alert alert-${status.toLowerCase()}`}>
      <State level={status === 'ACTIVE' ? levelsBySeverity[severity] : 'unknown'} label={words(severity)} />
      <span class="name">
        <b>{title}</b> {about === null ? null : <small>{about}</small>}
        <span class="detail">
          {isShort || /[.!?]$/.test(message) ? message : `${message}.`}
          {isShort ? null : <Fate alert={alert} />}
        </span>
      </span>
      {status === 'ACTIVE' || status === 'ACKNOWLEDGED' || status === 'SILENCED' ? (
        <span class="actions">
          {status === 'ACTIVE' ? (
            <Do action="acknowledge" alert={alert} label={isShort ? 'Ack' : 'Acknowledge'} />
          ) : null}
          {status === 'ACTIVE' && !isShort ? <Snooze alert={alert} /> : null}
          {isShort ? null : <Do action="resolve" alert={alert} label="Resolve" />}
        </span>
      ) : null}
      <time dateTime={raisedAt} title={`Raised ${new Date(raisedAt).toLocaleString('en-GB')}, ${alertId}`}>
        {age(msSince(raisedAt))}
      </time>
    </li>
  );
}

function Fate({ alert }: { alert: AlertSummaryFragment }) {
  const { status, acknowledgedBy, acknowledgedAt, resolvedAt, silence } = alert;
  if (status === 'ACKNOWLEDGED' && acknowledgedAt !== null)
    return (
      <em>
        {' '}
        Acknowledged by {acknowledgedBy ?? 'the server'} at {moment(Date.parse(acknowledgedAt))}.
      </em>
    );
  if (status === 'RESOLVED' && resolvedAt !== null)
    return <em> Resolved at {moment(Date.parse(resolvedAt))}.</em>;
  if (status === 'SILENCED' && silence !== null)
    return (
      <em>
        {' '}
        Silenced until {moment(Date.parse(silence.endsAt))}: {silence.reason}
      </em>
    );
  return null;
}

/** A choice of durations, and a button: a choice that acted itself would act on each arrow key. */
function Snooze({ alert }: { alert: AlertSummaryFragment }) {
  const ms = useSignal<number>(snoozeMsDefault);
  return (
    <span class="snooze">
      <select
        aria-label={`Snooze for: ${alert.title}`}
        disabled={!can('execute')}
        value={ms.value}
        onChange={({ currentTarget }) => (ms.value = Number(currentTarget.value))}
      >
        {snoozes.map(([label, value]) => (
          <option key={label} value={value}>
            {label}
          </option>
        ))}
      </select>
      <Do action="snooze" alert={alert} label="Snooze" snoozeMs={ms.value} />
    </span>
  );
}

interface DoProps {
  readonly action: Action;
  readonly alert: AlertSummaryFragment;
  readonly label: string;
  readonly snoozeMs?: number;
}

function Do({ action, alert, label, snoozeMs }: DoProps) {
  const may = can('execute');
  const reason = may ? '' : 'Requires the capability execute';
  return (
    <button
      type="button"
      disabled={!may || pending.value.has(alert.alertId)}
      title={reason}
      aria-label={`${label}: ${alert.title}${may ? '' : ` (${reason.toLowerCase()})`}`}
      onClick={() => void change(action, alert.alertId, snoozeMs)}
    >
      {label}
    </button>
  );
}
