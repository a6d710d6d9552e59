import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { lazily, staticFile, type StaticFile } from '../static.ts';

const script = 'text/javascript; charset=utf-8';

/** Starts Swagger UI. By default it sends the document to a validator of its makers. */
const swaggerStart = `window.ui = SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
});
`;

/** The files of Swagger UI and ReDoc that the pages load, by name. Each is read at the first request for it. */
export const assets: Readonly<Record<string, () => Promise<StaticFile>>> = {
  'swagger-ui.css': lazily(async () =>
    staticFile('text/css; charset=utf-8', await fromSwagger('swagger-ui.css')),
  ),
  'swagger-ui-bundle.js': lazily(async () => staticFile(script, await fromSwagger('swagger-ui-bundle.js'))),
  'swagger-start.js': lazily(() => staticFile(script, swaggerStart)),
  'redoc.js': lazily(async () => staticFile(script, withoutLogo(await readFile(redocPath(), 'utf8')))),
};

const require = createRequire(import.meta.url);

function fromSwagger(name: string): Promise<Buffer> {
  return readFile(join(dirname(require.resolve('swagger-ui-dist/package.json')), name));
}

/** Removes the logo that ReDoc loads from the server of its makers. */
function withoutLogo(program: string): string {
  return program.replaceAll(/https:\/\/cdn\.redoc\.ly\/[\w./-]+/g, 'data:,');
}

/** The build copies the file beside the program. When run from its sources, the server finds it in `node_modules`. */
function redocPath(): string {
  const beside = join(import.meta.dirname, 'redoc.standalone.js');
  if (existsSync(beside)) return beside;
  return join(dirname(require.resolve('@redocly/cli/package.json')), 'lib/chunks/redoc.standalone.js');
}
