import type { DatabaseHandle } from '../../src/db/database.ts';

/** The same database; each statement that pools opened beside it send is shown before it is sent. */
export function showingStatements(
  database: DatabaseHandle,
  show: (text: string, values: readonly unknown[]) => void,
): DatabaseHandle {
  return {
    ...database,
    beside(options) {
      const own = database.beside(options);
      own.pool.on('connect', (client) => {
        const query = client.query.bind(client) as (...args: unknown[]) => unknown;
        client.query = ((text: unknown, ...rest: unknown[]) => {
          show(String(text), Array.isArray(rest[0]) ? rest[0] : []);
          return query(text, ...rest);
        }) as typeof client.query;
      });
      return own;
    },
  };
}
