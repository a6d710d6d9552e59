import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { isUnavailable } from '../db/database-fault.ts';
import type { Database, DatabaseHandle } from '../db/database.ts';
import type { Demand } from '../journal/demand.ts';
import type { NewsSender } from '../journal/news.ts';
import type { Instance, InstanceState } from '../graph/server-stats.ts';
import { disposable } from '../lib/disposable.ts';
import { waitAtMost } from '../lib/wait-at-most.ts';
import type { Log } from '../log/log.ts';
import {
  instancesChannel,
  removeReport,
  sendReport,
  type InstanceStats,
  type Report,
} from './instance-report.ts';
import { confirmLease, type Leases } from './leases.ts';

export interface InstanceTimings {
  /** Interval of reports. */
  readonly reportEveryMs: number;
  /** How long a lease is valid without being renewed. */
  readonly leaseMs: number;
  /** An instance that has not reported for this time is gone. */
  readonly aliveMs: number;
}

/** A lease has another holder at the latest after `leaseMs` and one interval, which is less than five seconds. */
const timingsDefault: InstanceTimings = { reportEveryMs: 1_000, leaseMs: 3_500, aliveMs: 5_000 };
/** An instance without others reports less often: no other waits for it, and one that joins announces itself. */
const aloneFactor = 2;
/** Changes are reported together, at most this often. */
const soonMs = 25;
const soonestMs = 100;
/** How long an instance that stops waits for a database that does not answer. */
const drainMs = 2_000;
export interface InstancesOptions {
  readonly database: DatabaseHandle;
  readonly demand: Demand;
  readonly log: Log;
  readonly hostId: string;
  readonly version: string;
  readonly stats: () => InstanceStats;
  readonly sender?: NewsSender | null;
  readonly timings?: Partial<InstanceTimings>;
}

/** Work of the holder of a lease: it feeds these topics, at the pace that readers of any instance demand. */
export interface LeasedWork {
  readonly lease: string;
  readonly feeds: readonly string[];
}

/**
 * The instances on this database. Each reports every second, or every two while it is alone, in one statement, which
 * also renews its leases, takes those that have expired, and reads the reports of the others with what their readers
 * demand.
 *
 * While the database does not answer, an instance goes on measuring what it measured, for its own readers: others may
 * have its leases by then, but what it finds is stored only if it still has them (`confirm`).
 */
export class Instances implements Leases, AsyncDisposable {
  readonly ownId = randomUUID();
  readonly #options: InstancesOptions;
  readonly #timings: InstanceTimings;
  readonly #startedAt = performance.now();
  readonly #wanted = new Set<string>();
  /** Topics whose demand the other instances should know. */
  readonly #topics = new Set<string>();
  /** The fences of the leases that this instance held when it last reported, by name. */
  #held: ReadonlyMap<string, number> = new Map();
  #state: InstanceState = 'STARTING';
  #known: readonly Instance[] = [];
  #demanded = '';
  #announce = true;
  #reportedAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;
  /** When the timer fires, on the monotonic clock. */
  #dueAt = 0;
  /** Whether a report waits for the one that is under way. */
  #queued = false;
  #reporting: Promise<void> = Promise.resolve();
  #failing = false;
  #started = false;
  #closed = false;
  readonly #leaseListeners = new Set<() => void>();
  readonly #joinListeners = new Set<() => void>();
  readonly #reportListeners = new Set<() => void>();
  readonly #undo: Disposable[];

  constructor(options: InstancesOptions) {
    this.#options = options;
    this.#timings = { ...timingsDefault, ...options.timings };
    this.#undo = [
      options.demand.onChange((topic) => {
        if (this.#topics.has(topic) && JSON.stringify(this.#demand()) !== this.#demanded)
          this.#announceSoon();
      }),
    ];
  }

  /** Reports for the first time, takes the free leases of this work, and goes on until it is disposed. */
  async start(work: readonly LeasedWork[]): Promise<void> {
    for (const { lease, feeds } of work) {
      this.#wanted.add(lease);
      for (const topic of feeds) this.#topics.add(topic);
    }
    this.#started = true;
    await this.#report();
  }

  /** Clients can be served. */
  ready(): void {
    this.#state = 'READY';
    this.#announceSoon();
  }

