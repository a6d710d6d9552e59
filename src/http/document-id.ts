/** The id of a trusted document, in the forms that different clients send: beside or within `extensions`. Null: none. */
export function documentIdOf(request: {
  readonly documentId?: unknown;
  readonly extensions?: unknown;
}): string | null {
  const extensions = membersOf(request.extensions);
  const { persistedQuery } = extensions;
  const hash = typeof persistedQuery === 'string' ? persistedQuery : membersOf(persistedQuery)['sha256Hash'];
  const id = request.documentId ?? extensions['documentId'] ?? hash;
  return typeof id === 'string' && id !== '' ? id : null;
}

const sha256 = /^[0-9a-f]{64}$/;

/**
 * The hash of an automatic persisted query, which clients send with the document or in place of it. Null: none, or an id
 * that is not a SHA-256.
 */
export function sha256HashOf({ extensions }: { readonly extensions?: unknown }): string | null {
  const { version, sha256Hash } = membersOf(membersOf(extensions)['persistedQuery']);
  return version === 1 && typeof sha256Hash === 'string' && sha256.test(sha256Hash) ? sha256Hash : null;
}

/** The span of the client, which a message of a WebSocket has no header for. */
export function traceparentOf({ extensions }: { readonly extensions?: unknown }): string | undefined {
  const { traceparent } = membersOf(extensions);
  return typeof traceparent === 'string' ? traceparent : undefined;
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
