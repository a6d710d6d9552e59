import { retainedEntries } from '../../journal/retention.ts';
import type { GaugeHandler } from '../../journal/gauge-recorder.ts';
import type { Gauges } from '../../journal/gauges.ts';
import type { Entry, Gauge } from '../../journal/topic.ts';
import type { Domain, DomainContext } from '../domain.ts';
import { gpuSampled } from '../gpu/events.ts';
import {
  hostDescribed,
  hostEvents,
  hostReported,
  hostSampled,
  type HostReport,
  type HostSample,
} from './events.ts';
import './graph.ts';
import './report.graph.ts';
import { forgottenAfterMs, HostRegistry } from './registry.ts';
import { readHostInfo } from './host-info.ts';
import { hostSource } from './source.ts';
import {
  historyRecorder,
  readHealth,
  readReports,
  retainedReports,
  retainedSamples,
  storeReports,
  storeSample,
} from './store.ts';
import './rule-fields.graph.ts';

/** The interval of the stored history; also the interval of samples without readers. */
const recordEveryMs = 10_000;

export interface HostOptions {
  readonly enabled: boolean;
  /** A path on the file system whose usage is reported. */
  readonly diskPath: string;
  /** Whether temperature sensors are read. */
  readonly temperature: boolean;
  /** Limit on the hosts that agents report. */
  readonly reportedMax: number;
}

const sweepEveryMs = 60_000;

/** Hosts that agents report. Their samples are values of the same gauges as those of this machine. */
function reportedHosts(reportedMax: number) {
  let gauges: Gauges | null = null;
  let registry: HostRegistry | null = null;
  let sweptAt = 0;

  const derived = ({ hostId, info, sample, gpu }: HostReport): readonly Gauge[] => [
    { topic: hostDescribed, key: hostId, payload: info },
    { topic: hostSampled, key: hostId, payload: sample, occurredAt: sample.sampledAt },
    { topic: gpuSampled, key: hostId, payload: gpu, occurredAt: sample.sampledAt },
  ];

  const handler: GaugeHandler<HostReport> = {
    topic: hostReported,
    admit(reports) {
      const now = Date.now();
      if (now - sweptAt > sweepEveryMs) {
        sweptAt = now;
        const topics = [hostReported, hostDescribed, hostSampled, gpuSampled];
        const gone = registry?.sweep(now) ?? [];
        gauges?.put(gone.flatMap((key) => topics.map((topic) => ({ topic, key, payload: null }))));
      }
      return registry?.admit(reports) ?? null;
    },
    store: (reports) =>
      storeReports(
        reports.map(({ payload }) => payload),
        (hostId) => gauges?.newest(hostSampled, hostId)?.payload,
      ),
    derived: ({ payload }) => derived(payload),
  };

  return {
    handler,
    async start({ hostId, database, journal }: DomainContext): Promise<void> {
      gauges = journal.gauges;
      registry = new HostRegistry({ ownHostId: hostId, hostsMax: reportedMax });
      const known = await readReports(database.kysely, new Date(Date.now() - forgottenAfterMs));
      for (const report of known) {
        if (report.hostId === hostId) continue; // an agent reported this machine before the server was started on it
        registry.add(report);
        gauges.put([
          { topic: hostReported, key: report.hostId, payload: report, occurredAt: report.sample.sampledAt },
          ...derived(report),
        ]);
      }
    },
  };
}

/** This machine and those that agents report: samples of processors, memory, disk, network and temperature, their history, and health events. */
export function hostDomain({ enabled, diskPath, temperature, reportedMax }: HostOptions): Domain {
  const reported = reportedHosts(reportedMax);
  return {
    name: 'host',
    gaugeHandlers: [reported.handler],
    retained: [retainedEntries(hostEvents.name), retainedSamples, retainedReports],
    async start(context) {
      const { hostId, database, journal, log } = context;
      journal.gauges.put([{ topic: hostDescribed, key: hostId, payload: await readHostInfo(hostId) }]);
      await reported.start(context);
      if (!enabled) return {};
      const record = historyRecorder(recordEveryMs * 0.9);
      let storing = Promise.resolve();
      const recording = journal.gauges.onPut((entries) => {
        for (const entry of entries) {
          if (entry.topic !== hostSampled.name || entry.key !== hostId) continue;
          const row = record((entry as Entry<HostSample>).payload);
          if (row === null) continue;
          storing = storeSample(database.kysely, row).catch((error: unknown) =>
            log.debug({ err: error }, 'a sample of the host was not stored in its history'),
          );
        }
      });
      const source = hostSource({
        hostId,
        diskPath,
        temperature,
        backgroundMs: recordEveryMs,
        health: await readHealth(database.kysely, hostId),
      });
      return {
        sources: [source],
        async stop() {
          recording[Symbol.dispose]();
          await storing;
        },
      };
    },
  };
}
