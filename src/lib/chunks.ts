import { createHash } from 'node:crypto';

/** Maximum bytes of a chunk of large data, before base64. */
export const chunkBytesMax = 65_536;
/** Maximum number of chunks of large data. */
export const chunksMax = 1_000;

export interface Chunk {
  /** Zero-based. */
  readonly index: number;
  readonly total: number;
  /** Base64. */
  readonly data: string;
  /** Hexadecimal SHA-256 of the chunk's bytes. */
  readonly checksum: string;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Splits a text's UTF-8 bytes into chunks, in order; a character may be split across two of them. Chunks are generated
 * lazily, so that large data is not held twice.
 * @throws RangeError when there would be too many chunks.
 */
export function split(text: string, bytesMax = chunkBytesMax): Iterable<Chunk> {
  const bytes = Buffer.from(text);
  const total = Math.max(1, Math.ceil(bytes.length / bytesMax));
  if (total > chunksMax) throw new RangeError(`${bytes.length} bytes are more than ${chunksMax} chunks`);
  return chunksOf(bytes, total, bytesMax);
}

function* chunksOf(bytes: Buffer, total: number, bytesMax: number): Generator<Chunk> {
  for (let index = 0; index < total; index++) {
    const part = bytes.subarray(index * bytesMax, (index + 1) * bytesMax);
    yield { index, total, data: part.toString('base64'), checksum: sha256(part) };
  }
}

/** The base64 length of a number of bytes. */
export function base64Chars(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}

/** Decodes padded base64; null for any other text. */
export function decodedBase64(text: string): Buffer | null {
  if (text.length % 4 !== 0) return null;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  // Memory of its own: a slice of Node's pool would keep the whole pool alive as long as the chunk.
  const bytes = Buffer.allocUnsafeSlow((text.length / 4) * 3 - padding);
  const written = bytes.write(text, 'base64');
  return written === bytes.length && bytes.toString('base64') === text ? bytes : null;
}
