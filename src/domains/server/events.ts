import { latest, type Delivery } from '../../journal/topic.ts';

/** Everything that is connected now, and what each path has seen since the process started. */
export interface Census {
  /** Unix milliseconds. */
  readonly sampledAt: number;
  /** From a value's arrival to its writing, mean of the last 60 s; null when nothing was written. */
  readonly messageLatencyMs: number | null;
  /** HTTP requests answered in the last 60 s; streams, probes and scrapes aside. */
  readonly httpRequests: number;
  /** From a request's arrival to its answer, mean of the last 60 s; null without any. */
  readonly httpResponseMs: number | null;
  /** Connections of the last 60 s that were refused, or ended for want of a pong or of a right credential. */
  readonly failedAttempts: number;
  readonly sockets: readonly OpenSocket[];
  readonly endpoints: readonly EndpointCount[];
}

export interface OpenSocket {
  readonly id: string;
  readonly dialect: string;
  readonly path: string;
  readonly address: string;
  readonly subject: string;
  readonly userAgent: string | null;
  /** Unix milliseconds. */
  readonly openedAt: number;
  readonly received: number;
  readonly sent: number;
  readonly latencyMs: number | null;
  /** Unix milliseconds of its last pong or message; null before the first. */
  readonly heardAt: number | null;
}

export interface EndpointCount {
  readonly dialect: string;
  readonly path: string;
  readonly open: number;
  /** Ping to pong, mean of the last measurement of each that is open; null without any. */
  readonly meanLatencyMs: number | null;
  readonly accepted: number;
  readonly refused: number;
  readonly reconnections: number;
}

export const censusTaken = latest<Census>('connections.census');

/** What is subscribed to on this instance, and how it goes. */
export interface Subscribed {
  /** Unix milliseconds. */
  readonly sampledAt: number;
  readonly groups: readonly SubscriptionGroup[];
  readonly stages: readonly TopicStages[];
  readonly ends: readonly EndCount[];
  /** Connections that are not written to until their clients have read what they were sent. */
  readonly parked: number;
  /** Newcomers that wait for their turn. */
  readonly waiting: number;
  /** Frames of events that are kept for readers near each other, bytes. */
  readonly rememberedBytes: number;
}

export interface SubscriptionGroup {
  readonly id: string;
  readonly field: string;
  readonly document: string;
  readonly encoding: string;
  readonly delivery: Delivery;
  readonly members: number;
  readonly lag: number;
  readonly reading: number;
  readonly skipped: number;
  readonly executed: number;
}

export interface TopicStages {
  readonly topic: string;
  readonly entries: number;
  readonly collectedMs: number | null;
  readonly executedMs: number | null;
  readonly writtenMs: number | null;
  readonly written: number;
}

export interface EndCount {
  readonly reason: string;
  readonly count: number;
}

export const subscribed = latest<Subscribed>('subscriptions.census');
