import { openApi, rejected, type OpenApiOptions } from './openapi.ts';
import { schema } from '../schema.ts';
import { batchMax } from '../graph/ingest.ts';
import { httpPaths } from '../http/http-paths.ts';

/** The OpenAPI 3.1 document of all endpoints. */
export function openApiDocument(options: Omit<OpenApiOptions, 'more'>): object {
  return openApi({ ...options, more: httpPaths({ schema, batchMax, rejected }) });
}
