import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, type FileHandle } from 'node:fs/promises';
import { childEnvironment } from './child-environment.ts';

/** How long a start waits for a predecessor that is stopping. */
const lockWaitMs = 1_000;

/** A lock, held until `release` or until the process ends in any way. */
export interface FileLock {
  /** The note of the last holder, or ''. */
  readonly previousNote: string;
  /** Writes a note for the next holder. */
  note(text: string): Promise<void>;
  release(): Promise<void>;
}

/** Another process holds the lock. */
export class FileLocked extends Error {
  override readonly name = 'FileLocked';
  /** The id of the process, or '' if it is not known. */
  readonly pid: string;

  constructor(path: string, pid: string) {
    super(`${path} is locked by another process${pid === '' ? '' : ` (${pid})`}`);
    this.pid = pid;
  }
}

/**
 * Acquires the lock file at `path`.
 *
 * The lock is the kernel's (flock), neither the existence of the file nor a process id in it: it is never stale, and it
 * works between containers that share a volume, where process ids mean nothing.
 * @throws FileLocked, or an error of the file system.
 */
export async function lockFile(path: string): Promise<FileLock> {
  const handle = await open(path, 'a+', 0o644);
  try {
    const held = await flock(handle);
    const [pid = '', previousNote = ''] = (await handle.readFile('utf8')).split('\n');
    if (!(held ?? !isOther(Number(pid)))) throw new FileLocked(path, pid);
    await write(handle, '');
    return {
      previousNote,
      note: (text) => write(handle, text),
      release: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * Node cannot call flock(2), but flock(1) can: the lock belongs to the open file, which the child shares, so this
 * process keeps it after the child exits. Undefined without that program (macOS): then the process id in the file
 * protects what is locked.
 */
async function flock(handle: FileHandle): Promise<boolean | undefined> {
  const child = spawn('flock', ['--wait', String(lockWaitMs / 1_000), '3'], {
    env: childEnvironment(),
    stdio: ['ignore', 'ignore', 'ignore', handle.fd],
  });
  return once(child, 'exit').then(
    // 1 means locked by another process; any other code, such as that of a file system without locks, means unknown.
    ([code]) => (code === 0 ? true : code === 1 ? false : undefined),
    () => undefined,
  );
}

async function write(handle: FileHandle, note: string): Promise<void> {
  await handle.truncate(0);
  await handle.write(`${process.pid}\n${note}\n`);
}

function isOther(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
