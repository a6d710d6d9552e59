import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { guarded } from './guarded.ts';

test('an exception of a guarded listener is reported, and the other listeners are called', () => {
  const emitter = new EventEmitter();
  const failed: unknown[] = [];
  const heard: number[] = [];
  const mistake = new Error('a mistake');
  emitter.on(
    'event',
    guarded(
      (_value: number) => {
        throw mistake;
      },
      (error, value) => void failed.push(error, value),
    ),
  );
  emitter.on('event', (value: number) => heard.push(value));
  expect(emitter.emit('event', 7)).toBe(true);
  expect(failed).toEqual([mistake, 7]);
  expect(heard).toEqual([7]);
});
