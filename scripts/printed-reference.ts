import pkg from '../package.json' with { type: 'json' };
import { describedDialects } from '../src/legacy/dialects.ts';
import { asyncApi } from '../src/legacy/asyncapi.ts';
import { openApiDocument } from '../src/legacy/reference.ts';

/** The OpenAPI and AsyncAPI documents of a server with default settings, by file name in schema/. */
export function printedReference(): Readonly<Record<string, string>> {
  const options = {
    version: pkg.version,
    dialects: describedDialects(),
    credentialsRequired: false,
  };
  return {
    'openapi.json': json(openApiDocument(options)),
    'asyncapi.json': json(
      asyncApi({ ...options, advertised: { host: '127.0.0.1', port: 9200, protocol: 'ws' } }),
    ),
  };
}

function json(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
