import { constants } from 'node:fs';
import { chmod, lstat, open, readdir, readlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { mayHaveOwned } from './embedded-account.ts';
import type { Identity } from './embedded-process.ts';

/** PostgreSQL rejects a data directory that is accessible to others: it must be u=rwx and at most g=rx. */
const othersAccess = 0o027;
const ownerOnly = 0o700;

/**
 * Changes the owner of a data directory to the account of PostgreSQL if it belongs to root, as after a copy made by
 * root, or to `nobody`, the account of earlier versions; and removes access for others. Files of any other owner are
 * not changed.
 */
export async function adoptCluster(path: string, identity: Identity | undefined): Promise<void> {
  const { mode } = await lstat(path);
  if ((mode & othersAccess) !== 0) await chmod(path, ownerOnly);
  if (identity === undefined || !(await isAnothers(path, identity))) return;
  for (const place of await placesOutside(path)) await giveAway(place, identity);
  await giveAway(path, identity);
}

/** A large cluster has hundreds of thousands of files, so a start does not check each of them. */
async function isAnothers(path: string, { uid }: Identity): Promise<boolean> {
  const asked = ['.', 'PG_VERSION', 'global/pg_control', 'base'].map((name) => lstat(join(path, name)));
  const entries = await Promise.allSettled(asked);
  const owners = entries.flatMap((entry) => (entry.status === 'fulfilled' ? [entry.value.uid] : []));
  return owners.some((owner) => owner !== uid && mayHaveOwned(owner));
}

/** Where tablespaces and the write-ahead log are outside of the directory itself. */
async function placesOutside(path: string): Promise<string[]> {
  const tablespaces = await readdir(join(path, 'pg_tblspc')).catch(() => []);
  const links = ['pg_wal', ...tablespaces.map((name) => join('pg_tblspc', name))];
  const targets = await Promise.allSettled(links.map((link) => readlink(join(path, link))));
  return targets.flatMap((target) => (target.status === 'fulfilled' ? [resolve(path, target.value)] : []));
}

/**
 * Changes the owner of a file, or of a folder with its contents. The present owner may be hostile and replace files
 * after they were checked, so every access uses an open descriptor, no link is followed, and the owner is changed on
 * the same descriptor that was checked. A folder is changed after its contents, so that the next start repeats an
 * interrupted change.
 */
export async function giveAway(path: string, identity: Identity): Promise<void> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const handle = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch(
    (error: NodeJS.ErrnoException) => {
      // A link, a socket, or removed in the meantime: PostgreSQL needs to own none of them.
      if (error.code === 'ELOOP' || error.code === 'ENXIO' || error.code === 'ENOENT') return null;
      throw error;
    },
  );
  if (handle === null) return;
  try {
    const entry = await handle.stat();
    if (entry.isDirectory()) {
      const opened = `/proc/self/fd/${handle.fd}`;
      for (const name of await readdir(opened)) await giveAway(`${opened}/${name}`, identity);
    }
    // A file with several names may be one that the account must not own.
    const isShared = !entry.isDirectory() && entry.nlink > 1;
    if (mayHaveOwned(entry.uid) && entry.uid !== identity.uid && !isShared)
      await handle.chown(identity.uid, identity.gid);
  } finally {
    await handle.close();
  }
}
