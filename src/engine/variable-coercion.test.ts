import fc from 'fast-check';
import { buildSchema, getOperationAST, getVariableValues, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { runs } from '../../test/_util/long-run.ts';
import { schema as graph } from '../schema.ts';
import { coerceValid } from './variable-coercion.ts';

const schema = buildSchema(`
  enum Colour { RED BLUE }
  input Note { text: String! size: Int = 3 tags: [[String!]] inner: Note }
  input Either @oneOf { note: Note count: Int names: [ID!] }
  type Query {
    find(
      text: String number: Float! id: ID colour: Colour note: Note either: Either eithers: [Either!]! notes: [Note]
    ): Int
  }
`);

const query = `query (
  $text: String = "standard" $number: Float! $id: ID $colour: Colour $note: Note $either: Either $eithers: [Either!]!
  $notes: [Note]
) { find(
  text: $text number: $number id: $id colour: $colour note: $note either: $either eithers: $eithers notes: $notes
) }`;

function operationOf(text: string) {
  const operation = getOperationAST(parse(text));
  if (!operation) throw new Error('no operation');
  return operation;
}

/** Mostly values of the type, and sometimes any JSON. */
const mostly = (fitting: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 30, arbitrary: fitting }, fc.jsonValue());

const { note, either } = fc.letrec((tie) => ({
  note: fc.record(
    {
      text: mostly(fc.string()),
      size: mostly(fc.integer({ min: -9, max: 9 })),
      tags: mostly(fc.array(fc.array(fc.string(), { maxLength: 2 }), { maxLength: 2 })),
      inner: fc.option(tie('note'), { depthSize: 'small' }),
    },
    { requiredKeys: ['text'] },
  ),
  either: fc.oneof(
    { weight: 9, arbitrary: tie('note').map((value) => ({ note: value })) },
    { weight: 9, arbitrary: fc.nat(9).map((value) => ({ count: value })) },
    { weight: 9, arbitrary: fc.array(fc.string(), { maxLength: 2 }).map((value) => ({ names: value })) },
    fc.constantFrom({}, { count: null }, { count: 1, names: [] }, { nothing: 1 }, 'text', [[]]),
  ),
}));

const variables = fc.record(
  {
    text: mostly(fc.string()),
    number: mostly(fc.double({ noNaN: true, noDefaultInfinity: true })),
    id: mostly(fc.oneof(fc.string(), fc.integer())),
    colour: mostly(fc.constantFrom('RED', 'BLUE', null)),
    note,
    either,
    eithers: fc.oneof(fc.array(either, { maxLength: 3 }), either),
    notes: fc.oneof(fc.array(fc.option(note), { maxLength: 3 }), note),
    unused: fc.jsonValue(),
  },
  { requiredKeys: ['number', 'eithers'] },
);

describe('variables', () => {
  it('are coerced as by graphql-js, which decides alone on those that are invalid', () => {
    const operation = operationOf(query);
    let valid = 0;
    fc.assert(
      fc.property(variables, (given) => {
        const expected = getVariableValues(schema, operation.variableDefinitions ?? [], given);
        const coerced = coerceValid(schema, operation, given);
        if (expected.errors === undefined) valid++;
        expect(coerced).toEqual(expected.errors === undefined ? expected.coerced : null);
      }),
      { numRuns: runs(1_000, 20_000) },
    );
    expect(valid).toBeGreaterThan(20);
  });

  it('of `publish` are coerced as by graphql-js', () => {
    const operation = operationOf(
      'mutation ($events: [EventInput!]!) { publish(input: { events: $events }) { __typename } }',
    );
    const events = [
      {
        metric: {
          name: 'queue.length',
          value: 3,
          labels: { queue: 'mail' },
          sampledAt: '2026-01-01T00:00:00Z',
        },
      },
      { event: { type: 'deploy', message: 'x', severity: 'ERROR', data: { a: [1, null] } } },
      {
        workflow: {
          workflowId: 7,
          status: 'PENDING',
          stage: 'REVIEW',
          progressPercent: 1,
          statusMessage: null,
        },
      },
    ];
    const expected = getVariableValues(graph, operation.variableDefinitions ?? [], { events });
    expect(coerceValid(graph, operation, { events })).toEqual(expected.coerced);
  });
});
