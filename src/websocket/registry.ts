import { Histogram } from '../lib/histogram.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { EndpointCounts, OpenSocket } from '../graph/server-stats.ts';
import type { SocketConnection, SocketEndpoint } from './endpoint.ts';
import { RollingWindow } from '../lib/rolling-window.ts';
import { ConcurrencyLimiter } from '../lib/concurrency-limiter.ts';
import { growingLru } from '../lib/growing-lru.ts';

/**
 * The open sockets, and counters since the start. The upgrade reports sockets to it; the graph and the limits
 * read it. Its memory is bounded by the sockets that are open and by the named limits below.
 */
export interface Registry {
  opened(connection: SocketConnection): void;
  closed(connection: SocketConnection, code: number): void;
  /** A handshake was refused. Without an endpoint: at a path that is none. */
  refused(endpoint: SocketEndpoint | null, path: string): void;
  /** A connection failed otherwise: no pong came, a credential in a message was wrong. */
  failed(): void;
  /** Open sockets. */
  readonly size: number;
  /** Open sockets of this address on all endpoints of this dialect. */
  openFrom(dialect: string, address: string): number;
  /** A client of an endpoint answered a ping after this time. */
  answered(endpoint: SocketEndpoint, ms: number): void;
  /** Rejected and failed connections since the start. */
  readonly failures: number;
  /** Rejected and failed connections of the last 60 seconds. */
  recentFailures(): number;
  snapshot(): RegistrySnapshot;
  /** Closes every socket, some at a time, and ends those that are still there after `graceMs`. */
  closeAll(code?: number, graceMs?: number): Promise<void>;
}

export interface RegistrySnapshot {
  readonly open: readonly OpenSocket[];
  readonly endpoints: readonly EndpointCounts[];
}

/** The path under which handshakes at paths below `/ws/` that are no feed are counted. */
export const unknownFeeds = '/ws/*';

const userAgentCharsMax = 256;
/** Clients remembered, to know them again. */
const rememberedMax = 10_000;
/** Without a name of its own a client is known by address and User-Agent, for this long. */
const namelessMs = 60_000;
const namedMs = 86_400_000;
/** Sockets that are closed together when the server stops, and the pause between such batches. */
const closingBatch = 500;
const closingPauseMs = 20;

interface Counts {
  readonly dialect: string;
  readonly path: string;
  open: number;
  accepted: number;
  refused: number;
  reconnections: number;
  /** By sockets that are closed. */
  received: number;
  sent: number;
  readonly pings: Histogram;
}

