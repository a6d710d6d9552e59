import type { IncomingMessage, ServerResponse } from 'node:http';
import { examples } from './graphiql-examples.ts';
import { lazily, sendStatic, staticFile } from './static.ts';

/** The GraphiQL page with all its scripts: it works without the internet. It has 9 MB, so the first request renders it. */
export interface GraphiqlPage {
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Loads nothing from other origins, sends nothing to them, and cannot be embedded in a frame. */
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

export function createGraphiql(): GraphiqlPage {
  const page = lazily(async () => staticFile('text/html; charset=utf-8', await render()));
  return {
    async serve(request, response) {
      sendStatic(request, response, await page(), {
        'cache-control': 'no-cache',
        'content-security-policy': contentSecurityPolicy,
        vary: 'Origin, Accept, Accept-Encoding',
      });
    },
  };
}

async function render(): Promise<string> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  return renderGraphiQL({
    title: 'opsgraph',
    subscriptionsProtocol: 'SSE',
    credentials: 'same-origin',
    defaultQuery: examples[0].query,
    defaultTabs: examples.map(({ query, variables = null }) => ({ query, variables })),
  });
}
