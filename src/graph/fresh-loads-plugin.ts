import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import type { GraphQLFieldResolver } from 'graphql';
import type { GraphContext } from './context.ts';
import { dropLoaded } from './loaders.ts';

/** Drops the values that loaders have read when a mutation has changed something, so that links in its result are read after the change. */
export class FreshLoadsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(
    resolver: GraphQLFieldResolver<unknown, Types['Context'], object>,
    { kind }: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    if (kind !== 'Mutation') return resolver;
    return async (source, args, context, info) => {
      try {
        return await resolver(source, args, context, info);
      } finally {
        dropLoaded(context as unknown as GraphContext);
      }
    };
  }
}

/** The plugin's name. */
export const freshLoads = 'freshLoads';
SchemaBuilder.registerPlugin(freshLoads, FreshLoadsPlugin);

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      freshLoads: FreshLoadsPlugin<Types>;
    }
  }
}
