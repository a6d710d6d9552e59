import { sql, type Kysely } from 'kysely';

/** Numbers of gauges by their paths: the old name, the new one, and the factor between their units. */
const numbers = [
  ['agent', 'successRate', 'successPercent', 1],
  ['agent', 'meanResponseTimeSeconds', 'avgResponseTimeMs', 1_000],
  ['kpis', 'meanResponseTimeSeconds', 'avgResponseTimeMs', 1_000],
] as const;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [gauge, from, to, factor] of numbers) {
    await sql`update gauge_samples
      set numbers = (numbers - ${from}::text) || jsonb_build_object(${to}::text, (numbers ->> ${from})::float8 * ${factor}::float8)
      where gauge = ${gauge} and numbers ->> ${from} is not null`.execute(db);
    await sql`update alert_rules
      set field = ${`${gauge}.${to}`}, threshold = threshold * ${factor}::float8, up_to = up_to * ${factor}::float8
      where field = ${`${gauge}.${from}`}`.execute(db);
  }
}
