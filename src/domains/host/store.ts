import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Retained } from '../../db/retained.ts';
import { hostEvents, type HostHealth } from './events.ts';

declare module '../../db/database.ts' {
  interface Database {
    host_samples: HostSamplesTable;
  }
}

export interface HostSamplesTable {
  host_id: string;
  at: Date;
  cpu_percent: number | null;
  memory_percent: number | null;
  disk_percent: number | null;
  disk_read_mbs: number | null;
  disk_write_mbs: number | null;
  network_sent_mbs: number | null;
  network_recv_mbs: number | null;
  cpu_c: number | null;
}

/** Values of a span of time; each is the mean of the samples in it, null where none had one. */
export interface HistoryPoint {
  /** Start of the span. */
  readonly at: Date;
  readonly samples: number;
  readonly cpuPercent: number | null;
  readonly cpuPercentMax: number | null;
  readonly memoryPercent: number | null;
  readonly memoryPercentMax: number | null;
  readonly diskPercent: number | null;
  readonly diskReadMbs: number | null;
  readonly diskWriteMbs: number | null;
  readonly networkSentMbs: number | null;
  readonly networkRecvMbs: number | null;
  readonly cpuC: number | null;
}

export async function storeSample(db: Kysely<Database>, row: HostSamplesTable): Promise<void> {
  await db
    .insertInto('host_samples')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export interface HistoryRange {
  readonly hostId: string;
  readonly since: Date;
  readonly until: Date;
  /** Spans the range is cut into. */
  readonly points: number;
}

/** The history of a host, downsampled by the database: one row per span that has samples, oldest first. */
export async function readHistory(
  db: Kysely<Database>,
  range: HistoryRange,
): Promise<readonly HistoryPoint[]> {
  const spanMs = Math.max(1, Math.ceil((range.until.getTime() - range.since.getTime()) / range.points));
  const points = await sql<HistoryPoint>`
    select
      date_bin(${`${spanMs} milliseconds`}::interval, at, ${range.since}::timestamptz) as at,
      count(*)::int as samples,
      avg(cpu_percent) as "cpuPercent",
      max(cpu_percent)::float8 as "cpuPercentMax",
      avg(memory_percent) as "memoryPercent",
      max(memory_percent)::float8 as "memoryPercentMax",
      avg(disk_percent) as "diskPercent",
      avg(disk_read_mbs) as "diskReadMbs",
      avg(disk_write_mbs) as "diskWriteMbs",
      avg(network_sent_mbs) as "networkSentMbs",
      avg(network_recv_mbs) as "networkRecvMbs",
      avg(cpu_c) as "cpuC"
    from host_samples
    where host_id = ${range.hostId} and at >= ${range.since} and at < ${range.until}
    group by 1
    order by 1`.execute(db);
  return points.rows;
}

/** The health that this host's last event told of; null when none is kept. */
export async function readHealth(db: Kysely<Database>, hostId: string): Promise<HostHealth | null> {
  const last = await db
    .selectFrom('events')
    .select(sql<HostHealth>`payload ->> 'health'`.as('health'))
    .where('topic', '=', hostEvents.name)
    .where('key', '=', hostId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.health ?? null;
}

/** The history of samples. */
export const retainedSamples: Retained = {
  table: 'host_samples',
  by: 'at',
  key: { host_id: 'text', at: 'timestamptz' },
};
