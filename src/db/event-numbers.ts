import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Database } from './database.ts';

declare module './database.ts' {
  interface Database {
    event_numbers: { kind: NumberedKind; last: number };
  }
}

export type NumberedKind = 'alert' | 'activity';

/**
 * The number of the last event of a kind; 0 before the first. Numbers have no gaps: read it while holding the log's
 * lock, and store the last assigned number with `storeLastNumber` in the same transaction.
 */
export async function readLastNumber(db: Kysely<Database>, kind: NumberedKind): Promise<number> {
  const row = db.selectFrom('event_numbers').select('last').where('kind', '=', kind);
  return (await row.executeTakeFirstOrThrow()).last;
}

/** @param numbers assigned in this transaction; without any, no statement is sent. */
export function storeLastNumber(
  kind: NumberedKind,
  numbers: readonly number[],
): readonly RawBuilder<unknown>[] {
  const last = numbers.reduce((most, number) => Math.max(most, number), 0);
  return last === 0 ? [] : [sql`update event_numbers set last = ${last} where kind = ${kind}`];
}
