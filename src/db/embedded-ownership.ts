import { chmod, lchown, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Identity } from './embedded-process.ts';

/** PostgreSQL refuses a data directory that others may enter: it has to be u=rwx, at most g=rx. */
const othersAccess = 0o027;
const ownerOnly = 0o700;

/**
 * Gives what root owns in a data directory, as after a copy that root made, to the account that PostgreSQL runs as, and
 * closes the directory to others. Whatever belongs to another account stays as it is.
 */
export async function adoptCluster(path: string, identity: Identity | undefined): Promise<void> {
  const { mode } = await lstat(path);
  if ((mode & othersAccess) !== 0) await chmod(path, ownerOnly);
  if (identity !== undefined && (await isCopyOfRoot(path))) await giveAway(path, identity);
}

/** A large cluster has hundreds of thousands of files, so not each is asked at every start. */
async function isCopyOfRoot(path: string): Promise<boolean> {
  const asked = ['.', 'PG_VERSION', 'global/pg_control', 'base'].map((name) => lstat(join(path, name)));
  const entries = await Promise.allSettled(asked);
  return entries.some((entry) => entry.status === 'fulfilled' && entry.value.uid === 0);
}

/** The directory after its contents, so that the account cannot change what is in it meanwhile. */
async function giveAway(path: string, identity: Identity): Promise<void> {
  const entry = await lstat(path);
  if (entry.isDirectory()) for (const name of await readdir(path)) await giveAway(join(path, name), identity);
  // A file of several names may be one that the account had no right to.
  const isShared = !entry.isDirectory() && entry.nlink > 1;
  if (entry.uid === 0 && !isShared) await lchown(path, identity.uid, identity.gid);
}
