import { mkdtemp, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fileSystemReader } from './file-system.ts';

const ext4Magic = 0xef53;
const fuseMagic = 0x65735546;

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'opsgraph-test-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true });
});

describe.runIf(process.platform === 'linux')('fileSystemReader', () => {
  /** Puts a fake `stat` that prints this size into the PATH. @returns a function that counts its calls. */
  async function statWith(fragmentBytes: number): Promise<() => Promise<number>> {
    const calls = join(dir, 'calls');
    const script = `#!/bin/sh\necho "$*" >> ${calls}\necho ${fragmentBytes}\n`;
    await writeFile(join(dir, 'stat'), script, { mode: 0o755 });
    vi.stubEnv('PATH', `${dir}:${process.env['PATH']}`);
    return async () => (await readFile(calls, 'utf8')).trim().split('\n').length;
  }

  test('counts in fragments, not in blocks, and reads their size once', async () => {
    const calls = await statWith(512);
    const stats = Object.assign(await statfs(dir), { bsize: 1_048_576 });
    const read = fileSystemReader(dir, async () => stats);
    expect(await read()).toMatchObject({ fragmentBytes: 512, blocks: stats.blocks });
    expect(await read()).toMatchObject({ fragmentBytes: 512 });
    expect(await calls()).toBe(1);
  });

  test('starts no process if blocks are as small as a page', async () => {
    await statWith(512);
    const stats = Object.assign(await statfs(dir), { type: ext4Magic, bsize: 4_096 });
    expect(await fileSystemReader(dir, async () => stats)()).toMatchObject({ fragmentBytes: 4_096 });
  });

  test('reads the fragment size of FUSE with any block size', async () => {
    const calls = await statWith(512);
    const stats = Object.assign(await statfs(dir), { type: fuseMagic, bsize: 4_096 });
    expect(await fileSystemReader(dir, async () => stats)()).toMatchObject({ fragmentBytes: 512 });
    expect(await calls()).toBe(1);
  });

  test('returns the fragment size of a real file system', async () => {
    const { bsize } = await statfs('/proc');
    expect(await fileSystemReader('/proc')()).toMatchObject({ fragmentBytes: bsize });
  });

  test('returns the block size without the program stat, because both are the same for most file systems', async () => {
    vi.stubEnv('PATH', dir);
    const stats = Object.assign(await statfs(dir), { bsize: 1_048_576 });
    expect(await fileSystemReader(dir, async () => stats)()).toMatchObject({ fragmentBytes: 1_048_576 });
  });
});
