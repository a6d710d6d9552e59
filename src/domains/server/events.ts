import type {
  EndpointCounts,
  GroupStats,
  Instance,
  OpenSocket,
  TopicLatency,
} from '../../graph/server-stats.ts';
import { latest } from '../../journal/topic.ts';

/** The sockets that are open now, and counts of connections and requests of this process. */
export interface ConnectionStats {
  /** Unix milliseconds. */
  readonly sampledAt: number;
  /** From a value's arrival in the journal to its writing, mean of the last 60 s; null if nothing was written. */
  readonly messageLatencyMs: number | null;
  /** HTTP requests of the last 60 s, without event streams, health probes and metrics scrapes. */
  readonly httpRequestCount: number;
  /** From a request's arrival to its response, mean of the last 60 s; null without requests. */
  readonly httpResponseMs: number | null;
  /** Connections of the last 60 s that were rejected, or closed for a missing pong or a wrong credential. */
  readonly failedAttemptCount: number;
  readonly sockets: readonly OpenSocket[];
  readonly endpoints: readonly EndpointCounts[];
}

/** Keyed by host id. */
export const connectionsSampled = latest<ConnectionStats>('connections.sampled');

/** The subscriptions of this process. */
export interface SubscriptionStats {
  /** Unix milliseconds. */
  readonly sampledAt: number;
  readonly groups: readonly GroupStats[];
  readonly stages: readonly TopicLatency[];
  readonly ends: readonly EndCount[];
  /** Connections to which nothing is written until their clients have read what was sent. */
  readonly parkedCount: number;
  /** Handshakes in the queue. */
  readonly waitingCount: number;
  /** Size of the cached messages of events. */
  readonly cachedBytes: number;
}

/** Subscriptions that have ended for this reason since the process started. */
export interface EndCount {
  readonly reason: string;
  readonly count: number;
}

/** Keyed by host id. */
export const subscriptionsSampled = latest<SubscriptionStats>('subscriptions.sampled');

/** The processes on this database. Keyed by host id. */
export const instancesSampled = latest<readonly Instance[]>('instances.sampled');
