import { z } from 'zod';
import type { Setting, SettingsContext } from './setting.ts';

/** The only documents that clients may execute. */
interface TrustedManifest {
  readonly file: string;
  /** By the ids that clients send. */
  readonly documents: ReadonlyMap<string, string>;
}

const documentsMax = 10_000;

/** An object from id to document, as GraphQL Code Generator writes it. */
const plainManifest = z.record(z.string().min(1), z.string().min(1));
const apolloManifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  operations: z.array(z.object({ id: z.string().min(1), body: z.string().min(1) })),
});

/** The manifest in the file that a setting names; null without one, or after reporting what is wrong with it. */
export function trustedManifest(
  setting: Setting,
  file: string | null,
  context: SettingsContext,
): TrustedManifest | null {
  const text = context.fileOf(setting);
  if (file === null || text === null) return null;
  const documents = documentsIn(text);
  if (typeof documents !== 'string') return { file, documents };
  context.reject(setting, documents);
  return null;
}

/** The documents of a manifest by id, or what is wrong with the manifest. */
function documentsIn(text: string): ReadonlyMap<string, string> | string {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    return 'must name a JSON file';
  }
  const plain = plainManifest.safeParse(manifest);
  const apollo = apolloManifest.safeParse(manifest);
  if (!plain.success && !apollo.success)
    return 'must name a file with an object from id to document, or with a manifest of the Apollo generator';
  const entries = apollo.success
    ? apollo.data.operations.map(({ id, body }) => [id, body] as const)
    : Object.entries(plain.data ?? {});
  if (entries.length === 0 || entries.length > documentsMax)
    return `must name a file with 1 to ${documentsMax} documents, not ${entries.length}`;
  const documents = new Map<string, string>();
  for (const [id, body] of entries) {
    if (documents.has(id))
      return `must name a file that does not repeat the id ${JSON.stringify(id.slice(0, 80))}`;
    documents.set(id, body);
  }
  return documents;
}
