import { readFileSync } from 'node:fs';
import type { GraphQLEnumType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { AppError, closeCodes, errorCodes, statusOf } from '../src/errors.ts';
import { schema } from '../src/schema.ts';

const page = readFileSync(new URL('../docs/clients.md', import.meta.url), 'utf8');

describe('docs/clients.md', () => {
  test.each(Object.entries(closeCodes))('documents the close code %s (%i)', (name, code) => {
    expect(page).toContain(`| ${code} | \`${name}\` |`);
  });

  const documented = [...page.matchAll(/^\| (`[A-Z_`, ]+`) \| ([\d, ]+) \|/gm)].flatMap(
    ([, codes = '', statuses = '']) => {
      const all = statuses.split(', ');
      return codes
        .split(', ')
        .map((code, index) => [code.replaceAll('`', ''), Number(all[index] ?? all[0])] as const);
    },
  );

  test('lists each error code of the table', () => {
    expect(documented.map(([code]) => code).sort()).toEqual(Object.keys(errorCodes));
  });

  test.each(documented)('documents the HTTP status of %s: %i', (code, status) => {
    expect(statusOf(code)).toBe(status);
  });
});

test('the enum ErrorCode of the schema has the codes of the table, with their descriptions', () => {
  const type = schema.getType('ErrorCode') as GraphQLEnumType;
  const values = type.getValues().map(({ name, description }) => [name, description]);
  expect(Object.fromEntries(values)).toEqual(errorCodes);
});

test('an error has the status and the close code of its code', () => {
  expect(new AppError('DATABASE_UNAVAILABLE', '')).toMatchObject({ status: 503, closeCode: 1013 });
  expect(new AppError('AUTHENTICATION_FAILED', '')).toMatchObject({ status: 401, closeCode: 4403 });
  expect(statusOf('UNKNOWN')).toBe(400);
});
