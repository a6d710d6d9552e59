import { clockDifferenceMaxMs, clocksDiffer, readClock } from './clock.ts';
import type { Log } from '../log/log.ts';
import { withProgress } from '../log/progress.ts';
import type { DatabaseHandle } from './database.ts';
import { countOld, removeOld, type Retained, type Transact } from './retained.ts';
import { retryConflicts } from './retry-conflicts.ts';
import { readRetentionState, storeRetentionState, type RetentionState } from './retention-state.ts';

const id = 'database_cleanup';
const dayMs = 86_400_000;
/** Runs are a day apart, 25 hours at the end of daylight saving time. */
const expectedSpanMs = 25 * 3_600_000;
/** After a longer pause, either no instance ran for days or the clock has jumped. */
const pauseMaxMs = 3 * dayMs;

type RetentionPeriod = 'days' | 'auditDays';
type RetentionCutoffs = Readonly<Record<RetentionPeriod, Date>>;

export interface CleanupOptions {
  readonly domains: readonly { readonly name: string; readonly retained?: readonly Retained[] }[];
  readonly database: DatabaseHandle;
  /** Removes rows in a transaction of the event log, whose projections change the same counts. */
  readonly transactWithLog: Transact;
  readonly retention: Readonly<Record<RetentionPeriod, number>>;
  readonly log: Log;
  /** This instance's clock. */
  readonly now?: () => number;
}

/**
 * The job `database_cleanup`: removes old rows every day at 03:00 local time.
 *
 * Ages are measured with the clock of the database, which is the same for all instances. Removed rows cannot be
 * restored, so a run removes nothing while the clocks of this instance and of the database differ, and nothing in the
 * first run after a pause of days, as the clock may have jumped; the next run removes them. The log has a warning when
 * a run removes more than a day's worth.
 */
export function cleanupJob({
  domains,
  database,
  transactWithLog,
  retention,
  log,
  now = Date.now,
}: CleanupOptions) {
  const db = database.kysely;
  const all = domains.flatMap(({ name, retained = [] }) => retained.map((one) => ({ domain: name, one })));

  async function run(signal: AbortSignal): Promise<void> {
    const clock = await readClock(db, now);
    if (clocksDiffer(clock.aheadMs)) throw clocksDifferError(clock.aheadMs);
    const last = await readRetentionState(db);
    const cutoffs: RetentionCutoffs = {
      days: new Date(clock.now.getTime() - retention.days * dayMs),
      auditDays: new Date(clock.now.getTime() - retention.auditDays * dayMs),
    };
    const previous = last?.keptSince ?? { days: null, auditDays: null };
    if (last !== null && clock.now.getTime() - last.ranAt.getTime() > pauseMaxMs) {
      const held = await countAll(cutoffs);
      await storeRetentionState(db, { ranAt: clock.now, keptSince: previous });
      if (Object.keys(held).length > 0) throw deferredError(last, cutoffs, held);
    }
    const failed = await removeAll(cutoffs, previous, signal);
    await storeRetentionState(db, {
      ranAt: clock.now,
      keptSince: {
        days: failed.keptFor.has('days') ? previous.days : cutoffs.days,
        auditDays: failed.keptFor.has('auditDays') ? previous.auditDays : cutoffs.auditDays,
      },
    });
    if (failed.domains.size > 0)
      throw new Error(`Old rows of ${[...failed.domains].join(', ')} could not be removed.`);
  }

  /** @returns the domains and retention periods with rows that could not be removed. */
  async function removeAll(
    cutoffs: RetentionCutoffs,
    previous: RetentionState['keptSince'],
    signal: AbortSignal,
  ): Promise<{ readonly domains: ReadonlySet<string>; readonly keptFor: ReadonlySet<RetentionPeriod> }> {
    const failed = { domains: new Set<string>(), keptFor: new Set<RetentionPeriod>() };
    for (const { domain, one } of all) {
      const keptFor = one.keptFor ?? 'days';
      const before = cutoffs[keptFor];
      const line = { job: id, domain, table: one.table, before };
      try {
        let rows = 0;
        const options = {
          transact: transactionOf(one),
          signal,
          removed: (count: number) => void (rows = count),
        };
        const began = performance.now();
        const removed = await withProgress(
          { log, message: 'still removing old rows', fields: () => ({ ...line, removed: rows }) },
          () => removeOld(db, one, before, options),
        );
        const ms = Math.round(performance.now() - began);
        if (removed === 0) continue;
        const large = before.getTime() - (previous[keptFor]?.getTime() ?? 0) > expectedSpanMs;
        if (large)
          log.warn(
            { ...line, removed, ms, previously: previous[keptFor] },
            'removed more than a day’s worth',
          );
        else log.info({ ...line, removed, ms }, 'removed old rows');
      } catch (error) {
        signal.throwIfAborted();
        log.error({ ...line, err: error }, 'old rows could not be removed');
        failed.domains.add(domain);
        failed.keptFor.add(keptFor);
      }
    }
    return failed;
  }

  /** The number of old rows by table, without empty ones; null when counting takes too long. */
  async function countAll(cutoffs: RetentionCutoffs): Promise<Record<string, number | null>> {
    const counts: Record<string, number | null> = {};
    for (const { one } of all) {
      const rows = await countOld(db, one, cutoffs[one.keptFor ?? 'days']);
      if (rows !== 0) counts[one.table] = rows === null ? null : (counts[one.table] ?? 0) + rows;
    }
    return counts;
  }

  function transactionOf({ withLog = false }: Retained): Transact {
    return withLog ? transactWithLog : (work) => retryConflicts(() => db.transaction().execute(work));
  }

  function clocksDifferError(aheadMs: number): Error {
    const seconds = Math.round(Math.abs(aheadMs) / 1_000);
    const which = aheadMs > 0 ? 'ahead of' : 'behind';
    const message = `Nothing was removed: the clock of this server is ${seconds} s ${which} the clock of the database; at most ${clockDifferenceMaxMs / 1_000} s are allowed.`;
    log.error({ job: id, clockAheadMs: aheadMs }, message);
    return new Error(message);
  }

  function deferredError(
    { ranAt }: RetentionState,
    before: RetentionCutoffs,
    rows: Record<string, number | null>,
  ): Error {
    const message = `Nothing was removed yet: the last run was on ${ranAt.toISOString()} according to the clock of the database. If that clock is right, the next run removes the old rows.`;
    log.warn({ job: id, before, rows, lastRunAt: ranAt }, message);
    return new Error(message);
  }

  return { id, name: 'Database Cleanup', trigger: { cron: '0 3 * * *' }, notable: true, run };
}
