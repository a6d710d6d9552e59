import { describe, expect, test } from 'vitest';
import { durationText, sizeText, speedText } from './quantities.ts';

const mb = 2 ** 20;

describe('formatted quantities', () => {
  test.each([
    [2.3 * mb, '2.3MB'],
    [2.4 * mb, '2.4MB'],
    [0, '0B'],
    [1023, '1023B'],
    [1024, '1.0KB'],
    [1023.96 * 1024, '1.0MB'],
    [1.5 * 1024 * mb, '1.5GB'],
    [3000 * 1024 * 1024 * mb, '3000.0TB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(sizeText(bytes)).toBe(text);
  });

  test.each([
    [2.1 * mb, '2.1 MB/s'],
    [0, '0 B/s'],
    [0.4, '0 B/s'],
    [1023.7, '1.0 KB/s'],
  ])('%d bytes a second are %s', (bytesPerSecond, text) => {
    expect(speedText(bytesPerSecond)).toBe(text);
  });

  test.each([
    [263, '4m 23s'],
    [0, '0s'],
    [45.4, '45s'],
    [59.6, '1m 0s'],
    [240, '4m 0s'],
    [3599.7, '1h 0m 0s'],
    [3605, '1h 0m 5s'],
    [90_061, '25h 1m 1s'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });
});
