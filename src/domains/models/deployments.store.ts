import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { firstPage, keysetList, type KeysetList } from '../../db/keyset-list.ts';
import { indexedIf } from '../../db/list-conditions.ts';
import { upsertRows } from '../../db/write-rows.ts';
import { foldedTable } from '../../journal/folded-table.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import type { Entry } from '../../journal/topic.ts';
import { camelKeys, type SnakeKeys } from '../../lib/case-keys.ts';
import {
  modelEvents,
  type DeployedModel,
  type Deployments,
  type ModelDeployment,
  type ModelEventPayload,
  type OperationalReport,
  type OperationalStatus,
  type PredictionVolume,
  type PredictionsReport,
} from './events.ts';

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
  /** The list is ordered by it: `deployed_at`, or the start of 1970 without a deployment. */
  listed_at: Date;
  operational_status: OperationalStatus;
  /** Time of the report or deployment that set the status. */
  status_at: Date | null;
  accuracy: number | null;
  health_score: number | null;
  prediction_count: number;
  /** Those with a reported response time. */
  timed_predictions: number;
  response_time_sum_ms: number;
  last_prediction_at: Date | null;
}

type Db = Kysely<Database>;

const rateSpanMs = 60_000;
/** How long counts are retained: longer than rates need them, because clocks differ. */
const countsRetainedMs = 300_000;

export const deployedModelTable = foldedTable({
  topics: [modelEvents],
  table: 'deployed_models',
  key: 'model_id',
  fold: applyEvent,
});

export const predictionCountTable = topicHandler({
  topics: [modelEvents],
  project(entries) {
    const storedAt = entries.reduce((latest, { recordedAt }) => Math.max(latest, recordedAt), 0);
    const retainedSince = storedAt - countsRetainedMs;
    const counts = predictionCounts(entries, retainedSince);
    if (counts.length === 0) return [];
    return [
      ...upsertRows('prediction_counts', counts, {
        key: ['at', 'model_id'],
        merge: { predictions: sql`old.predictions + excluded.predictions` },
      }),
      sql`delete from prediction_counts where at < ${new Date(retainedSince)}`,
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
    const milestone = changes.reduce((most, one) => Math.max(most, one.milestonePredictionCount ?? 0), 0);
    return [
      sql`
        insert into prediction_volume as old (milestone, per_minute)
        values (${milestone}, ${last.predictionsPerMinute})
        on conflict ("only") do update set
          milestone = greatest(old.milestone, excluded.milestone), per_minute = excluded.per_minute`,
    ];
  },
});

/** The most recently deployed first, models without a deployment last. @param id null: all models. */
export async function readDeployed(
  db: Db,
  { now, limit, ids = null }: { now: number; limit: number; ids?: readonly string[] | null },
): Promise<readonly DeployedModel[]> {
  const { rows } = await sql<SnakeKeys<DeployedModel>>`
    select model.*,
      case when prediction_count > 0 then coalesce(rate.recent, 0)::bigint end as predictions_per_minute,
      round((response_time_sum_ms / nullif(timed_predictions, 0))::numeric, 2)::float8 as avg_response_time_ms,
      model.deployed_seq is not null and not exists (
        select from deployed_models as newer
        where (newer.deployed_at, newer.deployed_seq) > (model.deployed_at, model.deployed_seq)
      ) as is_current
    from deployed_models as model left join (
      select model_id, sum(predictions) as recent from prediction_counts
      where at > ${new Date(now - rateSpanMs)} group by model_id
    ) as rate using (model_id)
    where ${ids}::text[] is null or model_id = any(${ids}::text[])
    order by deployed_at desc nulls last, deployed_seq desc nulls last, model_id
    limit ${limit}`.execute(db);
  return rows.map((row) => camelKeys(row));
}

export interface DeployedModelFilter {
  readonly operationalStatuses?: readonly OperationalStatus[] | null | undefined;
}

const rowList = keysetList({
  table: 'deployed_models',
  at: 'listed_at',
  id: 'model_id',
  filter: ({ operationalStatuses }: DeployedModelFilter) => ({
    conditions: indexedIf('operational_status', operationalStatuses),
  }),
});

interface ListedModel {
  readonly model: DeployedModel;
  readonly listedAt: Date;
}

const readAll: KeysetList<DeployedModelFilter, ListedModel>['readAll'] = async (db, requests) => {
  const pages = await rowList.readAll(db, requests);
  const ids = pages.flatMap(({ rows }) => rows.map((row) => row.model_id));
  const models = ids.length === 0 ? [] : await readDeployed(db, { now: Date.now(), limit: ids.length, ids });
  const byId = new Map(models.map((model) => [model.modelId, model]));
  return pages.map((page) => ({
    ...page,
    rows: page.rows.flatMap((row) => {
      const model = byId.get(row.model_id);
      return model === undefined ? [] : [{ model, listedAt: row.listed_at }];
    }),
  }));
};

/** The most recently deployed first, models without a deployment last. */
export const deployedModelList: KeysetList<DeployedModelFilter, ListedModel> = {
  ...rowList,
  keyOf: ({ model, listedAt }) => ({ at: listedAt, id: model.modelId }),
  findAll: async (db, ids) => {
    const models = await readDeployed(db, { now: Date.now(), limit: ids.length, ids });
    return new Map(
      models.map((model) => [model.modelId, { model, listedAt: new Date(model.deployedAt ?? 0) }]),
    );
  },
  readAll,
  read: (db, filter, page) => firstPage(readAll(db, [{ filter, page }])),
};

/** The most recently deployed model; null before the first deployment. */
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
    predictionCount: total,
    predictionsPerMinute: total === 0 ? null : perMinute,
  };
}

