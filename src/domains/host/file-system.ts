import { execFile } from 'node:child_process';
import type { StatsFs } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import { promisify } from 'node:util';
import { childEnvironment } from '../../lib/child-environment.ts';
import type { Blocks } from './figures.ts';

const run = promisify(execFile);

const statMaxMs = 2_000;
/** FUSE and virtiofs, whose blocks are of a size that is their own matter. */
const fuseMagic = 0x65735546;
/** Up to this size, the file systems of the kernel count in the blocks that they transfer. */
const pageBytes = 4_096;

/**
 * Reads the file system that holds `path`. Linux counts blocks in fragments (`f_frsize`), which may be smaller than the
 * block that is best to transfer (`f_bsize`), and Node tells the latter only. So `stat -f` is asked for the fragment
 * size where blocks are larger than a page, once for each file system that is mounted there: it does not change.
 */
export function fileSystemReader(
  path: string,
  figuresOf: (path: string) => Promise<StatsFs> = (of) => statfs(of),
): () => Promise<Blocks> {
  let known: { readonly key: string; readonly bytes: number | null } | null = null;
  return async () => {
    const [figures, { dev }] = await Promise.all([figuresOf(path), stat(path)]);
    const { blocks, bfree, bavail, bsize, type } = figures;
    const key = `${dev} ${type} ${bsize}`;
    if (known?.key !== key) known = { key, bytes: await fragmentBytes(path, { bsize, type }) };
    return { blocks, bfree, bavail, fragmentBytes: known.bytes };
  };
}

async function fragmentBytes(
  path: string,
  { bsize, type }: { bsize: number; type: number },
): Promise<number | null> {
  // On other systems `f_bsize` is what blocks are counted in.
  if (process.platform !== 'linux') return bsize;
  if (type !== fuseMagic && bsize <= pageBytes) return bsize; // spares most machines a process
  try {
    const args = ['-f', '-c', '%S', '--', path];
    const { stdout } = await run('stat', args, { env: childEnvironment(), timeout: statMaxMs });
    const bytes = Number(stdout);
    if (Number.isSafeInteger(bytes) && bytes > 0) return bytes;
  } catch {
    // There is no such program here, or the file system does not answer.
  }
  return type === fuseMagic ? null : bsize;
}
