import { builder } from '../../graph/builder.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { listSize } from '../../graph/list-size.ts';
import { everyMsDescription, paceOf, stream, throughTheDoor } from '../../graph/stream.ts';
import { censusTaken, type Census, type EndpointCount, type OpenSocket } from './events.ts';
import { qualityOf, type ConnectionQuality } from './quality.ts';

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
    id: t.exposeID('id', { description: 'Unique in this process.' }),
    dialect: t.exposeString('dialect', {
      description: '`graphql` for the graph itself, else the old system it speaks.',
    }),
    path: t.exposeString('path', { description: 'The path it was opened on.' }),
    address: t.exposeString('address', { description: 'The client’s address.' }),
    subject: t.exposeString('subject', {
      description: 'Who it authenticated as; `anonymous` without a credential.',
    }),
    userAgent: t.exposeString('userAgent', { nullable: true, description: 'As the client sent it.' }),
    openedAt: t.expose('openedAt', { type: 'DateTime', description: 'Since when.' }),
    received: t.exposeInt('received', { description: 'Messages from the client.' }),
    sent: t.exposeInt('sent', { description: 'Messages to the client.' }),
    latencyMs: t.exposeFloat('latencyMs', {
      nullable: true,
      description: 'Ping to pong, milliseconds; null until measured.',
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
    dialect: t.exposeString('dialect', { description: 'Whose path it is.' }),
    path: t.exposeString('path', { description: '`/ws/*` counts paths below /ws that are no feed.' }),
    open: t.exposeInt('open', { description: 'Open now.' }),
    meanLatencyMs: t.exposeFloat('meanLatencyMs', {
      nullable: true,
      description:
        'Ping to pong, milliseconds: the mean of what was measured last of each that is open; null without any.',
    }),
    accepted: t.exposeInt('accepted', { description: 'Let in.' }),
    refused: t.exposeInt('refused', { description: 'Turned away at the handshake.' }),
    reconnections: t.exposeInt('reconnections', {
      description:
        'Of the accepted ones, those that came back: with a known client_id, or from the same client within 60 s of an ' +
        'end that was neither 1000 nor 1001.',
    }),
  }),
});

export const Connections = builder.objectRef<Census>('Connections').implement({
  description: 'Who is connected to this instance. Source: its own table of sockets.',
  fields: (t) => ({
    open: t.int({ description: 'Open sockets.', resolve: ({ sockets }) => sockets.length }),
    messageLatencyMs: t.exposeFloat('messageLatencyMs', {
      nullable: true,
      description:
        'Mean time from a value’s arrival in the journal to its writing to a reader, last 60 seconds, milliseconds; ' +
        'null when nothing was written. Replays do not count.',
    }),
    httpRequests: t.exposeInt('httpRequests', {
      description:
        'HTTP requests answered in the last 60 seconds; event streams, probes and scrapes do not count.',
    }),
    httpResponseMs: t.exposeFloat('httpResponseMs', {
      nullable: true,
      description:
        'Mean time from a request’s arrival to its answer, last 60 seconds, milliseconds; null without any.',
    }),
    failedAttempts: t.exposeInt('failedAttempts', {
      description:
        'WebSocket connections of the last 60 seconds that were refused at the handshake, gave a wrong credential, or ' +
        'were ended because no pong came.',
    }),
    sockets: t.field({
      type: [Socket],
      description: 'Every open socket.',
      extensions: listSize(1_000),
      resolve: ({ sockets }) => [...sockets],
    }),
    endpoints: t.field({
      type: [Endpoint],
      description: 'Counts per path.',
      resolve: ({ endpoints }) => [...endpoints],
    }),
    sampledAt: t.expose('sampledAt', { type: 'DateTime', description: 'When it was counted.' }),
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

builder.queryField('connections', (t) =>
  t.field({
    type: Connections,
    requires: 'read',
    description: 'Who is connected now.',
    resolve: async (_root, _args, { journal, facts }) => {
      await journal.demand.freshen(censusTaken.name, 0, 1_000);
      return journal.gauges.newest(censusTaken, facts.hostId)?.payload ?? emptyCensus();
    },
  }),
);

builder.subscriptionField('connections', (t) =>
  t.field({
    type: Connections,
    requires: 'read',
    description:
      'LATEST, not again while it stays the same. Who is connected, counted again every `everyMs`.',
    args: {
      everyMs: t.arg.int({ description: everyMsDescription({ defaultMs: 5_000 }) }),
    },
    extensions: stream({
      delivery: 'LATEST',
      topic: censusTaken.name,
      keys: (_args, { facts }) => [facts.hostId],
      everyMs: (args, { facts }) => paceOf(args, facts.intervals.connectionsMs),
      freshMs: 0,
    }),
    subscribe: throughTheDoor<Census>,
    resolve: (entry) => entry.payload,
  }),
);
