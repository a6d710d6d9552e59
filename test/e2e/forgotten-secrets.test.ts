import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { buildProgram, emptyFolder, launch } from '../_util/process.ts';

beforeAll(buildProgram);

it('the process removes secrets from its environment, which child processes of libraries would inherit', async () => {
  const dir = await emptyFolder();
  const environmentFile = join(dir, 'environment.json');
  const preload = `
    import { writeFileSync } from 'node:fs';
    process.on('exit', () => writeFileSync(${JSON.stringify(environmentFile)}, JSON.stringify(process.env)));
  `;
  const child = launch(dir, {
    NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(preload)}"`,
    DATABASE_URL: 'postgres://user:hidden@127.0.0.1:1/nowhere', // it ends by itself
    JWT_SECRET: 'hidden'.repeat(6),
    AUTH_TOKENS: 'hidden-hidden-hidden:ann',
  });
  await once(child, 'exit');
  const environment = await readFile(environmentFile, 'utf8');
  expect(JSON.parse(environment)).toMatchObject({ OLLAMA_URL: '' });
  expect(environment).not.toContain('hidden');
});
