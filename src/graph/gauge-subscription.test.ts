import { expect, test } from 'vitest';
import { schema } from '../schema.ts';
import type { GraphContext } from './context.ts';

const fields = schema.getSubscriptionType()?.getFields();
const context = { serverInfo: { hostId: 'here', intervals: { gpuMetricsMs: 700 } } } as GraphContext;

function streamOf(name: string) {
  const declared = fields?.[name]?.extensions.stream;
  if (declared?.delivery !== 'LATEST') throw new Error('the field delivers no gauge');
  return declared;
}

test('a gauge subscription has an argument for its pace, whose default is configured', () => {
  const { args, description } = fields?.['gpuMetrics'] ?? {};
  expect(args?.find(({ name }) => name === 'everyMs')?.description).toBe(
    'Milliseconds between values, 100 to 3600000. Default: 2000, or as configured.',
  );
  expect(description).toMatch(/^LATEST, not again while it stays the same\. .* Needs `read`\.$/);
  expect(streamOf('gpuMetrics').feature).toBe('ENABLE_GPU_MONITORING');
  expect(streamOf('gpuMetrics').everyMs({}, context)).toBe(700);
  expect(streamOf('gpuMetrics').everyMs({ everyMs: 150 }, context)).toBe(150);
});

test('a gauge subscription reads the keys that its arguments name', () => {
  expect(streamOf('gpuMetrics').keys({ hostId: 'there' }, context)).toEqual(['there']);
  expect(streamOf('gpuMetrics').keys({}, context)).toEqual(['here']);
  expect(streamOf('providerStatus').keys({}, context)).toBeNull();
});

test('without a pace each value is delivered at once', () => {
  expect(fields?.['roleHierarchy']?.args).toEqual([]);
  expect(streamOf('roleHierarchy').everyMs({}, context)).toBe(0);
});
