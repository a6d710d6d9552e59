import type { Delivery } from '../journal/topic.ts';
import type { HistogramSnapshot } from '../lib/histogram.ts';

/**
 * Statistics of this process. `websocket` and `delivery` collect them; the domain `server` and the metrics show them.
 * Instants are Unix milliseconds.
 */

/** An open WebSocket. */
export interface OpenSocket {
  readonly id: string;
  readonly dialect: string;
  readonly path: string;
  readonly address: string;
  readonly subject: string;
  readonly userAgent: string | null;
  readonly openedAt: number;
  /** Messages from the client. */
  readonly received: number;
  /** Messages to the client. */
  readonly sent: number;
  /** From the last ping to its pong; null before the first pong. */
  readonly latencyMs: number | null;
  /** When the last pong or message arrived; null before the first. */
  readonly lastReceivedAt: number | null;
}

/** Sockets of one WebSocket endpoint. Counts without another note are since the process started. */
export interface EndpointCounts {
  readonly dialect: string;
  readonly path: string;
  /** Open now. */
  readonly open: number;
  /** Mean of the last ping-to-pong time of each open socket; null without a measurement. */
  readonly avgLatencyMs: number | null;
  /** Ping to pong. */
  readonly pings: HistogramSnapshot;
  readonly accepted: number;
  readonly refused: number;
  readonly reconnectionCount: number;
  /** Messages from clients, including those of closed sockets. */
  readonly received: number;
  readonly sent: number;
}

/** Subscriptions with the same document, variables, view and encoding. */
export interface GroupStats {
  /** The same for the same document, variables, view and encoding. */
  readonly id: string;
  /** The root field. */
  readonly field: string;
  /** The normalized document: without names, layout and cursor. */
  readonly document: string;
  readonly encoding: string;
  readonly delivery: Delivery;
  readonly members: number;
  /** Entries in memory that the slowest subscriber has not received yet, at most `lagMax`. */
  readonly lag: number;
  /** Subscribers that are so far behind that they read the database. */
  readonly reading: number;
  /** Gauge values that a newer value replaced before a subscriber received them. */
  readonly skipped: number;
  /** Entries that were executed. */
  readonly executed: number;
}

/** How long the entries of a topic took, means of the last 60 s, milliseconds; null without entries. */
export interface TopicLatency {
  readonly topic: string;
  /** Entries that arrived in the last 60 s. */
  readonly entries: number;
  /** From when it happened, as reported by its source, to its arrival in the journal. */
  readonly collectedMs: number | null;
  /** From its arrival to its result for a group. */
  readonly executedMs: number | null;
  /** From its arrival to the end of the tick in which a subscriber's frame was written. */
  readonly writtenMs: number | null;
  /** Frames written in the last 60 s. */
  readonly written: number;
}

/**
 * STARTING: not ready yet. READY: serves clients. DRAINING: closes its sockets, and holds no lease. GONE: has not
 * reported for five seconds.
 */
export type InstanceState = 'STARTING' | 'READY' | 'DRAINING' | 'GONE';

/** POSTGRES: notifications. IPC: another process on the same machine. REDIS: a stream. */
export type NewsCarrier = 'POSTGRES' | 'IPC' | 'REDIS';

/** A process that serves this database. Times are Unix milliseconds by the clock of the database. */
export interface Instance {
  readonly instanceId: string;
  readonly hostId: string;
  readonly version: string;
  readonly state: InstanceState;
  readonly startedAt: number;
  /** When it last reported. */
  readonly seenAt: number;
  /** Open WebSockets. */
  readonly connectionCount: number;
  /** Open subscriptions of GraphQL clients and old feeds. */
  readonly subscriptionCount: number;
  /** Position of the newest event that its readers can see. */
  readonly position: number;
  /** Whether news of all other instances arrive; otherwise it polls. */
  readonly notified: boolean;
  /** What brings the news of other instances to it. */
  readonly carrier: NewsCarrier;
  /** Where it sends its own news: `POSTGRES`, or the name of a stream. Null: it cannot send any at the moment. */
  readonly sendsTo: string | null;
  /** Names of the leases that it holds. */
  readonly leases: readonly string[];
}
