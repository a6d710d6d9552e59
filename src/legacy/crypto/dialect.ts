import { isoControlMessages } from '../control-messages.ts';
import type { Dialect, FeedSpec } from '../dialect.ts';
import { eventPart, gaugePart, intervalPart, staticPart } from '../feed-parts.ts';
import { CryptoEventsDocument, CryptoStatusEveryDocument } from '../documents.generated.ts';
import * as live from './map-live.ts';
import { operationRoutes } from './routes-operations.ts';
import { providerRoutes } from './routes-providers.ts';
import { serverRoutes } from './routes-server.ts';
import { feedPath } from './sockets.ts';
import { messages } from './message-schemas.ts';

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
    controlMessages: isoControlMessages,
  };
}

function feedOf(pingEveryMs: number): FeedSpec {
  return {
    path: feedPath,
    summary: 'Provider metrics, new log rows, rate limit alerts and status changes.',
    messages,
    parts: [
      staticPart({ name: 'connection_established', message: live.connectionEstablished }),
      gaugePart({
        name: 'status_update',
        document: CryptoStatusEveryDocument,
        variables: { everyMs: statusEveryMs },
        map: live.statusUpdate,
      }),
      // one subscription for all kinds preserves their order
      eventPart({
        name: 'events',
        document: CryptoEventsDocument,
        map: live.eventMessage,
        replayed: true,
      }),
      intervalPart({ name: 'ping', everyMs: pingEveryMs, message: live.ping }),
    ],
  };
}
