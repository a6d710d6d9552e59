import { GraphQLError, type ASTVisitor, type ValidationContext } from 'graphql';

/**
 * What the schema says of itself is long, and under other names it could be asked for again and again in one document.
 * So it is asked for once: no field of introspection has an alias. Tools need none.
 */
export function introspectionOnceRule(context: ValidationContext): ASTVisitor {
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
