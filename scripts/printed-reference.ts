import pkg from '../package.json' with { type: 'json' };
import { describedDialects } from '../src/legacy/dialects.ts';
import { asyncApiDocument, openApiDocument } from '../src/legacy/reference.ts';

/** By file name in schema/: what a server with default settings says of itself besides the graph. */
export function printedReference(): Readonly<Record<string, string>> {
  const options = {
    version: pkg.version,
    dialects: describedDialects(),
    credentialsRequired: false,
  };
  return {
    'openapi.json': json(openApiDocument(options)),
    'asyncapi.json': json(asyncApiDocument({ ...options, host: '127.0.0.1:9200', protocol: 'ws' })),
  };
}

function json(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
