import { capabilities, type Viewer } from '../../auth/viewer.ts';
import { builder } from '../../graph/builder.ts';
import type { Health, Listener, Realtime, ServerInfo, SourceStats } from '../../graph/context.ts';
import type { NewsCarrier } from '../../graph/server-stats.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import {
  boolean,
  dateTime,
  exposedFields,
  float,
  id,
  int,
  listOf,
  named,
  nullable,
  of,
  string,
  stringList,
} from '../../graph/exposed-fields.ts';
import { linkField } from '../../graph/links.ts';
import { Host } from '../host/graph.ts';
import { newestConnections } from './connections.graph.ts';
import { connectionsSampled } from './events.ts';

/** The queries `config`, `health`, `sources` and `viewer`: this process, and the viewer of the request. */

const FeatureType = builder.objectRef<{ name: string; enabled: boolean }>('Feature').implement({
  description: 'A feature flag of the configuration.',
  fields: (t) =>
    exposedFields(t, {
      name: string('Environment variable of the flag, as in `FEATURE_SYSTEM_MONITORING`.'),
      enabled: boolean('Whether the feature is on.'),
    }),
});

const ListenerType = builder.objectRef<Listener>('Listener').implement({
  description: 'A TCP address on which the server accepts connections.',
  fields: (t) =>
    exposedFields(t, {
      name: string('`main`, or the name of the old system whose port this is.'),
      url: string('Base URL of the listener.'),
    }),
});

const RealtimeType = builder.objectRef<Realtime>('RealtimeAdvice').implement({
  description:
    'How clients of the old systems should reconnect, and how the server checks their connections.',
  fields: (t) =>
    exposedFields(t, {
      reconnectAttemptsMax: int('Number of attempts after which a client should give up.'),
      reconnectDelayMs: int('Delay before the first attempt, in milliseconds.'),
      reconnectDelayMsMax: int('Maximum delay between attempts, in milliseconds.'),
      backoffMultiplier: float('Factor by which the delay grows from one attempt to the next.'),
      pingIntervalMs: int('Interval of the pings that the server sends, in milliseconds.'),
      pongTimeoutMs: int(
        'Time after a ping without a pong after which the server closes the connection, in milliseconds.',
      ),
      replayedEventsMax: int('Maximum number of events that are replayed to a client that reconnects.'),
    }),
});

const AdvertisedType = builder.objectRef<ServerInfo['advertised']>('AdvertisedAddress').implement({
  description:
    'The public address of the server. Behind a proxy it differs from the addresses on which the server listens.',
  fields: (t) => ({
    ...exposedFields(t, {
      host: string('Host name or address.'),
      port: int('TCP port.'),
      protocol: string('`ws` or `wss`.'),
    }),
    url: t.string({
      description: 'URL made of the protocol, the host and the port.',
      resolve: ({ protocol, host, port }) => `${protocol}://${host}:${port}`,
    }),
  }),
});

const Config = builder.objectRef<ServerInfo>('ServerConfig').implement({
  description:
    'Configuration of this process, without secrets. Source: environment variables and dashboard_config.yaml.',
  fields: (t) => ({
    ...exposedFields(t, {
      name: string('Name of the program.'),
      version: string('Version of the program, as in `1.2.3`.'),
      environment: string('Value of NODE_ENV. `production` if the variable is not set.'),
      hostId: id('Id of the host on which this process runs.'),
      startedAt: dateTime('Time when the process started.'),
      realtime: of(RealtimeType, 'Settings for clients of the old systems.'),
      advertised: of(AdvertisedType, 'Public address that clients should use.'),
    }),
    host: linkField(t, {
      to: Host,
      description: 'The host on which this process runs. Null while it is not sampled.',
      key: ({ hostId }) => hostId,
    }),
    uptimeMs: t.field({
      type: 'SafeInt',
      description: 'Milliseconds since the process started.',
      resolve: ({ startedAt }) => Date.now() - startedAt,
    }),
    features: t.field({
      type: [FeatureType],
      description: 'All feature flags.',
      resolve: ({ features }) => Object.entries(features).map(([name, enabled]) => ({ name, enabled })),
    }),
    listeners: t.field({
      type: [ListenerType],
      description: 'Addresses on which the server accepts connections.',
      resolve: ({ listeners }) => [...listeners()],
    }),
  }),
});

