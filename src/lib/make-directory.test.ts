import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeDirectory } from './make-directory.ts';

function emptyFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'make-directory-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}

test('creates a directory and its parents, and leaves an existing one unchanged', () => {
  const path = join(emptyFolder(), 'a', 'b', 'c');
  makeDirectory(path, 0o700);
  makeDirectory(path, 0o755);
  expect(statSync(path).mode & 0o777).toBe(0o700);
});

test('throws when a file has the name, or the file system rejects the directory', () => {
  const file = join(emptyFolder(), 'file');
  writeFileSync(file, '');
  expect(() => makeDirectory(file)).toThrow(/EEXIST/);
  expect(() => makeDirectory(join(file, 'a', 'b'))).toThrow(/ENOTDIR/);
});

test.runIf(process.platform === 'linux')(
  'throws when the file system rejects every directory, and does not retry forever',
  () => {
    expect(() => makeDirectory('/proc/a/b')).toThrow(/ENOENT/);
  },
);
