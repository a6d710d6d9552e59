import { retainedEntries } from '../../journal/retention.ts';
import type { Entry, Topic } from '../../journal/topic.ts';
import { CoalescedRefresh } from '../../lib/coalesced-refresh.ts';
import { polledGauge } from '../../sources/polled-gauge.ts';
import type { Source } from '../../sources/source.ts';
import { databaseKey, databaseSampled } from '../database/events.ts';
import type { Domain, DomainContext } from '../domain.ts';
import { hostPresence, hostSampled, type HostSample } from '../host/events.ts';
import { providerStatusSampled, providerSummarySampled, type ProviderStatus } from '../providers/events.ts';
import { connectionsSampled } from '../server/events.ts';
import './alert-events.graph.ts';
import './alert-rule-mutations.graph.ts';
import { alertRuleEvents } from './alert-rules.events.ts';
import { storeConfiguredRules } from './alert-rules.store.ts';
import type { AlertLimits } from './config.ts';
import { configuredRules } from './configured-rules.ts';
import {
  activeAlertsChanged,
  activeAlertsKey,
  activeAlertsMax,
  alertEvents,
  monitorSampled,
  resolvedAlert,
  systemEvents,
  type ActiveAlerts,
  type AlertDraft,
  type AlertEventPayload,
  type AlertRecord,
  type MonitorSample,
} from './events.ts';
import './links.graph.ts';
import './monitor.graph.ts';
import { MovingMean } from './moving-mean.ts';
import './mutations.graph.ts';
import { RuleEvaluator } from './rule-evaluator.ts';
import { startRules } from './rule-runner.domain.ts';
import {
  cpuWindowMs,
  hostOffline,
  rules,
  type ProviderReading,
  type Readings,
  type ReportedHostReading,
} from './rules.ts';
import { readActive } from './list.store.ts';
import {
  alertOf,
  alertTable,
  countUnacknowledged,
  readDismissible,
  readLastRuleAlerts,
  retainedAlerts,
} from './store.ts';
import './silence-mutations.graph.ts';
import { followSilences } from './silences.domain.ts';
import { silenceEvents } from './silences.events.ts';
import { retainedSilences } from './silences.store.ts';
import './system-events.graph.ts';

/** Interval of the rules, also without subscribers. */
const evaluateEveryMs = 5_000;
/** Samples of the host and the connections are cheap; a sample of the database takes a few statements. */
const hostEveryMs = 5_000;
const databaseEveryMs = 15_000;
/** An older gauge is treated as unknown. */
const staleMs = 30_000;
/** Alerts that one evaluation resolves because of `autoDismiss`. */
const dismissMax = 500;
const dismissAfterMs = 60_000;
const timeoutMs = 5_000;
/** Gauges of the monitor that are older are sampled again, unless that takes too long. */
const monitorMaxAgeMs = 50;
const monitorWaitMs = 1_000;
const hourMs = 3_600_000;

export interface AlertsOptions extends AlertLimits {
  /** The interval of samples of the monitor without readers, for the history. */
  readonly historyMs: number;
}

/**
 * Alerts of rules about this host and the providers, of producers, and of other domains. The source `alerts` evaluates
 * the configured rules and resolves alerts with `autoDismiss`; the gauge of active alerts is read again after each event.
 */
export function alertsDomain({ historyMs, ...limits }: AlertsOptions): Domain {
  return {
    name: 'alerts',
    handlers: [alertTable],
    retained: [
      ...[alertEvents, systemEvents, silenceEvents, alertRuleEvents].map(({ name }) => retainedEntries(name)),
      retainedAlerts,
      retainedSilences,
    ],
    async start(context) {
      const { database, hostId, journal, log } = context;
      const db = database.kysely;
      const readings = readingsOf(context);
      const last = await readLastRuleAlerts(db);
      const evaluator = new RuleEvaluator(rules, limits, last.alerts, last.forgotten);
      await storeConfiguredRules(db, configuredRules(limits, Date.now()));
      let active: ActiveAlerts = { alerts: [] };
      const gauge = (urgent: boolean) => ({
        topic: activeAlertsChanged,
        key: activeAlertsKey,
        payload: active,
        urgent,
      });
      async function readGauge(): Promise<void> {
        active = { alerts: await readActive(db, activeAlertsMax) };
        journal.gauges.put([gauge(true)]);
      }
      await readGauge();
      const refresh = new CoalescedRefresh(readGauge, (error) =>
        log.warn({ err: error }, 'failed to read the active alerts; retrying'),
      );
      const runner = await startRules(context, evaluator);
      let mayDismiss = true; // whether the table may contain alerts to resolve

      const following = journal.log.onAppend((entries) => {
        const own = entries.filter(({ topic }) => topic === alertEvents.name);
        if (own.length === 0) return;
        for (const alert of (own as readonly Entry<AlertEventPayload>[]).map(alertOf)) {
          evaluator.update(alert);
          mayDismiss ||= alert.autoDismiss && alert.resolvedAt === null;
        }
        void refresh.request();
      });

      async function dismissals(at: number): Promise<readonly AlertDraft[]> {
        if (!mayDismiss) return [];
        mayDismiss = false; // an alert that is raised during the read sets it again
        const alerts = await readDismissible(db, dismissMax).catch((error: unknown) => {
          mayDismiss = true;
          throw error;
        });
        mayDismiss ||= alerts.length > 0;
        return alerts
          .filter(({ raisedAt }) => raisedAt + dismissAfterMs <= at)
          .map((alert) => resolvedAlert(alert, at, null));
      }

      const source: Source = {
        name: 'alerts',
        feeds: [activeAlertsChanged.name],
        backgroundMs: evaluateEveryMs,
        timeoutMs,
        async sample() {
          const now = readings.now(evaluator.open(hostOffline));
          return {
            // events that could not be stored are returned again by the next sample
            events: [...evaluator.evaluate(now), ...(await dismissals(now.at))],
            // a getter, because storing the events may change the active alerts
            get gauges() {
              return [gauge(false)];
            },
          };
        },
      };
      const silences = followSilences(context);
      const read = (): Promise<MonitorSample> => sampleMonitor(context);
      return {
        sources: [
          source,
          runner.source,
          polledGauge({ name: 'monitor', topic: monitorSampled, key: hostId, read, backgroundMs: historyMs }),
        ],
        async stop() {
          following[Symbol.dispose]();
          readings.stop();
          await runner.stop();
          await silences.stop();
          await refresh.stop();
        },
      };
    },
  };
}

