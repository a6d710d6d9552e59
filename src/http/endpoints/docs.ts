import type { IncomingMessage, ServerResponse } from 'node:http';
import { assets } from './docs-assets.ts';
import type { OriginRule } from '../origin.ts';
import type { RestHandler } from '../http-server.ts';
import { corsHeaders } from '../origin.ts';
import { routeOf, sendError } from '../request.ts';
import { lazily, sendStatic, staticFile, type StaticFile } from '../static.ts';

export interface DocsOptions {
  /** The documents. Each is asked for once, by its first reader. */
  readonly openapi: () => object;
  readonly asyncapi: () => object;
  /** Whose pages may read them. */
  readonly origins: OriginRule;
}

const methods = 'GET, HEAD, OPTIONS';
const assetPath = /^\/docs\/assets\/([\w-]+)\/([\w.-]+)$/;

/** Nothing from elsewhere, nowhere else to send anything, and in nobody's frame. Both pages write styles as they go. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  'font-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * What is served besides the graph, described: two documents for programs, and pages that show them to people. All of
 * it comes from here, works without the internet, and is open to everybody. The pages name everything relative to
 * themselves, so they work behind a proxy that serves them below a path of its own.
 */
export function createDocs({ openapi, asyncapi, origins }: DocsOptions): RestHandler {
  const document = (make: () => object): (() => Promise<StaticFile>) =>
    lazily(() => staticFile('application/json; charset=utf-8', JSON.stringify(make())));
  const page = (make: () => Promise<string>): (() => Promise<StaticFile>) =>
    lazily(async () => staticFile('text/html; charset=utf-8', await make()));
  const files: Readonly<Record<string, () => Promise<StaticFile>>> = {
    '/openapi.json': document(openapi),
    '/asyncapi.json': document(asyncapi),
    '/docs': page(swaggerPage),
    '/redoc': page(() => redocPage('opsgraph: endpoints', '.', 'openapi.json')),
    '/redoc/feeds': page(() => redocPage('opsgraph: feeds', '..', 'asyncapi.json')),
  };

  return async (request, response, { url }) => {
    const path = routeOf(url);
    const make = files[path];
    const asset = assetPath.exec(path);
    if (make === undefined && asset === null) return false;
    shareWith(request, response, origins);
    if (request.method === 'OPTIONS') response.writeHead(204, { allow: methods }).end();
    else if (request.method !== 'GET' && request.method !== 'HEAD')
      sendError(response, 405, 'METHOD_NOT_ALLOWED', `Only ${methods} are served here.`, { allow: methods });
    else if (make !== undefined && url.pathname !== path)
      response.writeHead(308, { location: withoutSlash(path, url) }).end();
    else if (make !== undefined)
      sendStatic(request, response, await make(), {
        'cache-control': 'no-cache',
        'content-security-policy': contentSecurityPolicy,
      });
    else await sendAsset(request, response, asset ?? []);
    return true;
  };
}

/** From `/redoc/feeds/`, where addresses relative to the page would be other ones. */
function withoutSlash(path: string, { search }: URL): string {
  return `../${path.split('/').at(-1)}${search}`;
}

/** An asset's address has its hash in it, so what is there never changes. */
async function sendAsset(
  request: IncomingMessage,
  response: ServerResponse,
  [, hash, name = '']: readonly string[],
): Promise<void> {
  const file = Object.hasOwn(assets, name) ? await assets[name]?.() : undefined;
  if (file === undefined || file.hash !== hash)
    return sendError(response, 404, 'NOT_FOUND', 'There is nothing here.');
  return sendStatic(request, response, file, { 'cache-control': 'public, max-age=31536000, immutable' });
}

function shareWith({ method, headers }: IncomingMessage, response: ServerResponse, rule: OriginRule): void {
  const requestedHeaders = headers['access-control-request-headers'];
  const cors = corsHeaders({
    rule,
    credentials: true,
    origin: headers.origin,
    host: headers.host,
    preflight: method === 'OPTIONS' ? { methods: ['GET', 'HEAD'], requestedHeaders } : null,
  });
  for (const [name, value] of Object.entries(cors)) response.setHeader(name, value);
}

/** @param root of all paths, as seen from the page. */
async function addressOf(root: string, name: string): Promise<string> {
  const file = await assets[name]?.();
  return `${root}/docs/assets/${file?.hash}/${name}`;
}

async function swaggerPage(): Promise<string> {
  const [style, bundle, start] = await Promise.all(
    ['swagger-ui.css', 'swagger-ui-bundle.js', 'swagger-start.js'].map((name) => addressOf('.', name)),
  );
  return pageOf('opsgraph: endpoints', [
    `<link rel="stylesheet" href="${style}">`,
    '<div id="swagger-ui"></div>',
    `<script src="${bundle}"></script>`,
    `<script src="${start}"></script>`,
  ]);
}

/** ReDoc reads its settings from the element. It would report to its makers what people read. */
async function redocPage(title: string, root: string, document: string): Promise<string> {
  return pageOf(title, [
    `<redoc spec-url="${root}/${document}" disable-telemetry="true"></redoc>`,
    `<script type="module" src="${await addressOf(root, 'redoc.js')}"></script>`,
  ]);
}

function pageOf(title: string, body: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>body { margin: 0 }</style>
${body.join('\n')}
</html>
`;
}
