import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { upsertRows } from '../db/write-rows.ts';
import { keysOf, type TopicHandler } from './topic-handlers.ts';
import type { Entry, Topic } from './topic.ts';

export interface FoldedTable<Payload, Row> extends Pick<
  TopicHandler<Payload, ReadonlyMap<string, Row>>,
  'enrich'
> {
  readonly topics: readonly Topic<Payload, 'EVERY'>[];
  readonly table: keyof Database;
  /** The primary key, a text column that contains the key of the entries. */
  readonly key: keyof Row & string;
  /** Returns the row after an entry, given the row before it. Undefined: the entry does not change the table. */
  readonly fold: (before: Row | undefined, entry: Entry<Payload>) => Row | undefined;
}

/**
 * Creates the handler of topics whose entries each change one row of a table: the row of their key. It reads the rows
 * of a batch with the lock held, folds each entry into its row, and writes the rows in the transaction of the entries.
 * `enrich` receives the rows by key, as they were before the batch.
 */
export function foldedTable<Payload, Row extends object>({
  table,
  key,
  fold,
  ...handler
}: FoldedTable<Payload, Row>): TopicHandler<Payload, ReadonlyMap<string, Row>> {
  return {
    ...handler,
    async read(db, drafts) {
      const { rows } = await sql<Row>`
        select * from ${sql.table(table)} where ${sql.ref(key)} = any(${keysOf(drafts)}::text[])`.execute(db);
      return new Map(rows.map((row) => [String(row[key]), row]));
    },
    project(entries, stored) {
      const changed = new Map<string, Row>();
      for (const entry of entries) {
        const row = fold(changed.get(entry.key) ?? stored.get(entry.key), entry);
        if (row !== undefined) changed.set(entry.key, row);
      }
      return upsertRows(table, [...changed.values()], { key: [key] });
    },
  };
}
