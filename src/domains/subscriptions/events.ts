import { latest, type Delivery } from '../../journal/topic.ts';

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
