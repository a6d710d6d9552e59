import { describe, expect, test } from 'vitest';
import type { HostSample } from './events.ts';
import { judge, watchHealth } from './health.ts';

let clock = 0;
function sample(cpu: number | null, memory: number | null = 0, disk: number | null = 0): HostSample {
  const at = ++clock;
  return {
    hostId: 'h1',
    sampledAt: at,
    cpu: { percent: cpu },
    memory: { percent: memory },
    disk: { percent: disk },
  } as unknown as HostSample;
}

describe('the health of a host', () => {
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
  ] as const)('for %j is %s', ([cpu, memory, disk], health) => {
    expect(judge(sample(cpu, memory, disk)).health).toBe(health);
  });

  test('names the resources that are worst, and what might help', () => {
    expect(judge(sample(95, 85, 96))).toMatchObject({
      reason: 'High CPU and disk usage detected',
      recommendedAction: 'Consider scaling resources; Consider freeing disk space or adding more',
    });
    expect(judge(sample(95))).toMatchObject({
      reason: 'High CPU usage detected',
      recommendedAction: 'Consider scaling resources',
    });
  });
});

describe('a watch over the health of a host', () => {
  test('tells of each change once it is recorded, and not of where it began', () => {
    const watch = watchHealth(null);
    expect(watch.look(sample(95))).toBeNull();
    const recovered = watch.look(sample(10));
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
    watch.recorded();
    expect(watch.look(sample(11))).toBeNull();
    expect(watch.look(sample(85))?.payload).toMatchObject({ previousHealth: 'HEALTHY', health: 'WARNING' });
  });

  test('goes on from what was known before a restart', () => {
    expect(watchHealth('WARNING').look(sample(1))?.payload).toMatchObject({
      previousHealth: 'WARNING',
      health: 'HEALTHY',
    });
    expect(watchHealth('WARNING').look(sample(85))).toBeNull();
  });

  test('tells of the same event again while the store does not take it, until it holds no longer', () => {
    const watch = watchHealth('HEALTHY');
    const first = watch.look(sample(95));
    expect(watch.look(sample(99))).toBe(first);
    expect(watch.look(sample(85))?.payload).toMatchObject({ previousHealth: 'HEALTHY', health: 'WARNING' });
    expect(watch.look(sample(1))).toBeNull();
  });
});
