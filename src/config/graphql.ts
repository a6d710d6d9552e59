/** What the graph shows of itself, what may be asked of it, and by how many from one address. */
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Files } from './listen.ts';
import { flag, wholeNumber } from './values.ts';
import type { Variables } from './variables.ts';
import type { AddressBound } from '../lib/places.ts';

export interface GraphqlConfig {
  readonly introspection: boolean;
  readonly graphiql: boolean;
  /** WebSockets of one address, and event streams of one address. */
  readonly connectionsPerAddress: AddressBound;
  /** Operations under way of one address, over all of these. */
  readonly operationsPerAddress: AddressBound;
  /** The JSON of a response, or of one result of a subscription. */
  readonly responseBytesMax: number;
  /** The only documents that clients may have executed; null: any. */
  readonly trusted: TrustedManifest | null;
}

export interface TrustedManifest {
  readonly file: string;
  /** By the ids that clients send. */
  readonly documents: ReadonlyMap<string, string>;
}

const COUNT_MAX = 1_000_000;
const RESPONSE_BYTES_MIN = 65_536;
const RESPONSE_BYTES_MAX = 256 * 1024 * 1024;
const RESPONSE_BYTES_DEFAULT = 16 * 1024 * 1024;
const OPERATIONS_PER_CONNECTION = 10;
const DOCUMENTS_MAX = 10_000;
const VARIABLE = 'GRAPHQL_TRUSTED_DOCUMENTS';

/** An object from id to document, as GraphQL Code Generator writes it. */
const plainManifest = z.record(z.string().min(1), z.string().min(1));
const apolloManifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  operations: z.array(z.object({ id: z.string().min(1), body: z.string().min(1) })),
});

export function readGraphql(vars: Variables, files: Files, connectionsMax: number): GraphqlConfig {
  const connections = readBound(vars, 'GRAPHQL_MAX_CONNECTIONS_PER_IP', Math.ceil(connectionsMax / 2));
  const operations = OPERATIONS_PER_CONNECTION * connections.max;
  const trusted = readManifest(vars, files);
  const introspection = vars.read('GRAPHQL_INTROSPECTION', flag, true);
  const graphiql = vars.read('GRAPHIQL', flag, null);
  if (trusted !== null && graphiql === true)
    vars.warnings.push(`GRAPHIQL has no effect with ${VARIABLE}: nothing could be asked with it`);
  return {
    introspection: introspection && trusted === null,
    graphiql: (graphiql ?? true) && trusted === null,
    connectionsPerAddress: connections,
    operationsPerAddress: readBound(vars, 'GRAPHQL_MAX_OPERATIONS_PER_IP', operations),
    responseBytesMax: vars.read(
      'GRAPHQL_MAX_RESPONSE_BYTES',
      wholeNumber(RESPONSE_BYTES_MIN, RESPONSE_BYTES_MAX),
      RESPONSE_BYTES_DEFAULT,
    ),
    trusted,
  };
}

/** This computer is bound only on purpose: it may be a proxy with all its clients behind it. */
function readBound(vars: Variables, name: string, fallback: number): AddressBound {
  const max = vars.read(name, wholeNumber(1, COUNT_MAX), null);
  return { max: max ?? fallback, loopback: max !== null };
}

function readManifest(vars: Variables, { cwd, readFile }: Files): TrustedManifest | null {
  const file = vars.text(VARIABLE);
  if (file === undefined) return null;
  try {
    const documents = documentsIn(JSON.parse(readFile(resolve(cwd, file))));
    if (typeof documents !== 'string') return { file, documents };
    vars.reject(VARIABLE, documents);
  } catch (error) {
    const { code = 'no readable JSON' } = error as NodeJS.ErrnoException;
    vars.reject(VARIABLE, `cannot be read (${code})`);
  }
  return null;
}

/** The documents by id, or what is wrong with the manifest. */
function documentsIn(manifest: unknown): ReadonlyMap<string, string> | string {
  const plain = plainManifest.safeParse(manifest);
  const apollo = apolloManifest.safeParse(manifest);
  if (!plain.success && !apollo.success)
    return 'must hold an object from id to document, or the manifest of Apollo’s generator';
  const entries = apollo.success
    ? apollo.data.operations.map(({ id, body }) => [id, body] as const)
    : Object.entries(plain.data ?? {});
  if (entries.length === 0 || entries.length > DOCUMENTS_MAX)
    return `must hold 1 to ${DOCUMENTS_MAX} documents, and holds ${entries.length}`;
  const documents = new Map<string, string>();
  for (const [id, text] of entries) {
    if (documents.has(id)) return `holds the id ${JSON.stringify(id.slice(0, 80))} twice`;
    documents.set(id, text);
  }
  return documents;
}
