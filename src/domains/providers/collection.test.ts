import { describe, expect, it } from 'vitest';
import { recordsOf } from './collection.ts';

describe('the records of a body', () => {
  it.each([
    ['the items of an array', '[{"a":1,"b":null},{"a":2,"b":3}]', 2, 0.75],
    ['the items of the longest array in an object', '{"x":[1],"data":[1,null,3],"n":null}', 3, 0.6667],
    ['one, without an array', '{"price":1,"change":null}', 1, 0.5],
    ['rows of an array', '[[1,2,null,4],[1,2,3,4]]', 2, 0.875],
    ['none, in an empty array', '[]', 0, null],
    ['those behind a byte order mark', '\uFEFF[1,null]', 2, 0.5],
    ['one value', '840123', 1, 1],
    ['null', 'null', 1, 0],
    ['one, without JSON', '<html>', 1, null],
    ['one, without anything', '', 1, null],
  ])('are %s', (_what, body, recordCount, dataQualityScore) => {
    expect(recordsOf(body)).toEqual({ recordCount, dataQualityScore });
  });
});
