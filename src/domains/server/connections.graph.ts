import { builder } from '../../graph/builder.ts';
import { dateTime, exposedFields, id, int, listOf, nullable, string } from '../../graph/exposed-fields.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { listSize } from '../../graph/list-size.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { censusTaken, type Census, type EndpointCount, type OpenSocket } from './events.ts';

type ConnectionQuality = 'EXCELLENT' | 'GOOD' | 'FAIR' | 'POOR';

/** @param latencyMs from a ping to its pong. */
export function qualityOf(latencyMs: number): ConnectionQuality {
  if (latencyMs < 50) return 'EXCELLENT';
  if (latencyMs <= 150) return 'GOOD';
  return latencyMs <= 300 ? 'FAIR' : 'POOR';
}

const ConnectionQualityType = describedEnum<ConnectionQuality>(
  'ConnectionQuality',
  'How fast a client answers a ping.',
  {
    EXCELLENT: 'Within less than 50 ms.',
    GOOD: 'Within 50 to 150 ms.',
    FAIR: 'Within more than 150 to 300 ms.',
    POOR: 'After more than 300 ms.',
  },
);

const Socket = builder.objectRef<OpenSocket>('Socket').implement({
  description: 'An open WebSocket of this instance.',
  fields: (t) => ({
    ...exposedFields(t, {
      id: id('Unique in this process.'),
      dialect: string('`graphql` for the graph itself, else the old system it speaks.'),
      path: string('The path it was opened on.'),
      address: string('The client’s address.'),
      subject: string('Who it authenticated as; `anonymous` without a credential.'),
      userAgent: nullable.string('As the client sent it.'),
      openedAt: dateTime('Since when.'),
      received: int('Messages from the client.'),
      sent: int('Messages to the client.'),
      latencyMs: nullable.float('Ping to pong, milliseconds; null until measured.'),
    }),
    lastHeardAt: t.expose('heardAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its last pong or message came; null before the first.',
    }),
    quality: t.field({
      type: ConnectionQualityType,
      nullable: true,
      description: 'The same in a word; null until measured.',
      resolve: ({ latencyMs }) => (latencyMs === null ? null : qualityOf(latencyMs)),
    }),
  }),
});

const Endpoint = builder.objectRef<EndpointCount>('Endpoint').implement({
  description: 'What a WebSocket path has seen since the process started.',
  fields: (t) => ({
    ...exposedFields(t, {
      dialect: string('Whose path it is.'),
      open: int('Open now.'),
      meanLatencyMs: nullable.float(
        'Ping to pong, milliseconds: the mean of what was measured last of each that is open; null without any.',
      ),
      accepted: int('Let in.'),
      refused: int('Turned away at the handshake.'),
      reconnections: int(
        'Of the accepted ones, those that came back: with a known client_id, or from the same client within 60 s of an ' +
          'end that was neither 1000 nor 1001.',
      ),
    }),
    path: t.exposeString('path', { description: '`/ws/*` counts paths below /ws that are no feed.' }),
  }),
});

export const Connections = builder.objectRef<Census>('Connections').implement({
  description: 'Who is connected to this instance. Source: its own table of sockets.',
  fields: (t) => ({
    ...exposedFields(t, {
      messageLatencyMs: nullable.float(
        'Mean time from a value’s arrival in the journal to its writing to a reader, last 60 seconds, milliseconds; ' +
          'null when nothing was written. Replays do not count.',
      ),
      httpRequests: int(
        'HTTP requests answered in the last 60 seconds; event streams, probes and scrapes do not count.',
      ),
      httpResponseMs: nullable.float(
        'Mean time from a request’s arrival to its answer, last 60 seconds, milliseconds; null without any.',
      ),
      failedAttempts: int(
        'WebSocket connections of the last 60 seconds that were refused at the handshake, gave a wrong credential, or ' +
          'were ended because no pong came.',
      ),
      endpoints: listOf(Endpoint, 'Counts per path.'),
      sampledAt: dateTime('When it was counted.'),
    }),
    open: t.int({ description: 'Open sockets.', resolve: ({ sockets }) => sockets.length }),
    sockets: t.field({
      type: [Socket],
      description: 'Every open socket.',
      extensions: listSize(1_000),
      resolve: ({ sockets }) => [...sockets],
    }),
  }),
});

/** Before anything was counted. */
export function emptyCensus(): Census {
  return {
    sampledAt: Date.now(),
    messageLatencyMs: null,
    httpRequests: 0,
    httpResponseMs: null,
    failedAttempts: 0,
    sockets: [],
    endpoints: [],
  };
}

gaugeSubscription('connections', {
  type: Connections,
  topic: censusTaken,
  description: 'Who is connected, counted again every `everyMs`.',
  keys: (_args, { serverInfo }) => [serverInfo.hostId],
  everyMs: { defaultMs: 5_000 },
  freshMs: 0,
  query: {
    description: 'Who is connected now.',
    maxAgeMs: 0,
    waitMs: 1_000,
    fallback: emptyCensus,
  },
});
