import type { GaugeHandler } from '../../journal/gauge-recorder.ts';
import type { Gauges } from '../../journal/gauges.ts';
import type { Gauge } from '../../journal/topic.ts';
import type { DomainContext } from '../domain.ts';
import { gpuSampled } from '../gpu/events.ts';
import { hostDescribed, hostReported, hostSampled, type HostReport } from './events.ts';
import { forgottenAfterMs, HostRegistry } from './registry.ts';
import { readReports, storeReports } from './store.ts';

const sweepEveryMs = 60_000;

export interface ReportedHosts {
  readonly handler: GaugeHandler<HostReport>;
  /** Makes the last reports readable. */
  start(context: DomainContext): Promise<void>;
}

/** Hosts that agents report. Their samples are values of the same gauges as those of this machine. */
export function reportedHosts(hostsMax: number): ReportedHosts {
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
      registry = new HostRegistry({ ownHostId: hostId, hostsMax });
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
