import type { Delivery } from '../delivery/delivery.ts';
import type { Rejection } from '../http/request.ts';
import type { Ticker } from '../delivery/connection.ts';
import type { Engine } from '../engine/engine.ts';
import type { Encoder } from '../delivery/encoder.ts';
import type { Log, SocketLog } from '../log/log.ts';
import type { SocketConnection, SocketEndpoint } from '../websocket/endpoint.ts';
import type { Dialect, EventPart, FeedSpec, GaugePart, PulsePart } from './dialect.ts';
import { featureOff } from './features.ts';
import { feedEncoder, type FeedFrame } from './feed-frame.ts';
import { FeedSession } from './feed-session.ts';
import { Pulse } from './pulse.ts';
import { RememberedClients } from './remembered-clients.ts';

export interface FeedOptions {
  readonly engine: Engine;
  readonly delivery: Delivery;
  readonly ticker: Ticker;
  readonly dialect: Dialect;
  readonly features: Readonly<Record<string, boolean>>;
  readonly limits: FeedLimits;
  readonly log: Log;
  readonly socketLog: SocketLog;
  /** A client was closed because it would not stop sending. */
  readonly flooded?: (connection: SocketConnection) => void;
  /** A client was closed because it may no longer see this. */
  readonly accessEnded?: (connection: SocketConnection) => void;
}

export interface FeedLimits {
  /** A message up to this size is read; up to twice that is refused; above, the socket ends with 1009. */
  readonly messageBytesMax: number;
  /** Messages of a client that are read in any second. */
  readonly messagesPerSecondMax: number;
  /** Open sockets of one address on all feeds of a dialect that limits them; null: no limit. */
  readonly perAddressMax: number | null;
  /** Events replayed at most to a client that comes back; 0: none. */
  readonly replayMax: number;
}

/** What all sockets of one feed share. */
export interface Feed extends FeedOptions {
  readonly spec: FeedSpec;
  readonly encoders: ReadonlyMap<GaugePart | EventPart, Encoder<FeedFrame>>;
  readonly clients: RememberedClients;
  readonly pulses: ReadonlyMap<PulsePart, Pulse>;
}

/** The raw WebSocket feeds of a dialect. Each is a client of the graph, and its clients share the frames of its groups. */
export function createFeeds(options: FeedOptions): SocketEndpoint[] {
  const clients = new RememberedClients();
  return options.dialect.feeds.map((spec) =>
    endpointOf({
      ...options,
      spec,
      clients,
      encoders: encodersOf(options.dialect, spec),
      pulses: pulsesOf(spec),
    }),
  );
}

function encodersOf({ name }: Dialect, { path, parts }: FeedSpec): Feed['encoders'] {
  const streams = parts.filter((part) => part.kind === 'gauge' || part.kind === 'event');
  return new Map(streams.map((part) => [part, feedEncoder(`${name} ${path}`, part)]));
}

function pulsesOf({ parts }: FeedSpec): Feed['pulses'] {
  const pulses = parts.filter((part) => part.kind === 'pulse');
  return new Map(pulses.map((part) => [part, new Pulse(part)]));
}

function endpointOf(feed: Feed): SocketEndpoint {
  const { dialect, spec, limits, features } = feed;
  return {
    dialect: dialect.name,
    path: spec.path,
    origins: dialect.origins,
    ...(spec.takes === undefined ? {} : { takes: spec.takes }),
    perAddressMax: dialect.limitedPerAddress === true ? limits.perAddressMax : null,
    protocols: null,
    frameBytesMax: 2 * limits.messageBytesMax,
    disabledBy: () => featureOff(spec.needs, features),
    refuse: refuseClientId,
    ...(spec.identify === undefined ? {} : { identify: spec.identify }),
    opened: (connection) =>
      spec.serve === undefined
        ? void new FeedSession(feed, connection).start()
        : spec.serve(feed, connection),
  };
}

function refuseClientId(url: URL): Rejection | null {
  const clientId = url.searchParams.get('client_id');
  if (clientId === null || /^[A-Za-z0-9._:-]{1,128}$/.test(clientId)) return null;
  return {
    status: 400,
    code: 'INVALID_PARAMETER',
    message: 'client_id must be 1 to 128 letters, digits or any of . _ : -',
    details: { param: 'client_id' },
  };
}
