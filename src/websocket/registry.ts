import { Histogram } from '../lib/histogram.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { closeCodes } from '../errors.ts';
import type { EndpointCounts, OpenSocket } from '../graph/server-stats.ts';
import type { SocketConnection, SocketEndpoint } from './endpoint.ts';
import { RollingWindow } from '../lib/rolling-window.ts';
import { ConcurrencyLimiter, type PeerCounts } from '../lib/concurrency-limiter.ts';
import { growingLru } from '../lib/growing-lru.ts';
import { spreadOver } from '../lib/spread-over.ts';

/**
 * The open sockets, and counters since the start. The upgrade handler reports sockets to it; the graph, the metrics and
 * the limits read it. Its memory is bounded by the open sockets and by the named limits below.
 */
export interface Registry {
  opened(connection: SocketConnection): void;
  closed(connection: SocketConnection, code: number): void;
  /** Counts a rejected handshake. @param endpoint null: the path has none. */
  rejected(endpoint: SocketEndpoint | null, path: string): void;
  /** Counts another failed connection: no pong arrived, or a credential in a message was invalid. */
  failed(): void;
  /** Number of open sockets. */
  readonly size: number;
  /** Number of open sockets of all processes that share the limits. */
  readonly sizeOfAll: number;
  /** Number of open sockets of this address on all endpoints of this dialect. */
  openFrom(dialect: string, address: string): number;
  /** Counts a pong that a client sent this time after the ping. */
  ponged(endpoint: SocketEndpoint, ms: number): void;
  /** Rejected and failed connections since the start. */
  readonly failures: number;
  /** Rejected and failed connections of the last 60 seconds. */
  recentFailures(): number;
  snapshot(): RegistrySnapshot;
  /**
   * Closes every socket, in batches within `spreadMs`, and waits `graceMs` for the clients to close theirs. Those that are
   * still open then are terminated, unless `graceMs` is 0.
   */
  closeAll(options?: { readonly graceMs?: number; readonly spreadMs?: number }): Promise<void>;
}

export interface RegistrySnapshot {
  readonly open: readonly OpenSocket[];
  readonly endpoints: readonly EndpointCounts[];
}

/** The path under which rejected handshakes at paths below `/ws/` without an endpoint are counted. */
export const unknownFeeds = '/ws/*';

const userAgentCharsMax = 256;
/** Number of clients remembered, to recognise those that reconnect. */
const rememberedMax = 10_000;
/** How long a client without `client_id` is recognised by address and User-Agent. */
const namelessMs = 60_000;
const namedMs = 86_400_000;

/** `received` and `sent` are those of closed sockets. */
type Counts = {
  -readonly [Name in keyof Omit<EndpointCounts, 'pings' | 'avgLatencyMs'>]: EndpointCounts[Name];
} & {
  readonly pings: Histogram;
};

/**
 * @param endpoints are counted from the start, even before their first handshake
 * @param peers counts of other processes by this name that share the limits
 */
export function createRegistry(
  endpoints: () => readonly SocketEndpoint[] = () => [],
  peers: (name: string) => PeerCounts | null = () => null,
): Registry {
  const sockets = new ConcurrencyLimiter(null, peers('sockets'));
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
        reconnectionCount: 0,
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
      own = new ConcurrencyLimiter(null, peers(`sockets of ${dialect}`));
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
      avgLatencyMs: measured === 0 ? null : latencySumMs / measured,
    }));
  }

  /** Whether a client has been connected before: by its `client_id`, or by its address and User-Agent a moment ago. */
  function isReconnection(connection: SocketConnection): boolean {
    const name = nameOf(connection);
    if (name === null) {
      const origin = originOf(connection);
      const wasLost = lost.has(origin); // `delete` returns true for an expired entry as well
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
      sockets.acquire(address);
      const own = countsOf(endpoint.dialect, endpoint.path);
      own.open++;
      own.accepted++;
      if (isReconnection(connection)) own.reconnectionCount++;
    },
    closed(connection, code) {
      const { endpoint, address, counters } = connection;
      if (!open.delete(connection.id)) return;
      limiterOf(endpoint.dialect).release(address);
      sockets.release(address);
      const own = countsOf(endpoint.dialect, endpoint.path);
      own.open--;
      own.received += counters.received;
      own.sent += counters.sent;
      const name = nameOf(connection);
      if (name !== null) named.set(name, true);
      else if (code !== closeCodes.normal && code !== closeCodes.goingAway)
        lost.set(originOf(connection), true);
    },
    rejected(endpoint, path) {
      failed();
      if (endpoint !== null) countsOf(endpoint.dialect, endpoint.path).refused++;
      else if (path.startsWith('/ws/')) countsOf('unknown', unknownFeeds).refused++;
    },
    failed,
    ponged: ({ dialect, path }, ms) => countsOf(dialect, path).pings.add(ms),
    get failures() {
      return failures;
    },
    get size() {
      return open.size;
    },
    get sizeOfAll() {
      return sockets.count;
    },
    openFrom: (dialect, address) => limiterOf(dialect).countOf(address),
    recentFailures: () => recentFailures.summary().count,
    snapshot() {
      for (const { dialect, path } of endpoints()) countsOf(dialect, path);
      return {
        open: [...open.values()].map(toOpenSocket),
        endpoints: endpointCounts(),
      };
    },
    async closeAll({ graceMs = 2_000, spreadMs = 0 } = {}) {
      const all = [...open.values()];
      await spreadOver(all, spreadMs, ({ socket, endpoint }) =>
        socket.close(endpoint.shutdownCloseCode ?? closeCodes.goingAway, 'The server shuts down.'),
      );
      if (graceMs === 0) return;
      await Promise.race([
        Promise.all(all.map(({ socket }) => closed(socket))),
        sleep(graceMs, undefined, { ref: false }),
      ]);
      for (const { socket } of open.values()) socket.terminate();
    },
  };
}

function toOpenSocket(connection: SocketConnection): OpenSocket {
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

function closed(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState === WebSocket.CLOSED) resolve();
    else socket.once('close', () => resolve());
  });
}
