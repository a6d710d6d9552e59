import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import { specifiedRules, type ValidationRule } from 'graphql';

/**
 * What one document may be, on every way in. The parser's stack overflows at about 2,000 nested brackets, so the token
 * bound lies below that.
 */
export const limits = {
  documentCharsMax: 32_768,
  tokensMax: 1_500,
  depthMax: 14,
  aliasesMax: 60,
  directivesMax: 40,
} as const;

const options = { propagateOnRejection: true, exposeLimits: true } as const;

export const validationRules: readonly ValidationRule[] = [
  ...specifiedRules,
  maxDepthRule({ n: limits.depthMax, ignoreIntrospection: true, ...options }),
  maxAliasesRule({ n: limits.aliasesMax, ...options }),
  maxDirectivesRule({ n: limits.directivesMax, ...options }),
];
