import { sql, type Kysely } from 'kysely';
import type { Database } from '../db/database.ts';

/**
 * Work that one of several instances does: the holder of the lease with its name. A lease is valid for a few seconds and
 * renewed every second, so another instance takes over when its holder has died.
 */
export interface Leases {
  /**
   * Whether this instance held the lease when it last reached the database. Another one may have taken it since, so
   * measurements may be made twice for a moment; what must be stored once is stored with `confirm`.
   */
  holds(name: string): boolean;
  /**
   * Rejects unless this instance still holds the lease, and keeps others from taking it until the transaction of `db`
   * ends. So a holder that was paused or cut off cannot store what it found before.
   * @throws LeaseLost
   */
  confirm(name: string, db: Kysely<Database>): Promise<void>;
  /** Calls the listener after leases were taken or lost. The listener must not throw. */
  onChange(listener: () => void): Disposable;
}

declare module '../db/database.ts' {
  interface Database {
    leases: LeasesTable;
  }
}

interface LeasesTable {
  name: string;
  instance_id: string;
  /** Increases each time the lease gets another holder. */
  fence: number;
  until: Date;
}

/** Rejects unless the lease has this fence and is valid. */
export async function confirmLease(
  db: Kysely<Database>,
  { name, fence }: { readonly name: string; readonly fence: number | null },
): Promise<void> {
  const { rows } = await sql<{ held: boolean }>`
    select true as held from leases
    where name = ${name} and fence = ${fence} and until > clock_timestamp() for share
  `.execute(db);
  if (rows.length === 0) throw new LeaseLost(name);
}

/** Another instance does the work now. */
export class LeaseLost extends Error {
  constructor(lease: string) {
    super(`another instance holds the lease ${lease}`);
  }
}
