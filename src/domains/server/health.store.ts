import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { aheadOf, clocksDiffer } from '../../db/clock.ts';
import type { DatabaseHandle } from '../../db/database.ts';

/** A database that has not answered a probe after this time counts as unavailable. */
const probeMs = 1_000;
/** How long a probe is reused. Any client may request the health, and a probe costs the database some work. */
const reusedMs = 250;

export interface HealthSources {
  readonly database: DatabaseHandle;
  readonly eventLog: { writable(): Promise<void> };
  readonly scheduler: { running(): boolean; readonly known: readonly { readonly id: string }[] };
  readonly commitListener: { listening(): boolean };
}

/**
 * The current state of the server, with the newest probe of the database. The server is ready while the database can be
 * read and written: one that is read-only, full or blocked answers queries but stores nothing. Never rejects, and takes
 * no longer than a probe.
 */
export async function healthOf(
  { database, eventLog, scheduler, commitListener }: HealthSources,
  started: boolean,
) {
  const { sizeMb, clockAheadMs, writable } = await latestProbe(database, eventLog);
  return {
    live: true,
    ready: started && sizeMb !== null && writable,
    database: {
      answers: sizeMb !== null,
      writable,
      sizeMb,
      clockAheadMs,
      clocksDiffer: clocksDiffer(clockAheadMs),
      faults: database.faults(),
      listening: commitListener.listening(),
    },
    scheduler: { running: scheduler.running(), jobs: scheduler.known.map(({ id }) => id) },
  };
}

interface Probe {
  /** In MiB; null when the database does not answer. */
  readonly sizeMb: number | null;
  readonly clockAheadMs: number | null;
  readonly writable: boolean;
}

const probes = new WeakMap<DatabaseHandle, Promise<Probe>>();

/** Joins the probe that is in progress or ended less than `reusedMs` ago, or starts one. */
function latestProbe(database: DatabaseHandle, eventLog: HealthSources['eventLog']): Promise<Probe> {
  const known = probes.get(database);
  if (known !== undefined) return known;
  const probe = probeNow(database, eventLog);
  probes.set(database, probe);
  void probe.then(() => delay(reusedMs, null, { ref: false })).then(() => probes.delete(database));
  return probe;
}

async function probeNow(database: DatabaseHandle, eventLog: HealthSources['eventLog']): Promise<Probe> {
  const [measured, writable] = await Promise.all([
    withinProbe(measure(database)),
    withinProbe(eventLog.writable().then(() => true)),
  ]);
  return { sizeMb: null, clockAheadMs: null, ...measured, writable: writable ?? false };
}

async function measure({ kysely }: DatabaseHandle): Promise<Omit<Probe, 'writable'>> {
  const sentAt = Date.now();
  const { rows } = await sql<{ now: Date; mb: number }>`
    select clock_timestamp() as now, pg_database_size(current_database())::float8 / 1048576 as mb`.execute(
    kysely,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('the database returned no row');
  return {
    sizeMb: Math.round(row.mb * 100) / 100,
    clockAheadMs: aheadOf(row.now, sentAt, Date.now()),
  };
}

/** Null if the work fails or takes longer than a probe may. */
function withinProbe<Value>(work: Promise<Value>): Promise<Value | null> {
  return Promise.race([work.catch(() => null), delay(probeMs, null, { ref: false })]);
}
