import { describe, expect, it } from 'vitest';
import { PriorityQueue } from './priority-queue.ts';

function drained<Item>(queue: PriorityQueue<Item>): Item[] {
  const items: Item[] = [];
  while (queue.length > 0) items.push(queue.shift() as Item);
  return items;
}

describe('a priority queue', () => {
  it('returns critical before high before normal before low, and first in, first out within each', () => {
    const queue = new PriorityQueue<string>();
    queue.push('low 1', 'low');
    queue.push('normal 1', 'normal');
    queue.push('high 1', 'high');
    queue.push('critical 1', 'critical');
    queue.push('low 2', 'low');
    queue.push('critical 2', 'critical');
    expect(queue.length).toBe(6);
    expect(queue.shift()).toBe('critical 1');
    queue.push('high 2', 'high');
    queue.push('critical 3', 'critical');
    expect(drained(queue)).toEqual([
      'critical 2',
      'critical 3',
      'high 1',
      'high 2',
      'normal 1',
      'low 1',
      'low 2',
    ]);
    expect(queue.shift()).toBeUndefined();
    expect(queue.length).toBe(0);
  });

  it('holds at most its maximum, and drops the oldest item of the lowest priority', () => {
    const queue = new PriorityQueue<number>();
    for (let number = 0; number < 100; number++)
      expect(queue.push(number, number % 2 === 0 ? 'normal' : 'low')).toBeUndefined();
    expect(queue.push(100, 'critical')).toBe(1);
    expect(queue.push(101, 'low')).toBe(3);
    expect(queue.length).toBe(100);
    const [first, ...rest] = drained(queue);
    expect(first).toBe(100);
    expect(rest).toEqual([
      ...Array.from({ length: 50 }, (_, index) => 2 * index),
      ...Array.from({ length: 48 }, (_, index) => 2 * index + 5),
      101,
    ]);
  });

  it('drops the new item when all queued items have a higher priority', () => {
    const queue = new PriorityQueue<string>(2);
    queue.push('one', 'critical');
    queue.push('two', 'high');
    expect(queue.push('three', 'normal')).toBe('three');
    expect(queue.push('four', 'high')).toBe('two');
    expect(drained(queue)).toEqual(['one', 'four']);
  });
});
