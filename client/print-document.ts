// oxlint-disable typescript/no-unsafe-enum-comparison -- the enum would make `graphql` a dependency

import type {
  ArgumentNode,
  ConstDirectiveNode,
  DefinitionNode,
  DirectiveNode,
  DocumentNode,
  SelectionSetNode,
  TypeNode,
  ValueNode,
  VariableDefinitionNode,
} from 'graphql';

/**
 * Prints an executable document. Much smaller than the printer of `graphql`, which also prints schemas.
 *
 * @throws Error if the document contains a type definition.
 */
export function printDocument(document: DocumentNode): string {
  return document.definitions.map(definition).join('\n');
}

function definition(node: DefinitionNode): string {
  if (node.kind === 'OperationDefinition') {
    const name = node.name === undefined ? '' : ` ${node.name.value}`;
    const variables = list(node.variableDefinitions, variableDefinition, ['(', ', ', ')']);
    return `${node.operation}${name}${variables}${directives(node.directives)} ${selectionSet(node.selectionSet)}`;
  }
  if (node.kind === 'FragmentDefinition') {
    const on = `fragment ${node.name.value} on ${node.typeCondition.name.value}`;
    return `${on}${directives(node.directives)} ${selectionSet(node.selectionSet)}`;
  }
  throw new Error(`A ${node.kind} cannot be executed: use a document of operations and fragments.`);
}

function variableDefinition({
  variable,
  type,
  defaultValue,
  directives: given,
}: VariableDefinitionNode): string {
  const fallback = defaultValue === undefined ? '' : ` = ${value(defaultValue)}`;
  return `$${variable.name.value}: ${typeOf(type)}${fallback}${directives(given)}`;
}

function typeOf(node: TypeNode): string {
  if (node.kind === 'NonNullType') return `${typeOf(node.type)}!`;
  return node.kind === 'ListType' ? `[${typeOf(node.type)}]` : node.name.value;
}

function selectionSet({ selections }: SelectionSetNode): string {
  const printed = selections.map((node) => {
    if (node.kind === 'FragmentSpread') return `...${node.name.value}${directives(node.directives)}`;
    if (node.kind === 'InlineFragment') {
      const on = node.typeCondition === undefined ? '' : ` on ${node.typeCondition.name.value}`;
      return `...${on}${directives(node.directives)} ${selectionSet(node.selectionSet)}`;
    }
    const alias = node.alias === undefined ? '' : `${node.alias.value}: `;
    const nested = node.selectionSet === undefined ? '' : ` ${selectionSet(node.selectionSet)}`;
    return `${alias}${node.name.value}${args(node.arguments)}${directives(node.directives)}${nested}`;
  });
  return `{ ${printed.join(' ')} }`;
}

function directives(nodes: readonly (DirectiveNode | ConstDirectiveNode)[] | undefined): string {
  return list(nodes, (node) => `@${node.name.value}${args(node.arguments)}`, [' ', ' ', '']);
}

function args(nodes: readonly ArgumentNode[] | undefined): string {
  return list(nodes, (node) => `${node.name.value}: ${value(node.value)}`, ['(', ', ', ')']);
}

function value(node: ValueNode): string {
  switch (node.kind) {
    case 'Variable':
      return `$${node.name.value}`;
    case 'NullValue':
      return 'null';
    case 'StringValue':
      return JSON.stringify(node.value);
    case 'ListValue':
      return `[${node.values.map(value).join(', ')}]`;
    case 'ObjectValue':
      return `{${node.fields.map((field) => `${field.name.value}: ${value(field.value)}`).join(', ')}}`;
    default:
      return String(node.value);
  }
}

function list<Node>(
  nodes: readonly Node[] | undefined,
  print: (node: Node) => string,
  [open, separator, close]: readonly [string, string, string],
): string {
  return nodes === undefined || nodes.length === 0
    ? ''
    : `${open}${nodes.map(print).join(separator)}${close}`;
}
