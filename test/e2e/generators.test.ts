import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { introspectionFromSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../../src/schema.ts';
import { areInstalled } from '../readers/_installed.ts';

// Generators of types for clients in TypeScript. What they write is checked by the compiler together with a program.

const root = new URL('../..', import.meta.url).pathname;

let dir: string;
beforeAll(async () => {
  await mkdir(join(root, 'dist'), { recursive: true });
  dir = await mkdtemp(join(root, 'dist', 'generated-'));
  await cp(join(root, 'schema/schema.graphql'), join(dir, 'schema.graphql'));
  await writeFile(
    join(dir, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        target: 'es2023',
        module: 'esnext',
        moduleResolution: 'bundler',
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        types: [],
      },
      include: ['*.ts', 'client/*.ts'],
    }),
  );
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const page = `query Page($first: Int) {
  alerts(first: $first, filter: { statuses: [ACTIVE] }) {
    liveCursor
    edges { node { id alertId title severity raisedAt } }
  }
}`;

/** @returns the messages of the compiler. */
async function compile(program: string): Promise<string> {
  await writeFile(join(dir, 'program.ts'), program);
  try {
    await promisify(execFile)(join(root, 'node_modules/.bin/tsc'), ['-p', dir]);
    return '';
  } catch (error) {
    return (error as { readonly stdout: string }).stdout;
  }
}

/** Uses the result of the page. @param value of the field `severity`: the types reject another one. */
function use(imports: string, result: string, value: string): string {
  return `${imports}
    type Node = NonNullable<${result}['alerts']>['edges'][number]['node'];
    const id: Node['id'] = 'x';
    const severity: Node['severity'] = '${value}';
    export { id, severity };`;
}

describe.skipIf(!areInstalled('gql.tada', '@gql.tada/internal'))('gql.tada', () => {
  it('generates its types, which check the results of a document', async () => {
    // Not its command line, which needs the programming interface that TypeScript 7 does not have.
    const { minifyIntrospection, outputIntrospectionFile } = await import('@gql.tada/internal');
    const introspection = minifyIntrospection({ name: undefined, ...introspectionFromSchema(schema) });
    const options = { fileType: 'tada.d.ts', shouldPreprocess: true };
    await writeFile(join(dir, 'tada.d.ts'), outputIntrospectionFile(introspection, options));
    const imports = `
      import { initGraphQLTada, type ResultOf } from 'gql.tada';
      import type { introspection } from './tada.d.ts';
      const graphql = initGraphQLTada<{ introspection: introspection; scalars: { DateTime: string; Cursor: string } }>();
      const document = graphql(\`${page}\`);`;
    expect(await compile(use(imports, 'ResultOf<typeof document>', 'CRITICAL'))).toBe('');
    expect(await compile(use(imports, 'ResultOf<typeof document>', 'UNKNOWN'))).toContain('"UNKNOWN"');
  });
});

describe.skipIf(!areInstalled('@graphql-codegen/client-preset'))(
  'the client preset of GraphQL Code Generator',
  () => {
    it('generates its types, which check the results of a document', async () => {
      const { generate } = await import('@graphql-codegen/cli');
      await writeFile(join(dir, 'page.graphql'), page);
      const files = (await generate(
        {
          schema: join(dir, 'schema.graphql'),
          documents: join(dir, 'page.graphql'),
          silent: true,
          generates: {
            [`${join(dir, 'client')}/`]: {
              preset: 'client',
              config: {
                enumsAsTypes: true,
                defaultScalarType: 'unknown',
              },
            },
          },
        },
        false,
      )) as { filename: string; content: string }[];
      await mkdir(join(dir, 'client'), { recursive: true });
      for (const { filename, content } of files) await writeFile(filename, content);
      const imports = `import type { PageQuery } from './client/graphql.ts';`;
      expect(await compile(use(imports, 'PageQuery', 'CRITICAL'))).toBe('');
      expect(await compile(use(imports, 'PageQuery', 'UNKNOWN'))).toContain('"UNKNOWN"');
    });
  },
);
