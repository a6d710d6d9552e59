import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { DatabaseHandle } from './db/database.ts';
import type { Health } from './graph/context.ts';
import type { Scheduler } from './sources/scheduler.ts';

/** A store that has not answered a probe by then counts as one that does not. */
const probeMs = 1_000;

/** How the server is now. Never rejects, and never takes longer than a probe of the store. */
export async function healthOf(
  database: DatabaseHandle,
  ready: boolean,
  scheduler: Scheduler,
): Promise<Health> {
  const sizeMb = await Promise.race([
    sql<{ mb: number }>`select pg_database_size(current_database())::float8 / 1048576 as mb`
      .execute(database.kysely)
      .then(({ rows }) => Math.round((rows[0]?.mb ?? 0) * 100) / 100)
      .catch(() => null),
    delay(probeMs, null, { ref: false }),
  ]);
  return {
    live: true,
    ready: ready && sizeMb !== null,
    database: { answers: sizeMb !== null, sizeMb },
    scheduler: { running: scheduler.running(), jobs: scheduler.known.map(({ id }) => id) },
  };
}
