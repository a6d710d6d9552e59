import { assertInputObjectType, buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { inputSchemas } from './input-schema.ts';

test('converts an input type of the graph to the JSON Schema of its values', () => {
  const schema = buildSchema(`
    scalar DateTime
    scalar JSON
    enum Kind { ONE TWO }
    "An event."
    input EventInput @oneOf {
      "That it rains."
      rain: RainInput
      snow: RainInput
    }
    "Rain."
    input RainInput {
      "How much, mm."
      amount: Float!
      at: DateTime
      kinds: [Kind!]!
      more: JSON
      next: RainInput
      often: Int! = 1
    }
    type Query { a(event: EventInput): Int }
  `);
  const rain = { $ref: '#/components/schemas/RainInput' };
  expect(inputSchemas(assertInputObjectType(schema.getType('EventInput')))).toEqual({
    EventInput: {
      type: 'object',
      description: 'An event.',
      properties: { rain: { ...rain, description: 'That it rains.' }, snow: rain },
      minProperties: 1,
      maxProperties: 1,
      additionalProperties: false,
    },
    RainInput: {
      type: 'object',
      description: 'Rain.',
      properties: {
        amount: { type: 'number', description: 'How much, mm.' },
        at: { anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }] },
        kinds: { type: 'array', items: { type: 'string', enum: ['ONE', 'TWO'] } },
        more: {},
        next: { anyOf: [rain, { type: 'null' }] },
        often: { type: 'integer', format: 'int32' },
      },
      required: ['amount', 'kinds'],
      additionalProperties: false,
    },
  });
});
