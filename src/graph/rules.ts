import type { Capability } from '../auth/viewer.ts';

/**
 * What a field requires of the viewer: a capability, a credential with at least one capability, any credential, or
 * nothing beyond access to the endpoint.
 */
export type Requirement = Capability | 'anyCapability' | 'credential' | 'nothing';

/** A requirement that a viewer can fail to meet. */
export type Need = Exclude<Requirement, 'nothing'>;

/** A field's options `requires` and `viewerDependent`, stored in its extensions. The engine enforces them. */
export interface FieldRules {
  readonly requires?: Requirement;
  /** The value depends on the viewer, so results with this field are never shared between viewers. */
  readonly viewerDependent?: boolean;
}

declare module 'graphql' {
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    rules?: FieldRules;
  }
}
