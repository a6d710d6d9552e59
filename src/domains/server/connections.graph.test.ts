import { expect, test } from 'vitest';
import { qualityOf } from './connections.graph.ts';

test.each([
  [0, 'EXCELLENT'],
  [49.99, 'EXCELLENT'],
  [50, 'GOOD'],
  [150, 'GOOD'],
  [150.01, 'FAIR'],
  [300, 'FAIR'],
  [300.01, 'POOR'],
] as const)(
  'P3: rates the connection of a client whose pong arrives after %d ms as %s',
  (latencyMs, quality) => {
    expect(qualityOf(latencyMs)).toBe(quality);
  },
);
