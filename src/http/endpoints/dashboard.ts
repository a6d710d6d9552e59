import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AppError } from '../../errors.ts';
import type { GraphQLSchema } from 'graphql';
import { TrustedDocuments, type Manifest } from '../../engine/trusted-documents.ts';
import type { Route } from '../route.ts';
import { lazily, sendStatic, staticFile, type StaticFile } from '../static.ts';

/**
 * The live page, whose source is in `dashboard/`. A browser gets it at `/`; all other clients get what an old system
 * has there. The page itself contains no data: it reads everything from `/graphql`, with the credential of its viewer.
 * All its addresses are relative, so it also works behind a proxy that serves it below another path.
 */
export interface Dashboard {
  readonly page: Page;
  readonly assets: Route;
}

/** What a browser gets at `/`. */
export interface Page {
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Loads nothing from other origins, sends nothing to them, runs nothing inline, and cannot be embedded in a frame. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'", // also WebSockets of the same origin
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

type Files = ReadonlyMap<string, StaticFile>;

/** What `npm run build` writes. A server that runs from its sources does without. */
const built = join(import.meta.dirname, 'dashboard');

/**
 * The documents of the operator's list and, where the live page is served, those of the page.
 * @returns null if any document may be executed
 */
export async function trustedDocuments(
  { trusted, dashboard }: { readonly trusted: Manifest | null; readonly dashboard: boolean },
  schema: GraphQLSchema,
): Promise<TrustedDocuments | null> {
  if (trusted === null) return null;
  const page = dashboard ? [{ file: 'the live page', documents: await dashboardDocuments() }] : [];
  return new TrustedDocuments([trusted, ...page], schema);
}

/** The documents of the page by their ids, for a server that executes only trusted documents. */
export async function dashboardDocuments(): Promise<ReadonlyMap<string, string>> {
  if (!existsSync(built)) return (await sources()).dashboardDocuments();
  const text = await readFile(join(built, documentsFile), 'utf8');
  return new Map(Object.entries(JSON.parse(text) as Record<string, string>));
}

const documentsFile = 'documents.json';

export function createDashboard(): Dashboard {
  // From its sources, the server bundles the page at each request for it: a change is visible after a reload.
  const read = existsSync(built) ? lazily(filesOfBuild) : bundled;
  let files: Files = new Map();
  return {
    page: {
      async serve(request, response) {
        files = await read();
        sendStatic(request, response, fileOf(files, 'index.html'), {
          'cache-control': 'no-cache',
          'content-security-policy': contentSecurityPolicy,
          'referrer-policy': 'same-origin',
          vary: 'Origin, Accept, Accept-Encoding',
        });
      },
    },
    assets: {
      // The name contains a hash of the content, so the content never changes.
      endpoint: {
        path: '/assets/{name}',
        operations: { GET: { requires: null, description: null } },
      },
      cors: null,
      handlers: {
        async GET({ request, response, values }) {
          if (files.size === 0) files = await read();
          sendStatic(request, response, fileOf(files, values.get('name') ?? ''), {
            'cache-control': 'public, max-age=31536000, immutable',
          });
        },
      },
    },
  };
}

/** Whether a client at `/` wants a page. A client that accepts any type gets JSON. */
export function acceptsPage({ headers }: IncomingMessage): boolean {
  return /\btext\/html\b/i.test(headers.accept ?? '');
}

function fileOf(files: Files, name: string): StaticFile {
  const file = files.get(name);
  if (file === undefined) throw new AppError('NOT_FOUND', 'Not found.');
  return file;
}

async function filesOfBuild(): Promise<Files> {
  const names = (await readdir(built)).filter((name) => name !== documentsFile);
  return toFiles(
    new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(built, name))] as const))),
  );
}

async function bundled(): Promise<Files> {
  const { buildDashboard } = await sources();
  return toFiles(await buildDashboard());
}

interface Bundler {
  buildDashboard(): Promise<ReadonlyMap<string, Uint8Array>>;
  dashboardDocuments(): ReadonlyMap<string, string>;
}

/** Computed, so that the build of the server does not include the bundler. */
async function sources(): Promise<Bundler> {
  const bundler = pathToFileURL(join(import.meta.dirname, '../../../dashboard/build.ts')).href;
  return (await import(bundler)) as Bundler;
}

async function toFiles(contents: ReadonlyMap<string, Uint8Array>): Promise<Files> {
  const entries = [...contents].map(async ([name, content]) => {
    const contentType = contentTypes[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    return [name, await staticFile(contentType, Buffer.from(content))] as const;
  });
  return new Map(await Promise.all(entries));
}
