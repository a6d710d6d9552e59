import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { AppError, closeCodes, statusOf } from '../src/errors.ts';

const page = readFileSync(new URL('../docs/clients.md', import.meta.url), 'utf8');

describe('docs/clients.md', () => {
  test.each(Object.entries(closeCodes))('documents the close code %s (%i)', (name, code) => {
    expect(page).toContain(`| ${code} | \`${name}\` |`);
  });

  test.each(
    [...page.matchAll(/^\| (`[A-Z_`, ]+`) \| (\d{3}) \|/gm)].flatMap(([, codes = '', status]) =>
      codes.split(', ').map((code) => [code.replaceAll('`', ''), Number(status)] as const),
    ),
  )('documents the HTTP status of %s: %i', (code, status) => {
    expect(statusOf(code)).toBe(status);
  });
});

test('an error has the status and the close code of its code', () => {
  expect(new AppError('DATABASE_UNAVAILABLE', '')).toMatchObject({ status: 503, closeCode: 1013 });
  expect(new AppError('AUTHENTICATION_FAILED', '')).toMatchObject({ status: 401, closeCode: 4403 });
  expect(statusOf('UNKNOWN')).toBe(400);
});