/** The predictions of all models, now and in the last event about their volume. */
export interface VolumeState {
  readonly total: number;
  readonly perMinute: number;
  /** The highest milestone so far, or 0. */
  readonly lastMilestone: number;
  /** The rate in the last event, or 0. */
  readonly lastPerMinute: number;
}

export async function readVolume(db: Db, now: number): Promise<VolumeState> {
  const { rows } = await sql<VolumeState>`
    select
      (select coalesce(sum(prediction_count), 0)::bigint from deployed_models) as total,
      (select coalesce(sum(predictions), 0)::bigint from prediction_counts
        where at > ${new Date(now - rateSpanMs)}) as "perMinute",
      coalesce((select milestone from prediction_volume), 0)::bigint as "lastMilestone",
      coalesce((select per_minute from prediction_volume), 0)::float8 as "lastPerMinute"`.execute(db);
  const [state] = rows;
  if (state === undefined) throw new Error('a query without a condition gave no row');
  return state;
}

/** Number of predictions of a model in one second. */
export interface PredictionCount {
  /** The start of the second. */
  readonly at: Date;
  readonly model_id: string;
  readonly predictions: number;
}

const newModel = {
  model_name: null,
  model_version: null,
  model_size_bytes: null,
  deployed_at: null,
  deployed_seq: null,
  listed_at: new Date(0),
  operational_status: 'ACTIVE',
  status_at: null,
  accuracy: null,
  health_score: null,
  prediction_count: 0,
  timed_predictions: 0,
  response_time_sum_ms: 0,
  last_prediction_at: null,
} as const;

/** The row of a model after an event; undefined for events of other types. */
export function applyEvent(
  model: DeployedModelsTable | undefined,
  entry: Entry<ModelEventPayload>,
): DeployedModelsTable | undefined {
  const before = model ?? { ...newModel, model_id: entry.key };
  if (entry.type === 'modelDeployed') return applyDeployment(before, entry as Entry<ModelDeployment>);
  if (entry.type === 'modelStatusReported') return applyStatus(before, entry as Entry<OperationalReport>);
  if (entry.type === 'predictionsReported')
    return applyPredictions(before, entry as Entry<PredictionsReport>);
  return undefined;
}

/** A new version does not inherit accuracy and health. A deployment before the current one changes nothing. */
function applyDeployment(
  before: DeployedModelsTable,
  { occurredAt, seq, payload }: Entry<ModelDeployment>,
): DeployedModelsTable {
  const at = new Date(occurredAt);
  if (before.deployed_at !== null && at < before.deployed_at) return before;
  const { modelAccuracy } = payload;
  const after = {
    ...before,
    model_name: payload.modelName,
    model_version: payload.modelVersion,
    model_size_bytes: payload.modelSizeBytes,
    deployed_at: at,
    deployed_seq: seq,
    listed_at: at,
  };
  if (before.status_at !== null && at < before.status_at)
    return { ...after, accuracy: before.accuracy ?? modelAccuracy };
  return {
    ...after,
    operational_status: 'ACTIVE',
    status_at: at,
    accuracy: modelAccuracy,
    health_score: null,
  };
}

/** An older report changes only the time of the last prediction. */
function applyStatus(
  before: DeployedModelsTable,
  { occurredAt, payload }: Entry<OperationalReport>,
): DeployedModelsTable {
  const at = new Date(occurredAt);
  const { lastPredictionAt } = payload;
  const after = {
    ...before,
    last_prediction_at:
      lastPredictionAt === null
        ? before.last_prediction_at
        : later(before.last_prediction_at, new Date(lastPredictionAt)),
  };
  if (before.status_at !== null && at < before.status_at) return after;
  return {
    ...after,
    operational_status: payload.status,
    status_at: at,
    accuracy: payload.accuracy ?? before.accuracy,
    health_score: payload.healthScore ?? before.health_score,
  };
}

function applyPredictions(before: DeployedModelsTable, entry: Entry<PredictionsReport>): DeployedModelsTable {
  const { count, avgResponseTimeMs } = entry.payload;
  return {
    ...before,
    prediction_count: before.prediction_count + count,
    timed_predictions: before.timed_predictions + (avgResponseTimeMs === null ? 0 : count),
    response_time_sum_ms: before.response_time_sum_ms + (avgResponseTimeMs ?? 0) * count,
    last_prediction_at: later(before.last_prediction_at, reportTime(entry)),
  };
}

function later(a: Date | null, b: Date): Date {
  return a !== null && a > b ? a : b;
}

/** At most the time of storage, because a producer's clock may be ahead. */
function reportTime({ occurredAt, recordedAt }: Entry): Date {
  return new Date(Math.min(occurredAt, recordedAt));
}

/** Sums the predictions in a batch of events by second and model. Excludes seconds before `since`. */
export function predictionCounts(
  entries: readonly Entry<ModelEventPayload>[],
  since: number,
): readonly PredictionCount[] {
  const counts = new Map<string, PredictionCount>();
  for (const entry of entries) {
    if (entry.type !== 'predictionsReported') continue;
    const at = new Date(Math.floor(reportTime(entry).getTime() / 1_000) * 1_000);
    if (at.getTime() < since) continue;
    const key = `${at.getTime()} ${entry.key}`;
    const { count } = entry.payload as PredictionsReport;
    const predictions = (counts.get(key)?.predictions ?? 0) + count;
    counts.set(key, { at, model_id: entry.key, predictions });
  }
  return [...counts.values()];
}
