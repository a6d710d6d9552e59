import type { IncomingMessage } from 'node:http';
import { guarded } from '../lib/guarded.ts';

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

/** Whether the Content-Type is JSON. A page of another origin can send it only after a preflight. */
export function isJson(contentType: string | null | undefined): boolean {
  return /^application\/json *(;|$)/i.test(contentType ?? '');
}

/** Whether the body is compressed: a few bytes may expand to any number. */
export function isEncoded({ headers }: IncomingMessage): boolean {
  return (headers['content-encoding'] ?? 'identity').trim().toLowerCase() !== 'identity';
}
