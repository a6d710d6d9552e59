import { reservedId } from '../../journal/reserved-ids.ts';
import type { Draft } from '../../journal/topic.ts';
import { hostEvents, type HostHealthChange, type HostSample } from './events.ts';
import { evaluateHealth } from './health.ts';

/** When a reported host counts as offline, and the event for it. Reads no clock and stores nothing. */

export type HostStatus = 'ONLINE' | 'OFFLINE';

/** A host agent that cannot send its samples tries again within this time. */
const agentRetryMs = 30_000;

/** How long a host may be silent: three intervals, so that one lost report does not make it offline. */
export function silenceMaxMs(intervalMs: number, offlineAfterMs: number): number {
  return Math.max(offlineAfterMs, 3 * intervalMs);
}

export function statusOf(
  { intervalMs, receivedAt }: { readonly intervalMs: number; readonly receivedAt: number },
  now: number,
  offlineAfterMs: number,
): HostStatus {
  return now - receivedAt > silenceMaxMs(intervalMs, offlineAfterMs) ? 'OFFLINE' : 'ONLINE';
}

/** What is stored about a reported host. Times are Unix milliseconds. */
export interface StoredPresence {
  readonly hostId: string;
  readonly intervalMs: number;
  /** The newest sample. */
  readonly sample: HostSample;
  /** When the newest sample was received. */
  readonly receivedAt: number;
  /** Null: online. */
  readonly offlineAt: number | null;
}

export interface Observation {
  readonly now: number;
  /** Since when reports could be received without interruption. Earlier silence means nothing. */
  readonly since: number;
  readonly offlineAfterMs: number;
}

/** The event to store because a host has become silent, or reports again; null: nothing has changed. */
export function presenceChange(
  host: StoredPresence,
  { now, since, offlineAfterMs }: Observation,
): Draft<HostHealthChange> | null {
  const { hostId, intervalMs, sample, receivedAt, offlineAt } = host;
  const evaluated = evaluateHealth(sample);
  const about = { topic: hostEvents, key: hostId, type: 'hostHealthChanged' };
  if (offlineAt !== null) {
    if (receivedAt <= offlineAt) return null;
    const reason = 'The host agent reports again';
    return {
      ...about,
      id: reservedId('health:', `${hostId}:online:${offlineAt}`),
      occurredAt: receivedAt,
      payload: {
        hostId,
        health: evaluated.health,
        previousHealth: 'OFFLINE',
        reason: evaluated.health === 'HEALTHY' ? reason : `${reason}. ${evaluated.reason}`,
        recommendedAction: evaluated.recommendedAction,
        cpuPercent: sample.cpu.usedPercent,
        memoryPercent: sample.memory.usedPercent,
        diskPercent: sample.disk.usedPercent,
      },
    };
  }
  const silentSince = receivedAt >= since ? receivedAt : since + agentRetryMs;
  if (now - silentSince <= silenceMaxMs(intervalMs, offlineAfterMs)) return null;
  return {
    ...about,
    id: reservedId('health:', `${hostId}:offline:${receivedAt}`),
    occurredAt: now,
    payload: {
      hostId,
      health: 'OFFLINE',
      previousHealth: evaluated.health,
      reason: `No report from the host agent for ${Math.round((now - receivedAt) / 1_000)} s`,
      recommendedAction: 'Check the host, its host agent and the network between the host and this server',
      cpuPercent: null,
      memoryPercent: null,
      diskPercent: null,
    },
  };
}
