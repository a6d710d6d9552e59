import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { partsOf } from './parts.ts';

declare module '../../db/database.ts' {
  interface Database {
    transfer_stagings: TransferStagingsTable;
  }
}

/**
 * The bytes of a transfer are stored before its event, part by part and outside the lock of the log, which other
 * writers wait for. Until the event is stored, a row of `transfer_stagings` says that they belong to nothing yet.
 */
export interface TransferStagingsTable {
  transfer_id: string;
  staged_at: Date;
}

type Db = Kysely<Database>;

export async function stageBytes(db: Db, id: string, chunks: Iterable<Buffer>): Promise<void> {
  await sql`insert into transfer_stagings (transfer_id) values (${id})`.execute(db);
  let part = 0;
  for (const bytes of partsOf(chunks))
    await db.insertInto('transfer_parts').values({ transfer_id: id, part: part++, bytes }).execute();
}

/**
 * Keeps the bytes, in the transaction that stores the event.
 * @returns false when they are no longer there.
 */
export async function keepStaged(db: Db, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('transfer_stagings')
    .where('transfer_id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Removes the bytes unless they were kept, also by a transaction whose end nobody heard of. */
export async function dropStaged(db: Db, id: string): Promise<void> {
  await sql`
    with dropped as (delete from transfer_stagings where transfer_id = ${id} returning transfer_id)
    delete from transfer_parts using dropped where transfer_parts.transfer_id = dropped.transfer_id`.execute(
    db,
  );
}

/** Removes what instances left that were killed while they stored it. @returns how many transfers went. */
export async function dropAbandoned(db: Db, olderThanMs: number): Promise<number> {
  const { rows } = await sql<{ dropped: number }>`
    with dropped as (
      delete from transfer_stagings
      where staged_at < now() - make_interval(secs => ${olderThanMs / 1_000}::float8)
      returning transfer_id
    ), emptied as (
      delete from transfer_parts using dropped where transfer_parts.transfer_id = dropped.transfer_id
    )
    select count(*)::int as dropped from dropped`.execute(db);
  return rows[0]?.dropped ?? 0;
}
