import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Entry } from '../../journal/topic.ts';
import { kpiNames, payloadIf, type AgentEventPayload, type KpiName } from './events.ts';

declare module '../../db/database.ts' {
  interface Database {
    kpis: KpisTable;
  }
}

export interface KpisTable {
  name: KpiName;
  value: number;
  reported_at: Date;
}

/** The last value of each key figure, in the transaction that stores the events. An older one changes nothing. */
export async function projectKpis(db: Kysely<Database>, entries: readonly Entry[]): Promise<void> {
  const values = new Map<string, KpisTable>();
  for (const entry of entries as readonly Entry<AgentEventPayload>[]) {
    const report = payloadIf('kpisReported', entry) ?? {};
    const reportedAt = new Date(Math.min(entry.occurredAt, entry.recordedAt));
    for (const name of kpiNames) {
      const value = report[name];
      const before = values.get(name);
      if (value === undefined || (before !== undefined && before.reported_at > reportedAt)) continue;
      values.set(name, { name, value, reported_at: reportedAt });
    }
  }
  if (values.size === 0) return;
  await sql`
    insert into kpis as old
    select * from jsonb_to_recordset(${JSON.stringify([...values.values()])}::jsonb) as row (
      name text, value float8, reported_at timestamptz
    )
    on conflict (name) do update set value = excluded.value, reported_at = excluded.reported_at
    where old.reported_at <= excluded.reported_at`.execute(db);
}

export async function readKpis(db: Kysely<Database>): Promise<Readonly<Record<KpiName, number | null>>> {
  const rows = await db.selectFrom('kpis').selectAll().execute();
  const values = new Map(rows.map(({ name, value }) => [name, value]));
  return Object.fromEntries(kpiNames.map((name) => [name, values.get(name) ?? null])) as Record<
    KpiName,
    number | null
  >;
}
