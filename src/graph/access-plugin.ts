import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type PothosOutputFieldConfig,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core';
import type { FieldRules, Need, Requirement } from './rules.ts';

/**
 * Adds the option `requires` to fields: mandatory for root fields (checked by the compiler), optional for others, which
 * can require a further capability. The plugin stores the options in the field's extensions, where the engine reads and
 * enforces them, and appends the requirement of a root field to its description. The plugin enforces nothing.
 */
export class AccessPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(config: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const rules = declaredIn(config.pothosOptions);
    if (rules === null) return config;
    const isRoot = config.kind === 'Query' || config.kind === 'Mutation' || config.kind === 'Subscription';
    return {
      ...config,
      extensions: { ...config.extensions, rules },
      description: isRoot ? withRequirement(config.description, rules.requires) : config.description,
    };
  }
}

/** The plugin's name. */
export const access = 'access';
SchemaBuilder.registerPlugin(access, AccessPlugin);

function declaredIn({ requires, viewerDependent }: FieldRules): FieldRules | null {
  if (requires === undefined && viewerDependent === undefined) return null;
  return {
    ...(requires === undefined ? {} : { requires }),
    ...(viewerDependent === undefined ? {} : { viewerDependent }),
  };
}

/** A missing description stays missing, so that the check of descriptions finds it. */
function withRequirement<Text extends string | null | undefined>(
  description: Text,
  requires?: Requirement,
): Text | string {
  if (!description || requires === undefined || requires === 'nothing') return description;
  const sentences = /[.!?…]$/.test(description) ? description : `${description}.`;
  return `${sentences} Requires ${describeRequirement(requires)}.`;
}

function describeRequirement(requires: Requirement): string {
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
      /** The value depends on the viewer, so results with this field are never shared between viewers. */
      viewerDependent?: boolean;
    }

    interface QueryFieldOptions<
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > {
      /** What the field requires of the viewer. */
      requires: Requirement;
    }

    interface MutationFieldOptions<
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > {
      /** What the field requires of the viewer. */
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
      /** What the field requires of the viewer. */
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
      /** What the field requires in addition to the root field's requirement. */
      requires?: Need;
    }

    interface InterfaceFieldOptions<
      Types extends SchemaTypes,
      ParentShape,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > {
      /** What the field requires in addition to the root field's requirement. */
      requires?: Need;
    }
  }
}