/** Requests the gauges that the rules evaluate, and returns their newest values. */
function readingsOf({ hostId, journal: { gauges, demand } }: DomainContext): {
  now: (offlineHosts: readonly AlertRecord[]) => Readings;
  stop: () => void;
} {
  const cpu = new MovingMean(cpuWindowMs);
  const resources = [
    demand.watch(hostSampled.name, hostEveryMs),
    demand.watch(connectionsSampled.name, evaluateEveryMs),
    demand.watch(databaseSampled.name, databaseEveryMs),
    gauges.onPut((entries) => {
      for (const entry of entries) {
        if (entry.topic !== hostSampled.name || entry.key !== hostId) continue;
        const { payload } = entry as Entry<HostSample>;
        cpu.add(payload.sampledAt, payload.cpu.usedPercent);
      }
    }),
  ];

  function fresh<Payload>(topic: Topic<Payload, 'LATEST'>, key: string, now: number): Payload | null {
    const newest = gauges.newest(topic, key);
    return newest === undefined || now - newest.recordedAt > staleMs ? null : newest.payload;
  }

  /** The alerts about hosts that are no longer known are resolved. */
  function hostsOf(alerts: readonly AlertRecord[]): readonly ReportedHostReading[] {
    const known = gauges.all(hostPresence).map(({ payload }) => payload);
    const gone = alerts.filter(({ subject }) => !gauges.has(hostPresence.name, subject));
    return [...known, ...gone.map(({ subject }) => ({ hostId: subject, offline: false, receivedAt: 0 }))];
  }

  return {
    now(offlineHosts) {
      const at = Date.now();
      const connections = fresh(connectionsSampled, hostId, at);
      return {
        at,
        hostId,
        cpuPercent: cpu.at(at),
        memoryPercent: fresh(hostSampled, hostId, at)?.memory.usedPercent ?? null,
        dbPoolRatio: fresh(databaseSampled, databaseKey, at)?.connection.poolUsedRatio ?? null,
        failedAttemptCount: connections?.failedAttemptCount ?? null,
        http: connections && { requests: connections.httpRequestCount, meanMs: connections.httpResponseMs },
        providers: gauges.all(providerStatusSampled).map(({ payload }) => providerReading(payload, at)),
        reportedHosts: hostsOf(offlineHosts),
      };
    },
    stop() {
      for (const resource of resources) resource[Symbol.dispose]();
    },
  };
}

function providerReading(provider: ProviderStatus, at: number): ProviderReading {
  const { name, status, rateLimit, highAt, lastSuccessAt } = provider;
  return {
    name,
    offline: status === 'UNKNOWN' ? null : status === 'OFFLINE',
    // A limit is reset without an event, so the gauge may contain the usage before the reset.
    usagePercent: rateLimit === null ? null : at < rateLimit.resetAt ? rateLimit.percentage : 0,
    goodSinceHigh:
      status === 'UNKNOWN' || highAt === null || (lastSuccessAt !== null && lastSuccessAt > highAt),
  };
}

/** Requests fresh samples of the other gauges that the monitor shows, too, so that its readers get all of them together. */
async function sampleMonitor({ journal, database, log }: DomainContext): Promise<MonitorSample> {
  const [unacknowledgedAlertCount] = await Promise.all([
    countUnacknowledged(database.kysely, new Date(Date.now() - hourMs)).catch((error: unknown) => {
      log.debug({ err: error }, 'failed to count the unacknowledged alerts');
      return null;
    }),
    ...[providerSummarySampled, connectionsSampled].map(({ name }) =>
      journal.demand.refresh(name, monitorMaxAgeMs, monitorWaitMs),
    ),
  ]);
  return { sampledAt: Date.now(), unacknowledgedAlertCount };
}
