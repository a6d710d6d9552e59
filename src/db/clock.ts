import { sql, type Kysely } from 'kysely';
import type { Database } from './database.ts';

/** A larger difference means that a clock is wrong, not only imprecise. */
export const clockDifferenceMaxMs = 180_000;

export interface DatabaseClock {
  readonly now: Date;
  /** How far this instance's clock is ahead; negative when it is behind. */
  readonly aheadMs: number;
}

/** @param localNow this instance's clock. */
export async function readClock(
  db: Kysely<Database>,
  localNow: () => number = Date.now,
): Promise<DatabaseClock> {
  const before = localNow();
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  const now = rows[0]?.now;
  if (now === undefined) throw new Error('the database returned no time');
  return { now, aheadMs: aheadOf(now, before, localNow()) };
}

/** @param sentAt and `receivedAt` by this instance's clock. */
export function aheadOf(now: Date, sentAt: number, receivedAt: number): number {
  return Math.round((sentAt + receivedAt) / 2 - now.getTime());
}

/** @param aheadMs null when unknown. */
export function clocksDiffer(aheadMs: number | null): boolean {
  return aheadMs !== null && Math.abs(aheadMs) > clockDifferenceMaxMs;
}
