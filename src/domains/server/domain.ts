import { polledGauge } from '../../sources/polled-gauge.ts';
import type { Domain } from '../domain.ts';
import './connections.graph.ts';
import {
  connectionsSampled,
  subscriptionsSampled,
  type ConnectionStats,
  type SubscriptionStats,
} from './events.ts';
import './graph.ts';
import './subscriptions.graph.ts';
import './history.graph.ts';
import './rule-fields.graph.ts';

const timeoutMs = 1_000;

/** Statistics that other rooms collect. */
export interface ServerStats {
  readonly connections: () => ConnectionStats;
  readonly subscriptions: () => SubscriptionStats;
}

/** This server: its configuration, health, sources, connections and subscriptions. */
export function serverDomain({
  connections,
  subscriptions,
  backgroundMs,
}: ServerStats & {
  /** The interval of samples without readers, for the history. */
  readonly backgroundMs: number;
}): Domain {
  return {
    name: 'server',
    start: async ({ hostId: key }) => ({
      sources: [
        polledGauge({
          name: 'connections',
          topic: connectionsSampled,
          key,
          read: connections,
          backgroundMs,
          timeoutMs,
        }),
        polledGauge({
          name: 'subscriptions',
          topic: subscriptionsSampled,
          key,
          read: subscriptions,
          backgroundMs,
          timeoutMs,
        }),
      ],
    }),
  };
}