/** @param endpoints those that are shown even before anybody came. */
export function createRegistry(endpoints: () => readonly SocketEndpoint[] = () => []): Registry {
  const open = new Map<string, SocketConnection>();
  const counts = new Map<string, Counts>();
  const limiters = new Map<string, ConcurrencyLimiter>();
  const named = growingLru<string, true>(rememberedMax, { ttl: namedMs });
  const lost = growingLru<string, true>(rememberedMax, { ttl: namelessMs });
  const recentFailures = new RollingWindow();
  let failures = 0;
  const failed = (): void => {
    failures++;
    recentFailures.add(1);
  };

  function countsOf(dialect: string, path: string): Counts {
    const key = `${dialect} ${path}`;
    let own = counts.get(key);
    if (own === undefined) {
      own = {
        dialect,
        path,
        open: 0,
        accepted: 0,
        refused: 0,
        reconnections: 0,
        received: 0,
        sent: 0,
        pings: new Histogram(),
      };
      counts.set(key, own);
    }
    return own;
  }

  function limiterOf(dialect: string): ConcurrencyLimiter {
    let own = limiters.get(dialect);
    if (own === undefined) {
      own = new ConcurrencyLimiter();
      limiters.set(dialect, own);
    }
    return own;
  }

  function endpointCounts(): EndpointCounts[] {
    const sums = new Map([...counts].map(([key, own]) => [key, { ...own, latencySumMs: 0, measured: 0 }]));
    for (const { endpoint, counters } of open.values()) {
      const own = sums.get(`${endpoint.dialect} ${endpoint.path}`);
      if (own === undefined) continue;
      own.received += counters.received;
      own.sent += counters.sent;
      if (counters.latencyMs === null) continue;
      own.latencySumMs += counters.latencyMs;
      own.measured++;
    }
    return [...sums.values()].map(({ latencySumMs, measured, pings, ...own }) => ({
      ...own,
      pings: pings.snapshot(),
      meanLatencyMs: measured === 0 ? null : latencySumMs / measured,
    }));
  }

  /** Whether a client is back, by the name it gives itself or by where it came from a moment ago. */
  function isBack(connection: SocketConnection): boolean {
    const name = nameOf(connection);
    if (name === null) {
      const origin = originOf(connection);
      const wasLost = lost.has(origin); // `delete` says so of an expired one as well
      lost.delete(origin);
      return wasLost;
    }
    const known = named.has(name);
    named.set(name, true);
    return known;
  }

  return {
    opened(connection) {
      const { endpoint, address } = connection;
      open.set(connection.id, connection);
      limiterOf(endpoint.dialect).acquire(address);
      const own = countsOf(endpoint.dialect, endpoint.path);
      own.open++;
      own.accepted++;
      if (isBack(connection)) own.reconnections++;
    },
    closed(connection, code) {
      const { endpoint, address, counters } = connection;
      if (!open.delete(connection.id)) return;
      limiterOf(endpoint.dialect).release(address);
      const own = countsOf(endpoint.dialect, endpoint.path);
      own.open--;
      own.received += counters.received;
      own.sent += counters.sent;
      const name = nameOf(connection);
      if (name !== null) named.set(name, true);
      else if (code !== 1000 && code !== 1001) lost.set(originOf(connection), true);
    },
    refused(endpoint, path) {
      failed();
      if (endpoint !== null) countsOf(endpoint.dialect, endpoint.path).refused++;
      else if (path.startsWith('/ws/')) countsOf('unknown', unknownFeeds).refused++;
    },
    failed,
    answered: ({ dialect, path }, ms) => countsOf(dialect, path).pings.add(ms),
    get failures() {
      return failures;
    },
    get size() {
      return open.size;
    },
    openFrom: (dialect, address) => limiterOf(dialect).countOf(address),
    recentFailures: () => recentFailures.summary().count,
    snapshot() {
      for (const { dialect, path } of endpoints()) countsOf(dialect, path);
      return {
        open: [...open.values()].map(shown),
        endpoints: endpointCounts(),
      };
    },
    async closeAll(code = 1001, graceMs = 2_000) {
      const all = [...open.values()];
      for (let first = 0; first < all.length; first += closingBatch) {
        if (first > 0) await sleep(closingPauseMs);
        for (const { socket, endpoint } of all.slice(first, first + closingBatch))
          socket.close(endpoint.goingAwayCode ?? code, 'The server shuts down.');
      }
      await Promise.race([
        Promise.all(all.map(({ socket }) => gone(socket))),
        sleep(graceMs, undefined, { ref: false }),
      ]);
      for (const { socket } of open.values()) socket.terminate();
    },
  };
}

function shown(connection: SocketConnection): OpenSocket {
  const { id, endpoint, address, viewer, openedAt, counters } = connection;
  return {
    id,
    dialect: endpoint.dialect,
    path: endpoint.path,
    address,
    subject: viewer.subject,
    userAgent: userAgentOf(connection),
    openedAt,
    ...counters,
  };
}

function nameOf({ endpoint, url }: SocketConnection): string | null {
  const clientId = url.searchParams.get('client_id');
  return clientId === null || !/^[\w.:-]{1,128}$/.test(clientId)
    ? null
    : `${endpoint.dialect} ${endpoint.path} ${clientId}`;
}

function originOf(connection: SocketConnection): string {
  const { endpoint, address } = connection;
  return `${endpoint.dialect} ${endpoint.path} ${address} ${userAgentOf(connection) ?? ''}`;
}

function userAgentOf({ request }: SocketConnection): string | null {
  return request.headers['user-agent']?.slice(0, userAgentCharsMax) ?? null;
}

function gone(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState === WebSocket.CLOSED) resolve();
    else socket.once('close', () => resolve());
  });
}
