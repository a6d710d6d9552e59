import { asyncApi } from './asyncapi.ts';
import type { Dialect } from './dialect.ts';
import { openApi, refused } from './openapi.ts';
import { schema } from '../schema.ts';
import { batchMax } from '../graph/ingest.ts';
import { httpPaths } from '../http/http-paths.ts';

export interface ReferenceOptions {
  readonly version: string;
  readonly dialects: readonly Dialect[];
  /** Whether whoever asks has to show a credential. */
  readonly credentialsRequired: boolean;
}

export interface SocketAddress {
  /** With its port. */
  readonly host: string;
  readonly protocol: 'ws' | 'wss';
}

/** The endpoints that are served, all of them, as OpenAPI 3.1. */
export function openApiDocument(options: ReferenceOptions): object {
  return openApi({ ...options, more: httpPaths({ schema, batchMax, refused }) });
}

/** The feeds that are served, all of them, as AsyncAPI 3. */
export function asyncApiDocument(options: ReferenceOptions & SocketAddress): object {
  return asyncApi(options);
}

/** The address of the sockets, from the one that is advertised. */
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
