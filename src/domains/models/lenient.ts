import { z, type ZodType } from 'zod';

/** A field of somebody else's JSON: undefined where it is missing or of another kind, which costs only the field. */
export function lenient<Value>(schema: ZodType<Value>) {
  return schema.optional().catch(() => undefined);
}

/**
 * Entries of somebody else's list, at most `max`. An entry that is no object or lacks what it needs costs only itself;
 * null is an empty list, as some programs write one.
 */
export function entriesOf<Entry>(entry: ZodType<Entry>, max: number) {
  return z
    .array(z.unknown())
    .nullable()
    .transform((list) => (list ?? []).slice(0, max).flatMap((one) => entry.safeParse(one).data ?? []));
}
