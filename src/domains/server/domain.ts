import { polledGauge } from '../../sources/polled-gauge.ts';
import type { PayloadOf } from '../../journal/topic.ts';
import type { Domain } from '../domain.ts';
import './connections.graph.ts';
import {
  connectionsSampled,
  instancesSampled,
  subscriptionsSampled,
  type ConnectionStats,
  type SubscriptionStats,
} from './events.ts';
import './graph.ts';
import './instances.graph.ts';
import './subscriptions.graph.ts';
import './history.graph.ts';
import './rule-fields.graph.ts';

const timeoutMs = 1_000;

/** Statistics that other rooms collect. */
export interface ServerStats {
  readonly connections: () => ConnectionStats;
  readonly subscriptions: () => SubscriptionStats;
  readonly instances: () => PayloadOf<typeof instancesSampled>;
}

/** This server: its configuration, health, sources, connections and subscriptions, and the other instances. */
export function serverDomain({
  connections,
  subscriptions,
  instances,
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
        polledGauge({ name: 'instances', topic: instancesSampled, key, read: instances, timeoutMs }),
      ],
    }),
  };
}
