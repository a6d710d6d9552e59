import { sql, type Kysely } from 'kysely';
import type { Database } from './database.ts';

declare module './database.ts' {
  interface Database {
    event_numbers: { kind: NumberedKind; last: number };
  }
}

export type NumberedKind = 'alert' | 'activity';

/**
 * Takes so many numbers of a kind, which count from 1 and have no gaps: they are given back when the transaction is
 * undone. Call it in the transaction that stores what they number.
 * @returns the first of them.
 */
export async function takeNumbers(db: Kysely<Database>, kind: NumberedKind, count: number): Promise<number> {
  const { last } = await db
    .updateTable('event_numbers')
    .set({ last: sql<number>`last + ${count}::bigint` })
    .where('kind', '=', kind)
    .returning('last')
    .executeTakeFirstOrThrow();
  return last - count + 1;
}
