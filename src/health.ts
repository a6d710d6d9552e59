import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { DatabaseHandle } from './db/database.ts';
import type { Health } from './graph/context.ts';
import type { Scheduler } from './sources/scheduler.ts';

/** A store that has not answered a probe by then counts as one that does not. */
const probeMs = 1_000;
/** Health is told to everybody, and measuring a database is work: however many ask, it is done four times a second. */
const keptMs = 250;

/** How the server is now, the store as it was a moment ago. Never rejects, nor takes longer than a probe of the store. */
export async function healthOf(
  database: DatabaseHandle,
  ready: boolean,
  scheduler: Pick<Scheduler, 'running' | 'known'>,
): Promise<Health> {
  const sizeMb = await sizeMbOf(database);
  return {
    live: true,
    ready: ready && sizeMb !== null,
    database: { answers: sizeMb !== null, sizeMb },
    scheduler: { running: scheduler.running(), jobs: scheduler.known.map(({ id }) => id) },
  };
}

const measured = new WeakMap<DatabaseHandle, Promise<number | null>>();

/** The measurement that is under way or has just ended, for all who ask. */
function sizeMbOf(database: DatabaseHandle): Promise<number | null> {
  const known = measured.get(database);
  if (known !== undefined) return known;
  const sizeMb = measure(database);
  measured.set(database, sizeMb);
  void sizeMb.then(() => delay(keptMs, null, { ref: false })).then(() => measured.delete(database));
  return sizeMb;
}

/** @returns megabytes; null when the store does not answer. */
function measure(database: DatabaseHandle): Promise<number | null> {
  return Promise.race([
    sql<{ mb: number }>`select pg_database_size(current_database())::float8 / 1048576 as mb`
      .execute(database.kysely)
      .then(({ rows }) => Math.round((rows[0]?.mb ?? 0) * 100) / 100)
      .catch(() => null),
    delay(probeMs, null, { ref: false }),
  ]);
}
