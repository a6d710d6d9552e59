import { readdirSync } from 'node:fs';
import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types of the documents that old systems' dialects ask of the graph. Run it after a document or the schema changed. */

const plugins = ['typescript', 'typescript-operations', 'typed-document-node'];

const dialects = readdirSync(new URL('src/legacy', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `src/legacy/${name}`);

const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  generates: Object.fromEntries(
    dialects.map((dir) => [
      `${dir}/documents.generated.ts`,
      { documents: `${dir}/documents.graphql`, plugins },
    ]),
  ),
  config: {
    useTypeImports: true,
    onlyOperationTypes: true,
    disableDescriptions: true,
    enumsAsTypes: true,
    skipTypename: true,
    immutableTypes: true,
    avoidOptionals: { field: true, object: true, inputValue: false, defaultValue: false },
    strictScalars: true,
    scalars: { DateTime: 'string', JSON: 'unknown', Cursor: 'string' },
  },
};

export default config;
