import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { Database, DatabaseHandle } from '../../src/db/database.ts';

interface Plan {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly Plan[];
}

export interface Explained {
  readonly db: Kysely<Database>;
  /** How many rows or index entries all statements since the last call have read, those that filters left out included. */
  rowsRead(): number;
}

/** The same database; each statement is carried out under EXPLAIN first. Statements must only read. */
export function explained({ pool }: DatabaseHandle): Explained {
  let rows = 0;
  const connect = async () => {
    const client = await pool.connect();
    const query = async (text: string, values: unknown[]): Promise<pg.QueryResult> => {
      const { rows: plans } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
        `explain (analyze, timing off, format json) ${text}`,
        values,
      );
      rows += read(plans[0]?.['QUERY PLAN'][0].Plan);
      return client.query(text, values);
    };
    return { query: query as pg.PoolClient['query'], release: () => client.release() };
  };
  return {
    db: new Kysely<Database>({
      dialect: new PostgresDialect({ pool: { connect, end: async () => {} } }),
    }),
    rowsRead() {
      const sum = rows;
      rows = 0;
      return sum;
    },
  };
}

function read(plan: Plan | undefined): number {
  if (plan === undefined) return 0;
  const below = (plan.Plans ?? []).reduce((sum, one) => sum + read(one), 0);
  // a subquery or a CTE passes on what was counted below it
  if (!plan['Node Type'].endsWith('Scan') || /^(?:Subquery|CTE) Scan$/.test(plan['Node Type'])) return below;
  const left = (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0);
  return below + (plan['Actual Rows'] + left) * plan['Actual Loops'];
}
