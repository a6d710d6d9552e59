import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { upsertRows } from '../../db/write-rows.ts';
import { foldedTable } from '../../journal/folded-table.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import { afterEntry, predictionCounts, shown, type PredictionCount } from './deployment.ts';
import {
  modelEvents,
  type DeployedModel,
  type Deployments,
  type OperationalStatus,
  type PredictionVolume,
} from './events.ts';
import type { VolumeState } from './volume.ts';

declare module '../../db/database.ts' {
  interface Database {
    deployed_models: DeployedModelsTable;
    prediction_counts: PredictionCount;
    prediction_volume: { milestone: number; per_minute: number };
  }
}

export interface DeployedModelsTable {
  model_id: string;
  model_name: string | null;
  model_version: string | null;
  model_size_bytes: number | null;
  deployed_at: Date | null;
  deployed_seq: number | null;
  operational_status: OperationalStatus;
  /** When it was said: by a report or by the deployment. */
  status_at: Date | null;
  accuracy: number | null;
  health_score: number | null;
  total_predictions: number;
  /** Those of them for which a response time was reported. */
  timed_predictions: number;
  response_time_sum_ms: number;
  last_prediction_at: Date | null;
}

type Db = Kysely<Database>;

const rateSpanMs = 60_000;
/** Counts older than this are no longer needed for any rate, also with clocks that differ a little. */
const countsKeptMs = 300_000;

export const deployedModelTable = foldedTable({
  topics: [modelEvents],
  table: 'deployed_models',
  key: 'model_id',
  fold: afterEntry,
});

export const predictionCountTable = topicHandler({
  topics: [modelEvents],
  project(entries) {
    const storedAt = entries.reduce((latest, { recordedAt }) => Math.max(latest, recordedAt), 0);
    const keptSince = storedAt - countsKeptMs;
    const counts = predictionCounts(entries, keptSince);
    if (counts.length === 0) return [];
    return [
      ...upsertRows('prediction_counts', counts, {
        key: ['at', 'model_id'],
        merge: { predictions: sql`old.predictions + excluded.predictions` },
      }),
      sql`delete from prediction_counts where at < ${new Date(keptSince)}`,
    ];
  },
});

export const predictionVolumeTable = topicHandler({
  topics: [modelEvents],
  project(entries) {
    const changes = entries
      .filter(({ type }) => type === 'predictionVolumeChanged')
      .map(({ payload }) => payload as PredictionVolume);
    const last = changes.at(-1);
    if (last === undefined) return [];
    const milestone = changes.reduce((most, one) => Math.max(most, one.milestoneReached ?? 0), 0);
    return [
      sql`
        insert into prediction_volume as old (milestone, per_minute)
        values (${milestone}, ${last.predictionsPerMinute})
        on conflict ("only") do update set
          milestone = greatest(old.milestone, excluded.milestone), per_minute = excluded.per_minute`,
    ];
  },
});

interface ShownRow extends DeployedModelsTable {
  recent: number;
  is_current: boolean;
}

/** The current one first, then by time of deployment, those never deployed last. `id` null: all. */
export async function readDeployed(
  db: Db,
  { now, limit, id = null }: { now: number; limit: number; id?: string | null },
): Promise<readonly DeployedModel[]> {
  const { rows } = await sql<ShownRow>`
    select model.*, coalesce(rate.recent, 0)::bigint as recent,
      model.deployed_seq is not null and not exists (
        select from deployed_models as newer
        where (newer.deployed_at, newer.deployed_seq) > (model.deployed_at, model.deployed_seq)
      ) as is_current
    from deployed_models as model left join (
      select model_id, sum(predictions) as recent from prediction_counts
      where at > ${new Date(now - rateSpanMs)} group by model_id
    ) as rate using (model_id)
    where ${id}::text is null or model_id = ${id}
    order by deployed_at desc nulls last, deployed_seq desc nulls last, model_id
    limit ${limit}`.execute(db);
  return rows.map((row) => shown(row, { recent: row.recent, isCurrent: row.is_current }));
}

/** The one deployed last; null before the first deployment. */
export async function readCurrent(db: Db, now: number): Promise<DeployedModel | null> {
  const [first] = await readDeployed(db, { now, limit: 1 });
  return first?.isCurrent === true ? first : null;
}

export async function readDeployments(db: Db, now: number): Promise<Deployments> {
  const { total, perMinute } = await readVolume(db, now);
  const { count } = await db
    .selectFrom('deployed_models')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return {
    sampledAt: now,
    current: await readCurrent(db, now),
    modelCount: count,
    totalPredictions: total,
    predictionsPerMinute: total === 0 ? null : perMinute,
  };
}

/** How much is predicted, and what was told of it last. */
export async function readVolume(db: Db, now: number): Promise<VolumeState> {
  const { rows } = await sql<VolumeState>`
    select
      (select coalesce(sum(total_predictions), 0)::bigint from deployed_models) as total,
      (select coalesce(sum(predictions), 0)::bigint from prediction_counts
        where at > ${new Date(now - rateSpanMs)}) as "perMinute",
      coalesce((select milestone from prediction_volume), 0)::bigint as "toldMilestone",
      coalesce((select per_minute from prediction_volume), 0)::float8 as "toldPerMinute"`.execute(db);
  const [state] = rows;
  if (state === undefined) throw new Error('a query without a condition gave no row');
  return state;
}
