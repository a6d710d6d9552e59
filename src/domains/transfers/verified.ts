import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Whole } from './assembly.ts';
import { ChunkRefused } from './refusal.ts';

/** Bytes that are hashed in one turn of the event loop: everybody else waits meanwhile. */
const turnBytes = 1_048_576;

/**
 * Looks whether what came is what was promised.
 * @returns its SHA-256, hexadecimal. @throws ChunkRefused when it is something else; its room is free then.
 */
export async function verified(whole: Whole): Promise<string> {
  const hash = createHash('sha256');
  let waiting = 0;
  for (const bytes of whole.chunks) {
    hash.update(bytes);
    waiting += bytes.length;
    if (waiting < turnBytes) continue;
    waiting = 0;
    await setImmediate();
  }
  const sha256 = hash.digest('hex');
  if (whole.promised === null || whole.promised === sha256) return sha256;
  whole.release();
  throw new ChunkRefused('CHECKSUM_MISMATCH', 'The checksum is not that of the whole.', true);
}
