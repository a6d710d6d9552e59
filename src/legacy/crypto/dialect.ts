import type { Dialect, FeedSpec } from '../dialect.ts';
import { eventPart, gaugePart, intervalPart, staticPart } from '../feed-parts.ts';
import { CryptoEventsDocument, CryptoStatusEveryDocument } from '../documents.generated.ts';
import { isoTime } from '../labels.ts';
import * as live from './map-live.ts';
import { operationRoutes } from './routes-operations.ts';
import { providerRoutes } from './routes-providers.ts';
import { serverRoutes } from './routes-server.ts';
import { feedPath } from './sockets.ts';
import * as schemas from './message-schemas.ts';

const statusEveryMs = 10_000;

export interface CryptoOptions extends Pick<Dialect, 'origins'> {
  /** All dialects, for the list of endpoints; called for each request. */
  readonly dialects: () => readonly Dialect[];
  /** The interval between two pings. */
  readonly pingEveryMs: number;
}

/** The Crypto API Monitoring System. */
export function cryptoDialect({ dialects, origins, pingEveryMs }: CryptoOptions): Dialect {
  return {
    name: 'crypto',
    origins,
    title: 'Crypto API Monitoring System',
    credentials: true,
    feeds: [feedOf(pingEveryMs)],
    routes: [...serverRoutes(dialects), ...providerRoutes, ...operationRoutes],
    controlMessages: {
      error: ({ code, message }, atMs) => ({ type: 'error', code, message, timestamp: isoTime(atMs) }),
      pong: (atMs) => ({ type: 'pong', timestamp: isoTime(atMs) }),
    },
  };
}

function feedOf(pingEveryMs: number): FeedSpec {
  return {
    path: feedPath,
    summary: 'Provider metrics, new log rows, rate limit alerts and status changes.',
    parts: [
      staticPart({
        name: 'connection_established',
        message: live.connectionEstablished,
        messages: schemas.hello,
      }),
      gaugePart({
        name: 'status_update',
        document: CryptoStatusEveryDocument,
        variables: { everyMs: statusEveryMs },
        map: live.statusUpdate,
        messages: schemas.statusUpdate,
      }),
      // one subscription to all kinds, to keep their order
      eventPart({
        name: 'events',
        document: CryptoEventsDocument,
        map: live.eventMessage,
        messages: schemas.happened,
        replayed: true,
      }),
      intervalPart({ name: 'ping', everyMs: pingEveryMs, message: live.ping, messages: schemas.ping }),
    ],
  };
}
