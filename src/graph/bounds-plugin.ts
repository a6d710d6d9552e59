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
import { boundsFor, boundsInWords, checkBounds, lackingBound, type Bounds } from './bounds.ts';

/**
 * Gives arguments and input fields the option `bounds`, writes it into their extensions and descriptions, and enforces
 * it before a resolver of a query or mutation runs. Subscriptions are checked once, when they are joined
 * (`delivery/subscription-groups.ts`), as their resolvers run for every event.
 */
export class BoundsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onInputFieldConfig(config: PothosInputFieldConfig<Types>): PothosInputFieldConfig<Types> {
    const { bounds } = config.pothosOptions as { readonly bounds?: Bounds };
    if (bounds === undefined) return config;
    return {
      ...config,
      extensions: { ...config.extensions, bounds },
      description: config.description
        ? `${config.description} ${sentence(boundsInWords(bounds))}`
        : config.description,
    };
  }

  /** @throws Error naming every argument and input field that has no bound. */
  override afterBuild(schema: GraphQLSchema): GraphQLSchema {
    const unbounded: string[] = [];
    for (const { place, input } of inputsOf(schema)) {
      const own = boundsFor(input.type, input.extensions.bounds ?? {});
      if (Object.keys(own).length > 0) input.extensions = { ...input.extensions, bounds: own };
      const lacking = lackingBound(input.type, own);
      if (lacking !== null) unbounded.push(`${place} (${lacking})`);
    }
    if (unbounded.length > 0) throw new Error(`inputs without bounds: ${unbounded.join(', ')}`);
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

/** Every argument of a field and every field of an input type, with its place: `Query.roles(id)`, `RoleInput.name`. */
function inputsOf(schema: GraphQLSchema): { place: string; input: GraphQLArgument | GraphQLInputField }[] {
  return Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => {
      if (isInputObjectType(type))
        return Object.values(type.getFields()).map((input) => ({
          place: `${type.name}.${input.name}`,
          input,
        }));
      if (!isObjectType(type) && !isInterfaceType(type)) return [];
      return Object.values(type.getFields()).flatMap(({ name, args }) =>
        args.map((input) => ({ place: `${type.name}.${name}(${input.name})`, input })),
      );
    });
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
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
      /** How large a value may be. Required for texts, lists and JSON; IDs and lists of enum values have a default. */
      bounds?: Bounds;
    }
  }
}
