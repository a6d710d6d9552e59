import { sql, type Generated, type Insertable, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Retained } from '../../db/retained.ts';
import { upsertRows } from '../../db/write-rows.ts';
import { topicHandler, type Statement } from '../../journal/topic-handlers.ts';
import type { DownsampledRange, SamplePoint } from '../../lib/downsampled.ts';
import { getOrCreate } from '../../lib/get-or-create.ts';
import type { StoredPresence } from './presence.ts';
import { releasedAfterMs } from './registry.ts';
import { hostEvents, type HostHealth, type HostReport, type HostSample } from './events.ts';

declare module '../../db/database.ts' {
  interface Database {
    host_samples: HostSamplesTable;
    reported_hosts: ReportedHostsTable;
  }
}

export interface ReportedHostsTable {
  host_id: string;
  info: HostReport['info'];
  sample: HostReport['sample'];
  gpu: HostReport['gpu'];
  interval_ms: number;
  reported_by: string;
  sampled_at: Date;
  recorded_at: Date;
  /** Null: online. */
  offline_at: Generated<Date | null>;
}

/** The columns are in MB. */
const bytesPerMb = 2 ** 20;

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

/** The numbers of the history: their columns, and the factors to the units of the graph. */
const historyColumns = {
  cpuPercent: ['cpu_percent', 1],
  memoryPercent: ['memory_percent', 1],
  diskPercent: ['disk_percent', 1],
  diskReadBytesPerSecond: ['disk_read_mbs', bytesPerMb],
  diskWriteBytesPerSecond: ['disk_write_mbs', bytesPerMb],
  networkSentBytesPerSecond: ['network_sent_mbs', bytesPerMb],
  networkReceivedBytesPerSecond: ['network_recv_mbs', bytesPerMb],
  cpuC: ['cpu_c', 1],
} as const satisfies Readonly<Record<string, readonly [column: keyof HostSamplesTable, factor: number]>>;

export type HistoryNumber = keyof typeof historyColumns;

