import { sql } from 'kysely';
import type { Condition } from './list-page.ts';

/** A condition that a column has one of these values, for which there is an index. */
export function indexed(column: string, values: readonly string[]): Condition {
  return { holds: sql`${sql.ref(column)} = any(${values}::text[])`, index: { [column]: values } };
}

/** The condition that one of these columns contains a text, in upper or lower case. There is no index for it. */
export function contains(columns: string | readonly string[], text: string): Condition {
  const searched = sql.join(
    [columns].flat().map((column) => sql.ref(column)),
    sql` || chr(10) || `,
  );
  return { holds: sql`position(lower(${text}) in lower(${searched})) > 0` };
}

/** The condition of a part of a filter that may be absent. There is an index for the column. */
export function indexedIf(
  column: string,
  values: string | readonly string[] | null | undefined,
): readonly Condition[] {
  if (values === null || values === undefined) return [];
  return [indexed(column, typeof values === 'string' ? [values] : values)];
}

/** The same for a column without an index. */
export function unindexedIf(
  column: string,
  values: string | readonly string[] | null | undefined,
): readonly Condition[] {
  return indexedIf(column, values).map(({ holds }) => ({ holds }));
}
