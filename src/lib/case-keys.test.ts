import { expect, test } from 'vitest';
import { camelKeys, snakeKeys } from './case-keys.ts';

const row = { run_id: 'a', sha256: 'b', response_time_sum: 1, metadata: { run_id: 'c' } };
const value = { runId: 'a', sha256: 'b', responseTimeSum: 1, metadata: { run_id: 'c' } };

test('a row has the names of its columns in camelCase, and its values as they are', () => {
  expect(camelKeys(row)).toEqual(value);
});

test('a value has the names of its properties in snake_case, and its values as they are', () => {
  expect(snakeKeys(value)).toEqual(row);
});
