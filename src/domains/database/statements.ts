/**
 * The statements that sample a PostgreSQL server, versions 14 to 18. Each is a subselect with one JSON value, so that
 * several are sent as one statement, and one can be omitted if a view is missing or forbidden.
 */

/** At the start of each text, so that the sampler recognizes its own sessions. */
export const samplerComment = '/* opsgraph: sampler */';

const tablesMax = 20;
const storageMaxMs = 5_000;
/** The size of a table needs a lock that a migration or a full vacuum can hold for hours. */
const lockWaitMaxMs = 500;

/** The result of each statement. Times are Unix milliseconds. */
export interface StatementResults {
  readonly activity: {
    readonly active: number;
    readonly idle: number;
    /** Sessions of other accounts whose state our account cannot see. */
    readonly hidden: number;
    readonly queries: number;
    readonly max: number;
  };
  readonly slow: { readonly count: number; readonly hidden: number };
  readonly cache: { readonly hit: number; readonly read: number };
  readonly replication: { readonly replayAgeMs: number | null; readonly replayLagMs: number | null };
  readonly archiver: {
    readonly on: boolean;
    readonly archivedAt: number | null;
    readonly failedAt: number | null;
  };
  /** Null if the extension is not created. */
  readonly extension: { readonly schema: string } | null;
  readonly statistics: { readonly calls: number | null; readonly totalMs: number | null };
  readonly size: { readonly databaseBytes: number };
  readonly tables: {
    /** Of all tables; null while one of them is locked. */
    readonly indexBytes: number | null;
    /** The largest tables. */
    readonly largest: readonly {
      readonly schema: string;
      readonly name: string;
      /** Null while the table is locked, so that its size cannot be read. */
      readonly bytes: number | null;
      readonly rows: number | null;
      readonly vacuumedAt: number | null;
    }[];
  };
}

const isHidden = 'backend_type is null and usesysid is not null and datid is not null';
const isSampler = `(pid = pg_backend_pid() or state = 'active' and starts_with(query, '${samplerComment}'))`;

export const activityStatement = `
  select json_build_object(
    'active', count(*) filter (where client and not idle),
    'idle', count(*) filter (where client and idle),
    'hidden', count(*) filter (where hidden),
    'queries', count(*) filter (where client and state = 'active' and not idle),
    'max', current_setting('max_connections')::int)
  from (
    select state, ${isHidden} as hidden, backend_type = 'client backend' as client,
      coalesce(state = 'idle', false) or coalesce(${isSampler}, false) as idle
    from pg_stat_activity) sessions`;

export const cacheStatement = `
  select json_build_object('hit', blks_hit, 'read', blks_read)
  from pg_stat_database where datname = current_database()`;

export const replicationStatement = `
  select json_build_object(
    'replayAgeMs', case when pg_is_in_recovery()
      then extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000 end,
    'replayLagMs', extract(epoch from (select max(replay_lag) from pg_stat_replication)) * 1000)`;

export const archiverStatement = `
  select json_build_object(
    'on', current_setting('archive_mode') <> 'off',
    'archivedAt', floor(extract(epoch from last_archived_time) * 1000),
    'failedAt', floor(extract(epoch from last_failed_time) * 1000))
  from pg_stat_archiver`;

export const extensionStatement = `
  select json_build_object('schema', quote_ident(nspname))
  from pg_extension join pg_namespace on pg_namespace.oid = extnamespace
  where extname = 'pg_stat_statements'`;

/**
 * Counts all databases of the server. Uses the function instead of the view, which reads the text of every statement from
 * a file.
 */
export function statisticsStatement(schema: string): string {
  return `
  select json_build_object('calls', sum(calls), 'totalMs', sum(total_exec_time))
  from ${schema}.pg_stat_statements(false)`;
}

