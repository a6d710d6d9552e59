import type { GaugeHandler } from '../../journal/gauge-recorder.ts';
import type { Gauges } from '../../journal/gauges.ts';
import type { Gauge } from '../../journal/topic.ts';
import type { Source } from '../../sources/source.ts';
import type { DomainContext } from '../domain.ts';
import { gpuSampled } from '../gpu/events.ts';
import { hostDescribed, hostReported, hostSampled, type HostReport } from './events.ts';
import { forgottenAfterMs, HostRegistry } from './registry.ts';
import { readReports, storeReports } from './store.ts';

const sweepEveryMs = 60_000;
/** How often reports that other instances have stored are read, and how far back, as clocks of instances differ. */
const readEveryMs = 10_000;
const readBackMs = 60_000;

export interface ReportedHosts {
  readonly handler: GaugeHandler<HostReport>;
  /** Makes the last reports readable. @returns the source of reports to other instances. */
  start(context: DomainContext): Promise<Source>;
}

/** Hosts that host agents report. Their samples are values of the same gauges as those of this machine. */
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

  const gaugesOf = (report: HostReport): readonly Gauge[] => [
    { topic: hostReported, key: report.hostId, payload: report, occurredAt: report.sample.sampledAt },
    ...derived(report),
  ];

  return {
    handler,
    async start({ hostId: ownHostId, database, journal }) {
      gauges = journal.gauges;
      const known = new HostRegistry({ ownHostId, hostsMax });
      registry = known;

      /** The reports that are newer than those that this instance has, which it then has. */
      async function readNewer(since: Date): Promise<readonly Gauge[]> {
        const reports = await readReports(database.kysely, since);
        const newer = reports.filter(({ hostId, sample }) => {
          // A host agent may have reported this machine before a server was started on it.
          if (hostId === ownHostId) return false;
          const own = journal.gauges.newest(hostReported, hostId)?.payload.sample.sampledAt ?? 0;
          return sample.sampledAt > own;
        });
        for (const report of newer) known.add(report);
        return newer.flatMap(gaugesOf);
      }

      journal.gauges.put(await readNewer(new Date(Date.now() - forgottenAfterMs)));
      return {
        name: 'reported-hosts',
        feeds: [],
        backgroundMs: readEveryMs,
        timeoutMs: readEveryMs,
        sample: async () => ({ gauges: await readNewer(new Date(Date.now() - readBackMs)) }),
      };
    },
  };
}
