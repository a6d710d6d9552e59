import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Retained } from '../../db/retained.ts';
import { upsertRows } from '../../db/write-rows.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import type { Entry } from '../../journal/topic.ts';
import {
  modelEvents,
  reportedModelsMax,
  type ModelEventPayload,
  type ModelReport,
  type ModelState,
  type ModelTransition,
} from './events.ts';

declare module '../../db/database.ts' {
  interface Database {
    models: ModelsTable;
  }
}

export interface ModelsTable {
  model_id: string;
  model_name: string | null;
  /** Of the last modelLoaded or modelUnloaded event. */
  status: ModelState | null;
  status_at: Date | null;
  /** What producers reported, the newest value of each field. */
  report: ModelReport | null;
  reported_at: Date | null;
}

/** The table of models, in the transaction that stores the events. */
export const modelTable = topicHandler({
  topics: [modelEvents],
  project: (entries) =>
    upsertRows('models', [...changesOf(entries).values()], {
      key: ['model_id'],
      merge: {
        model_name: sql`coalesce(excluded.model_name, old.model_name)`,
        status: sql`coalesce(excluded.status, old.status)`,
        status_at: sql`coalesce(excluded.status_at, old.status_at)`,
        report: sql`coalesce(old.report, '{}') || coalesce(excluded.report, '{}')`,
        reported_at: sql`coalesce(excluded.reported_at, old.reported_at)`,
      },
    }),
});

/** What a batch of events says about each model. */
function changesOf(entries: readonly Entry<ModelEventPayload>[]): ReadonlyMap<string, ModelsTable> {
  const changes = new Map<string, ModelsTable>();
  for (const { type, key, occurredAt, payload } of entries) {
    if (type !== 'modelReported' && type !== 'modelLoaded' && type !== 'modelUnloaded') continue;
    const before = changes.get(key);
    const change: ModelsTable = before ?? {
      model_id: key,
      model_name: null,
      status: null,
      status_at: null,
      report: null,
      reported_at: null,
    };
    if (type === 'modelReported') {
      const report = payload as ModelReport;
      change.report = { ...change.report, ...report };
      change.reported_at = new Date(occurredAt);
      change.model_name = report.modelName ?? change.model_name;
    } else {
      change.status = type === 'modelLoaded' ? 'LOADED' : 'UNLOADED';
      change.status_at = new Date(occurredAt);
      change.model_name = (payload as ModelTransition).modelName;
    }
    changes.set(key, change);
  }
  return changes;
}

/** Ordered by the last report. Of models that are known by reports only, the newest `reportedModelsMax`. */
export async function readModels(db: Kysely<Database>): Promise<readonly ModelsTable[]> {
  const { rows } = await sql<ModelsTable>`
    select * from (
      (select * from models where reported_at is null)
      union all
      (select * from models where reported_at is not null order by reported_at desc limit ${reportedModelsMax})
    ) as model
    order by reported_at nulls first, model_id`.execute(db);
  return rows;
}

/** Models without a report and without a change of status for that long. */
export const retainedModels: Retained = {
  table: 'models',
  by: sql`case when reported_at is not null then greatest(reported_at, status_at) end`,
  key: { model_id: 'text' },
};

/** Servers whose last event says that they do not answer. */
export async function readUnreachable(db: Kysely<Database>): Promise<readonly string[]> {
  const last = await sql<{ server: string; type: string }>`
    select distinct on (key) key as server, type from events
    where topic = ${modelEvents.name} and type in ('modelServerUnreachable', 'modelServerRecovered')
    order by key, seq desc`.execute(db);
  return last.rows.filter(({ type }) => type === 'modelServerUnreachable').map(({ server }) => server);
}
