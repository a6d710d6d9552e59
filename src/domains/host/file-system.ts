import { execFile } from 'node:child_process';
import type { StatsFs } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import { promisify } from 'node:util';
import { childEnvironment } from '../../lib/child-environment.ts';

const run = promisify(execFile);

const statMaxMs = 2_000;
/** FUSE and virtiofs, which choose their block size freely. */
const fuseMagic = 0x65735546;
/** Up to this block size, the kernel's file systems count in blocks. */
const pageBytes = 4_096;

/** The size of a file system, in the fragments in which `statfs` counts. */
export interface FileSystemBlocks {
  /** The size of a fragment; null if it cannot be determined. */
  readonly fragmentBytes: number | null;
  readonly blocks: number;
  readonly bfree: number;
  /** Free for users other than root. */
  readonly bavail: number;
}

/**
 * Reads the file system that contains `path`. Linux counts blocks in fragments (`f_frsize`), which can be smaller than
 * the preferred block of a transfer (`f_bsize`), and Node.js provides only the latter. So if blocks are larger than a
 * page, the program `stat` reads the fragment size, once per mounted file system, because the size does not change.
 */
export function fileSystemReader(
  path: string,
  readStats: (path: string) => Promise<StatsFs> = (of) => statfs(of),
): () => Promise<FileSystemBlocks> {
  let known: { readonly key: string; readonly bytes: number | null } | null = null;
  return async () => {
    const [stats, { dev }] = await Promise.all([readStats(path), stat(path)]);
    const { blocks, bfree, bavail, bsize, type } = stats;
    const key = `${dev} ${type} ${bsize}`;
    if (known?.key !== key) known = { key, bytes: await fragmentBytes(path, { bsize, type }) };
    return { blocks, bfree, bavail, fragmentBytes: known.bytes };
  };
}

async function fragmentBytes(
  path: string,
  { bsize, type }: { bsize: number; type: number },
): Promise<number | null> {
  if (process.platform !== 'linux') return bsize; // other systems count in `f_bsize`
  if (type !== fuseMagic && bsize <= pageBytes) return bsize; // most machines need no process
  try {
    const args = ['-f', '-c', '%S', '--', path];
    const { stdout } = await run('stat', args, { env: childEnvironment(), timeout: statMaxMs });
    const bytes = Number(stdout);
    if (Number.isSafeInteger(bytes) && bytes > 0) return bytes;
  } catch {
    // The program is not installed, or the file system does not respond.
  }
  return type === fuseMagic ? null : bsize;
}
