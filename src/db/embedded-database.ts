import pg from 'pg';

/** The extension that counts statements; its library is loaded at start if the binaries include it. */
export const statistics = 'pg_stat_statements';

const connectTimeoutMs = 10_000;

/** Creates the database and its statistics view if they do not exist. Returns the server version. */
export async function prepareDatabase(
  connection: pg.ClientConfig & { readonly database: string },
): Promise<string> {
  const { rows } = await query<{ exists: boolean; version: string; statistics: boolean }>(
    { ...connection, database: 'postgres' },
    `select exists (select from pg_database where datname = '${connection.database}'),
            split_part(current_setting('server_version'), ' ', 1) as version,
            current_setting('shared_preload_libraries') <> '' as statistics`,
  );
  const [found] = rows;
  if (!found) throw new Error('PostgreSQL returned no row');
  if (!found.exists) {
    // Into the template, so that database and extension are created together or not at all.
    if (found.statistics) {
      await query({ ...connection, database: 'template1' }, `create extension if not exists ${statistics}`);
    }
    await query({ ...connection, database: 'postgres' }, `create database ${connection.database}`);
  }
  return found.version;
}

async function query<Row extends pg.QueryResultRow>(
  connection: pg.ClientConfig,
  text: string,
): Promise<pg.QueryResult<Row>> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: connectTimeoutMs });
  // A lost connection also fails the query, which handles it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await client.query<Row>(text);
  } finally {
    await client.end();
  }
}
