import { describe, expect, test } from 'vitest';
import { parseTime, readParameters, type Parameters } from './parameters.ts';

const declared: Parameters = {
  name: { kind: 'text', in: 'path', description: '' },
  limit: { kind: 'int', default: 100, min: 1, max: 1_000, description: '' },
  all: { kind: 'bool', description: '' },
  since: { kind: 'time', description: '' },
  actor: { kind: 'text', description: '' },
};

function read(query: string): Record<string, unknown> {
  return readParameters(declared, new Map([['name', 'n']]), new URLSearchParams(query));
}

describe('parameters', () => {
  test('are null, or their default, when absent or empty', () => {
    const absent = { name: 'n', limit: 100, all: null, since: null, actor: null };
    expect(read('')).toEqual(absent);
    expect(read('limit=&all=&since=&actor=')).toEqual(absent);
  });

  test('are ignored when they are not declared', () => {
    expect(read('offset=-1&name=other')).toEqual(read(''));
  });

  test.each([
    ['1', 1],
    ['0007', 7],
    ['1000', 1_000],
    ['1001', 1_000],
    ['99999999999999999999999', 1_000],
  ])('A36: limit=%s means %d', (text, value) => {
    expect(read(`limit=${text}`)['limit']).toBe(value);
  });

  test.each(['0', '-1', '%2B5', '1.5', '1e3', '0x10', 'ten', ' 5', '٣'])('limit=%s is rejected', (text) => {
    expect(() => read(`limit=${text}`)).toThrow(
      expect.objectContaining({ status: 400, code: 'INVALID_PARAMETER', details: { param: 'limit' } }),
    );
  });

  test.each([
    ['true', true],
    ['TRUE', true],
    ['1', true],
    ['False', false],
    ['0', false],
  ])('all=%s means %s', (text, value) => {
    expect(read(`all=${text}`)['all']).toBe(value);
  });

  test.each(['yes', '2', 'truee', 'null'])('all=%s is rejected', (text) => {
    expect(() => read(`all=${text}`)).toThrow('all must be true or false.');
  });

  test('a text with U+0000 is rejected', () => {
    expect(() => read('actor=a%00b')).toThrow(expect.objectContaining({ code: 'INVALID_PARAMETER' }));
  });
});

describe('a time', () => {
  test.each([
    ['2025-12-13T12:00:00Z', '2025-12-13T12:00:00.000Z'],
    ['2025-12-13T12:00:00', '2025-12-13T12:00:00.000Z'],
    ['2025-12-13 12:00', '2025-12-13T12:00:00.000Z'],
    ['2025-12-13', '2025-12-13T00:00:00.000Z'],
    ['2025-12-13T12:00:00.123456', '2025-12-13T12:00:00.123Z'],
    ['2025-12-13T12:00:00.5Z', '2025-12-13T12:00:00.500Z'],
    ['2025-12-13T12:00:00+02:00', '2025-12-13T10:00:00.000Z'],
    ['2025-12-13T12:00:00 02:00', '2025-12-13T10:00:00.000Z'],
    ['2025-12-13T12:00:00-0530', '2025-12-13T17:30:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ])('A40: %s is %s', (text, iso) => {
    expect(parseTime(text)?.toISOString()).toBe(iso);
  });

  test.each([
    '',
    'now',
    '1702500000',
    '2025-13-01',
    '2025-02-30',
    '2025-12-13T25:00',
    '2025-12-13T12:60',
    '2025-12-13T12',
  ])('A40: %j is not a time', (text) => {
    expect(parseTime(text)).toBeNull();
  });
});
