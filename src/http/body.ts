import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip as gunzipWithCallback } from 'node:zlib';
import { AppError } from '../errors.ts';
import { guarded } from '../lib/guarded.ts';

const gunzip = promisify(gunzipWithCallback);

/** A body above the limit is read up to this multiple of it, so that the client reads the response. */
const drainFactor = 16;

/** Reads the whole body. Null: it is longer than `bytesMax`. */
export function readBody(request: IncomingMessage, bytesMax: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const onData = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes <= bytesMax) chunks.push(chunk);
      else chunks.length = 0;
      if (bytes <= bytesMax * drainFactor) return;
      request.pause();
      resolve(null);
    };
    const onEnd = (): void => {
      if (bytes > bytesMax) resolve(null);
      else resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    };
    const onClose = (): void => {
      if (!request.complete) reject(new Error('the client closed the connection during its request'));
    };
    request.on('data', guarded(onData, reject));
    request.once('end', guarded(onEnd, reject));
    request.once('error', reject);
    request.once('close', guarded(onClose, reject));
  });
}

/** The value of a JSON body. Undefined: it is not JSON or not UTF-8. */
export function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** The Content-Type without its parameters, in lower case. */
export function mediaTypeOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** Whether the Content-Type is JSON. A page of another origin can send it only after a preflight. */
export function isJson(contentType: string | null | undefined): boolean {
  return mediaTypeOf({ headers: { 'content-type': contentType ?? '' } }) === 'application/json';
}

/** The encoding of the body, `identity` if it is not compressed. */
export function encodingOf({ headers }: IncomingMessage): string {
  return (headers['content-encoding'] ?? 'identity').trim().toLowerCase();
}

/** @throws AppError for another encoding than these. */
export function requireEncoding(request: IncomingMessage, allowed: readonly string[]): void {
  if (allowed.includes(encodingOf(request))) return;
  const message = allowed.includes('gzip')
    ? 'A body must not be compressed, except with gzip.'
    : 'A body must not be compressed.';
  throw new AppError('UNSUPPORTED_MEDIA_TYPE', message, {
    headers: { 'accept-encoding': allowed.join(', ') },
  });
}

/** The decompressed body, as a few bytes may expand to any number. Null: it is longer than `bytesMax`. */
export async function gunzipped(body: Buffer, bytesMax: number): Promise<Buffer | null> {
  try {
    return await gunzip(body, { maxOutputLength: bytesMax });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return null;
    throw new AppError('INVALID_BODY', 'The body is not valid gzip.', { cause: error });
  }
}
