import { polledGauge } from '../../sources/polled-gauge.ts';
import type { Domain } from '../domain.ts';
import './connections.graph.ts';
import { censusTaken, subscribed, type Census, type Subscribed } from './events.ts';
import './graph.ts';
import './subscriptions.graph.ts';

const timeoutMs = 1_000;

/** What the server says of itself: how it is configured, who is connected to it, and what is subscribed to. */
export function serverDomain(counted: { census: () => Census; subscribed: () => Subscribed }): Domain {
  return {
    name: 'server',
    // nobody counts while nobody watches
    start: async ({ hostId: key }) => ({
      sources: [
        polledGauge({ name: 'connections', topic: censusTaken, key, read: counted.census, timeoutMs }),
        polledGauge({ name: 'subscriptions', topic: subscribed, key, read: counted.subscribed, timeoutMs }),
      ],
    }),
  };
}
