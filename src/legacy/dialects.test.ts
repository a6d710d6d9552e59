import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  typeFromAST,
  validate,
  type DocumentNode,
  type GraphQLInputType,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { featureSettings } from '../config/features.ts';
import { describedDialects } from './dialects.ts';
import { Complexity } from '../engine/complexity.ts';
import { Operations } from '../engine/documents.ts';
import { coerceVariables } from '../engine/variables.ts';
import type { GraphContext } from '../graph/context.ts';
import { limits, validationRules } from '../graph/limits.ts';
import { schema } from '../schema.ts';

const dialects = describedDialects(['an_agent']);

const operations = new Operations(schema, { introspection: false });
const costs = new Complexity(schema);

/** The cost of a document with all arguments at their maximum. */
function costOf(query: DocumentNode): number {
  const operation = operations.prepare({ query });
  const declared = operation.declared.variableDefinitions ?? [];
  const given = declared.map(({ variable, type }) => [
    variable.name.value,
    sampleOf(typeFromAST(schema, type) as GraphQLInputType),
  ]);
  const context = () =>
    ({ serverInfo: { intervals: new Proxy({}, { get: () => 1_000 }) } }) as unknown as GraphContext;
  return costs.of(operation, coerceVariables(schema, operation, Object.fromEntries(given)), context);
}

function sampleOf(given: GraphQLInputType): unknown {
  const type = getNullableType(given);
  if (isListType(type)) return [sampleOf(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return Object.fromEntries(required.map((field) => [field.name, sampleOf(field.type)]));
  }
  const samples: Record<string, unknown> = {
    Int: 1_000,
    Float: 1_000,
    Boolean: true,
    DateTime: '2026-01-01T00:00:00Z',
    JSON: {},
  };
  return samples[type.name] ?? 'x';
}

describe.each(dialects.map((dialect) => [dialect.name, dialect] as const))(
  '%s',
  (_name, { routes, feeds }) => {
    test('has only documents that are valid and within the limits of the graph', () => {
      const asked = feeds.flatMap(({ parts, requests = [] }) => [...parts, ...requests]);
      const queries = [...routes, ...asked].flatMap((one) => ('query' in one ? [one.query] : []));
      const errors = queries.flatMap((query) => validate(schema, query, validationRules));
      expect(errors.map(({ message }) => message)).toEqual([]);
    });

    test('has only documents that cost less than half of the limit', () => {
      const asked = feeds.flatMap(({ parts, requests = [] }) => [...parts, ...requests]);
      for (const query of [...routes, ...asked].flatMap((one) => ('query' in one ? [one.query] : [])))
        expect(costOf(query)).toBeLessThan(limits.costMax / 2);
    });

    test('needs only features that exist', () => {
      const needs = [...routes, ...feeds].flatMap((one) => one.needs ?? []);
      expect(needs.filter((name) => !(name in featureSettings.settings))).toEqual([]);
    });

    test('has a unique name for each part of a feed', () => {
      for (const { parts, requests = [] } of feeds) {
        const names = [...parts, ...requests].map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
      }
    });
  },
);
