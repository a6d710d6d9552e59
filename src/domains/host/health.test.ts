import { describe, expect, test } from 'vitest';
import type { HostSample } from './events.ts';
import { evaluateHealth, trackHealth } from './health.ts';

let clock = 0;
function sample(cpu: number | null, memory: number | null = 0, disk: number | null = 0): HostSample {
  const at = ++clock;
  return {
    hostId: 'h1',
    sampledAt: at,
    cpu: { usedPercent: cpu },
    memory: { usedPercent: memory },
    disk: { usedPercent: disk },
  } as unknown as HostSample;
}

describe('evaluateHealth', () => {
  test.each([
    [[80, 80, 90], 'HEALTHY'],
    [[80.01, 0, 0], 'WARNING'],
    [[0, 80.01, 0], 'WARNING'],
    [[0, 0, 90.01], 'WARNING'],
    [[90, 90, 95], 'WARNING'],
    [[90.01, 0, 0], 'CRITICAL'],
    [[0, 90.01, 0], 'CRITICAL'],
    [[0, 0, 95.01], 'CRITICAL'],
    [[null, null, null], 'HEALTHY'],
    [[null, 95, null], 'CRITICAL'],
  ] as const)('with CPU, memory and disk usage %j returns %s', ([cpu, memory, disk], health) => {
    expect(evaluateHealth(sample(cpu, memory, disk)).health).toBe(health);
  });

  test('names the resources with the worst usage and recommends actions for them', () => {
    expect(evaluateHealth(sample(95, 85, 96))).toMatchObject({
      reason: 'High CPU and disk usage detected',
      recommendedAction: 'Consider scaling resources; Consider freeing disk space or adding more',
    });
    expect(evaluateHealth(sample(95))).toMatchObject({
      reason: 'High CPU usage detected',
      recommendedAction: 'Consider scaling resources',
    });
  });
});

describe('trackHealth', () => {
  test('returns an event for each change, and none for the initial health', () => {
    const tracker = trackHealth(null);
    expect(tracker.update(sample(95))).toBeNull();
    const recovered = tracker.update(sample(10));
    expect(recovered).toMatchObject({
      type: 'hostHealthChanged',
      key: 'h1',
      payload: {
        hostId: 'h1',
        previousHealth: 'CRITICAL',
        health: 'HEALTHY',
        reason: 'CPU, memory and disk usage are back to normal',
        cpuPercent: 10,
      },
    });
    tracker.recorded();
    expect(tracker.update(sample(11))).toBeNull();
    expect(tracker.update(sample(85))?.payload).toMatchObject({
      previousHealth: 'HEALTHY',
      health: 'WARNING',
    });
  });

  test('compares the first sample with the health that was stored before a restart', () => {
    expect(trackHealth('WARNING').update(sample(1))?.payload).toMatchObject({
      previousHealth: 'WARNING',
      health: 'HEALTHY',
    });
    expect(trackHealth('WARNING').update(sample(85))).toBeNull();
  });

  test('returns the same event until it is stored or the health changes again', () => {
    const tracker = trackHealth('HEALTHY');
    const first = tracker.update(sample(95));
    expect(tracker.update(sample(99))).toBe(first);
    expect(tracker.update(sample(85))?.payload).toMatchObject({
      previousHealth: 'HEALTHY',
      health: 'WARNING',
    });
    expect(tracker.update(sample(1))).toBeNull();
  });
});
