import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** The page with everything it needs: it works without the internet. Made when first asked for, as it has 9 MB. */
export interface GraphiqlPage {
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

interface Rendered {
  readonly etag: string;
  readonly plain: Buffer;
  readonly packed: Buffer;
}

const compress = promisify(gzip);

/** Nothing from elsewhere, nowhere else to send anything, and in nobody's frame. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' blob:",
  'worker-src blob:',
  "style-src 'unsafe-inline'",
  "img-src 'self' data:",
  'font-src data:',
  "connect-src 'self' ws: wss:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function createGraphiql(defaultQuery: string): GraphiqlPage {
  let rendering: Promise<Rendered> | null = null;
  return {
    async serve(request, response) {
      rendering ??= render(defaultQuery);
      const { etag, plain, packed } = await rendering;
      const headers = {
        etag,
        'cache-control': 'no-cache',
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
        vary: 'Origin, Accept, Accept-Encoding',
      };
      if (request.headers['if-none-match'] === etag) {
        response.writeHead(304, headers).end();
        return;
      }
      const small = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
      const body = small ? packed : plain;
      response.writeHead(200, {
        ...headers,
        'content-type': 'text/html; charset=utf-8',
        'content-length': body.length,
        ...(small ? { 'content-encoding': 'gzip' } : {}),
      });
      response.end(request.method === 'HEAD' ? undefined : body);
    },
  };
}

async function render(defaultQuery: string): Promise<Rendered> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const page = renderGraphiQL({
    title: 'opsgraph',
    subscriptionsProtocol: 'WS',
    credentials: 'same-origin',
    defaultQuery,
  });
  const plain = Buffer.from(page);
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  return { etag, plain, packed: await compress(plain) };
}
