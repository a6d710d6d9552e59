import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Retained } from '../../db/retained.ts';
import { upsertRows } from '../../db/write-rows.ts';
import type { Statement } from '../../journal/topic-handlers.ts';
import { staleAfterMs } from './catalog.ts';
import { seriesOf, type Labels, type Metric, type MetricKind } from './events.ts';

declare module '../../db/database.ts' {
  interface Database {
    metric_series: MetricSeriesTable;
    metric_samples: MetricSamplesTable;
  }
}

export interface MetricSeriesTable {
  id: string;
  name: string;
  labels: Labels;
  unit: string | null;
  kind: MetricKind | null;
  reported_by: string;
  created_at: Date;
}

export interface MetricSamplesTable {
  series_id: string;
  /** Start of the ten seconds. */
  at: Date;
  samples: number;
  sum: number;
  min: number;
  max: number;
  /** The value with the latest time, and that time. */
  last: number;
  last_at: Date;
}

const resolutionMs = 10_000;

/** Stores the series that may be new, and adds the values to the rows of their ten seconds. */
export function storeMetrics(
  metrics: readonly Metric[],
  isStored: (metric: Metric) => boolean,
): readonly Statement[] {
  const series = new Map<string, MetricSeriesTable>();
  const samples = new Map<string, MetricSamplesTable>();
  for (const metric of metrics) {
    const { id, name, labels, unit, kind, reportedBy } = metric;
    if (!isStored(metric))
      series.set(id, { id, name, labels, unit, kind, reported_by: reportedBy, created_at: new Date() });
    const at = Math.floor(metric.sampledAt / resolutionMs) * resolutionMs;
    samples.set(`${id} ${at}`, withValue(samples.get(`${id} ${at}`), metric, new Date(at)));
  }
  return [
    ...upsertRows('metric_series', [...series.values()], {
      key: ['id'],
      merge: { created_at: sql`old.created_at`, reported_by: sql`old.reported_by` },
    }),
    ...upsertRows('metric_samples', [...samples.values()], {
      key: ['series_id', 'at'],
      merge: {
        samples: sql`old.samples + excluded.samples`,
        sum: sql`old.sum + excluded.sum`,
        min: sql`least(old.min, excluded.min)`,
        max: sql`greatest(old.max, excluded.max)`,
        last: sql`case when old.last_at > excluded.last_at then old.last else excluded.last end`,
        last_at: sql`greatest(old.last_at, excluded.last_at)`,
      },
    }),
  ];
}

function withValue(
  row: MetricSamplesTable | undefined,
  { id, value, sampledAt }: Metric,
  at: Date,
): MetricSamplesTable {
  const last = { last: value, last_at: new Date(sampledAt) };
  if (row === undefined)
    return { series_id: id, at, samples: 1, sum: value, min: value, max: value, ...last };
  return {
    ...row,
    samples: row.samples + 1,
    sum: row.sum + value,
    min: Math.min(row.min, value),
    max: Math.max(row.max, value),
    ...(row.last_at > last.last_at ? {} : last),
  };
}

interface SeriesFilter {
  readonly names: readonly string[] | null | undefined;
  readonly ids: readonly string[] | null | undefined;
  readonly labels: Labels;
}

/** The series with a recent value, for the start of the server. */
export function readRecentMetrics(db: Kysely<Database>, seriesMax: number): Promise<readonly Metric[]> {
  const since = new Date(Date.now() - staleAfterMs);
  return readSeries(db, sql`newest.last_at > ${since}`, seriesMax);
}

/** The stored series of these names and ids that have these labels among theirs. */
export function findMetrics(
  db: Kysely<Database>,
  { names, ids, labels }: SeriesFilter,
  limit: number,
): Promise<readonly Metric[]> {
  const conditions = [sql`series.labels @> ${JSON.stringify(labels)}::jsonb`];
  if (names) conditions.push(sql`series.name = any(${names})`);
  if (ids) conditions.push(sql`series.id = any(${ids.filter(isUuid)}::uuid[])`);
  return readSeries(db, sql.join(conditions, sql` and `), limit);
}

const uuidPattern = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** No series has another id, and the database rejects what is not one. */
function isUuid(id: string): boolean {
  return uuidPattern.test(id);
}

async function readSeries(
  db: Kysely<Database>,
  condition: RawBuilder<unknown>,
  limit: number,
): Promise<readonly Metric[]> {
  const { rows } = await sql<MetricSeriesTable & Pick<MetricSamplesTable, 'last' | 'last_at'>>`
    select series.*, newest.last, newest.last_at
    from metric_series as series cross join lateral (
      select last, last_at from metric_samples where series_id = series.id order by at desc limit 1
    ) as newest
    where ${condition}
    order by series.created_at, series.id limit ${limit}`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    labels: row.labels,
    series: seriesOf(row),
    unit: row.unit,
    kind: row.kind,
    value: row.last,
    sampledAt: row.last_at.getTime(),
    reportedBy: row.reported_by,
  }));
}

export interface MetricRange {
  readonly since: Date;
  readonly until: Date;
  /** Number of spans into which the range is divided. */
  readonly points: number;
}

/** The values of a span of time. */
export interface MetricPoint {
  /** Start of the span. */
  readonly at: Date;
  /** Values in the span; 1 or more. */
  readonly samples: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly last: number;
  /** When `last` was measured, in Unix milliseconds. */
  readonly lastAt: number;
}

/** The history of series, downsampled by the database: of each, one point per span that has samples, oldest first. */
export async function readMetricHistory(
  db: Kysely<Database>,
  ids: readonly string[],
  { since, until, points }: MetricRange,
): Promise<ReadonlyMap<string, readonly MetricPoint[]>> {
  const start = Math.floor(since.getTime() / resolutionMs) * resolutionMs;
  const spanMs = Math.ceil((until.getTime() - start) / points / resolutionMs) * resolutionMs;
  const { rows } = await sql<MetricPoint & { readonly series_id: string }>`
    select series_id, date_bin(${`${spanMs} milliseconds`}::interval, at, ${new Date(start)}::timestamptz) as at,
      sum(samples)::int as samples, sum(sum) as sum, min(min) as min, max(max) as max,
      (array_agg(last order by at desc))[1] as last,
      (extract(epoch from max(last_at)) * 1000)::double precision as "lastAt"
    from metric_samples
    where series_id = any(${ids}::uuid[]) and at >= ${new Date(start)} and at < ${until}
    group by 1, 2 order by 1, 2`.execute(db);
  const history = new Map<string, MetricPoint[]>(ids.map((id) => [id, []]));
  for (const { series_id, ...point } of rows) history.get(series_id)?.push(point);
  return history;
}

/** Removed before the series, which have to be without samples. */
export const retainedMetricSamples: Retained = {
  table: 'metric_samples',
  by: 'at',
  key: { series_id: 'uuid', at: 'timestamptz' },
};

export const retainedMetricSeries: Retained = {
  table: 'metric_series',
  by: 'created_at',
  key: { id: 'uuid' },
  and: sql`not exists (select from metric_samples where series_id = metric_series.id)`,
};
