import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** Content that does not change while the server runs, with its compressed form. */
export interface StaticFile {
  readonly contentType: string;
  /** A digest of the content. */
  readonly hash: string;
  readonly plain: Buffer;
  readonly gzipped: Buffer;
}

const compress = promisify(gzip);

export async function staticFile(contentType: string, content: string | Buffer): Promise<StaticFile> {
  const plain = Buffer.from(content);
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 22);
  return { contentType, hash, plain, gzipped: await compress(plain) };
}

/** Sends a file to GET or HEAD: 304 when the ETag matches, and compressed when the client accepts gzip. */
export function sendStatic(
  request: IncomingMessage,
  response: ServerResponse,
  { contentType, hash, plain, gzipped }: StaticFile,
  headers: Readonly<Record<string, string>>,
): void {
  const etag = `"${hash}"`;
  const all = { vary: 'Origin, Accept-Encoding', ...headers, etag, 'x-content-type-options': 'nosniff' };
  if (request.headers['if-none-match'] === etag) return void response.writeHead(304, all).end();
  const acceptsGzip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  const body = acceptsGzip ? gzipped : plain;
  response.writeHead(200, {
    ...all,
    'content-type': contentType,
    'content-length': body.length,
    ...(acceptsGzip ? { 'content-encoding': 'gzip' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
  return undefined;
}

/** Creates a value at the first call, and returns it at every call. */
export function lazily<Value>(create: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | null = null;
  return () => (value ??= create());
}
