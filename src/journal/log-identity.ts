import { sql, type Kysely } from 'kysely';
import type { Database } from '../db/database.ts';

export interface LogIdentity {
  /** Differs in every database, and is part of every cursor. */
  readonly epoch: string;
  /** Number of the version of PostgreSQL. */
  readonly serverVersion: number;
}

export async function readLogIdentity(db: Kysely<Database>): Promise<LogIdentity> {
  const { rows } = await sql<LogIdentity>`
    select epoch, current_setting('server_version_num')::int as "serverVersion" from journal_identity`.execute(
    db,
  );
  const [identity] = rows;
  if (identity === undefined) throw new Error('the table journal_identity has no row');
  return identity;
}