builder.queryField('config', (t) =>
  t.field({
    type: Config,
    requires: 'read',
    description: 'Returns the configuration of this process.',
    resolve: (_root, _args, { serverInfo }) => serverInfo,
  }),
);

const HealthStatus = describedEnum('HealthStatus', 'Health of the server or of its database.', {
  HEALTHY: 'Everything works.',
  DEGRADED: 'It works with restrictions.',
  UNHEALTHY: 'It does not work.',
});

const DatabaseFault = describedEnum<Health['database']['faults'][number]>(
  'DatabaseFault',
  'Why statements or connections of the database failed.',
  {
    UNREACHABLE: 'No connection could be opened, or a connection was lost.',
    REFUSED: 'The database rejected the account, or does not exist.',
    SHUTTING_DOWN: 'The database server is starting or stopping.',
    TOO_MANY_CONNECTIONS:
      'The database accepts no more connections, or all connections of this server are in use.',
    READ_ONLY: 'The database is read-only, for example a standby.',
    DISK_FULL: 'The disk of the database has no free space.',
    RESOURCES: 'The database lacks memory, file descriptors or temporary space, or an I/O operation failed.',
    TIMEOUT: 'A statement exceeded its time limit.',
    LOCKED: 'A lock could not be acquired in time.',
    CONFLICT: 'Concurrent transactions conflicted and were retried.',
  },
);

const DatabaseNotifications = describedEnum(
  'DatabaseNotifications',
  'How this server detects events that other instances have stored.',
  {
    LISTENING: 'By their news, which were verified to arrive within the last seconds.',
    POLLING: 'With a query four times a second, because news of some instances do not arrive.',
  },
);

export const NewsCarrierType = describedEnum<NewsCarrier>(
  'NewsCarrier',
  'What brings the news of other instances to an instance.',
  {
    POSTGRES: 'Notifications of PostgreSQL.',
    IPC: 'The primary process of its workers.',
    REDIS: 'A stream of Redis or Valkey (`REDIS_URL`).',
  },
);

function databaseStatus({ answers, writable, clocksDiffer }: Health['database']) {
  if (!answers || !writable) return 'UNHEALTHY';
  return clocksDiffer ? 'DEGRADED' : 'HEALTHY';
}

const DatabaseHealth = builder.objectRef<Health['database']>('StoreHealth').implement({
  description: 'Health of the database in which this server stores its data.',
  fields: (t) => ({
    ...exposedFields(t, {
      writable: boolean(
        'Whether the database can be written. False if it is read-only, full, locked or unreachable.',
      ),
      faults: listOf(
        DatabaseFault,
        'Why statements or connections failed in the last seconds. Empty without failures.',
      ),
      clockAheadMs: nullable.float(
        'Difference between the clocks of this server and of the database, in milliseconds; positive if this server is ' +
          'ahead. Null if the database does not answer. If the clocks differ by more than three minutes, retention removes ' +
          'nothing.',
      ),
      sizeBytes: nullable.safeInt('Size of the database, in bytes. Null if it does not answer.'),
    }),
    status: t.field({
      type: HealthStatus,
      description:
        'UNHEALTHY if the database does not answer or cannot be written, DEGRADED if its clock differs from that of this ' +
        'server by more than three minutes.',
      resolve: databaseStatus,
    }),
    notifications: t.field({
      type: DatabaseNotifications,
      description: 'How this server detects events that other instances have stored.',
      resolve: ({ listening }) => (listening ? 'LISTENING' : 'POLLING'),
    }),
  }),
});

const SchedulerHealth = builder.objectRef<Health['scheduler']>('SchedulerHealth').implement({
  description: 'State of the scheduler, which runs the jobs.',
  fields: (t) =>
    exposedFields(t, {
      running: boolean('Whether the scheduler is running.'),
      jobs: stringList('Ids of the jobs of this server.'),
    }),
});

