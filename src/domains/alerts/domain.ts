import { retainedEntries } from '../../journal/retention.ts';
import type { Entry, Topic } from '../../journal/topic.ts';
import { CoalescedRefresh } from '../../lib/coalesced-refresh.ts';
import { polledGauge } from '../../sources/polled-gauge.ts';
import type { Source } from '../../sources/source.ts';
import { connectionsSampled } from '../server/events.ts';
import { databaseKey, databaseSampled } from '../database/events.ts';
import type { Domain, DomainContext } from '../domain.ts';
import { hostSampled, type HostSample } from '../host/events.ts';
import { providerStatusSampled, providerSummarySampled, type ProviderStatus } from '../providers/events.ts';
import { createEngine } from './engine.ts';
import {
  activeAlertsChanged,
  activeAlertsKey,
  activeAlertsMax,
  alertEvents,
  monitorLookedAt,
  resolvedAlert,
  systemEvents,
  type ActiveAlerts,
  type AlertDraft,
  type AlertEventPayload,
  type AlertRecord,
  type MonitorLook,
} from './events.ts';
import './events.graph.ts';
import './mutations.graph.ts';
import './producers.graph.ts';
import { MovingMean } from './moving-mean.ts';
import {
  alertOf,
  alertTable,
  countUnacknowledged,
  retainedAlerts,
  readActive,
  readDismissible,
  readLastOfRules,
} from './store.ts';
import { rules, type Limits, type ProviderReading, type Readings } from './rules.ts';

/** How often the rules are asked, also while nobody watches. */
const evaluateEveryMs = 5_000;
/** Samples of the host and the connections are cheap; a sample of the database takes a few statements. */
const hostEveryMs = 5_000;
const databaseEveryMs = 15_000;
const cpuWindowMs = 30_000;
/** A gauge that is older says nothing of now. */
const staleMs = 30_000;
/** Alerts that resolve themselves in one turn. */
const dismissMax = 500;
/** So long an alert that resolves itself is shown. */
const dismissAfterMs = 60_000;
const timeoutMs = 5_000;
/** Of what the monitor shows, what is younger is not measured again, and what takes longer is shown as it was. */
const monitored = { maxAgeMs: 50, patienceMs: 1_000 };
const hourMs = 3_600_000;

/** What needs attention: raised by the rules about this host, by producers and by other nouns. */
export function alertsDomain(limits: Limits): Domain {
  return {
    name: 'alerts',
    handlers: [alertTable],
    retained: [retainedEntries(alertEvents.name), retainedEntries(systemEvents.name), retainedAlerts],
    async start(context) {
      const { database, journal, log } = context;
      const db = database.kysely;
      const readings = watch(context);
      const engine = createEngine({ rules, limits, known: await readLastOfRules(db) });
      const readActiveAlerts = async (): Promise<ActiveAlerts> => ({
        alerts: await readActive(db, activeAlertsMax),
      });
      const put = (payload: ActiveAlerts): void =>
        journal.gauges.put([{ topic: activeAlertsChanged, key: activeAlertsKey, payload, urgent: true }]);
      let active = await readActiveAlerts();
      put(active);
      const refresh = new CoalescedRefresh(
        async () => put((active = await readActiveAlerts())),
        (error) => log.warn({ err: error }, 'the alerts cannot be read; trying again'),
      );
      let mayDismiss = true; // whether the table is worth a look

      const following = journal.log.onAppend((entries) => {
        const own = entries.filter(({ topic }) => topic === alertEvents.name);
        if (own.length === 0) return;
        for (const alert of (own as readonly Entry<AlertEventPayload>[]).map(alertOf)) {
          engine.learn(alert);
          mayDismiss ||= alert.autoDismiss && alert.resolvedAt === null;
        }
        void refresh.request();
      });

      async function dismissible(): Promise<readonly AlertRecord[]> {
        if (!mayDismiss) return [];
        mayDismiss = false; // what comes while we read sets it again
        const alerts = await readDismissible(db, dismissMax).catch((error: unknown) => {
          mayDismiss = true;
          throw error;
        });
        mayDismiss ||= alerts.length > 0;
        return alerts;
      }

      const source: Source = {
        name: 'alerts',
        feeds: [activeAlertsChanged.name],
        backgroundMs: evaluateEveryMs,
        timeoutMs,
        async sample() {
          const now = readings.now();
          return {
            // what could not be stored follows again at the next turn
            events: [...engine.evaluate(now), ...dismissals(await dismissible(), now.at)],
            // read when it is put: storing the events may have changed it
            get gauges() {
              return [{ topic: activeAlertsChanged, key: activeAlertsKey, payload: active }];
            },
          };
        },
      };
      return {
        sources: [
          source,
          polledGauge({
            name: 'monitor',
            topic: monitorLookedAt,
            key: context.hostId,
            read: () => monitorLook(context),
          }),
        ],
        async stop() {
          following[Symbol.dispose]();
          readings.stop();
          await refresh.stop();
        },
      };
    },
  };
}

