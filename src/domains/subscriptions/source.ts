import type { Source } from '../../sources/source.ts';
import { subscribed, type Subscribed } from './events.ts';

/** Asks the fan-out what it serves. Nobody asks while nobody watches. */
export function subscriptionsSource(options: { hostId: string; count: () => Subscribed }): Source {
  return {
    name: 'subscriptions',
    feeds: [subscribed.name],
    backgroundMs: null,
    timeoutMs: 1_000,
    sample: async () => ({
      gauges: [{ topic: subscribed, key: options.hostId, payload: options.count() }],
    }),
  };
}
