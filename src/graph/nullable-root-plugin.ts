import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';

/** At the end of the description of a query field that is null only after an error. */
export const nullAfterError = 'Null only after an error.';

/**
 * Makes all fields of Query nullable, so that the failure of one does not take the results of the others with it. A
 * field that is declared as non-null has the sentence in its description.
 */
export class NullableRootPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(config: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    if (config.kind !== 'Query' || config.type.nullable) return config;
    const { type, description = null } = config;
    return {
      ...config,
      type: { ...type, nullable: true },
      description: description === null ? null : `${description} ${nullAfterError}`,
    };
  }
}

/** The plugin's name. */
export const nullableRoot = 'nullableRoot';
SchemaBuilder.registerPlugin(nullableRoot, NullableRootPlugin);

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      nullableRoot: NullableRootPlugin<Types>;
    }
  }
}