function dismissals(alerts: readonly AlertRecord[], at: number): readonly AlertDraft[] {
  return alerts
    .filter(({ raisedAt }) => raisedAt + dismissAfterMs <= at)
    .map((alert) => resolvedAlert(alert, at, null));
}

/** Asks for what the rules look at, and puts the newest of it together. */
function watch({ hostId, journal: { gauges, demand } }: DomainContext): {
  now: () => Readings;
  stop: () => void;
} {
  const cpu = new MovingMean(cpuWindowMs);
  const undo = [
    demand.watch(hostSampled.name, hostEveryMs),
    demand.watch(connectionsSampled.name, evaluateEveryMs),
    demand.watch(databaseSampled.name, databaseEveryMs),
    gauges.onPut((entries) => {
      for (const entry of entries) {
        if (entry.topic !== hostSampled.name || entry.key !== hostId) continue;
        const { sampledAt, cpu: figures } = (entry as Entry<HostSample>).payload;
        cpu.add(sampledAt, figures.percent);
      }
    }),
  ];

  function fresh<Payload>(topic: Topic<Payload, 'LATEST'>, key: string, now: number): Payload | null {
    const newest = gauges.newest(topic, key);
    return newest === undefined || now - newest.recordedAt > staleMs ? null : newest.payload;
  }

  return {
    now() {
      const at = Date.now();
      const connections = fresh(connectionsSampled, hostId, at);
      return {
        at,
        hostId,
        cpuPercent: cpu.at(at),
        memoryPercent: fresh(hostSampled, hostId, at)?.memory.percent ?? null,
        dbPoolRatio: fresh(databaseSampled, databaseKey, at)?.connection.poolUtilization ?? null,
        failedAttempts: connections?.failedAttempts ?? null,
        http:
          connections === null
            ? null
            : { requests: connections.httpRequests, meanMs: connections.httpResponseMs },
        providers: gauges.all(providerStatusSampled).map(({ payload }) => providerReading(payload, at)),
      };
    },
    stop() {
      for (const one of undo) one[Symbol.dispose]();
    },
  };
}

function providerReading(provider: ProviderStatus, at: number): ProviderReading {
  const { name, status, rateLimit, highAt, lastSuccessAt } = provider;
  return {
    name,
    offline: status === 'UNKNOWN' ? null : status === 'OFFLINE',
    // The gauge is put when something happens; a limit begins anew without anything happening.
    usagePercent: rateLimit === null ? null : at < rateLimit.resetAt ? rateLimit.percentage : 0,
    goodSinceHigh:
      status === 'UNKNOWN' || highAt === null || (lastSuccessAt !== null && lastSuccessAt > highAt),
  };
}

/** Measures what the monitor shows, so that its readers get all of it at once. */
async function monitorLook({ journal, database, log }: DomainContext): Promise<MonitorLook> {
  const [unacknowledgedAlerts] = await Promise.all([
    countUnacknowledged(database.kysely, new Date(Date.now() - hourMs)).catch((error: unknown) => {
      log.debug({ err: error }, 'alerts cannot be counted');
      return null;
    }),
    ...[providerSummarySampled, connectionsSampled].map(({ name }) =>
      journal.demand.refresh(name, monitored.maxAgeMs, monitored.patienceMs),
    ),
  ]);
  return { sampledAt: Date.now(), unacknowledgedAlerts: unacknowledgedAlerts ?? null };
}
