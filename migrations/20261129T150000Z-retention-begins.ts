import { sql, type Kysely } from 'kysely';

/** The first run of retention, too, has a time before it: without one it could not tell that the clock has jumped. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`insert into retention_state (ran_at) values (now()) on conflict do nothing`.execute(db);
}
