import { retainedEntries } from '../../journal/retention.ts';
import type { Entry } from '../../journal/topic.ts';
import type { Domain } from '../domain.ts';
import { hostEvents, hostSampled, hostSeen, type HostSample } from './events.ts';
import './graph.ts';
import { hostInfo } from './figures.ts';
import { createRecorder, retainedSamples, readHealth, storeSample } from './store.ts';
import { hostSource } from './source.ts';

/** How often a sample goes into the history; also the pace while nobody watches. */
const recordEveryMs = 10_000;
const temperatureEveryMs = 3_000;

export interface HostOptions {
  readonly enabled: boolean;
  /** A path on the file system whose usage is reported. */
  readonly diskPath: string;
  /** Whether temperature sensors are read. */
  readonly temperature: boolean;
}

/** This machine: its processors, memory, disk and network, now and in the past. */
export function hostDomain({ enabled, diskPath, temperature }: HostOptions): Domain {
  return {
    name: 'host',
    retained: [retainedEntries(hostEvents.name), retainedSamples],
    async start({ hostId, database, journal, log }) {
      journal.gauges.put([{ topic: hostSeen, key: hostId, payload: await hostInfo(hostId) }]);
      if (!enabled) return {};
      const record = createRecorder(recordEveryMs * 0.9);
      let storing = Promise.resolve();
      const recording = journal.gauges.onPut((entries) => {
        for (const entry of entries) {
          const row = entry.topic === hostSampled.name ? record(entry as Entry<HostSample>) : null;
          if (row === null) continue;
          storing = storeSample(database.kysely, row).catch((error: unknown) =>
            log.debug({ err: error }, 'a sample is missing in the history'),
          );
        }
      });
      const source = hostSource({
        hostId,
        diskPath,
        temperature,
        backgroundMs: recordEveryMs,
        temperatureEveryMs,
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
