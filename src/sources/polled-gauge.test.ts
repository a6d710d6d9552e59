import { expect, test } from 'vitest';
import { latest } from '../journal/topic.ts';
import { polledGauge, polledGauges } from './polled-gauge.ts';

const load = latest<number>('load');
const users = latest<number>('users');
const signal = new AbortController().signal;

test('a polled gauge is a source of its topic, which returns the value that it reads under its key', async () => {
  const source = polledGauge({ name: 'load', topic: load, key: 'host', read: async () => 7 });
  expect(source.feeds).toEqual(['load']);
  expect(await source.sample(signal)).toEqual({ gauges: [{ topic: load, key: 'host', payload: 7 }] });
});

test('a polled gauge has a time limit, and is not read without readers unless it has a background interval', () => {
  const options = { name: 'load', topic: load, key: 'host', read: () => 7 };
  expect(polledGauge(options)).toMatchObject({ backgroundMs: null, timeoutMs: 5_000 });
  expect(polledGauge({ ...options, backgroundMs: 60_000, timeoutMs: 100 })).toMatchObject({
    backgroundMs: 60_000,
    timeoutMs: 100,
  });
});

test('a sample of a polled gauge fails with the error of reading it', async () => {
  const source = polledGauge({
    name: 'load',
    topic: load,
    key: 'host',
    read: () => {
      throw new Error('unreadable');
    },
  });
  await expect(source.sample(signal)).rejects.toThrow('unreadable');
});

test('several polled gauges are one source, whose sample contains all of them', async () => {
  const gauges = [
    { topic: load, key: 'a', payload: 1 },
    { topic: users, key: 'b', payload: 2 },
  ];
  const source = polledGauges({ name: 'both', topics: [load, users], read: async () => gauges });
  expect(source.feeds).toEqual(['load', 'users']);
  expect(await source.sample(signal)).toEqual({ gauges });
});