export function slowQueriesStatement(thresholdMs: number): string {
  return `
  select json_build_object(
    'count', count(*) filter (where backend_type = 'client backend' and state = 'active' and not ${isSampler}
      and extract(epoch from clock_timestamp() - query_start) * 1000 > ${thresholdMs}),
    'hidden', count(*) filter (where ${isHidden}))
  from pg_stat_activity`;
}

const sizeStatement = `select json_build_object('databaseBytes', pg_database_size(current_database()))`;

/**
 * Excludes partitioned tables, because their partitions are tables themselves, and temporary tables. To measure a table
 * takes a tenth of a millisecond, and memory that the session does not release. So of more than `measuredMax` tables only
 * the largest by the planner's statistics are measured, and the size of all indexes comes from these statistics.
 */
function tablesStatement(measuredMax: number): string {
  return `
  with locked as materialized (
    select relation from pg_locks where locktype = 'relation' and mode = 'AccessExclusiveLock'
      and database = (select oid from pg_database where datname = current_database())),
  indexes as materialized (
    select indrelid, sum(relpages) as pages, bool_or(indexrelid in (select relation from locked)) as locked
    from pg_index join pg_class on pg_class.oid = indexrelid group by indrelid),
  tables as materialized (
    select stats.relid, schemaname, stats.relname, n_live_tup,
      greatest(last_vacuum, last_autovacuum) as vacuumed,
      heap.relpages + coalesce(toast.relpages, 0) + coalesce(indexes.pages, 0) as pages,
      coalesce(indexes.pages, 0) as index_pages,
      stats.relid in (select relation from locked) or coalesce(toast.oid in (select relation from locked), false)
        or coalesce(indexes.locked, false) as locked
    from pg_stat_user_tables stats join pg_class heap on heap.oid = relid
      left join pg_class toast on toast.oid = heap.reltoastrelid
      left join indexes on indrelid = relid
    where heap.relkind <> 'p' and heap.relpersistence <> 't'),
  total as materialized (
    select count(*) > ${measuredMax} as many, sum(index_pages) as index_pages from tables),
  measured as materialized (
    select *, case when not locked then pg_total_relation_size(relid) end as bytes,
      case when not locked then pg_indexes_size(relid) end as index_bytes
    from (
      select * from tables order by pages desc, n_live_tup desc
      limit case when (select many from total) then ${10 * tablesMax} else ${measuredMax} end) candidates),
  largest as (
    select * from measured
    order by coalesce(bytes, pages * current_setting('block_size')::bigint) desc, schemaname, relname
    limit ${tablesMax})
  select json_build_object(
    'indexBytes', (select case
      when many then index_pages * current_setting('block_size')::bigint
      when not exists (select from measured where locked) then
        (select coalesce(sum(index_bytes), 0) from measured) end from total),
    'largest', (
      select coalesce(json_agg(json_build_object(
        'schema', schemaname, 'name', relname, 'bytes', bytes, 'rows', n_live_tup,
        'vacuumedAt', floor(extract(epoch from vacuumed) * 1000))
        order by coalesce(bytes, pages * current_setting('block_size')::bigint) desc, schemaname, relname), '[]')
      from largest))`;
}

/** Statements in one message are one transaction, so the limits apply to this message only. */
function limited(statements: Readonly<Record<string, string>>): string {
  return `${samplerComment} set local lock_timeout = ${lockWaitMaxMs};
  set local statement_timeout = ${storageMaxMs};
  ${combined(statements)}`;
}

/** Sizes are read separately, so that a statement that exceeds its limit does not affect the other. */
export function storageStatements(measuredMax: number): Readonly<Record<'size' | 'tables', string>> {
  return {
    size: limited({ size: sizeStatement }),
    tables: limited({ tables: tablesStatement(measuredMax) }),
  };
}

/** One statement with a column for each of the given ones. */
export function combined(statements: Readonly<Record<string, string>>): string {
  const columns = Object.entries(statements).map(([name, text]) => `(${text}) as ${name}`);
  return `${samplerComment} select ${columns.join(', ') || '1 as answer'}`;
}
