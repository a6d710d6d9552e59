import type { AppError } from '../errors.ts';
import type { SocketEndpoint } from '../websocket/endpoint.ts';
import type { Feed, FeedOptions, FeedSpec } from './dialect.ts';
import { featureOff } from './features.ts';
import { feedEncoder } from './feed-frame.ts';
import { FeedSession } from './feed-session.ts';
import { IntervalTimer } from './interval-timer.ts';
import { RememberedClients } from './remembered-clients.ts';
import { invalidParameter } from './rest-errors.ts';

/** The WebSocket endpoints of a dialect. Each is a client of the graph, whose sockets share encoded messages. */
export function createFeeds(options: FeedOptions): SocketEndpoint[] {
  const clients = new RememberedClients(options.dialect.name, options.sharedProgress ?? null);
  return options.dialect.feeds.map((spec) => createFeed(options, spec, clients));
}

function createFeed(options: FeedOptions, spec: FeedSpec, clients: RememberedClients): SocketEndpoint {
  const { dialect, limits, features } = options;
  const streams = spec.parts.filter((part) => part.kind === 'gauge' || part.kind === 'event');
  const intervals = spec.parts.filter((part) => part.kind === 'interval');
  const feed: Feed = {
    ...options,
    spec,
    clients,
    encoders: new Map(streams.map((part) => [part, feedEncoder(`${dialect.name} ${spec.path}`, part)])),
    timers: intervals.map((part) => new IntervalTimer(part)),
  };
  return {
    dialect: dialect.name,
    path: spec.path,
    origins: dialect.origins,
    ...(spec.matches === undefined ? {} : { matches: spec.matches }),
    perAddressMax: dialect.limitedPerAddress === true ? limits.perAddressMax : null,
    protocols: null,
    frameBytesMax: 2 * limits.messageBytesMax,
    disabledBy: () => featureOff(spec.needs ?? [], features),
    reject: checkClientId,
    ...(spec.identify === undefined ? {} : { identify: spec.identify }),
    opened: (connection) =>
      spec.serve === undefined
        ? void new FeedSession(feed, connection).start()
        : spec.serve(feed, connection),
  };
}

function checkClientId(url: URL): AppError | null {
  const clientId = url.searchParams.get('client_id');
  if (clientId === null || /^[A-Za-z0-9._:-]{1,128}$/.test(clientId)) return null;
  return invalidParameter('client_id', 'client_id must be 1 to 128 letters, digits or any of . _ : -');
}
