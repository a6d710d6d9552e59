import { retainedEntries } from '../../journal/retention.ts';
import type { Entry } from '../../journal/topic.ts';
import type { Domain } from '../domain.ts';
import { hostDescribed, hostEvents, hostReported, hostSampled, type HostSample } from './events.ts';
import './graph.ts';
import './history.graph.ts';
import './links.graph.ts';
import './report.graph.ts';
import { readHostInfo } from './host-info.ts';
import { reportedHosts } from './reported.domain.ts';
import { hostSource } from './source.ts';
import {
  historyRecorder,
  presenceTable,
  readHealth,
  retainedReports,
  retainedSamples,
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
  /** Limit on the hosts that host agents report. */
  readonly reportedMax: number;
  /** How long a reported host may at least be silent. */
  readonly offlineAfterMs: number;
}

/**
 * This machine, and those that host agents report: samples of processors, memory, disk, network and temperature, their
 * history, health events of this machine, and events of the others when they become silent and report again.
 */
export function hostDomain({ enabled, diskPath, temperature, ...limits }: HostOptions): Domain {
  const reported = reportedHosts(limits);
  return {
    name: 'host',
    handlers: [presenceTable],
    shared: [hostDescribed, hostSampled, hostReported],
    gaugeHandlers: [reported.handler],
    retained: [retainedEntries(hostEvents.name), retainedSamples, retainedReports],
    async start(context) {
      const { hostId, database, journal, log } = context;
      journal.gauges.put([{ topic: hostDescribed, key: hostId, payload: await readHostInfo(hostId) }]);
      const others = await reported.start(context);
      if (!enabled) return { sources: [others.source], stop: others.stop };
      const record = historyRecorder(recordEveryMs * 0.9);
      let storing = Promise.resolve();
      const recording = journal.gauges.onPut((entries, origin) => {
        if (origin === 'OTHER') return; // the instance that took the sample stores it
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
        sources: [source, others.source],
        async stop() {
          await others.stop();
          recording[Symbol.dispose]();
          await storing;
        },
      };
    },
  };
}
