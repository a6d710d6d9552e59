import { sql, type Kysely } from 'kysely';

/**
 * Gives the first run of retention a previous time as well, without which it could not detect that the clock has
 * jumped.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`insert into retention_state (ran_at) values (now()) on conflict do nothing`.execute(db);
}
