import { describe, expect, test } from 'vitest';
import { MeshStats } from './mesh-stats.ts';

function counted() {
  const clock = { ms: 1_700_000_000_000 };
  return { clock, stats: new MeshStats(() => clock.ms) };
}

describe('the statistics of ArchMesh’s sockets', () => {
  test('M50: count sockets without a message in either direction for a minute as idle', () => {
    const { clock, stats } = counted();
    for (const id of ['a', 'b', 'c']) stats.opened(id, id);
    clock.ms += 59_999;
    stats.sent('b', 10);
    stats.received('c', 10);
    expect(stats.snapshot()).toMatchObject({ open: 3, idle: 0 });
    clock.ms += 1;
    expect(stats.snapshot()).toMatchObject({ open: 3, idle: 1 });
  });

  test('M50: combine the durations of closed and open sockets', () => {
    const { clock, stats } = counted();
    stats.opened('a', 'ann');
    clock.ms += 1_000;
    stats.closed('a');
    stats.opened('b', 'bob');
    clock.ms += 5_000;
    expect(stats.snapshot()).toMatchObject({ accepted: 2, durationMeanMs: 3_000, durationMaxMs: 5_000 });
  });

  test('M52: count an error when it is a minute old, by whether its session or its user has recovered', () => {
    const { clock, stats } = counted();
    stats.opened('a', 'ann');
    stats.opened('b', 'bob');
    stats.opened('c', 'cat');
    stats.failed('a', 'ann'); // its session continues
    stats.failed('b', 'bob'); // its user connects again
    stats.failed('c', 'cat'); // its session continues too late
    stats.failed('d', null); // the user is unknown
    clock.ms += 59_999;
    stats.answered('a', 1);
    stats.closed('b');
    stats.opened('b2', 'bob');
    expect(stats.snapshot()).toMatchObject({ errors: 4, settled: 0, recovered: 0 });
    clock.ms += 1;
    stats.answered('c', 1);
    expect(stats.snapshot()).toMatchObject({ errors: 4, settled: 4, recovered: 2 });
  });

  test('M52: hold at most ten thousand errors', () => {
    const { stats } = counted();
    for (let at = 0; at < 10_010; at++) stats.failed('a', 'ann');
    expect(stats.snapshot()).toMatchObject({ errors: 10_010, settled: 10, recovered: 0 });
  });
});
