import type { Delivery } from '../journal/topic.ts';
import type { Operation } from '../engine/operation.ts';
import type { EntryExecutor } from './entry-executor.ts';
import type { Group } from './group.ts';
import type { GroupStats, TopicLatency } from '../graph/server-stats.ts';
import type { GroupMemory } from './subscription-memory.ts';
import { createHash } from 'node:crypto';

export interface DeliveryStats {
  readonly groups: readonly GroupStats[];
  readonly latency: readonly TopicLatency[];
  readonly fields: readonly FieldStats[];
  /** Number of subscriptions that have ended since the process started, by reason. */
  readonly ends: ReadonlyMap<string, number>;
  /** Size of the cached frames of events in all groups. */
  readonly cachedBytes: number;
}

/** Totals of a root field since the process started, including groups that have ended. */
export interface FieldStats {
  readonly field: string;
  readonly delivery: Delivery;
  readonly skipped: number;
  readonly executed: number;
}

/** A group in use. It is stopped when the last of its subscribers and pending joins has released it. */
export interface LiveGroup {
  readonly key: string;
  /** Computed when the statistics are first read. */
  id: string | null;
  readonly operation: Operation;
  readonly encoding: string;
  readonly group: Group<unknown>;
  readonly execution: Pick<EntryExecutor<unknown>, 'stop'>;
  readonly memory: GroupMemory;
  holders: number;
  executed: number;
}

/** The lag of a subscriber is counted up to this number of entries. */
export const lagMax = 1_000;

/** Adds the counts of a group to the totals of its root field. */
export function addTo(fields: Map<string, FieldStats>, { operation, group, executed }: LiveGroup): void {
  const field = operation.root?.field.name ?? '';
  const before = fields.get(field);
  fields.set(field, {
    field,
    delivery: group.delivery,
    skipped: (before?.skipped ?? 0) + group.skipped,
    executed: (before?.executed ?? 0) + executed,
  });
}

export function statsOf(live: LiveGroup): GroupStats {
  const { key, operation, encoding, group, executed } = live;
  live.id ??= digestOf(key).slice(0, 16);
  let lag = 0;
  let reading = 0;
  for (const subscriber of group.subscribers) {
    const own = subscriber.lag(lagMax);
    if (own === null) reading++;
    else lag = Math.max(lag, own);
  }
  return {
    id: live.id,
    field: operation.root?.field.name ?? '',
    document: operation.text,
    encoding,
    delivery: group.delivery,
    members: group.subscribers.size,
    lag,
    reading,
    skipped: group.skipped,
    executed,
  };
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
