import type pg from 'pg';

/**
 * Session settings that are required whatever the defaults of the server, the database and the account are. They are
 * set after connecting and not in the startup message, because PgBouncer rejects unknown parameters there.
 */
export interface SessionSettings {
  /** The statement timeout, 0 for none. */
  readonly statementTimeoutMs: number;
  /** The server ends a session that is idle in a transaction for this time. */
  readonly idleInTransactionMs: number;
}

/** Settings on which our statements and the driver's parsers depend. */
const assumed: Readonly<Record<string, string>> = {
  default_transaction_isolation: 'read committed',
  default_transaction_deferrable: 'off',
  timezone: 'UTC',
  datestyle: 'ISO, MDY',
  intervalstyle: 'postgres',
  client_encoding: 'UTF8',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
  transform_null_equals: 'off',
  array_nulls: 'on',
  lock_timeout: '0',
  idle_session_timeout: '0',
};

/** A server that accepts a connection and then does not respond counts as unreachable. */
const answerMaxMs = 5_000;

/**
 * The search path. It is the same for all sessions, even if the defaults change: the schema that contains our tables,
 * or the one where they will be created, followed by the account's search path.
 */
const searchPath = `set_config(
  'search_path',
  case
    when starts_with(current_setting('search_path') || ',', quote_ident(home.name) || ',')
      then current_setting('search_path') -- behind a pooler, by an earlier client
    else quote_ident(home.name) || coalesce(', ' || nullif(current_setting('search_path'), ''), '')
  end,
  false
)`;

const homes = `select coalesce(
  $1::text,
  (
    select nspname from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where pg_class.oid = coalesce(to_regclass('journal_identity'), to_regclass('public.journal_identity'))
  ),
  current_schema()::text,
  'public'
) as name`;

/** Applies the settings to the sessions of one database. */
export function sessionSettler({ statementTimeoutMs, idleInTransactionMs }: SessionSettings) {
  const values: Readonly<Record<string, string>> = {
    ...assumed,
    statement_timeout: String(statementTimeoutMs),
    idle_in_transaction_session_timeout: String(idleInTransactionMs),
  };
  const calls = Object.entries(values).map(([name, value]) => `set_config('${name}', '${value}', false)`);
  const text = `select home.name as home, ${searchPath}, ${calls.join(', ')} from (${homes}) as home`;
  let home: string | null = null;

  return async (client: pg.ClientBase): Promise<void> => {
    const query = { text, values: [home], query_timeout: answerMaxMs };
    const { rows } = await client.query<{ home: string }>(query);
    home ??= rows[0]?.home ?? null;
  };
}
