import { expect, test } from 'vitest';
import { ReportBuffer } from './report-buffer.ts';

const all = { bytesMax: 1_000, reportsMax: 1_000 };

function filled(bytesMax: number, ...texts: string[]): ReportBuffer {
  const buffer = new ReportBuffer({ bytesMax });
  for (const text of texts) buffer.add(text);
  return buffer;
}

test('returns the oldest reports within the bounds, and keeps them until they are sent', () => {
  const buffer = filled(100, 'aaa', 'bb', 'c');
  expect(buffer.batch({ bytesMax: 5, reportsMax: 9 }).reports).toEqual(['aaa', 'bb']);
  expect(buffer.batch({ bytesMax: 99, reportsMax: 1 }).reports).toEqual(['aaa']);
  expect(buffer.batch({ bytesMax: 1, reportsMax: 9 }).reports).toEqual(['aaa']);
  const batch = buffer.batch({ bytesMax: 5, reportsMax: 9 });
  buffer.add('dd');
  batch.sent();
  expect(buffer.batch(all).reports).toEqual(['c', 'dd']);
  expect([buffer.length, buffer.bytes, buffer.dropped]).toEqual([2, 3, 0]);
});

test('drops the oldest reports when there is no room for a new one, in bytes of UTF-8', () => {
  const buffer = filled(6, 'ab', 'é', 'cd', 'e');
  expect(buffer.batch(all).reports).toEqual(['é', 'cd', 'e']);
  expect([buffer.bytes, buffer.dropped]).toEqual([5, 1]);
  buffer.add('a report that is larger than the buffer');
  expect([buffer.length, buffer.bytes, buffer.dropped]).toEqual([0, 0, 5]);
});

test('does not remove newer reports when those of a batch made room while it was being sent', () => {
  const buffer = filled(4, 'a', 'b', 'c', 'd');
  const batch = buffer.batch({ bytesMax: 99, reportsMax: 2 });
  buffer.add('e');
  buffer.add('f');
  buffer.add('g');
  batch.sent();
  expect(buffer.batch(all).reports).toEqual(['d', 'e', 'f', 'g']);
  expect(buffer.dropped).toBe(3);
});

test('counts reports that the server rejects as dropped', () => {
  const buffer = filled(100, 'a', 'b');
  buffer.batch({ bytesMax: 99, reportsMax: 1 }).drop();
  expect([buffer.length, buffer.dropped]).toEqual([1, 1]);
});

test('returns an empty batch without reports', () => {
  expect(new ReportBuffer({ bytesMax: 10 }).batch(all).reports).toEqual([]);
});
