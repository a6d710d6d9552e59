import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { intervalPart } from './feed-parts.ts';
import type { FrameText } from './feed-frame.ts';
import { IntervalTimer } from './interval-timer.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

test('an interval timer sends the identical frame to all clients at the same time, and stops while there are none', () => {
  const beat = new IntervalTimer(
    intervalPart({ name: 'ping', everyMs: 30_000, message: ({ atMs }) => ({ type: 'ping', at: atMs }) }),
  );
  const heard: [string, FrameText][] = [];
  const first = (message: FrameText): void => void heard.push(['first', message]);
  const second = (message: FrameText): void => void heard.push(['second', message]);
  beat.join(first);
  vi.advanceTimersByTime(10_000);
  beat.join(second);
  vi.advanceTimersByTime(20_000);
  expect(heard.map(([who, { text }]) => [who, text])).toEqual([
    ['first', '{"type":"ping","at":30000}'],
    ['second', '{"type":"ping","at":30000}'],
  ]);
  expect(heard[0]?.[1]).toBe(heard[1]?.[1]);
  beat.leave(first);
  vi.advanceTimersByTime(30_000);
  expect(heard).toHaveLength(3);
  beat.leave(second);
  beat.leave(second);
  expect(vi.getTimerCount()).toBe(0);
});
