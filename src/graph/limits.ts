import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import { specifiedRules, type ValidationRule } from 'graphql';
import { introspectionOnceRule } from './introspection.ts';

/**
 * What one document may be and cost, on every way in. The parser's stack overflows at about 2,000 nested brackets, so
 * the token bound lies below that.
 */
export const limits = {
  documentCharsMax: 32_768,
  tokensMax: 1_500,
  depthMax: 14,
  aliasesMax: 60,
  directivesMax: 40,
  /** How deep lists and objects may lie in each other in variables. What writes them as JSON has a stack that ends. */
  valueDepthMax: 100,
  /** Values of a result, of a subscription in a second: what graphql-js takes a tenth of a second for. */
  costMax: 100_000,
  /** The same for all subscriptions of a connection together. */
  connectionCostMax: 250_000,
  /** Entries that any list has whose length can be asked for. */
  listMax: 1_000,
  /** The JSON of a response, or of one result of a subscription, where the settings do not say otherwise. */
  responseBytesMax: 16 * 1024 * 1024,
} as const;

const options = { propagateOnRejection: true, exposeLimits: true } as const;

export const validationRules: readonly ValidationRule[] = [
  ...specifiedRules,
  maxDepthRule({ n: limits.depthMax, ignoreIntrospection: true, ...options }),
  maxAliasesRule({ n: limits.aliasesMax, ...options }),
  maxDirectivesRule({ n: limits.directivesMax, ...options }),
  introspectionOnceRule,
];
