import { describe, expect, test } from 'vitest';
import { Figures } from './figures.ts';

function counted() {
  const clock = { ms: 1_700_000_000_000 };
  return { clock, figures: new Figures(() => clock.ms) };
}

describe('the figures', () => {
  test('M50: count those as idle that have had no message either way for a minute', () => {
    const { clock, figures } = counted();
    for (const id of ['a', 'b', 'c']) figures.opened(id, id);
    clock.ms += 59_999;
    figures.sent('b', 10);
    figures.received('c', 10);
    expect(figures.sheet()).toMatchObject({ open: 3, idle: 0 });
    clock.ms += 1;
    expect(figures.sheet()).toMatchObject({ open: 3, idle: 1 });
  });

  test('M50: take the durations of those that have gone and of those that are open together', () => {
    const { clock, figures } = counted();
    figures.opened('a', 'ann');
    clock.ms += 1_000;
    figures.closed('a');
    figures.opened('b', 'bob');
    clock.ms += 5_000;
    expect(figures.sheet()).toMatchObject({ accepted: 2, durationMeanMs: 3_000, durationMaxMs: 5_000 });
  });

  test('M52: judge an error once it is a minute old, by whether its session or its user went on by then', () => {
    const { clock, figures } = counted();
    figures.opened('a', 'ann');
    figures.opened('b', 'bob');
    figures.opened('c', 'cat');
    figures.failed('a', 'ann'); // goes on in its session
    figures.failed('b', 'bob'); // comes back
    figures.failed('c', 'cat'); // goes on too late
    figures.failed('d', null); // nobody knows who that was
    clock.ms += 59_999;
    figures.answered('a', 1);
    figures.closed('b');
    figures.opened('b2', 'bob');
    expect(figures.sheet()).toMatchObject({ errors: 4, judged: 0, recovered: 0 });
    clock.ms += 1;
    figures.answered('c', 1);
    expect(figures.sheet()).toMatchObject({ errors: 4, judged: 4, recovered: 2 });
  });

  test('M52: wait for ten thousand errors at most', () => {
    const { figures } = counted();
    for (let at = 0; at < 10_010; at++) figures.failed('a', 'ann');
    expect(figures.sheet()).toMatchObject({ errors: 10_010, judged: 10, recovered: 0 });
  });
});
