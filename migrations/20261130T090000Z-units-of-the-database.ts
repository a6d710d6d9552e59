import { sql, type Kysely } from 'kysely';

const gb = 2 ** 30;

/** Numbers of the gauge of the database by their paths: the old name, the new one, and the factor between their units. */
const numbers = [
  ['connection.poolUtilization', 'connection.poolUsedRatio', 1],
  ['performance.queryCacheHitRate', 'performance.queryCacheHitRatio', 1],
  ['storage.databaseSizeGb', 'storage.databaseSizeBytes', gb],
  ['storage.indexesSizeGb', 'storage.indexesSizeBytes', gb],
] as const;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [from, to, factor] of numbers) {
    await sql`update gauge_samples
      set numbers = (numbers - ${from}::text) || jsonb_build_object(${to}::text, (numbers ->> ${from})::float8 * ${factor}::float8)
      where gauge = 'database' and numbers ->> ${from} is not null`.execute(db);
    await sql`update alert_rules
      set field = ${`database.${to}`}, threshold = threshold * ${factor}::float8, up_to = up_to * ${factor}::float8
      where field = ${`database.${from}`}`.execute(db);
  }
}
