import { Kind, print, stripIgnoredCharacters, visit } from 'graphql';

/**
 * A plugin of GraphQL Code Generator that writes each operation as a text with the types of its result and variables.
 * A browser receives texts, which are a third of the size of parsed documents.
 */
export function plugin(_schema, files) {
  const definitions = files.flatMap(({ document }) => document?.definitions ?? []);
  const fragments = new Map(
    definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).map((one) => [one.name.value, one]),
  );
  const operations = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return {
    prepend: ["import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';"],
    content: [
      '\n/** The text of a document, with the types of its result and variables. */',
      'export type DocumentText<Data, Variables> = string & DocumentTypeDecoration<Data, Variables>;\n',
      ...operations.map((operation) => constant(operation, fragments)),
    ].join('\n'),
  };
}

function constant(operation, fragments) {
  const name = operation.name.value;
  const type = name + operation.operation.charAt(0).toUpperCase() + operation.operation.slice(1);
  const parts = [operation, ...[...fragmentsOf(operation, fragments)].map((used) => fragments.get(used))];
  const text = stripIgnoredCharacters(parts.map((part) => print(part)).join('\n'));
  return `export const ${name}Document = ${JSON.stringify(text)} as DocumentText<${type}, ${type}Variables>;`;
}

/** The names of the fragments that a definition uses, also through other fragments. */
function fragmentsOf(definition, fragments, names = new Set()) {
  visit(definition, {
    FragmentSpread({ name: { value } }) {
      const used = fragments.get(value);
      if (used === undefined || names.has(value)) return;
      names.add(value);
      fragmentsOf(used, fragments, names);
    },
  });
  return names;
}
