import { sql, type Kysely, type Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
import { keysetList } from '../../db/keyset-list.ts';
import { indexed } from '../../db/list-conditions.ts';
import { upsertRows } from '../../db/write-rows.ts';
import { camelKeys, snakeKeys, type SnakeKeys } from '../../lib/case-keys.ts';
import type { AlertRuleOrigin, AlertRuleRecord } from './alert-rules.events.ts';
import { ruleSource, type AlertRecord } from './events.ts';
import { toAlert, type AlertsTable } from './store.ts';

declare module '../../db/database.ts' {
  interface Database {
    alert_rules: AlertRulesTable;
  }
}

export type AlertRulesTable = SnakeKeys<
  Omit<AlertRuleRecord, 'metric' | 'actions' | 'createdAt' | 'updatedAt'>
> & {
  metric_name: string | null;
  metric_labels: Readonly<Record<string, string>> | null;
  actions: string[];
  created_at: Date;
  updated_at: Date;
};

type Db = Kysely<Database>;

export async function readRules(db: Db, origin: AlertRuleOrigin): Promise<readonly AlertRuleRecord[]> {
  const rows = await db.selectFrom('alert_rules').selectAll().where('origin', '=', origin).execute();
  return rows.map(toRule);
}

export async function findRule(db: Db, ruleId: string): Promise<AlertRuleRecord | undefined> {
  return (await findRules(db, [ruleId])).get(ruleId);
}

export async function findRules(
  db: Db,
  ruleIds: readonly string[],
): Promise<ReadonlyMap<string, AlertRuleRecord>> {
  const { rows } = await sql<Selectable<AlertRulesTable>>`
    select * from alert_rules where rule_id = any(${ruleIds}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.rule_id, toRule(row)]));
}

export async function countRules(db: Db, origin: AlertRuleOrigin): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from alert_rules where origin = ${origin}`.execute(db);
  return rows[0]?.count ?? 0;
}

export async function storeRules(db: Db, rules: readonly AlertRuleRecord[]): Promise<void> {
  const statements = upsertRows('alert_rules', rules.map(toRow), {
    key: ['rule_id'],
    merge: { created_at: sql`old.created_at` },
  });
  for (const statement of statements) await statement.execute(db);
}

export async function deleteRule(db: Db, ruleId: string): Promise<void> {
  await db.deleteFrom('alert_rules').where('rule_id', '=', ruleId).execute();
}

/** Makes the stored rules of the configuration equal to these. A rule of an operator with the same id is replaced. */
export async function storeConfiguredRules(db: Db, rules: readonly AlertRuleRecord[]): Promise<void> {
  const ids = rules.map(({ ruleId }) => ruleId);
  await db.transaction().execute(async (trx) => {
    await sql`delete from alert_rules where origin = 'CONFIGURATION' and rule_id <> all(${ids}::text[])`.execute(
      trx,
    );
    await storeRules(trx, rules);
  });
}

/** The alerts of a rule that are not resolved, oldest first. */
export async function readOpenAlerts(db: Db, ruleId: string, limit: number): Promise<readonly AlertRecord[]> {
  const { rows } = await sql<Selectable<AlertsTable>>`
    select * from alerts where alert_type = ${ruleId} and source = ${ruleSource} and resolved_at is null
    order by seq limit ${limit}`.execute(db);
  return rows.map(toAlert);
}

/** The newest stored value of a series of a metric. */
export interface StoredValue {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly at: Date;
}

/** The newest stored values of the series of a metric, whichever instance has received them. */
export async function readStoredValues(
  db: Db,
  { name, labels }: NonNullable<AlertRuleRecord['metric']>,
  limit: number,
): Promise<readonly StoredValue[]> {
  const { rows } = await sql<StoredValue>`
    select series.name, series.labels, newest.last as value, newest.last_at as at
    from metric_series as series cross join lateral (
      select last, last_at from metric_samples where series_id = series.id order by at desc limit 1
    ) as newest
    where series.name = ${name} and series.labels @> ${JSON.stringify(labels)}::jsonb
    order by newest.last_at desc limit ${limit}`.execute(db);
  return rows;
}

export const alertRuleList = keysetList({
  table: 'alert_rules',
  at: 'created_at',
  id: 'rule_id',
  filter: ({ origin }: { readonly origin: AlertRuleOrigin | null }) => ({
    conditions: origin === null ? [] : [indexed('origin', [origin])],
  }),
});

function toRow({ metric, actions, createdAt, updatedAt, ...rule }: AlertRuleRecord): AlertRulesTable {
  return {
    ...snakeKeys(rule),
    metric_name: metric?.name ?? null,
    metric_labels: metric?.labels ?? null,
    actions: [...actions],
    created_at: new Date(createdAt),
    updated_at: new Date(updatedAt),
  };
}

export function toRule(row: Selectable<AlertRulesTable>): AlertRuleRecord {
  const { metricName, metricLabels, createdAt, updatedAt, ...rule } = camelKeys(row);
  return {
    ...rule,
    metric: metricName === null ? null : { name: metricName, labels: metricLabels ?? {} },
    createdAt: createdAt.getTime(),
    updatedAt: updatedAt.getTime(),
  };
}