export async function storeSample(db: Kysely<Database>, row: HostSamplesTable): Promise<void> {
  await db
    .insertInto('host_samples')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * The histories of several hosts, downsampled by the database: a point per interval that has samples, oldest first. One
 * statement. A host without samples in the range is absent.
 */
export async function readHistories(
  db: Kysely<Database>,
  hostIds: readonly string[],
  { since, until, points, paths }: DownsampledRange,
): Promise<ReadonlyMap<string, readonly SamplePoint[]>> {
  const intervalMs = Math.max(1, Math.ceil((until.getTime() - since.getTime()) / points));
  const values = (paths as readonly HistoryNumber[]).map((path) => {
    const [column, factor] = historyColumns[path];
    const value = sql`${sql.ref(column)}::float8`;
    return sql`${path}::text, case when count(${value}) > 0 then jsonb_build_object(
      'avg', avg(${value}) * ${factor}::float8,
      'min', min(${value}) * ${factor}::float8,
      'max', max(${value}) * ${factor}::float8) end`;
  });
  const { rows } = await sql<SamplePoint & { readonly host_id: string }>`
    select
      host_id,
      date_bin(${`${intervalMs} milliseconds`}::interval, at, ${since}::timestamptz) as at,
      count(*)::int as samples,
      jsonb_build_object(${values.length === 0 ? sql`` : sql.join(values)}) as values
    from host_samples
    where host_id = any(${hostIds}::text[]) and at >= ${since} and at < ${until}
    group by 1, 2
    order by 1, 2`.execute(db);
  const histories = new Map<string, SamplePoint[]>();
  for (const { host_id, ...point } of rows) getOrCreate(histories, host_id, () => []).push(point);
  return histories;
}

/** The health in the newest stored event of this host; null if none is stored. */
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

export const retainedSamples: Retained = {
  table: 'host_samples',
  by: 'at',
  key: { host_id: 'text', at: 'timestamptz' },
};

function mbOf(bytes: number | null): number | null {
  return bytes === null ? null : bytes / bytesPerMb;
}

/**
 * Selects the samples that are stored, at most one every `everyMs` per host, and computes the rates between them.
 * @returns a function that returns the row to store for a sample, or null.
 */
export function historyRecorder(everyMs: number): (sample: HostSample) => HostSamplesTable | null {
  const lastStored = new Map<string, HostSample>();
  return (sample) => {
    const before = lastStored.get(sample.hostId);
    if (before !== undefined && sample.sampledAt - before.sampledAt < everyMs) return null;
    lastStored.set(sample.hostId, sample);
    return rowOf(sample, before);
  };
}

function rowOf(sample: HostSample, before: HostSample | undefined): HostSamplesTable {
  return {
    host_id: sample.hostId,
    at: new Date(sample.sampledAt),
    cpu_percent: sample.cpu.usedPercent,
    memory_percent: sample.memory.usedPercent,
    disk_percent: sample.disk.usedPercent,
    disk_read_mbs: mbOf(sample.disk.readBytesPerSecond),
    disk_write_mbs: mbOf(sample.disk.writeBytesPerSecond),
    network_sent_mbs: networkRate(before, sample, 'sentBytes'),
    network_recv_mbs: networkRate(before, sample, 'receivedBytes'),
    cpu_c: sample.temperature.cpuC,
  };
}

/** MB per second between two samples; null without an earlier sample, and if the counter was reset in between. */
function networkRate(
  before: HostSample | undefined,
  after: HostSample,
  counter: 'sentBytes' | 'receivedBytes',
): number | null {
  const then = before?.network[counter] ?? null;
  const now = after.network[counter];
  const seconds = (after.sampledAt - (before?.sampledAt ?? 0)) / 1_000;
  if (now === null || then === null || now < then || seconds <= 0) return null;
  return (now - then) / bytesPerMb / seconds;
}

/** The history has one row of a reported host per this time. */
const slotMs = 10_000;

/**
 * Stores reports: of each host the newest as its last one, unless another subject reports it to another instance, and in
 * the history the first of every ten seconds.
 * @param newest the newest sample of a host before these reports.
 */
export function storeReports(
  reports: readonly HostReport[],
  newest: (hostId: string) => HostSample | undefined,
): readonly Statement[] {
  const last = new Map<string, HostReport>();
  const rows = new Map<string, HostSamplesTable>();
  for (const report of [...reports].sort((a, b) => a.sample.sampledAt - b.sample.sampledAt)) {
    const { hostId, sample } = report;
    const before = last.get(hostId)?.sample ?? newest(hostId);
    last.set(hostId, report);
    const at = Math.floor(sample.sampledAt / slotMs) * slotMs;
    const key = `${hostId} ${at}`;
    const earlier = before !== undefined && before.sampledAt < sample.sampledAt ? before : undefined;
    if (!rows.has(key)) rows.set(key, { ...rowOf(sample, earlier), at: new Date(at) });
  }
  return [
    ...upsertRows('reported_hosts', [...last.values()].map(lastRow), {
      key: ['host_id'],
      where: sql`old.sampled_at <= excluded.sampled_at and
        (old.reported_by = excluded.reported_by or
          old.recorded_at < excluded.recorded_at - ${`${releasedAfterMs} milliseconds`}::interval)`,
    }),
    // A sample that is sent again changes nothing.
    ...upsertRows('host_samples', [...rows.values()], { key: ['host_id', 'at'], where: sql`false` }),
  ];
}

function lastRow({
  hostId,
  info,
  sample,
  gpu,
  intervalMs,
  reportedBy,
  receivedAt,
}: HostReport): Insertable<ReportedHostsTable> {
  return {
    host_id: hostId,
    info,
    sample,
    gpu,
    interval_ms: intervalMs,
    reported_by: reportedBy,
    sampled_at: new Date(sample.sampledAt),
    recorded_at: new Date(receivedAt),
  };
}

/** The last reports of the hosts that were reported since, and since when each is offline; null: online. */
export async function readReports(
  db: Kysely<Database>,
  since: Date,
): Promise<readonly { readonly report: HostReport; readonly offlineAt: number | null }[]> {
  const rows = await db.selectFrom('reported_hosts').selectAll().where('recorded_at', '>', since).execute();
  return rows.map((row) => ({
    report: {
      hostId: row.host_id,
      info: row.info,
      sample: row.sample,
      gpu: row.gpu,
      intervalMs: row.interval_ms,
      reportedBy: row.reported_by,
      receivedAt: row.recorded_at.getTime(),
    },
    offlineAt: row.offline_at?.getTime() ?? null,
  }));
}

/** What is stored about these hosts. */
export async function readPresence(
  db: Kysely<Database>,
  hostIds: readonly string[],
): Promise<readonly StoredPresence[]> {
  const rows = await db
    .selectFrom('reported_hosts')
    .select(['host_id', 'interval_ms', 'sample', 'recorded_at', 'offline_at'])
    .where(sql<boolean>`host_id = any(${hostIds}::text[])`)
    .execute();
  return rows.map((row) => ({
    hostId: row.host_id,
    intervalMs: row.interval_ms,
    sample: row.sample,
    receivedAt: row.recorded_at.getTime(),
    offlineAt: row.offline_at?.getTime() ?? null,
  }));
}

/** Stores which reported hosts are offline, in the transaction of the events that say so. */
export const presenceTable = topicHandler({
  topics: [hostEvents],
  project(entries) {
    const changes = new Map<string, number | null>();
    for (const { key, occurredAt, payload } of entries) {
      if (payload.health === 'OFFLINE') changes.set(key, occurredAt);
      else if (payload.previousHealth === 'OFFLINE') changes.set(key, null);
    }
    return Array.from(
      changes,
      ([hostId, at]) => sql`
        update reported_hosts set offline_at = ${at === null ? null : new Date(at)}::timestamptz
        where host_id = ${hostId}`,
    );
  },
});

/** A host is removed a while after its last report. */
export const retainedReports: Retained = {
  table: 'reported_hosts',
  by: 'recorded_at',
  key: { host_id: 'text' },
};
