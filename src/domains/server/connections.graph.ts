import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { dateTime, exposedFields, int, listOf, named, nullable, string } from '../../graph/exposed-fields.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { listSize } from '../../graph/list-size.ts';
import type { EndpointCounts, OpenSocket } from '../../graph/server-stats.ts';
import { connectionsSampled, type ConnectionStats } from './events.ts';

type ConnectionQuality = 'EXCELLENT' | 'GOOD' | 'FAIR' | 'POOR';

/** @param latencyMs from a ping to its pong. */
export function qualityOf(latencyMs: number): ConnectionQuality {
  if (latencyMs < 50) return 'EXCELLENT';
  if (latencyMs <= 150) return 'GOOD';
  return latencyMs <= 300 ? 'FAIR' : 'POOR';
}

const ConnectionQualityType = describedEnum<ConnectionQuality>(
  'ConnectionQuality',
  'Quality of a connection by its latency, the time from a ping to the pong.',
  {
    EXCELLENT: 'Latency below 50 ms.',
    GOOD: 'Latency of 50 to 150 ms.',
    FAIR: 'Latency above 150 ms, up to 300 ms.',
    POOR: 'Latency above 300 ms.',
  },
);

const Socket = builder.objectRef<OpenSocket>('Socket').implement({
  description: 'An open WebSocket of this instance.',
  fields: (t) => ({
    socketId: t.exposeID('id', { description: 'Identifier, unique in this process.' }),
    ...exposedFields(t, {
      dialect: string('Protocol of the client: `graphql`, or the name of an old system.'),
      path: string('URL path of the handshake.'),
      address: string('IP address of the client.'),
      subject: string('Subject of the credential. `anonymous` without a credential.'),
      userAgent: nullable.string('User-Agent header of the handshake. Null if the client sent none.'),
      openedAt: dateTime('Time of the handshake.'),
      received: named('receivedCount', int('Number of messages received from the client.')),
      sent: named('sentCount', int('Number of messages sent to the client.')),
      latencyMs: nullable.float(
        'Time from the last ping to its pong, in milliseconds. Null before the first pong.',
      ),
      lastReceivedAt: nullable.dateTime(
        'Time of the last pong or message from the client. Null before the first.',
      ),
    }),
    quality: t.field({
      type: ConnectionQualityType,
      nullable: true,
      description: 'Quality of the connection by `latencyMs`. Null before the first pong.',
      resolve: ({ latencyMs }) => (latencyMs === null ? null : qualityOf(latencyMs)),
    }),
  }),
});

const Endpoint = builder.objectRef<EndpointCounts>('Endpoint').implement({
  description: 'Connections of a WebSocket path. Counts are since the process started.',
  fields: (t) =>
    exposedFields(t, {
      dialect: string('Protocol of the path: `graphql`, or the name of an old system.'),
      path: string('URL path. `/ws/*` counts handshakes at unknown paths below `/ws/`.'),
      open: named('openCount', int('Number of sockets that are open now.')),
      avgLatencyMs: nullable.float(
        'Mean time from ping to pong, in milliseconds: the last measurement of each open socket. Null without a ' +
          'measurement.',
      ),
      accepted: named('acceptedCount', int('Number of accepted handshakes.')),
      refused: named('refusedCount', int('Number of rejected handshakes.')),
      reconnectionCount: int(
        'Number of accepted handshakes of returning clients: with a known `client_id`, or with the same address and ' +
          'User-Agent within 60 s after a close with a code other than 1000 and 1001.',
      ),
    }),
});

export const Connections = builder.objectRef<ConnectionStats>('Connections').implement({
  description: 'Connections and HTTP requests of this instance. Source: counters of this process.',
  fields: (t) => ({
    ...exposedFields(t, {
      messageLatencyMs: nullable.float(
        'Mean time from the arrival of a value in the journal to its writing to a subscriber in the last 60 seconds, in ' +
          'milliseconds, without replays. Null if nothing was written.',
      ),
      httpRequestCount: int(
        'Number of HTTP requests in the last 60 seconds, without event streams, health probes and metrics scrapes.',
      ),
      httpResponseMs: nullable.float(
        'Mean time from the arrival of an HTTP request to its response in the last 60 seconds, in milliseconds. Null ' +
          'without requests.',
      ),
      failedAttemptCount: int(
        'Number of WebSocket connections that were rejected at the handshake, sent a wrong credential, or were closed ' +
          'because no pong arrived, in the last 60 seconds.',
      ),
      endpoints: listOf(Endpoint, 'Counts per WebSocket path.'),
      sampledAt: dateTime('Time of the sample.'),
    }),
    openCount: t.int({ description: 'Number of open WebSockets.', resolve: ({ sockets }) => sockets.length }),
    sockets: t.field({
      type: [Socket],
      description: 'All open WebSockets.',
      extensions: listSize(1_000),
      resolve: ({ sockets }) => [...sockets],
    }),
  }),
});

/** The newest sample of this instance; all zero before the first. */
export function newestConnections({ journal, serverInfo }: GraphContext): ConnectionStats {
  return journal.gauges.newest(connectionsSampled, serverInfo.hostId)?.payload ?? noConnections();
}

function noConnections(): ConnectionStats {
  return {
    sampledAt: Date.now(),
    messageLatencyMs: null,
    httpRequestCount: 0,
    httpResponseMs: null,
    failedAttemptCount: 0,
    sockets: [],
    endpoints: [],
  };
}

gaugeSubscription('connections', {
  type: Connections,
  topic: connectionsSampled,
  description: 'Connections of this instance, sampled every `everyMs`.',
  keys: (_args, { serverInfo }) => [serverInfo.hostId],
  everyMs: { defaultMs: 5_000 },
  freshMs: 0,
  query: {
    description: 'Returns the current connections of this instance.',
    maxAgeMs: 0,
    waitMs: 1_000,
    fallback: noConnections,
  },
});
