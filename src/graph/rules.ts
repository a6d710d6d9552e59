import type { Capability } from '../auth/viewer.ts';

/** What a field declares about who may see it. The door reads it; nobody else enforces anything. */
export interface FieldRules {
  /** The viewer needs this capability. Default: `read`; a mutation must say. */
  readonly requires?: Capability;
  /** The value depends on who asks, so results with this field are never shared between viewers. */
  readonly viewerDependent?: boolean;
}

declare module 'graphql' {
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    rules?: FieldRules;
  }
}

/** For a field's `extensions`. */
export function rules(declared: FieldRules): { rules: FieldRules } {
  return { rules: declared };
}
