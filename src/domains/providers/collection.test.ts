import { describe, expect, it } from 'vitest';
import { recordsOf } from './collection.ts';

describe('recordsOf', () => {
  it.each([
    ['the items of an array', '[{"a":1,"b":null},{"a":2,"b":3}]', 2, 0.75],
    ['the items of the longest array in an object', '{"x":[1],"data":[1,null,3],"n":null}', 3, 0.6667],
    ['an object without an array as one record', '{"price":1,"change":null}', 1, 0.5],
    ['the rows of an array of arrays', '[[1,2,null,4],[1,2,3,4]]', 2, 0.875],
    ['no records in an empty array', '[]', 0, null],
    ['the items after a byte order mark', '\uFEFF[1,null]', 2, 0.5],
    ['a single value as one record', '840123', 1, 1],
    ['null as one record', 'null', 1, 0],
    ['a body that is not JSON as one record without a quality', '<html>', 1, null],
    ['an empty body as one record without a quality', '', 1, null],
  ])('counts %s', (_what, body, recordCount, dataQualityScore) => {
    expect(recordsOf(body)).toEqual({ recordCount, dataQualityScore });
  });
});
