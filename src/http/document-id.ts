/** The name of a trusted document, as the different clients send it: with or within `extensions`. null: none. */
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
