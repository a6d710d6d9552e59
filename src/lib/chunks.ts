import { createHash } from 'node:crypto';

/** Bytes that a chunk of large data may hold, before base64. */
export const chunkBytesMax = 65_536;
/** Chunks that large data may have. */
export const chunksMax = 1_000;

export interface Chunk {
  /** From 0. */
  readonly index: number;
  readonly total: number;
  /** Base64. */
  readonly data: string;
  /** SHA-256 of the chunk's bytes, hexadecimal. */
  readonly checksum: string;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * A text's bytes (UTF-8) in chunks, in their order; a character may lie across two of them. Each is made when it is
 * asked for, so that large data is not held twice.
 * @throws RangeError when it would have more chunks than are allowed.
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

/** Characters of the base64 of so many bytes. */
export function base64Chars(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}

/** The bytes of base64 with its padding; null where the text is anything else. */
export function decodedBase64(text: string): Buffer | null {
  if (text.length % 4 !== 0) return null;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  // memory of its own: a slice of Node's pool would keep all of the pool alive as long as the chunk is held
  const bytes = Buffer.allocUnsafeSlow((text.length / 4) * 3 - padding);
  const written = bytes.write(text, 'base64');
  return written === bytes.length && bytes.toString('base64') === text ? bytes : null;
}
