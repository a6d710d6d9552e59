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

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
