import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { upsertRows } from '../../db/write-rows.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import { agentEvents, kpiNames, payloadIf, type KpiName } from './events.ts';

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
export const kpiTable = topicHandler({
  topics: [agentEvents],
  project(entries) {
    const values = new Map<string, KpisTable>();
    for (const entry of entries) {
      const report = payloadIf('kpisReported', entry) ?? {};
      const reportedAt = new Date(Math.min(entry.occurredAt, entry.recordedAt));
      for (const name of kpiNames) {
        const value = report[name];
        const before = values.get(name);
        if (value === undefined || (before !== undefined && before.reported_at > reportedAt)) continue;
        values.set(name, { name, value, reported_at: reportedAt });
      }
    }
    return upsertRows('kpis', [...values.values()], {
      key: ['name'],
      where: sql`old.reported_at <= excluded.reported_at`,
    });
  },
});

export async function readKpis(db: Kysely<Database>): Promise<Readonly<Record<KpiName, number | null>>> {
  const rows = await db.selectFrom('kpis').selectAll().execute();
  const values = new Map(rows.map(({ name, value }) => [name, value]));
  return Object.fromEntries(kpiNames.map((name) => [name, values.get(name) ?? null])) as Record<
    KpiName,
    number | null
  >;
}
