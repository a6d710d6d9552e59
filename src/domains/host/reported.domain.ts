import type { Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { GaugeHandler } from '../../journal/gauge-recorder.ts';
import type { Gauge } from '../../journal/topic.ts';
import { CoalescedRefresh } from '../../lib/coalesced-refresh.ts';
import type { Source } from '../../sources/source.ts';
import type { DomainContext } from '../domain.ts';
import { gpuSampled } from '../gpu/events.ts';
import {
  hostDescribed,
  hostEvents,
  hostPresence,
  hostReported,
  hostSampled,
  type HostHealthChange,
  type HostReport,
} from './events.ts';
import { presenceChange, statusOf } from './presence.ts';
import { forgottenAfterMs, HostRegistry } from './registry.ts';
import { readPresence, readReports, storeReports } from './store.ts';

const sweepEveryMs = 60_000;
/** How often reports that other instances have stored are read, and how far back, as clocks of instances differ. */
const readEveryMs = 10_000;
const readBackMs = 60_000;
/** A longer time between two reads is an interruption: the database did not answer, or the process did not run. */
const interruptedAfterMs = 3 * readEveryMs;
/** Hosts whose events are stored in one transaction. The others follow with the next read. */
const changesMax = 500;

export interface ReportedHostsOptions {
  readonly reportedMax: number;
  readonly offlineAfterMs: number;
}

export interface ReportedHosts {
  readonly handler: GaugeHandler<HostReport>;
  /** Makes the last reports readable. */
  start(context: DomainContext): Promise<{
    /** Reads reports to other instances, and finds hosts that have become silent. */
    readonly source: Source;
    readonly stop: () => Promise<void>;
  }>;
}

/**
 * Hosts that host agents report. Their samples are values of the same gauges as those of this machine. A host that
 * becomes silent has an event, and another one when it reports again. What the table says decides about an event, in the
 * transaction that stores it, so instances that share the database, and a restarted one, store it once.
 */
export function reportedHosts({ reportedMax, offlineAfterMs }: ReportedHostsOptions): ReportedHosts {
  let own: { readonly context: DomainContext; readonly registry: HostRegistry } | null = null;
  let sweptAt = 0;
  /** The hosts that are offline, and since when. */
  const offline = new Map<string, number>();

  const presence = ({ hostId, receivedAt }: HostReport): Gauge => ({
    topic: hostPresence,
    key: hostId,
    payload: { hostId, offline: offline.has(hostId), receivedAt },
  });

  const derived = (report: HostReport): readonly Gauge[] => {
    const { hostId, info, sample, gpu } = report;
    return [
      { topic: hostDescribed, key: hostId, payload: info },
      { topic: hostSampled, key: hostId, payload: sample, occurredAt: sample.sampledAt },
      { topic: gpuSampled, key: hostId, payload: gpu, occurredAt: sample.sampledAt },
      presence(report),
    ];
  };

  function sweep(now: number): void {
    if (own === null || now - sweptAt <= sweepEveryMs) return;
    sweptAt = now;
    const topics = [hostReported, hostDescribed, hostSampled, gpuSampled, hostPresence];
    const gone = own.registry.sweep(now);
    for (const hostId of gone) offline.delete(hostId);
    own.context.journal.gauges.put(
      gone.flatMap((key) => topics.map((topic) => ({ topic, key, payload: null }))),
    );
  }

  const handler: GaugeHandler<HostReport> = {
    topic: hostReported,
    admit(reports) {
      sweep(Date.now());
      return own?.registry.admit(reports) ?? null;
    },
    store: (reports) =>
      storeReports(
        reports.map(({ payload }) => payload),
        (hostId) => own?.context.journal.gauges.newest(hostSampled, hostId)?.payload,
      ),
    derived: ({ payload }) => derived(payload),
  };

  const gaugesOf = (report: HostReport): readonly Gauge[] => [
    { topic: hostReported, key: report.hostId, payload: report, occurredAt: report.sample.sampledAt },
    ...derived(report),
  ];

  return {
    handler,
    async start(context) {
      const { hostId: ownHostId, database, journal, log } = context;
      const { gauges } = journal;
      const registry = new HostRegistry({ ownHostId, hostsMax: reportedMax });
      own = { context, registry };
      let since = Date.now();
      let readAt = since;

      /** The reports that are newer than those that this instance has, which it then has. */
      async function readNewer(from: Date): Promise<readonly Gauge[]> {
        const stored = await readReports(database.kysely, from);
        const newer = stored.filter(({ report: { hostId, sample } }) => {
          // A host agent may have reported this machine before a server was started on it.
          if (hostId === ownHostId) return false;
          return sample.sampledAt > (gauges.newest(hostReported, hostId)?.payload.sample.sampledAt ?? 0);
        });
        for (const { report, offlineAt } of newer) {
          registry.add(report);
          if (offlineAt !== null) offline.set(report.hostId, offlineAt);
        }
        return newer.flatMap(({ report }) => gaugesOf(report));
      }

      /** Stores the events of those of the hosts that have become silent or report again. */
      async function storeChanges(hostIds: readonly string[]): Promise<void> {
        if (hostIds.length === 0) return;
        const observation = { now: Date.now(), since, offlineAfterMs };
        const changes = async (db: Kysely<Database>, ids: readonly string[]) =>
          (await readPresence(db, ids)).flatMap((host) => presenceChange(host, observation) ?? []);
        const expected = await changes(database.kysely, hostIds); // without the lock of the log
        if (expected.length === 0) return;
        const changed = expected.slice(0, changesMax).map(({ key }) => key);
        await journal.log.transact(async (db) => ({ value: null, drafts: await changes(db, changed) }));
      }

      const reports = () => gauges.all(hostReported).map(({ payload }) => payload);
      const silent = (now: number): readonly string[] =>
        reports()
          .filter((one) => !offline.has(one.hostId) && statusOf(one, now, offlineAfterMs) === 'OFFLINE')
          .map(({ hostId }) => hostId);
      const isBack = ({ hostId, receivedAt }: HostReport): boolean =>
        receivedAt > (offline.get(hostId) ?? Number.POSITIVE_INFINITY);
      const back = (): readonly string[] =>
        reports()
          .filter(isBack)
          .map(({ hostId }) => hostId);

      const returning = new CoalescedRefresh(
        () => storeChanges(back()),
        (error) => log.warn({ err: error }, 'failed to store that hosts report again; retrying'),
      );
      const putting = gauges.onPut((entries, origin) => {
        if (origin === 'OTHER') {
          const reported = entries
            .filter(({ topic, key }) => topic === hostReported.name && key !== ownHostId)
            .map(({ payload }) => payload as HostReport);
          for (const report of reported) registry.add(report);
          gauges.put(reported.map(presence));
        }
        if (
          entries.some(({ topic, payload }) => topic === hostReported.name && isBack(payload as HostReport))
        )
          void returning.request();
      });
      const following = journal.log.onAppend((entries) => {
        const changed: Gauge[] = [];
        for (const { topic, key, occurredAt, payload } of entries) {
          if (topic !== hostEvents.name) continue;
          const { health, previousHealth } = payload as HostHealthChange;
          if (health === 'OFFLINE') offline.set(key, occurredAt);
          else if (previousHealth !== 'OFFLINE' || !offline.delete(key)) continue;
          const report = gauges.newest(hostReported, key)?.payload;
          if (report !== undefined) changed.push(presence(report));
        }
        gauges.put(changed);
      });

      gauges.put(await readNewer(new Date(since - forgottenAfterMs)));
      const source: Source = {
        name: 'reported-hosts',
        feeds: [],
        backgroundMs: Math.min(readEveryMs, Math.max(1_000, offlineAfterMs / 3)),
        timeoutMs: readEveryMs,
        async sample() {
          gauges.put(await readNewer(new Date(Date.now() - readBackMs)));
          const now = Date.now();
          if (now - readAt > interruptedAfterMs) since = now;
          readAt = now;
          sweep(now);
          await storeChanges([...back(), ...silent(now)]);
          return { gauges: [] };
        },
      };
      return {
        source,
        async stop() {
          putting[Symbol.dispose]();
          following[Symbol.dispose]();
          await returning.stop();
        },
      };
    },
  };
}
