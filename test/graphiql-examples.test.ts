import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { examples } from '../src/http/graphiql-examples.ts';
import { schema } from '../src/schema.ts';

describe('the tabs of GraphiQL', () => {
  it('are valid documents of the graph with variables in JSON', () => {
    expect(examples.length).toBeGreaterThan(4);
    for (const { query, variables = '{}' } of examples) {
      expect(validate(schema, parse(query)), query).toEqual([]);
      expect(JSON.parse(variables)).toBeTypeOf('object');
    }
  });
});
