import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import { AlertLiveDocument, AlertsDocument, OverallDocument } from '../documents.generated.ts';
import type { AlertSummaryFragment, AlertsQuery, OverallQuery } from '../documents.generated.ts';
import { clockAheadMs, compareClocks, now } from './clock.ts';
import { ago } from './format.ts';
import { lostAt } from './graph.ts';
import { noteHealth } from './host-load.ts';
import { nodesOf, upsertNodes } from './lists.ts';
import { shownSince } from './range.ts';
import type { Reading } from './reading.ts';
import { live, storeOf } from './resource.ts';

/** What the whole page shows whatever the view: the state of each part, and the alerts. */

const overallEveryMs = 5_000;
const overallStore = storeOf({ document: OverallDocument, variables: {}, everyMs: overallEveryMs });
export const overall: ReadonlySignal<Reading<OverallQuery>> = overallStore.reading;

/** Whether the server says that its database does not respond, so that nothing that is stored can be confirmed. */
export const isDatabaseDown = computed(() => {
  const { value, errors } = overall.value;
  const isUnavailable = errors.some(({ extensions }) => extensions?.code === 'DATABASE_UNAVAILABLE');
  return value === null ? isUnavailable : value.health?.database?.status === 'UNHEALTHY';
});

const databaseLostAt = signal<number | null>(null);

/** Since when values that the server sends as they change are the last known ones. Null: they are current. */
export const unconfirmedSince = computed(() => lostAt.value ?? databaseLostAt.value);

const alertsMax = 500;

const alertStore = computed(() =>
  storeOf({
    document: AlertsDocument,
    variables: { since: shownSince.value },
    live: [
      live({
        document: AlertLiveDocument,
        variables: (data: AlertsQuery) => ({ after: data.alerts?.liveCursor ?? null }),
        apply: (data, { alertEventBatches }): AlertsQuery => ({
          ...data,
          alerts: {
            liveCursor: data.alerts?.liveCursor ?? '',
            ...upsertNodes(
              data.alerts,
              alertEventBatches.map(({ alert }) => alert),
              { key: ({ alertId }) => alertId, max: alertsMax },
            ),
          },
        }),
      }),
    ],
  }),
);

export const alertReading = computed(() => alertStore.value.reading.value);

/** All alerts of the time range, and older ones that are still active; newest first. */
export const alerts: ReadonlySignal<readonly AlertSummaryFragment[]> = computed(() => {
  const data = alertReading.value.value;
  const recent = nodesOf(data?.alerts);
  const known = new Set(recent.map(({ alertId }) => alertId));
  const older = (data?.activeAlerts ?? []).filter(({ alertId }) => !known.has(alertId));
  return [...recent, ...older].sort((a, b) => b.raisedAt.localeCompare(a.raisedAt));
});

/** Neither acknowledged, silenced nor resolved. */
export const activeAlerts = computed(() => alerts.value.filter(({ status }) => status === 'ACTIVE'));

/** Reads both as long as the page exists. */
export function followOverall(): void {
  overallStore.use();
  let leave = (): void => {};
  effect(() => {
    const leaveNext = alertStore.value.use();
    leave();
    leave = leaveNext;
  });
  effect(() => {
    databaseLostAt.value = isDatabaseDown.value ? (databaseLostAt.peek() ?? Date.now()) : null;
  });
  effect(() => {
    const { value, at } = overall.value;
    const checkedAt = value?.health?.checkedAt;
    if (checkedAt !== undefined && at !== null) compareClocks(Date.parse(checkedAt), at);
    noteHealth(
      nodesOf(value?.hosts)
        .filter(({ status }) => status === 'ONLINE')
        .map(({ hostId, systemMetrics }) => [hostId, systemMetrics?.health ?? 'UNKNOWN']),
    );
  });
}

export function can(capability: string): boolean {
  return overall.value.value?.viewer?.capabilities.includes(capability) ?? false;
}

/** Milliseconds since a time of the server. */
export function msSince(instant: string): number {
  return Math.max(0, now.value + clockAheadMs.value - Date.parse(instant));
}

/** How long ago a time of the server is: `3 min ago`. @param never what there is without one. */
export function since(instant: string | null | undefined, never = 'never'): string {
  return instant === null || instant === undefined ? never : ago(msSince(instant));
}
