import { AppError } from '../errors.ts';
import { FileLocked, lockFile, type FileLock } from '../lib/file-lock.ts';

/** Acquires the lock of a data directory. Without flock(1), PostgreSQL's own postmaster.pid protects it as well. */
export async function lockDirectory(path: string, dataDir: string): Promise<FileLock> {
  try {
    return await lockFile(path);
  } catch (error) {
    if (!(error instanceof FileLocked)) throw error;
    const { pid } = error;
    throw new AppError(
      'DATABASE_UNAVAILABLE',
      `The data directory ${dataDir} is in use by another opsgraph${pid === '' ? '' : ` (process ${pid})`}. ` +
        'Stop it, give this one another DATA_DIR, or set DATABASE_URL for both.',
      { cause: error },
    );
  }
}
