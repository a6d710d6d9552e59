import { Deque } from '../../lib/deque.ts';
import { RollingWindow } from '../../lib/rolling-window.ts';

/** Counts of ArchMesh's sockets. Times are in milliseconds. */
export interface MeshStatsSnapshot {
  readonly open: number;
  /** Open sockets without a message in either direction for 60 s. */
  readonly idle: number;
  /** Since the start, as the values below. */
  readonly accepted: number;
  readonly durationMeanMs: number | null;
  readonly durationMaxMs: number | null;
  readonly sent: number;
  readonly received: number;
  /** Of the messages in both directions. */
  readonly bytes: number;
  /** Messages in both directions in the last 60 s. */
  readonly lastMinute: number;
  /** Mean time from a client's message to its response, last 60 s. */
  readonly responseMs: number | null;
  readonly errors: number;
  /** Errors older than 60 s, and those of them after which the session or its user recovered. */
  readonly settled: number;
  readonly recovered: number;
}

interface Session {
  readonly user: string;
  readonly openedAtMs: number;
  lastMessageAtMs: number;
}

interface Failure {
  readonly sessionId: string;
  readonly user: string | null;
  readonly atMs: number;
  recovered: boolean;
}

const idleMs = 60_000;
const recoveryMs = 60_000;
/** Maximum number of errors whose recovery is undecided; above it, the oldest are settled early. */
const waitingMax = 10_000;

/** Counts for ArchMesh's sockets. Memory is bounded by the open sockets and by `waitingMax`. */
export class MeshStats {
  readonly #now: () => number;
  readonly #sessions = new Map<string, Session>();
  readonly #messages: RollingWindow;
  readonly #responses: RollingWindow;
  readonly #failures = new Deque<Failure>();
  readonly #failing = new Map<string, Failure[]>();
  #accepted = 0;
  #sent = 0;
  #received = 0;
  #bytes = 0;
  #errors = 0;
  #settled = 0;
  #recovered = 0;
  #endedMs = 0;
  #longestMs = 0;

  /** @param now Unix milliseconds. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
    this.#messages = new RollingWindow(now);
    this.#responses = new RollingWindow(now);
  }

  get open(): number {
    return this.#sessions.size;
  }

  opened(id: string, user: string): void {
    this.#accepted++;
    this.#sessions.set(id, { user, openedAtMs: this.#now(), lastMessageAtMs: this.#now() });
    this.#recover(userKey(user));
  }

  closed(id: string): void {
    const session = this.#sessions.get(id);
    if (session === undefined) return;
    const lastedMs = this.#now() - session.openedAtMs;
    this.#endedMs += lastedMs;
    this.#longestMs = Math.max(this.#longestMs, lastedMs);
    this.#sessions.delete(id);
  }

  received(id: string, bytes: number): void {
    this.#received++;
    this.#countMessage(id, bytes);
  }

  sent(id: string, bytes: number): void {
    this.#sent++;
    this.#countMessage(id, bytes);
  }

  /** A client's message was answered without an error. */
  answered(id: string, tookMs: number): void {
    this.#responses.add(tookMs);
    this.#recover(sessionKey(id));
  }

  /** @param user null: unknown. */
  failed(sessionId: string, user: string | null): void {
    this.#errors++;
    const failure: Failure = { sessionId, user, atMs: this.#now(), recovered: false };
    this.#failures.push(failure);
    for (const key of keysOf(failure)) {
      const same = this.#failing.get(key);
      if (same === undefined) this.#failing.set(key, [failure]);
      else same.push(failure);
    }
    if (this.#failures.length > waitingMax) this.#settle();
  }

  snapshot(): MeshStatsSnapshot {
    const now = this.#now();
    for (let oldest = this.#failures.at(0); oldest !== undefined; oldest = this.#failures.at(0)) {
      if (now - oldest.atMs < recoveryMs) break;
      this.#settle();
    }
    let idle = 0;
    let openMs = 0;
    let longestMs = this.#longestMs;
    for (const { openedAtMs, lastMessageAtMs } of this.#sessions.values()) {
      if (now - lastMessageAtMs >= idleMs) idle++;
      openMs += now - openedAtMs;
      longestMs = Math.max(longestMs, now - openedAtMs);
    }
    return {
      open: this.#sessions.size,
      idle,
      accepted: this.#accepted,
      durationMeanMs: this.#accepted === 0 ? null : (this.#endedMs + openMs) / this.#accepted,
      durationMaxMs: this.#accepted === 0 ? null : longestMs,
      sent: this.#sent,
      received: this.#received,
      bytes: this.#bytes,
      lastMinute: this.#messages.summary().count,
      responseMs: this.#responses.summary().mean,
      errors: this.#errors,
      settled: this.#settled,
      recovered: this.#recovered,
    };
  }

  #countMessage(id: string, bytes: number): void {
    this.#bytes += bytes;
    this.#messages.add(1);
    const session = this.#sessions.get(id);
    if (session !== undefined) session.lastMessageAtMs = this.#now();
  }

  #recover(key: string): void {
    const since = this.#now() - recoveryMs;
    for (const failure of this.#failing.get(key) ?? []) if (failure.atMs > since) failure.recovered = true;
    this.#failing.delete(key);
  }

  /** Counts the oldest failure, whose time to recover is over. */
  #settle(): void {
    const failure = this.#failures.shift();
    if (failure === undefined) return;
    this.#settled++;
    if (failure.recovered) this.#recovered++;
    for (const key of keysOf(failure)) {
      const waiting = this.#failing.get(key);
      if (waiting?.[0] === failure) waiting.shift(); // they are in order of time
      if (waiting?.length === 0) this.#failing.delete(key);
    }
  }
}

function keysOf({ sessionId, user }: Failure): string[] {
  return user === null ? [sessionKey(sessionId)] : [sessionKey(sessionId), userKey(user)];
}

function sessionKey(id: string): string {
  return `session ${id}`;
}

function userKey(user: string): string {
  return `user ${user}`;
}
