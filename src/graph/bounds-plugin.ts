import SchemaBuilder, {
  BasePlugin,
  type FieldRequiredness,
  type InputType,
  type PothosInputFieldConfig,
  type PothosOutputFieldConfig,
  type SchemaTypes,
} from '@pothos/core';
import {
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLFieldResolver,
  type GraphQLInputField,
  type GraphQLSchema,
} from 'graphql';
import { capitalized } from '../lib/camel-case.ts';
import { boundsFor, describeBounds, checkBounds, missingBound, type Bounds } from './bounds.ts';

/**
 * Adds the option `bounds` to arguments and input fields. The plugin stores the bounds in their extensions, appends
 * them to their descriptions, and checks them before a resolver of a query or mutation runs. The arguments of a
 * subscription are checked once, when it starts (`delivery/subscription-groups.ts`), because its resolver runs for
 * every event.
 */
export class BoundsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onInputFieldConfig(config: PothosInputFieldConfig<Types>): PothosInputFieldConfig<Types> {
    const { bounds } = config.pothosOptions as { readonly bounds?: Bounds };
    if (bounds === undefined) return config;
    return {
      ...config,
      extensions: { ...config.extensions, bounds },
      description: config.description
        ? `${config.description} ${capitalized(describeBounds(bounds))}.`
        : config.description,
    };
  }

  /** @throws Error that names every argument and input field whose bounds are missing. */
  override afterBuild(schema: GraphQLSchema): GraphQLSchema {
    const unbounded: string[] = [];
    for (const { coordinate, input } of inputsOf(schema)) {
      const bounds = boundsFor(input.type, input.extensions.bounds ?? {});
      if (Object.keys(bounds).length > 0) input.extensions = { ...input.extensions, bounds };
      const missing = missingBound(input.type, bounds);
      if (missing !== null) unbounded.push(`${coordinate} (${missing})`);
    }
    if (unbounded.length > 0) throw new Error(`missing bounds of inputs: ${unbounded.join(', ')}`);
    return schema;
  }

  override wrapResolve(
    resolver: GraphQLFieldResolver<unknown, Types['Context'], object>,
    { kind, args }: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    if (kind === 'Subscription' || Object.keys(args).length === 0) return resolver;
    return (source, given, context, info) => {
      const field = info.parentType.getFields()[info.fieldName];
      if (field !== undefined) checkBounds(field, given as Readonly<Record<string, unknown>>);
      return resolver(source, given, context, info);
    };
  }
}

export const bounds = 'bounds';
SchemaBuilder.registerPlugin(bounds, BoundsPlugin);

/** All arguments and input fields with their coordinates: `Query.roles(id)`, `UpsertRoleInput.name`. */
function inputsOf(
  schema: GraphQLSchema,
): { coordinate: string; input: GraphQLArgument | GraphQLInputField }[] {
  return Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => {
      if (isInputObjectType(type))
        return Object.values(type.getFields()).map((input) => ({
          coordinate: `${type.name}.${input.name}`,
          input,
        }));
      if (!isObjectType(type) && !isInterfaceType(type)) return [];
      return Object.values(type.getFields()).flatMap(({ name, args }) =>
        args.map((input) => ({ coordinate: `${type.name}.${name}(${input.name})`, input })),
      );
    });
}

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      bounds: BoundsPlugin<Types>;
    }

    interface InputFieldOptions<
      Types extends SchemaTypes = SchemaTypes,
      Type extends InputType<Types> | [InputType<Types>] = InputType<Types> | [InputType<Types>],
      Req extends FieldRequiredness<Type> = FieldRequiredness<Type>,
    > {
      /** The allowed sizes. Required for strings, lists and JSON; IDs and lists of enum values have defaults. */
      bounds?: Bounds;
    }
  }
}
