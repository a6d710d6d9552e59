import { expect, test } from 'vitest';
import { schema } from '../schema.ts';
import type { GraphContext } from './context.ts';

const fields = schema.getSubscriptionType()?.getFields();
const context = { serverInfo: { hostId: 'here', intervals: { gpuMetricsMs: 700 } } } as GraphContext;

function streamOf(name: string) {
  const declared = fields?.[name]?.extensions.stream;
  if (declared?.delivery !== 'LATEST') throw new Error(`${name} is not a gauge subscription`);
  return declared;
}

test('a gauge subscription has the argument everyMs, whose default is a setting', () => {
  const { args, description } = fields?.['gpuMetrics'] ?? {};
  expect(args?.find(({ name }) => name === 'everyMs')?.description).toBe(
    'Minimum time between two values, in milliseconds, 100 to 3600000. Default: 2000, unless configured otherwise.',
  );
  expect(description).toMatch(
    /^LATEST\. .* Sends the current value, then each change \(latest wins\)\. Requires `read`\.$/,
  );
  expect(streamOf('gpuMetrics').feature).toBe('ENABLE_GPU_MONITORING');
  expect(streamOf('gpuMetrics').everyMs({}, context)).toBe(700);
  expect(streamOf('gpuMetrics').everyMs({ everyMs: 150 }, context)).toBe(150);
});

test('a gauge subscription reads the keys that its arguments select', () => {
  expect(streamOf('gpuMetrics').keys({ hostId: 'there' }, context)).toEqual(['there']);
  expect(streamOf('gpuMetrics').keys({}, context)).toEqual(['here']);
  expect(streamOf('providerStatus').keys({}, context)).toBeNull();
});

test('a gauge subscription without everyMs sends each value immediately', () => {
  expect(fields?.['roleHierarchy']?.args).toEqual([]);
  expect(streamOf('roleHierarchy').everyMs({}, context)).toBe(0);
});
