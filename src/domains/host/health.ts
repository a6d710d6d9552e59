import { reservedId } from '../../journal/reserved-ids.ts';
import type { Draft } from '../../journal/topic.ts';
import { hostEvents, type HostHealth, type HostHealthChange, type HostSample } from './events.ts';

interface Resource {
  readonly name: string;
  readonly percent: (sample: HostSample) => number | null;
  /** Thresholds in percent; a value above one has this health. */
  readonly WARNING: number;
  readonly CRITICAL: number;
  readonly action: string;
}

const resources: readonly Resource[] = [
  {
    name: 'CPU',
    percent: ({ cpu }) => cpu.usedPercent,
    WARNING: 80,
    CRITICAL: 90,
    action: 'Consider scaling resources',
  },
  {
    name: 'memory',
    percent: ({ memory }) => memory.usedPercent,
    WARNING: 80,
    CRITICAL: 90,
    action: 'Consider adding memory or check for memory leaks',
  },
  {
    name: 'disk',
    percent: ({ disk }) => disk.usedPercent,
    WARNING: 90,
    CRITICAL: 95,
    action: 'Consider freeing disk space or adding more',
  },
];

type HealthResult = Pick<HostHealthChange, 'health' | 'reason' | 'recommendedAction'>;

/** The health of the resource with the highest usage. Unknown values are ignored. */
export function evaluateHealth(sample: HostSample): HealthResult {
  for (const health of ['CRITICAL', 'WARNING'] as const) {
    const high = resources.filter((resource) => (resource.percent(sample) ?? 0) > resource[health]);
    if (high.length === 0) continue;
    return {
      health,
      reason: `High ${high.map(({ name }) => name).join(' and ')} usage detected`,
      recommendedAction: high.map(({ action }) => action).join('; '),
    };
  }
  return {
    health: 'HEALTHY',
    reason: 'CPU, memory and disk usage are back to normal',
    recommendedAction: 'No action needed',
  };
}

/** Compares the samples of a host with the health in its last stored event. */
export interface HealthTracker {
  /**
   * The event to store, or null. The same event is returned until it is stored (`recorded`) or the health changes again.
   */
  update(sample: HostSample): Draft<HostHealthChange> | null;
  recorded(): void;
}

/** @param initial null: no event is stored, and the first sample sets the initial health without an event. */
export function trackHealth(initial: HostHealth | null): HealthTracker {
  let stored = initial;
  let pending: Draft<HostHealthChange> | null = null;
  return {
    update(sample) {
      const result = evaluateHealth(sample);
      stored ??= result.health;
      if (result.health === stored) pending = null;
      else if (pending?.payload.health !== result.health) pending = changeDraft(sample, stored, result);
      return pending;
    },
    recorded() {
      stored = pending?.payload.health ?? stored;
      pending = null;
    },
  };
}

function changeDraft(
  sample: HostSample,
  previousHealth: HostHealth,
  result: HealthResult,
): Draft<HostHealthChange> {
  const { hostId, sampledAt } = sample;
  return {
    topic: hostEvents,
    key: hostId,
    type: 'hostHealthChanged',
    id: reservedId('health:', `${hostId}:${sampledAt}`),
    occurredAt: sampledAt,
    payload: {
      hostId,
      previousHealth,
      ...result,
      cpuPercent: sample.cpu.usedPercent,
      memoryPercent: sample.memory.usedPercent,
      diskPercent: sample.disk.usedPercent,
    },
  };
}
