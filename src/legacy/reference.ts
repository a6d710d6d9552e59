import { asyncApi } from './asyncapi.ts';
import type { Dialect } from './dialect.ts';
import { openApi, rejected } from './openapi.ts';
import { schema } from '../schema.ts';
import { batchMax } from '../graph/ingest.ts';
import { httpPaths } from '../http/http-paths.ts';

export interface ReferenceOptions {
  readonly version: string;
  readonly dialects: readonly Dialect[];
  /** Whether every request needs a credential. */
  readonly credentialsRequired: boolean;
}

export interface SocketAddress {
  /** Includes the port. */
  readonly host: string;
  readonly protocol: 'ws' | 'wss';
}

/** The OpenAPI 3.1 document of all endpoints. */
export function openApiDocument(options: ReferenceOptions): object {
  return openApi({ ...options, more: httpPaths({ schema, batchMax, rejected }) });
}

/** The AsyncAPI 3 document of all feeds. */
export function asyncApiDocument(options: ReferenceOptions & SocketAddress): object {
  return asyncApi(options);
}

/** The address of the sockets in the AsyncAPI document. */
export function socketAddressOf({
  host,
  port,
  protocol,
}: {
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
}): SocketAddress {
  return { host: `${host}:${port}`, protocol: protocol === 'wss' ? 'wss' : 'ws' };
}
