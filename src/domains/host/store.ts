import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Retained } from '../../db/retained.ts';
import type { Entry } from '../../journal/topic.ts';
import { hostEvents, type HostHealth, type HostSample } from './events.ts';

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

const bytesPerMb = 1024 * 1024;

/** Turns the stream of samples into the thin history: which of them are kept, and the rates between those. */
export function createRecorder(everyMs: number): (entry: Entry<HostSample>) => HostSamplesTable | null {
  const kept = new Map<string, HostSample>();
  return ({ payload: sample }) => {
    const before = kept.get(sample.hostId);
    if (before !== undefined && sample.sampledAt - before.sampledAt < everyMs) return null;
    kept.set(sample.hostId, sample);
    return {
      host_id: sample.hostId,
      at: new Date(sample.sampledAt),
      cpu_percent: sample.cpu.percent,
      memory_percent: sample.memory.percent,
      disk_percent: sample.disk.percent,
      disk_read_mbs: sample.disk.readSpeedMbs,
      disk_write_mbs: sample.disk.writeSpeedMbs,
      network_sent_mbs: rate(sample, before, ({ network }) => network.bytesSent),
      network_recv_mbs: rate(sample, before, ({ network }) => network.bytesRecv),
      cpu_c: sample.temperature.cpuC,
    };
  };
}

/** MB a second between two samples; null at first, and when a counter has started anew. */
function rate(
  sample: HostSample,
  before: HostSample | undefined,
  counter: (sample: HostSample) => number | null,
): number | null {
  if (before === undefined) return null;
  const now = counter(sample);
  const then = counter(before);
  const seconds = (sample.sampledAt - before.sampledAt) / 1_000;
  if (now === null || then === null || now < then || seconds <= 0) return null;
  return (now - then) / bytesPerMb / seconds;
}
