import type { Pool, QueryConfig } from 'pg';
import type { DatabaseHandle } from '../../src/db/database.ts';

type ShowStatement = (text: string, values: readonly unknown[]) => void;

/** Shows each statement that the pool's connections opened from now on send, before it is sent. */
export function showStatements(pool: Pool, show: ShowStatement): void {
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    client.query = ((statement: string | QueryConfig, ...rest: unknown[]) => {
      show(typeof statement === 'string' ? statement : statement.text, Array.isArray(rest[0]) ? rest[0] : []);
      return query(statement, ...rest);
    }) as typeof client.query;
  });
}

/** The same database; each statement that pools opened beside it send is shown before it is sent. */
export function showingStatements(database: DatabaseHandle, show: ShowStatement): DatabaseHandle {
  return {
    ...database,
    beside(options) {
      const own = database.beside(options);
      showStatements(own.pool, show);
      return own;
    },
  };
}
