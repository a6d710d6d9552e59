import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readEnv } from './env.ts';

describe('the environment', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'env-test-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  test('takes a variable of the process before the same variable of .env', () => {
    writeFileSync(join(dir, '.env'), '\uFEFFPORT=1\nHOST="::1" # here\nOLLAMA_URL=http://x\n');
    expect(readEnv(dir, { PORT: '2', OLLAMA_URL: '', GONE: undefined })).toEqual({
      values: { PORT: '2', HOST: '::1', OLLAMA_URL: '' },
      file: { keys: ['PORT', 'HOST', 'OLLAMA_URL'], errors: [] },
    });
  });

  test('does not need a file .env', () => {
    expect(readEnv(dir, { A: 'b' })).toEqual({ values: { A: 'b' }, file: { keys: [], errors: [] } });
  });

  test('reports lines of .env that set nothing, without their content', () => {
    const text = [
      '# a comment',
      'export PORT=1 # fine',
      'AUTH_REQUIRED true',
      'JWT SECRET=hunter2-hunter2',
      'A="two',
      'lines"',
      "B='x",
      '',
      "y'",
      '  ',
      'just words',
      'C: d',
      'EMPTY=',
    ];
    for (const lineBreak of ['\n', '\r\n']) {
      writeFileSync(join(dir, '.env'), text.join(lineBreak));
      const { file } = readEnv(dir, {});
      expect(file.keys).toEqual(['PORT', 'A', 'B', 'C', 'EMPTY']);
      expect(file.errors).toEqual(
        [3, 4, 11].map((line) => `line ${line} of .env is not NAME=value, so it sets nothing`),
      );
    }
  });

  test('fails when .env cannot be read', () => {
    expect(() => readEnv('/dev/null', {})).toThrow(/\.env cannot be read \(ENOTDIR\)/);
  });
});