  /** Gives up all leases, so that others take them now, and tells the other instances that this one stops. */
  async drain(): Promise<void> {
    this.#state = 'DRAINING';
    this.#wanted.clear();
    this.#setHeld(new Map());
    this.#announce = true;
    await waitAtMost(drainMs, this.#report());
  }

  /** All instances, this one first, then by the time of their start. Those that are gone are listed for ten minutes. */
  all(): readonly Instance[] {
    return this.#known;
  }

  /** Those of the others that reported lately. */
  others(): readonly Instance[] {
    return this.#known.filter(({ instanceId, state }) => instanceId !== this.ownId && state !== 'GONE');
  }

  holds(name: string): boolean {
    return this.#held.has(name);
  }

  confirm(name: string, db: Kysely<Database>): Promise<void> {
    return confirmLease(db, { name, fence: this.#held.get(name) ?? null });
  }

  onChange(listener: () => void): Disposable {
    this.#leaseListeners.add(listener);
    return disposable(() => this.#leaseListeners.delete(listener));
  }

  /** Calls the listener when an instance appears. The listener must not throw. */
  onJoin(listener: () => void): Disposable {
    this.#joinListeners.add(listener);
    return disposable(() => this.#joinListeners.delete(listener));
  }

  /** Calls the listener after the reports of the others were read. The listener must not throw. */
  onReport(listener: () => void): Disposable {
    this.#reportListeners.add(listener);
    return disposable(() => this.#reportListeners.delete(listener));
  }

  /** Another instance has announced a change. @param instanceId the text of its notification */
  receive(instanceId: string): void {
    if (instanceId !== this.ownId) this.#reportSoon();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    for (const one of this.#undo) one[Symbol.dispose]();
    if (this.#timer !== null) clearTimeout(this.#timer);
    await waitAtMost(
      drainMs,
      this.#reporting.then(() => this.#leave()),
    );
  }

  async #leave(): Promise<void> {
    const { database, sender = null } = this.#options;
    await removeReport(database.kysely, { ownId: this.ownId, notify: sender === null }).then(
      () => sender?.send(instancesChannel, this.ownId),
      () => undefined, // others find out after `aliveMs`
    );
  }

  #announceSoon(): void {
    this.#announce = true;
    this.#reportSoon();
  }

  #reportSoon(): void {
    const sinceMs = performance.now() - this.#reportedAt;
    this.#schedule(Math.max(soonMs, soonestMs - sinceMs));
  }

  /** An earlier time that was scheduled before remains, so that no number of changes can delay a report. */
  #schedule(ms: number): void {
    if (this.#closed || !this.#started) return;
    const dueAt = performance.now() + ms;
    if (this.#timer !== null) {
      if (dueAt >= this.#dueAt) return;
      clearTimeout(this.#timer);
    }
    this.#dueAt = dueAt;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#report();
    }, ms);
  }

  /** Resolves after a report that began after this call. Never rejects. Reports follow each other. */
  #report(): Promise<void> {
    if (!this.#queued) {
      this.#queued = true;
      this.#reporting = this.#reporting.then(() => {
        this.#queued = false;
        return this.#exchange();
      });
    }
    return this.#reporting;
  }

  async #exchange(): Promise<void> {
    if (this.#closed) return;
    const { log, sender = null } = this.#options;
    this.#reportedAt = performance.now();
    const announced = this.#announce;
    this.#announce = false;
    try {
      const { leases, instances } = await this.#send(announced && sender === null);
      if (announced) sender?.send(instancesChannel, this.ownId);
      this.#setHeld(new Map((leases ?? []).map(({ name, fence }) => [name, fence])));
      this.#setKnown(instances);
      this.#failing = false;
    } catch (error) {
      this.#announce ||= announced;
      if (!this.#failing && !isUnavailable(error))
        log.warn({ err: error }, 'this instance could not report to the others; retrying');
      this.#failing = true;
    }
    const { reportEveryMs } = this.#timings;
    this.#schedule(this.others().length === 0 ? aloneFactor * reportEveryMs : reportEveryMs);
  }

  async #send(notify: boolean): Promise<Report> {
    const { database, hostId, version, stats } = this.#options;
    const { leaseMs, aliveMs } = this.#timings;
    const demand = JSON.stringify(this.#demand());
    this.#demanded = demand;
    const upS = (performance.now() - this.#startedAt) / 1_000;
    const names = [...this.#wanted].toSorted(); // in one order, so that instances do not wait for each other
    return sendReport(database.kysely, {
      ownId: this.ownId,
      hostId,
      version,
      state: this.#state,
      upS,
      stats: stats(),
      demand,
      leases: names,
      leaseS: leaseMs / 1_000,
      aliveS: aliveMs / 1_000,
      notify,
    });
  }

  /** What readers of this process demand of the shared topics. */
  #demand(): Record<string, number> {
    const { demand } = this.#options;
    return Object.fromEntries(
      [...this.#topics].flatMap((topic) => {
        const paceMs = demand.ownPace(topic);
        return paceMs === null ? [] : [[topic, paceMs]];
      }),
    );
  }

  #setHeld(held: ReadonlyMap<string, number>): void {
    const before = this.#held;
    this.#held = held;
    const isSame = before.size === held.size && [...held.keys()].every((name) => before.has(name));
    if (isSame) return;
    this.#announce = true;
    this.#changed(this.#leaseListeners);
  }

  #setKnown(reported: Report['instances']): void {
    const { demand } = this.#options;
    const before = new Set(this.others().map(({ instanceId }) => instanceId));
    this.#known = reported.map(({ stats, demand: _demand, leases, ...instance }) => ({
      carrier: 'POSTGRES',
      sendsTo: 'POSTGRES',
      ...instance,
      ...stats,
      leases: leases ?? [],
    }));
    for (const { instanceId, state, demand: paces } of reported) {
      if (instanceId === this.ownId) continue;
      demand.setOther(instanceId, new Map(state === 'GONE' ? [] : Object.entries(paces)));
    }
    const now = new Set(this.others().map(({ instanceId }) => instanceId));
    for (const instanceId of before) if (!now.has(instanceId)) demand.setOther(instanceId, new Map());
    if ([...now].some((instanceId) => !before.has(instanceId))) this.#changed(this.#joinListeners);
    this.#changed(this.#reportListeners);
  }

  #changed(listeners: ReadonlySet<() => void>): void {
    for (const listener of listeners) listener();
  }
}