const HealthType = builder.objectRef<Health>('Health').implement({
  description: 'Health of this process and its database.',
  fields: (t) => ({
    ...exposedFields(t, {
      live: boolean('Whether the process is running. Always true in a response.'),
      ready: boolean('Whether the server has started, is not stopping, and can read and write the database.'),
      database: of(DatabaseHealth, 'Health of the database of this server.'),
      scheduler: of(SchedulerHealth, 'State of the scheduler of this server.'),
    }),
    status: t.field({
      type: HealthStatus,
      description:
        'Status of the database. DEGRADED if the database is healthy but the scheduler is not running.',
      resolve({ database, scheduler }) {
        const status = databaseStatus(database);
        return status === 'HEALTHY' && !scheduler.running ? 'DEGRADED' : status;
      },
    }),
    carrier: t.field({
      type: NewsCarrierType,
      description: 'What brings the news of other instances to this one, whether they arrive or not.',
      resolve: ({ carrier }) => carrier,
    }),
    openSocketCount: t.int({
      description: 'Number of open WebSockets.',
      resolve: async (_health, _args, context) => {
        await context.journal.demand.refresh(connectionsSampled.name, 1_000, 1_000);
        return newestConnections(context).sockets.length;
      },
    }),
    checkedAt: t.field({ type: 'DateTime', description: 'Time of the check.', resolve: () => new Date() }),
  }),
});

builder.queryField('health', (t) =>
  t.field({
    type: HealthType,
    requires: 'read',
    description:
      'Returns the health of this process and its database. A probe of the database is reused for 250 ms.',
    resolve: (_root, _args, { serverInfo }) => serverInfo.health(),
  }),
);

const SourceType = builder.objectRef<SourceStats>('Source').implement({
  description: 'A source of samples, with statistics since the process started.',
  fields: (t) => ({
    ...exposedFields(t, {
      name: string(
        'Name of the source, as in `host`, `gpu`, `database` or `connections`; of a scraped target `scrape/`, its name and ' +
          'its instance.',
      ),
      samples: named('sampleCount', int('Number of successful samples.')),
      failures: named('failureCount', int('Number of samples that failed or exceeded their time limit.')),
      lastDurationMs: nullable.float(
        'Duration of the last sample, in milliseconds. Null before the first sample.',
      ),
      paceMs: nullable.float(
        'Current interval between samples, in milliseconds. Null while the source is idle.',
      ),
      failing: nullable.boolean('Whether the last sample failed. Null before the first sample.'),
      lastSuccessAt: nullable.dateTime('Time of the last successful sample. Null before it.'),
    }),
    successRatio: t.float({
      nullable: true,
      description: 'Ratio of successful samples, 0 to 1. Null before the first sample.',
      resolve: ({ samples, failures }) => (samples + failures === 0 ? null : samples / (samples + failures)),
    }),
  }),
});

builder.queryField('sources', (t) =>
  t.field({
    type: [SourceType],
    requires: 'read',
    description: 'Returns the sources of this process and their statistics.',
    resolve: (_root, _args, { serverInfo }) => [...serverInfo.sources()],
  }),
);

export const ViewerType = builder.objectRef<Viewer>('Viewer').implement({
  description: 'The subject of the request and its rights.',
  fields: (t) => ({
    ...exposedFields(t, {
      subject: id('Subject of the credential. `anonymous` without a credential.'),
      authenticated: boolean('Whether the request has a valid credential.'),
      role: named('roleId', nullable.id('Id of the role in the credential. Null without a credential.')),
    }),
    credentialId: t.id({
      nullable: true,
      description:
        'Id with which the credential can be revoked. Null without a credential, and for a JWT without `jti`.',
      resolve: ({ credential }) => credential?.id,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Expiry time of the credential. Null if it does not expire, and without a credential.',
      resolve: ({ credential }) => credential?.expiresAt,
    }),
    capabilities: t.stringList({
      description:
        'Capabilities of the subject: those that the server defines, then custom ones in alphabetical order.',
      resolve: ({ capabilities: held }) => {
        const known = capabilities.filter((capability) => held.has(capability));
        const own = [...held].filter((capability) => !known.some((one) => one === capability)).sort();
        return [...known, ...own];
      },
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerType,
    requires: 'nothing',
    viewerDependent: true,
    description: 'Returns the subject of the request and its rights.',
    resolve: (_root, _args, { viewer }) => viewer,
  }),
);
