import { ownId } from '../../journal/own-ids.ts';
import type { Draft } from '../../journal/topic.ts';
import { hostEvents, type HostHealth, type HostHealthChange, type HostSample } from './events.ts';

interface Resource {
  readonly name: string;
  readonly percent: (sample: HostSample) => number | null;
  /** Above these, in percent. */
  readonly warning: number;
  readonly critical: number;
  readonly action: string;
}

const resources: readonly Resource[] = [
  {
    name: 'CPU',
    percent: ({ cpu }) => cpu.percent,
    warning: 80,
    critical: 90,
    action: 'Consider scaling resources',
  },
  {
    name: 'memory',
    percent: ({ memory }) => memory.percent,
    warning: 80,
    critical: 90,
    action: 'Consider adding memory or check for memory leaks',
  },
  {
    name: 'disk',
    percent: ({ disk }) => disk.percent,
    warning: 90,
    critical: 95,
    action: 'Consider freeing disk space or adding more',
  },
];

interface Verdict {
  readonly health: HostHealth;
  readonly reason: string;
  readonly recommendedAction: string;
}

/** Of the resources that are known, the worst ones decide. */
export function judge(sample: HostSample): Verdict {
  for (const health of ['CRITICAL', 'WARNING'] as const) {
    const bound = health === 'CRITICAL' ? 'critical' : 'warning';
    const high = resources.filter((resource) => (resource.percent(sample) ?? 0) > resource[bound]);
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

/** Compares each sample of a host with the health that was stored last. */
export interface HealthWatch {
  /** The event to be stored, if there is one; the same one until it is recorded or holds no longer. */
  look(sample: HostSample): Draft<HostHealthChange> | null;
  recorded(): void;
}

/** @param known null: nothing is known, and the first sample is where it begins. */
export function watchHealth(known: HostHealth | null): HealthWatch {
  let health = known;
  let pending: Draft<HostHealthChange> | null = null;
  return {
    look(sample) {
      const verdict = judge(sample);
      health ??= verdict.health;
      if (verdict.health === health) pending = null;
      else if (pending?.payload.health !== verdict.health) pending = changed(sample, health, verdict);
      return pending;
    },
    recorded() {
      health = pending?.payload.health ?? health;
      pending = null;
    },
  };
}

function changed(sample: HostSample, previousHealth: HostHealth, verdict: Verdict): Draft<HostHealthChange> {
  const { hostId, sampledAt } = sample;
  return {
    topic: hostEvents,
    key: hostId,
    type: 'hostHealthChanged',
    id: ownId('health:', `${hostId}:${sampledAt}`),
    occurredAt: sampledAt,
    payload: {
      hostId,
      previousHealth,
      ...verdict,
      cpuPercent: sample.cpu.percent,
      memoryPercent: sample.memory.percent,
      diskPercent: sample.disk.percent,
    },
  };
}
