import type { Domain } from '../domain.ts';
import type { HistoryConfig } from './config.ts';
import { recordedGauges } from './graph.ts';
import { recordHistory } from './recorder.domain.ts';
import { retainedGaugeSamples } from './store.ts';

/** The stored history of every gauge whose domain declares it with `gaugeHistory`. Starts before the sources. */
export function historyDomain({ everyMs }: HistoryConfig): Domain {
  return {
    name: 'history',
    retained: [retainedGaugeSamples],
    async start({ database, journal, log }) {
      const recorder = recordHistory({
        db: database.kysely,
        gauges: journal.gauges,
        recorded: recordedGauges(),
        everyMs,
        log,
      });
      return {
        async stop() {
          await recorder[Symbol.asyncDispose]();
        },
      };
    },
  };
}
