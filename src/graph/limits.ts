import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import { specifiedRules, type ValidationRule } from 'graphql';

/**
 * Limits of documents, for all transports. `tokensMax` is below 2,000, because the parser's stack overflows at about
 * 2,000 nested brackets.
 */
export const limits = {
  documentCharsMax: 32_768,
  tokensMax: 1_500,
  depthMax: 14,
  aliasesMax: 60,
  directivesMax: 40,
  /** Nesting depth of lists and objects in variables. `JSON.stringify` overflows its stack on deeper values. */
  valueDepthMax: 100,
  /** Values in a result, or per second of a subscription. graphql-js takes 100 ms for this number. */
  costMax: 100_000,
  /** Values per second of all subscriptions of a connection. */
  connectionCostMax: 250_000,
  /** Items of a list whose length an argument determines. */
  listMax: 1_000,
  /** JSON of a response, or of one result of a subscription. Default of the setting. */
  responseBytesMax: 16 * 1024 * 1024,
} as const;

const options = { propagateOnRejection: true, exposeLimits: true } as const;

export const validationRules: readonly ValidationRule[] = [
  ...specifiedRules,
  maxDepthRule({ n: limits.depthMax, ignoreIntrospection: true, ...options }),
  maxAliasesRule({ n: limits.aliasesMax, ...options }),
  maxDirectivesRule({ n: limits.directivesMax, ...options }),
];
