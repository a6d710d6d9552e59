import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { aheadOf, clocksDiffer } from '../../db/clock.ts';
import type { NewsCarrier } from '../../graph/server-stats.ts';
import type { DatabaseHandle } from '../../db/database.ts';

/** A database that has not answered a probe after this time counts as unavailable. */
const probeMs = 1_000;
/** How long a probe is reused. Any client may request the health, and a probe costs the database some work. */
const reusedMs = 250;

export interface HealthSources {
  readonly database: DatabaseHandle;
  readonly eventLog: { writable(): Promise<void> };
  readonly scheduler: { running(): boolean; readonly known: readonly { readonly id: string }[] };
  readonly newsReceiver: { readonly carrier: NewsCarrier; receiving(): boolean };
}

/**
 * Creates a function that returns the current health, with the newest probe of the database. The server is ready while
 * the database can be read and written: one that is read-only, full or blocked answers queries but stores nothing. The
 * function never rejects, and takes no longer than a probe.
 */
export function createHealthCheck({ database, eventLog, scheduler, newsReceiver }: HealthSources) {
  let latest: Promise<Probe> | null = null; // in progress, or ended less than `reusedMs` ago

  function startProbe(): Promise<Probe> {
    const probe = Promise.all([
      withinProbe(measure(database)),
      withinProbe(eventLog.writable().then(() => true)),
    ]).then(([measured, writable]) => ({ measured, writable: writable ?? false }));
    void probe.then(() => delay(reusedMs, null, { ref: false })).then(() => (latest = null));
    return probe;
  }

  return async (isStarted: boolean) => {
    const { measured, writable } = await (latest ??= startProbe());
    const clockAheadMs = measured?.clockAheadMs ?? null;
    return {
      live: true,
      ready: isStarted && measured !== null && writable,
      database: {
        answers: measured !== null,
        writable,
        sizeBytes: measured?.sizeBytes ?? null,
        clockAheadMs,
        clocksDiffer: clocksDiffer(clockAheadMs),
        faults: database.faults(),
        listening: newsReceiver.receiving(),
      },
      carrier: newsReceiver.carrier,
      scheduler: { running: scheduler.running(), jobs: scheduler.known.map(({ id }) => id) },
    };
  };
}

interface Probe {
  /** Null if the database does not answer. */
  readonly measured: Awaited<ReturnType<typeof measure>> | null;
  readonly writable: boolean;
}

async function measure({ kysely }: DatabaseHandle) {
  const sentAt = Date.now();
  const { rows } = await sql<{ now: Date; bytes: number }>`
    select clock_timestamp() as now, pg_database_size(current_database())::float8 as bytes`.execute(kysely);
  const [row] = rows;
  if (row === undefined) throw new Error('the database returned no row');
  return { sizeBytes: row.bytes, clockAheadMs: aheadOf(row.now, sentAt, Date.now()) };
}

/** Null if the work fails or takes longer than a probe may. */
function withinProbe<Value>(work: Promise<Value>): Promise<Value | null> {
  return Promise.race([work.catch(() => null), delay(probeMs, null, { ref: false })]);
}
