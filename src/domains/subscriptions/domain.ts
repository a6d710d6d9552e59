import type { Domain } from '../domain.ts';
import type { Subscribed } from './events.ts';
import './graph.ts';
import { subscriptionsSource } from './source.ts';

/** What is subscribed to on this instance. */
export function subscriptionsDomain(count: () => Subscribed): Domain {
  return {
    name: 'subscriptions',
    start: async ({ hostId }) => ({ sources: [subscriptionsSource({ hostId, count })] }),
  };
}
