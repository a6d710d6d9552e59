import { readFileSync } from 'node:fs';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { Kind, parse, print, visit, type FieldDefinitionNode } from 'graphql';

/**
 * The schema for a client that treats every error as a failure, as the dialects do: the fields of Query that are null
 * only after an error are not null.
 */
function strictSchema(): string {
  const field = (node: FieldDefinitionNode): FieldDefinitionNode | undefined =>
    node.type.kind !== Kind.NON_NULL_TYPE && node.description?.value.includes('Null only after an error.')
      ? { ...node, type: { kind: Kind.NON_NULL_TYPE, type: node.type } }
      : undefined;
  return print(
    visit(parse(readFileSync('schema/schema.graphql', 'utf8')), {
      ObjectTypeDefinition: (type) => (type.name.value === 'Query' ? undefined : false),
      FieldDefinition: field,
    }),
  );
}

const types = ['typescript', 'typescript-operations'];

/**
 * Types of the documents that the old systems' dialects and the page send to the graph. Run it after a document or the
 * schema changed.
 */
const config: CodegenConfig = {
  generates: {
    'src/legacy/documents.generated.ts': {
      schema: strictSchema(),
      documents: 'src/legacy/*/documents.graphql',
      plugins: [...types, 'typed-document-node'],
    },
    // The page shows what it gets, so all fields of Query may be null.
    'dashboard/src/documents.generated.ts': {
      schema: 'schema/schema.graphql',
      documents: 'dashboard/src/**/*.graphql',
      plugins: [...types, './scripts/document-texts.mjs'],
    },
  },
  config: {
    useTypeImports: true,
    onlyOperationTypes: true,
    disableDescriptions: true,
    enumsAsTypes: true,
    skipTypename: true,
    immutableTypes: true,
    avoidOptionals: { field: true, object: true, inputValue: false, defaultValue: false },
    strictScalars: true,
    scalars: { DateTime: 'string', JSON: 'unknown', Cursor: 'string', SafeInt: 'number' },
  },
};

export default config;
