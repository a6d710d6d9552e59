import type { Source } from '../../sources/source.ts';
import { monitorLookedAt, type MonitorLook } from './events.ts';

const timeoutMs = 5_000;

/** Has everything measured that the monitor shows, so that its readers get all of it at once. */
export function monitorSource(options: { hostId: string; look: () => Promise<MonitorLook> }): Source {
  return {
    name: 'monitor',
    feeds: [monitorLookedAt.name],
    backgroundMs: null,
    timeoutMs,
    sample: async () => ({
      gauges: [{ topic: monitorLookedAt, key: options.hostId, payload: await options.look() }],
    }),
  };
}
