import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Retained } from '../../db/retained.ts';
import { foldedTable } from '../../journal/folded-table.ts';
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
  /** According to the last modelLoaded or modelUnloaded event. */
  status: ModelState | null;
  status_at: Date | null;
  /** The last reported value of each property. */
  report: ModelReport | null;
  reported_at: Date | null;
}

export const modelTable = foldedTable({
  topics: [modelEvents],
  table: 'models',
  key: 'model_id',
  fold: applyEvent,
});

/** The row of a model after an event; undefined for events of other types. */
function applyEvent(
  model: ModelsTable | undefined,
  { type, key, occurredAt, payload }: Entry<ModelEventPayload>,
): ModelsTable | undefined {
  const at = new Date(occurredAt);
  const before = model ?? { ...newModel, model_id: key };
  if (type === 'modelReported') {
    const report = payload as ModelReport;
    const name = report.modelName ?? before.model_name;
    return { ...before, model_name: name, report: { ...before.report, ...report }, reported_at: at };
  }
  if (type !== 'modelLoaded' && type !== 'modelUnloaded') return undefined;
  const status = type === 'modelLoaded' ? 'LOADED' : 'UNLOADED';
  return { ...before, model_name: (payload as ModelTransition).modelName, status, status_at: at };
}

const newModel = { model_name: null, status: null, status_at: null, report: null, reported_at: null };

/** Ordered by the last report. Includes the `reportedModelsMax` most recently reported models. */
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

/** Removes reported models after a long time without a report and without a change of status. */
export const retainedModels: Retained = {
  table: 'models',
  by: sql`case when reported_at is not null then greatest(reported_at, status_at) end`,
  key: { model_id: 'text' },
};

/** Servers whose last event is modelServerUnreachable. */
export async function readUnreachable(db: Kysely<Database>): Promise<readonly string[]> {
  const last = await sql<{ server: string; type: string }>`
    select distinct on (key) key as server, type from events
    where topic = ${modelEvents.name} and type in ('modelServerUnreachable', 'modelServerRecovered')
    order by key, seq desc`.execute(db);
  return last.rows.filter(({ type }) => type === 'modelServerUnreachable').map(({ server }) => server);
}
