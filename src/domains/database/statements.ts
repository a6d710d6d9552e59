/**
 * What the sampler asks PostgreSQL, 14 to 18. Each statement is a subselect with one JSON value, so that many of them
 * travel as one statement and each can be left out alone where a view is missing or forbidden.
 */

/** At the head of each text sent, by which the sampler tells its own sessions from others. */
export const MARKER = '/* opsgraph: sampler */';

const TABLES_MAX = 20;
const STORAGE_MAX_MS = 5_000;
/** A size waits for a lock that a migration or a full vacuum may hold for hours. */
const LOCK_WAIT_MAX_MS = 500;

/** What each statement gives. Times are Unix milliseconds. */
export interface Answers {
  readonly activity: {
    readonly active: number;
    readonly idle: number;
    /** Sessions of other accounts, of which ours may see no more than that they are there. */
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
  /** Null where the extension is not created. */
  readonly extension: { readonly schema: string } | null;
  readonly statistics: { readonly calls: number | null; readonly totalMs: number | null };
  readonly storage: {
    readonly databaseBytes: number;
    readonly indexBytes: number;
    readonly tables: readonly {
      readonly schema: string;
      readonly name: string;
      readonly bytes: number | null;
      readonly rows: number | null;
      readonly vacuumedAt: number | null;
    }[];
  };
}

const HIDDEN = 'backend_type is null and usesysid is not null and datid is not null';
const OURS = `(pid = pg_backend_pid() or state = 'active' and starts_with(query, '${MARKER}'))`;

export const ACTIVITY = `
  select json_build_object(
    'active', count(*) filter (where client and not idle),
    'idle', count(*) filter (where client and idle),
    'hidden', count(*) filter (where hidden),
    'queries', count(*) filter (where client and state = 'active' and not idle),
    'max', current_setting('max_connections')::int)
  from (
    select state, ${HIDDEN} as hidden, backend_type = 'client backend' as client,
      coalesce(state = 'idle', false) or coalesce(${OURS}, false) as idle
    from pg_stat_activity) sessions`;

export const CACHE = `
  select json_build_object('hit', blks_hit, 'read', blks_read)
  from pg_stat_database where datname = current_database()`;

export const REPLICATION = `
  select json_build_object(
    'replayAgeMs', case when pg_is_in_recovery()
      then extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000 end,
    'replayLagMs', extract(epoch from (select max(replay_lag) from pg_stat_replication)) * 1000)`;

export const ARCHIVER = `
  select json_build_object(
    'on', current_setting('archive_mode') <> 'off',
    'archivedAt', floor(extract(epoch from last_archived_time) * 1000),
    'failedAt', floor(extract(epoch from last_failed_time) * 1000))
  from pg_stat_archiver`;

export const EXTENSION = `
  select json_build_object('schema', quote_ident(nspname))
  from pg_extension join pg_namespace on pg_namespace.oid = extnamespace
  where extname = 'pg_stat_statements'`;

/** Of the whole server. The function and not the view, which would read every statement's text from a file. */
export function statisticsIn(schema: string): string {
  return `
  select json_build_object('calls', sum(calls), 'totalMs', sum(total_exec_time))
  from ${schema}.pg_stat_statements(false)`;
}

export function slowerThan(thresholdMs: number): string {
  return `
  select json_build_object(
    'count', count(*) filter (where backend_type = 'client backend' and state = 'active' and not ${OURS}
      and extract(epoch from clock_timestamp() - query_start) * 1000 > ${thresholdMs}),
    'hidden', count(*) filter (where ${HIDDEN}))
  from pg_stat_activity`;
}

/** Partitions count for themselves, so the tables over them, which hold nothing, are left out; so are temporary ones. */
const STORAGE = `
  with sizes as materialized (
    select schemaname, stats.relname, n_live_tup, greatest(last_vacuum, last_autovacuum) as vacuumed,
      pg_total_relation_size(relid) as bytes, pg_indexes_size(relid) as index_bytes
    from pg_stat_user_tables stats join pg_class on pg_class.oid = relid
    where relkind <> 'p' and relpersistence <> 't'),
  largest as (
    select * from sizes order by bytes desc nulls last, schemaname, relname limit ${TABLES_MAX})
  select json_build_object(
    'databaseBytes', pg_database_size(current_database()),
    'indexBytes', (select coalesce(sum(index_bytes), 0) from sizes),
    'tables', (
      select coalesce(json_agg(json_build_object(
        'schema', schemaname, 'name', relname, 'bytes', bytes, 'rows', n_live_tup,
        'vacuumedAt', floor(extract(epoch from vacuumed) * 1000))
        order by bytes desc nulls last, schemaname, relname), '[]')
      from largest))`;

/** Several in one message are one transaction, to which the limits are confined. */
export const STORAGE_TEXT = `${MARKER} set local lock_timeout = ${LOCK_WAIT_MAX_MS};
  set local statement_timeout = ${STORAGE_MAX_MS};
  ${together({ storage: STORAGE })}`;

/** One statement that answers all of these, each in a column of its name. */
export function together(statements: Readonly<Record<string, string>>): string {
  const columns = Object.entries(statements).map(([name, text]) => `(${text}) as ${name}`);
  return `${MARKER} select ${columns.join(', ') || '1 as answer'}`;
}
