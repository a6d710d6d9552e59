import type { Source } from '../../sources/source.ts';
import { censusTaken, type Census } from './events.ts';

/** Asks whoever holds the sockets who is there. Nobody asks while nobody watches. */
export function connectionsSource(options: { hostId: string; census: () => Census }): Source {
  return {
    name: 'connections',
    feeds: [censusTaken.name],
    backgroundMs: null,
    timeoutMs: 1_000,
    sample: async () => ({
      gauges: [{ topic: censusTaken, key: options.hostId, payload: options.census() }],
    }),
  };
}
