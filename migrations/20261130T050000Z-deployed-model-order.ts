import { sql, type Kysely } from 'kysely';

/** The column by which the list of deployed models is paged: the time of the deployment, which can be null. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table deployed_models add column listed_at timestamptz not null default timestamptz 'epoch'`.execute(
    db,
  );
  await sql`update deployed_models set listed_at = deployed_at where deployed_at is not null`.execute(db);
}
