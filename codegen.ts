import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types of the documents that the old systems' dialects send to the graph. Run it after a document or the schema changed. */
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  generates: {
    'src/legacy/documents.generated.ts': {
      documents: 'src/legacy/*/documents.graphql',
      plugins: ['typescript', 'typescript-operations', 'typed-document-node'],
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
