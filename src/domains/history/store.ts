import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Retained } from '../../db/retained.ts';
import { insertion } from '../../db/write-rows.ts';
import type { DownsampledRange, SamplePoint } from '../../lib/downsampled.ts';
import { getOrCreate } from '../../lib/get-or-create.ts';

declare module '../../db/database.ts' {
  interface Database {
    gauge_samples: GaugeSamplesTable;
  }
}

export interface GaugeSamplesTable {
  /** As its numbers are declared: `gpu`. */
  gauge: string;
  /** What the sample is about: `web-1/gpu0`. Empty if the gauge is about one object. */
  subject: string;
  /** Start of the span of HISTORY_INTERVAL_S in which the sample was taken. */
  at: Date;
  /** The measured numbers by their paths in the payload. */
  numbers: Readonly<Record<string, number>>;
}

/** Stores samples. The first one of a span counts: instances may sample the same object. */
export async function storeSamples(db: Kysely<Database>, rows: readonly GaugeSamplesTable[]): Promise<void> {
  if (rows.length > 0) await sql`${insertion('gauge_samples', rows)} on conflict do nothing`.execute(db);
}

export interface SampleRange extends DownsampledRange {
  readonly gauge: string;
  readonly subjects: readonly string[];
}

/**
 * The histories of objects by subject, downsampled by the database: a point per interval that has samples, oldest first.
 * An object without samples in the range is absent.
 */
export async function readSamples(
  db: Kysely<Database>,
  { gauge, subjects, since, until, points, paths }: SampleRange,
): Promise<ReadonlyMap<string, readonly SamplePoint[]>> {
  const intervalMs = Math.max(1, Math.ceil((until.getTime() - since.getTime()) / points));
  const columns = paths.map((path, index) => sql`(numbers ->> ${path})::float8 as ${sql.ref(`v${index}`)}`);
  const aggregates = paths.map((path, index) => {
    const value = sql.ref(`v${index}`);
    return sql`${path}::text, case when count(${value}) > 0
      then jsonb_build_object('avg', avg(${value}), 'min', min(${value}), 'max', max(${value})) end`;
  });
  const { rows } = await sql<SamplePoint & { readonly subject: string }>`
    select
      subject,
      date_bin(${`${intervalMs} milliseconds`}::interval, at, ${since}::timestamptz) as at,
      count(*)::int as samples,
      jsonb_build_object(${aggregates.length === 0 ? sql`` : sql.join(aggregates)}) as values
    from (
      select ${sql.join([sql.ref('subject'), sql.ref('at'), ...columns])} from gauge_samples
      where gauge = ${gauge} and subject = any(${subjects}::text[]) and at >= ${since} and at < ${until}
      offset 0 -- each number is read once for all its aggregates
    ) as sample
    group by 1, 2
    order by 1, 2`.execute(db);
  const histories = new Map<string, SamplePoint[]>();
  for (const { subject, ...point } of rows) getOrCreate(histories, subject, () => []).push(point);
  return histories;
}

export const retainedGaugeSamples: Retained = {
  table: 'gauge_samples',
  by: 'at',
  key: { gauge: 'text', subject: 'text', at: 'timestamptz' },
};
