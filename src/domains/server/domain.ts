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
import { mergeConnections, mergeSubscriptions } from './merged-stats.ts';
import './rule-fields.graph.ts';

/** Longer than a process that hangs is awaited. */
const timeoutMs = 3_000;

/** Statistics that other rooms collect. */
export interface ServerStats {
  /** Of each process that serves the same clients. */
  readonly connections: () => Promise<readonly ConnectionStats[]>;
  readonly subscriptions: () => Promise<readonly SubscriptionStats[]>;
  readonly instances: () => PayloadOf<typeof instancesSampled>;
}

/** This server: its configuration, health, sources, connections and subscriptions, and the other instances. */
export function serverDomain({
  connections,
  subscriptions,
  instances,
  backgroundMs,
}: ServerStats & {
  /** The interval of samples without readers, for the history; null: another process stores it. */
  readonly backgroundMs: number | null;
}): Domain {
  return {
    name: 'server',
    start: async ({ hostId: key }) => ({
      sources: [
        polledGauge({
          name: 'connections',
          topic: connectionsSampled,
          key,
          read: async () => mergeConnections(await connections()),
          backgroundMs,
          timeoutMs,
        }),
        polledGauge({
          name: 'subscriptions',
          topic: subscriptionsSampled,
          key,
          read: async () => mergeSubscriptions(await subscriptions()),
          backgroundMs,
          timeoutMs,
        }),
        polledGauge({ name: 'instances', topic: instancesSampled, key, read: instances, timeoutMs }),
      ],
    }),
  };
}
