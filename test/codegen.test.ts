import { readFileSync } from 'node:fs';
import { generate } from '@graphql-codegen/cli';
import { expect, it } from 'vitest';
import config from '../codegen.ts';
import { printedClientData } from '../scripts/printed-client-data.ts';

it('the committed types and texts of documents equal the output of the code generator', async () => {
  const files = (await generate(config, false)) as { filename: string; content: string }[];
  expect(files.length).toBeGreaterThan(0);
  for (const { filename, content } of files)
    expect(readFileSync(filename, 'utf8'), `run \`npm run codegen\`: ${filename} is not what it writes`).toBe(
      content,
    );
});

it('what the client contains of the schema is up to date', () => {
  const files = Object.entries(printedClientData());
  expect(files.length).toBeGreaterThan(0);
  for (const [name, text] of files)
    expect(
      readFileSync(`client/${name}`, 'utf8'),
      `run \`npm run codegen\`: client/${name} is not what it writes`,
    ).toBe(text);
});
