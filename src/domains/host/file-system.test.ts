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

describe.runIf(process.platform === 'linux')('the reader of a file system', () => {
  /** What a file system with small fragments and large blocks answers, and how often it was asked. */
  async function statWith(fragmentBytes: number): Promise<() => Promise<number>> {
    const asked = join(dir, 'asked');
    const script = `#!/bin/sh\necho "$*" >> ${asked}\necho ${fragmentBytes}\n`;
    await writeFile(join(dir, 'stat'), script, { mode: 0o755 });
    vi.stubEnv('PATH', `${dir}:${process.env['PATH']}`);
    return async () => (await readFile(asked, 'utf8')).trim().split('\n').length;
  }

  test('counts in fragments, not in blocks, and asks for their size once', async () => {
    const asked = await statWith(512);
    const figures = Object.assign(await statfs(dir), { bsize: 1_048_576 });
    const read = fileSystemReader(dir, async () => figures);
    expect(await read()).toMatchObject({ fragmentBytes: 512, blocks: figures.blocks });
    expect(await read()).toMatchObject({ fragmentBytes: 512 });
    expect(await asked()).toBe(1);
  });

  test('starts no process where blocks are as small as a page', async () => {
    await statWith(512);
    const figures = Object.assign(await statfs(dir), { type: ext4Magic, bsize: 4_096 });
    expect(await fileSystemReader(dir, async () => figures)()).toMatchObject({ fragmentBytes: 4_096 });
  });

  test('asks for the fragments of FUSE whatever the size of its blocks', async () => {
    const asked = await statWith(512);
    const figures = Object.assign(await statfs(dir), { type: fuseMagic, bsize: 4_096 });
    expect(await fileSystemReader(dir, async () => figures)()).toMatchObject({ fragmentBytes: 512 });
    expect(await asked()).toBe(1);
  });

  test('agrees with the kernel about a real file system', async () => {
    const { bsize } = await statfs('/proc');
    expect(await fileSystemReader('/proc')()).toMatchObject({ fragmentBytes: bsize });
  });

  test('takes the block size where there is no stat program, as it is the same for most file systems', async () => {
    vi.stubEnv('PATH', dir);
    const figures = Object.assign(await statfs(dir), { bsize: 1_048_576 });
    expect(await fileSystemReader(dir, async () => figures)()).toMatchObject({ fragmentBytes: 1_048_576 });
  });
});
