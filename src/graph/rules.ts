import type { Capability } from '../auth/viewer.ts';

/**
 * What a viewer needs: a capability, a credential of a role that has any capability, any credential at all, or nothing
 * but to have got in.
 */
export type Requirement = Capability | 'anyCapability' | 'credential' | 'nothing';

/**
 * What a field declares about who may see it, as the options `requires` and `viewerDependent` put it into its
 * extensions. The engine reads it; nobody else enforces anything.
 */
export interface FieldRules {
  readonly requires?: Requirement;
  /** The value depends on who asks, so results with this field are never shared between viewers. */
  readonly viewerDependent?: boolean;
}

declare module 'graphql' {
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    rules?: FieldRules;
  }
}
