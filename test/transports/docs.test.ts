import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { request } from 'node:http';
import { startTestApp, type TestApp } from '../_util/app.ts';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ AUTH_REQUIRED: 'true', AUTH_TOKENS: 'secret:ops:admin' }, { keep: true });
});

afterAll(() => app.stop());

const pages = ['/docs', '/redoc', '/redoc/feeds'];

/** What a page loads, as it would behind a proxy that serves it below `/ops`. */
async function assetsOf(path: string): Promise<string[]> {
  const html = await (await fetch(`${app.url}${path}`)).text();
  return [...html.matchAll(/(?:src|href|spec-url)="([^"]+)"/g)]
    .map(([, address = '']) => address)
    .filter((address) => !address.startsWith('data:'))
    .map((address) => new URL(address, `http://proxy/ops${path}`).pathname)
    .map((address) => (address.startsWith('/ops/') ? address.slice(4) : `outside: ${address}`));
}

describe.each(pages)('%s', (path) => {
  it('needs no credential, loads nothing from other servers, and finds everything that it loads', async () => {
    const response = await fetch(`${app.url}${path}/`);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("img-src 'self' data:");
    const assets = await assetsOf(path);
    expect(assets.length).toBeGreaterThan(1);
    for (const asset of assets) {
      expect(asset).toMatch(/^\/[\w./-]+$/);
      expect([asset, (await fetch(`${app.url}${asset}`)).status]).toEqual([asset, 200]);
    }
  });
});

it('redirects a path with a trailing slash to the one without, also below another path', async () => {
  for (const path of pages) {
    const response = await fetch(`${app.url}${path}/?a=b`, { redirect: 'manual' });
    const location = new URL(response.headers.get('location') ?? '', `http://proxy/ops${path}/?a=b`).href;
    expect([response.status, location]).toEqual([308, `http://proxy/ops${path}?a=b`]);
  }
});

describe('the documents', () => {
  it('are the JSON of this server, and are 304 for their ETag', async () => {
    const response = await fetch(`${app.url}/openapi.json`);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const document = (await response.json()) as { openapi: string; security: unknown };
    expect(document).toMatchObject({ openapi: '3.1.0', security: [{ bearer: [] }, { apiKey: [] }] });
    const again = await fetch(`${app.url}/openapi.json`, {
      headers: { 'if-none-match': response.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
    const feeds = (await (await fetch(`${app.url}/asyncapi.json`)).json()) as object;
    expect(feeds).toMatchObject({
      asyncapi: '3.0.0',
      servers: { main: { host: new URL(app.url).host, protocol: 'ws', security: [{}, {}, {}] } },
    });
  });

  it('may be read by pages of any origin, as all endpoints of Crypto', async () => {
    const headers = { origin: 'https://elsewhere.example' };
    const response = await fetch(`${app.url}/openapi.json`, { headers });
    expect(response.headers.get('access-control-allow-origin')).toBe('https://elsewhere.example');
    const preflight = await fetch(`${app.url}/openapi.json`, { method: 'OPTIONS', headers });
    expect([preflight.status, preflight.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
  });

  it('reject other methods, and respond to HEAD without a body', async () => {
    const posted = await fetch(`${app.url}/docs`, { method: 'POST' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
    const head = await fetch(`${app.url}/openapi.json`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(1_000);
  });

  it('are rejected for a host name that is not this server’s', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request(`${app.url}/openapi.json`, { headers: { host: 'rebound.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
  });
});

describe('the assets of the documentation pages', () => {
  it('load nothing from the makers of ReDoc', async () => {
    const asset = (await assetsOf('/redoc')).find((one) => one.endsWith('redoc.js'));
    const program = await (await fetch(`${app.url}${asset}`)).text();
    expect(program.length).toBeGreaterThan(1_000_000);
    expect(program).not.toContain('cdn.redoc.ly');
  });

  it('are immutable at their path, and compressed for clients that accept gzip', async () => {
    const asset = (await assetsOf('/docs')).find((one) => one.endsWith('bundle.js'));
    const response = await fetch(`${app.url}${asset}`);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each(['/docs/assets/stale/swagger-ui.css', '/docs/assets/x/constructor', '/docs/assets/x/package.json'])(
    'are nowhere else: %s',
    async (path) => {
      const { status, body } = await app.get(path);
      expect(status).toBe(404);
      expect(body).toMatchObject({ error: { code: 'NOT_FOUND' } });
    },
  );
});

it('C29, C30: / lists their paths', async () => {
  expect((await app.get('/')).body).toMatchObject({
    documentation: { swagger: '/docs', redoc: '/redoc', graphql: '/graphql' },
  });
});
