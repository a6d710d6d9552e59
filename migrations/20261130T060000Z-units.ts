import { sql, type Kysely } from 'kysely';

const mb = 2 ** 20;
const gb = 2 ** 30;

/** Numbers of gauges by their paths: the old name, the new one, and the factor between their units. */
const numbers = {
  host: [
    ['cpu.percent', 'cpu.usedPercent', 1],
    ['memory.percent', 'memory.usedPercent', 1],
    ['memory.usedMb', 'memory.usedBytes', mb],
    ['memory.availableMb', 'memory.availableBytes', mb],
    ['memory.swapUsedMb', 'memory.swapUsedBytes', mb],
    ['disk.percent', 'disk.usedPercent', 1],
    ['disk.usedGb', 'disk.usedBytes', gb],
    ['disk.readSpeedMbs', 'disk.readBytesPerSecond', mb],
    ['disk.writeSpeedMbs', 'disk.writeBytesPerSecond', mb],
    ['uptimeSeconds', 'uptimeMs', 1_000],
  ],
  gpu: [
    ['percent', 'busyPercent', 1],
    ['memoryUsedMb', 'memoryUsedBytes', mb],
  ],
  model: [['memoryUsageMb', 'memoryUsedBytes', mb]],
} as const;

/** Sizes become bytes and durations milliseconds, under names that say so. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [gauge, renamed] of Object.entries(numbers))
    for (const [from, to, factor] of renamed) {
      await sql`update gauge_samples
        set numbers = (numbers - ${from}::text) || jsonb_build_object(${to}::text, (numbers ->> ${from})::float8 * ${factor}::float8)
        where gauge = ${gauge} and numbers ->> ${from} is not null`.execute(db);
      await sql`update alert_rules
        set field = ${`${gauge}.${to}`}, threshold = threshold * ${factor}::float8, up_to = up_to * ${factor}::float8
        where field = ${`${gauge}.${from}`}`.execute(db);
    }
  const { rows } = await sql<{
    host_id: string;
    info: Json;
    sample: Json;
    gpu: Json;
  }>`select host_id, info, sample, gpu from reported_hosts`.execute(db);
  for (const { host_id, info, sample, gpu } of rows)
    await sql`update reported_hosts set
        info = ${JSON.stringify(renamed(info, hostNames))}::jsonb,
        sample = ${JSON.stringify(renamed(sample, hostNames))}::jsonb,
        gpu = ${gpu === null ? null : JSON.stringify(renamed(gpu, gpuNames))}::jsonb
      where host_id = ${host_id}`.execute(db);
  await sql`update models set report = (report - '{memoryUsageMb,memoryTotalMb}'::text[]) || jsonb_strip_nulls(jsonb_build_object(
      'memoryUsedBytes', round((report ->> 'memoryUsageMb')::numeric * ${mb}::numeric),
      'memoryTotalBytes', round((report ->> 'memoryTotalMb')::numeric * ${mb}::numeric)))
    where report is not null`.execute(db);
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
type Names = Readonly<Record<string, readonly [name: string, factor: number]>>;

const hostNames: Names = {
  percent: ['usedPercent', 1],
  usedMb: ['usedBytes', mb],
  totalMb: ['totalBytes', mb],
  availableMb: ['availableBytes', mb],
  swapUsedMb: ['swapUsedBytes', mb],
  swapTotalMb: ['swapTotalBytes', mb],
  usedGb: ['usedBytes', gb],
  totalGb: ['totalBytes', gb],
  readSpeedMbs: ['readBytesPerSecond', mb],
  writeSpeedMbs: ['writeBytesPerSecond', mb],
  bytesSent: ['sentBytes', 1],
  bytesRecv: ['receivedBytes', 1],
  packetsSent: ['sentPackets', 1],
  packetsRecv: ['receivedPackets', 1],
  errorsIn: ['receiveErrors', 1],
  errorsOut: ['sendErrors', 1],
  uptimeSeconds: ['uptimeMs', 1_000],
  memoryTotalMb: ['memoryTotalBytes', mb],
};

const gpuNames: Names = {
  percent: ['busyPercent', 1],
  memoryUsedMb: ['memoryUsedBytes', mb],
  memoryTotalMb: ['memoryTotalBytes', mb],
};

/** The value with new names and units at every depth. */
function renamed(value: Json, names: Names): Json {
  if (Array.isArray(value)) return value.map((item: Json) => renamed(item, names));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const [to, factor] = names[name] ?? [name, 1];
      return [
        to,
        typeof inner === 'number' && factor !== 1 ? Math.round(inner * factor) : renamed(inner, names),
      ];
    }),
  );
}
