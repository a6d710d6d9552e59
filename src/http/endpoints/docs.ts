import { assets } from './docs-assets.ts';
import type { OriginRule } from '../origin.ts';
import { AppError } from '../../errors.ts';
import type { Call, Endpoint, Route } from '../route.ts';
import { lazily, sendStatic, staticFile, type StaticFile } from '../static.ts';

export interface DocsOptions {
  /** The documents. Each is created at the first request for it. */
  readonly openapi: () => object;
  readonly asyncapi: () => object;
  /** The origins whose pages may read them. */
  readonly origins: OriginRule;
}

/** The pages load nothing from other origins, send nothing to them, and cannot be embedded. Both add inline styles. */
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
 * Serves the OpenAPI and AsyncAPI documents, and pages that show them. The pages work without the internet and without a
 * credential. All their links are relative, so they also work behind a proxy that serves them below another path.
 */
export function docsRoutes({ openapi, asyncapi, origins }: DocsOptions): readonly Route[] {
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
  const cors = { origins, credentials: true };
  return [
    ...docsEndpoints.map((endpoint) => ({
      endpoint,
      cors,
      handlers: { GET: (call: Call) => sendFile(call, endpoint.path, files[endpoint.path]) },
    })),
    { endpoint: assetEndpoint, cors, handlers: { GET: sendAsset } },
  ];
}

export const docsEndpoints: readonly Endpoint[] = [
  documentEndpoint('/openapi.json', 'getOpenApi', 'Returns this document.', 'application/json'),
  documentEndpoint(
    '/asyncapi.json',
    'getAsyncApi',
    'Returns the AsyncAPI 3 document of the feeds.',
    'application/json',
  ),
  documentEndpoint('/docs', 'getDocs', 'Returns a page that shows the endpoints in Swagger UI.', 'text/html'),
  documentEndpoint('/redoc', 'getRedoc', 'Returns a page that shows the endpoints in ReDoc.', 'text/html'),
  documentEndpoint(
    '/redoc/feeds',
    'getRedocFeeds',
    'Returns a page that shows the feeds in ReDoc.',
    'text/html',
  ),
];

/** The path of an asset contains its hash, so its content never changes. */
const assetEndpoint: Endpoint = {
  path: '/docs/assets/{hash}/{name}',
  operations: { GET: { requires: null, description: null } },
};

function documentEndpoint(path: string, operationId: string, summary: string, contentType: string): Endpoint {
  const responses = { 200: { description: summary, content: { [contentType]: { schema: {} } } } };
  const description = { operationId, tags: ['server'], summary, responses };
  return { path, operations: { GET: { requires: null, description } } };
}

async function sendFile(
  { request, response, url }: Call,
  path: string,
  make: (() => Promise<StaticFile>) | undefined,
): Promise<void> {
  if (make === undefined) throw new Error(`there is no file for ${path}`);
  // At `/redoc/feeds/` the relative links would be wrong.
  if (url.pathname !== path)
    return void response.writeHead(308, { location: `../${path.split('/').at(-1)}${url.search}` }).end();
  return sendStatic(request, response, await make(), {
    'cache-control': 'no-cache',
    'content-security-policy': contentSecurityPolicy,
  });
}

async function sendAsset({ request, response, values }: Call): Promise<void> {
  const name = values.get('name') ?? '';
  const file = Object.hasOwn(assets, name) ? await assets[name]?.() : undefined;
  if (file === undefined || file.hash !== values.get('hash')) throw new AppError('NOT_FOUND', 'Not found.');
  sendStatic(request, response, file, { 'cache-control': 'public, max-age=31536000, immutable' });
}

/** @param root the relative path from the page to `/`. */
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

/** ReDoc reads its settings from the element. By default it sends telemetry to its makers. */
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
