import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type PothosOutputFieldConfig,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core';
import type { Capability } from '../auth/viewer.ts';
import type { FieldRules, Requirement } from './rules.ts';

/**
 * Has every root field say what its viewer needs: one that does not say it does not compile. Other fields may ask for a
 * capability on top. What they say ends up in the field's extensions, where the engine reads it, and a root field's also
 * at the end of its description, where clients do. Nothing is enforced here.
 */
export class AccessPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(config: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const rules = declaredIn(config.pothosOptions);
    if (rules === null) return config;
    const isRoot = config.kind === 'Query' || config.kind === 'Mutation' || config.kind === 'Subscription';
    return {
      ...config,
      extensions: { ...config.extensions, rules },
      description: isRoot ? saying(config.description, rules.requires) : config.description,
    };
  }
}

/** The plugin's name, for the builder's list. */
export const access = 'access';
SchemaBuilder.registerPlugin(access, AccessPlugin);

function declaredIn({ requires, viewerDependent }: FieldRules): FieldRules | null {
  if (requires === undefined && viewerDependent === undefined) return null;
  return {
    ...(requires === undefined ? {} : { requires }),
    ...(viewerDependent === undefined ? {} : { viewerDependent }),
  };
}

/** A field without a description stays without one, so that its lack is seen. */
function saying<Text extends string | null | undefined>(
  description: Text,
  requires?: Requirement,
): Text | string {
  if (!description || requires === undefined || requires === 'nothing') return description;
  const sentences = /[.!?…]$/.test(description) ? description : `${description}.`;
  return `${sentences} Needs ${inWords(requires)}.`;
}

function inWords(requires: Requirement): string {
  if (requires === 'credential') return 'a credential';
  return requires === 'anyCapability' ? 'a credential with any capability' : `\`${requires}\``;
}

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      access: AccessPlugin<Types>;
    }

    interface FieldOptions<
      Types extends SchemaTypes = SchemaTypes,
      ParentShape = unknown,
      Type extends TypeParam<Types> = TypeParam<Types>,
      Nullable extends FieldNullability<Type> = FieldNullability<Type>,
      Args extends InputFieldMap = InputFieldMap,
      ResolveShape = unknown,
      ResolveReturnShape = unknown,
    > {
      /** The value depends on who asks, so results with this field are never shared between viewers. */
      viewerDependent?: boolean;
    }

    interface QueryFieldOptions<
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > {
      /** What the viewer needs; `nothing`: to have got in. */
      requires: Requirement;
    }

    interface MutationFieldOptions<
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > {
      /** What the viewer needs; `nothing`: to have got in. */
      requires: Requirement;
    }

    interface SubscriptionFieldOptions<
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveShape,
      ResolveReturnShape,
    > {
      /** What the viewer needs; `nothing`: to have got in. */
      requires: Requirement;
    }

    interface ObjectFieldOptions<
      Types extends SchemaTypes,
      ParentShape,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > {
      /** What the viewer needs on top of what the root field asks for. */
      requires?: Capability;
    }

    interface InterfaceFieldOptions<
      Types extends SchemaTypes,
      ParentShape,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > {
      /** What the viewer needs on top of what the root field asks for. */
      requires?: Capability;
    }
  }
}
