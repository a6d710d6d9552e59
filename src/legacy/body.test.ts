import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseBody } from './body.ts';

const schema = z.object({ name: z.string().min(1), inner: z.object({ count: z.number() }).optional() });

function parse(text: string | Buffer, optional = false): unknown {
  return parseBody(Buffer.from(text), { schema: optional ? schema.partial() : schema, optional });
}

describe('a body', () => {
  test('is parsed by its schema, without undeclared properties', () => {
    expect(parse('{"name":"Bo","more":1}')).toEqual({ name: 'Bo' });
  });

  test('may be absent where it is optional', () => {
    expect(parse('', true)).toEqual({});
  });

  test.each(['', '{', '[]', 'null', '7', '"x"', '{}', '{"name":""}', '{"name":7}'])(
    'is refused when it is %j',
    (text) => {
      expect(() => parse(text)).toThrow(expect.objectContaining({ status: 400, code: 'INVALID_BODY' }));
    },
  );

  test('is rejected when it is not UTF-8', () => {
    expect(() => parse(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]))).toThrow(
      'The body must be a JSON object.',
    );
  });

  test('is rejected with the name of the invalid field', () => {
    expect(() => parse('{"name":"Bo","inner":{"count":"1"}}')).toThrow(
      expect.objectContaining({ details: { param: 'inner.count' } }),
    );
  });
});
