import { GraphQLError, type ASTVisitor, type ValidationContext } from 'graphql';

/**
 * Rejects aliases of introspection fields. The description of the schema is long, and with aliases one document could
 * request it many times. Tools do not use such aliases.
 */
export function noIntrospectionAliasRule(context: ValidationContext): ASTVisitor {
  return {
    Field(node) {
      const { name, alias } = node;
      if (alias === undefined || name.value === '__typename') return;
      const isIntrospection =
        name.value.startsWith('__') || context.getParentType()?.name.startsWith('__') === true;
      if (!isIntrospection) return;
      const message = `${name.value} describes the schema and cannot have an alias.`;
      context.reportError(new GraphQLError(message, { nodes: node }));
    },
  };
}
