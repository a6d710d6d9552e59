import { parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { FEATURES } from '../config.ts';
import { createDialects } from '../dialects.ts';
import { validationRules } from '../graph/limits.ts';
import { schema } from '../schema.ts';

const dialects = createDialects({ agentIds: ['an_agent'] });

describe.each(dialects.map((dialect) => [dialect.name, dialect] as const))(
  '%s',
  (_name, { routes, feeds }) => {
    test('asks the graph what it offers, within its limits', () => {
      const asked = feeds.flatMap(({ parts, answers = [] }) => [...parts, ...answers]);
      const queries = [...routes, ...asked].flatMap((one) => ('query' in one ? [one.query] : []));
      const errors = queries.flatMap((query) => validate(schema, parse(query), validationRules));
      expect(errors.map(({ message }) => message)).toEqual([]);
    });

    test('needs only switches that there are', () => {
      const needs = [...routes, ...feeds].flatMap((one) => one.needs);
      expect(needs.filter((name) => !(name in FEATURES))).toEqual([]);
    });

    test('names the parts of a feed each once', () => {
      for (const { parts, answers = [] } of feeds) {
        const names = [...parts, ...answers].map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
      }
    });
  },
);
