import { capabilities, type Viewer } from '../../auth/viewer.ts';
import { builder } from '../../graph/builder.ts';
import {
  boolean,
  dateTime,
  exposedFields,
  float,
  id,
  int,
  listOf,
  nullable,
  of,
  string,
  stringList,
} from '../../graph/exposed-fields.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import type { ServerInfo, Health, Listener, Realtime, SourceStats } from '../../graph/context.ts';
import { censusTaken } from './events.ts';

/** What the server says of itself: how it is configured, how it is, and who you are to it. */

const FeatureType = builder.objectRef<{ name: string; enabled: boolean }>('Feature').implement({
  description: 'A switch in the configuration.',
  fields: (t) =>
    exposedFields(t, {
      name: string('The environment variable: `FEATURE_SYSTEM_MONITORING`.'),
      enabled: boolean('Whether it is on.'),
    }),
});

const ListenerType = builder.objectRef<Listener>('Listener').implement({
  description: 'An address the server listens on.',
  fields: (t) =>
    exposedFields(t, {
      name: string('`main`, or the old system whose port it is.'),
      url: string('Its base address.'),
    }),
});

const RealtimeType = builder.objectRef<Realtime>('RealtimeAdvice').implement({
  description: 'How clients of the raw feeds are advised to reconnect, and how the server watches them.',
  fields: (t) =>
    exposedFields(t, {
      reconnectAttempts: int('Attempts before giving up.'),
      reconnectDelayMs: int('First delay, milliseconds.'),
      reconnectMaxDelayMs: int('Longest delay, milliseconds.'),
      backoffMultiplier: float('Factor from one delay to the next.'),
      pingIntervalMs: int('Between the server’s pings, milliseconds.'),
      pongTimeoutMs: int('A client that does not answer by then is cut.'),
      messageBufferSize: int('Events replayed at most to a client that was away.'),
    }),
});

const AdvertisedType = builder.objectRef<ServerInfo['advertised']>('AdvertisedAddress').implement({
  description:
    'The address clients are told to use, which a proxy may make another one than the server listens on.',
  fields: (t) => ({
    ...exposedFields(t, {
      host: string('Host name or address.'),
      port: int('TCP port.'),
      protocol: string('`ws` or `wss`.'),
    }),
    url: t.string({
      description: 'All of it.',
      resolve: ({ protocol, host, port }) => `${protocol}://${host}:${port}`,
    }),
  }),
});

const Config = builder.objectRef<ServerInfo>('ServerConfig').implement({
  description:
    'How this process is configured, without anything secret. Source: environment and dashboard_config.yaml.',
  fields: (t) => ({
    ...exposedFields(t, {
      name: string('The program.'),
      version: string('Its version.'),
      environment: string('NODE_ENV, or `production` when unset.'),
      hostId: id('The id of the host this process samples.'),
      startedAt: dateTime('When the process started.'),
      realtime: of(RealtimeType, 'Advice for reconnecting.'),
      advertised: of(AdvertisedType, 'The advertised address.'),
    }),
    uptimeSeconds: t.int({
      description: 'Seconds since then.',
      resolve: ({ startedAt }) => Math.floor((Date.now() - startedAt) / 1_000),
    }),
    features: t.field({
      type: [FeatureType],
      description: 'Every switch, by name.',
      resolve: ({ features }) => Object.entries(features).map(([name, enabled]) => ({ name, enabled })),
    }),
    listeners: t.field({
      type: [ListenerType],
      description: 'Where it listens.',
      resolve: ({ listeners }) => [...listeners()],
    }),
  }),
});

builder.queryField('config', (t) =>
  t.field({
    type: Config,
    requires: 'read',
    description: 'How this process is configured.',
    resolve: (_root, _args, { serverInfo }) => serverInfo,
  }),
);

const HealthStatus = describedEnum('HealthStatus', 'How something is.', {
  HEALTHY: 'As it should be.',
  DEGRADED: 'It works, but not as it should.',
  UNHEALTHY: 'It does not work.',
});

const DatabaseFault = builder.enumType('DatabaseFault', {
  description: 'Why the database fails.',
  values: {
    UNREACHABLE: { description: 'No connection, or it broke.' },
    REFUSED: { description: 'It refuses the account, or the database does not exist.' },
    SHUTTING_DOWN: { description: 'It stops or starts.' },
    TOO_MANY_CONNECTIONS: {
      description: 'It takes no more connections, or all of this server’s are in use.',
    },
    READ_ONLY: { description: 'It is read-only, as a standby is.' },
    DISK_FULL: { description: 'Its disk is full.' },
    RESOURCES: { description: 'It lacks memory, descriptors or temporary space, or cannot read or write.' },
    TIMEOUT: { description: 'A statement took longer than it may.' },
    LOCKED: { description: 'A lock was not free in time.' },
    CONFLICT: { description: 'Concurrent transactions conflicted; they are run again.' },
  } as const satisfies Record<Health['database']['faults'][number], object>,
});

const DatabaseNotifications = builder.enumType('DatabaseNotifications', {
  description: 'How a server learns what other instances store.',
  values: {
    LISTENING: { description: 'The database notifies it, which was proven within the last seconds.' },
    POLLING: { description: 'It polls four times a second, as no notification arrives.' },
  } as const,
});

function databaseStatus({ answers, writable, clocksDiffer }: Health['database']) {
  if (!answers || !writable) return 'UNHEALTHY';
  return clocksDiffer ? 'DEGRADED' : 'HEALTHY';
}

const DatabaseHealth = builder.objectRef<Health['database']>('StoreHealth').implement({
  description: 'The store of this server.',
  fields: (t) => ({
    ...exposedFields(t, {
      writable: boolean(
        'Whether it can be written: false for one that is read-only, full, locked or unreachable.',
      ),
      faults: listOf(
        DatabaseFault,
        'Why statements or connections failed in the last seconds; empty while all is well.',
      ),
      clockAheadMs: nullable.float(
        'By how many milliseconds this server’s clock is ahead of the database’s, negative when it is behind; null when the database does not answer. Beyond three minutes, retention removes nothing.',
      ),
      sizeMb: nullable.float('Size of the database, MB of 2^20 bytes; null when it does not answer.'),
    }),
    status: t.field({
      type: HealthStatus,
      description:
        'UNHEALTHY when it does not answer or cannot be written, DEGRADED when its clock and this server’s differ by more than three minutes.',
      resolve: databaseStatus,
    }),
    notifications: t.field({
      type: DatabaseNotifications,
      description: 'How this server learns what other instances store.',
      resolve: ({ listening }) => (listening ? 'LISTENING' : 'POLLING'),
    }),
  }),
});

const SchedulerHealth = builder.objectRef<Health['scheduler']>('SchedulerHealth').implement({
  description: 'What runs at given times.',
  fields: (t) =>
    exposedFields(t, {
      running: boolean('Whether it is running.'),
      jobs: stringList('Ids of its jobs.'),
    }),
});

const HealthType = builder.objectRef<Health>('Health').implement({
  description: 'How this process is.',
  fields: (t) => ({
    ...exposedFields(t, {
      live: boolean('The process runs and is not stuck.'),
      ready: boolean('It has started, is not stopping, and its store answers.'),
      database: of(DatabaseHealth, 'The store.'),
      scheduler: of(SchedulerHealth, 'The scheduler.'),
    }),
    status: t.field({
      type: HealthStatus,
      description: 'As the store, and DEGRADED when the scheduler stands still.',
      resolve({ database, scheduler }) {
        const status = databaseStatus(database);
        return status === 'HEALTHY' && !scheduler.running ? 'DEGRADED' : status;
      },
    }),
    activeSockets: t.int({
      description: 'Open WebSockets.',
      resolve: async (_health, _args, { journal, serverInfo }) => {
        await journal.demand.refresh(censusTaken.name, 1_000, 1_000);
        return journal.gauges.newest(censusTaken, serverInfo.hostId)?.payload.sockets.length ?? 0;
      },
    }),
    checkedAt: t.field({ type: 'DateTime', description: 'When this was asked.', resolve: () => new Date() }),
  }),
});

builder.queryField('health', (t) =>
  t.field({
    type: HealthType,
    requires: 'read',
    description: 'How this process is. Asked anew each time.',
    resolve: (_root, _args, { serverInfo }) => serverInfo.health(),
  }),
);

const SourceType = builder.objectRef<SourceStats>('Source').implement({
  description: 'What looks at a part of the world, and how it has done since the process started.',
  fields: (t) => ({
    ...exposedFields(t, {
      name: string('`host`, `gpu`, `database`, `models`, `connections`.'),
      samples: int('Looks that succeeded.'),
      failures: int('Looks that failed or took too long.'),
      lastDurationMs: nullable.float('Milliseconds that the last look took.'),
      paceMs: nullable.float('Milliseconds between looks now; null while it rests.'),
    }),
    successRatio: t.float({
      nullable: true,
      description: 'Share of looks that succeeded, 0 to 1; null before the first.',
      resolve: ({ samples, failures }) => (samples + failures === 0 ? null : samples / (samples + failures)),
    }),
  }),
});

builder.queryField('sources', (t) =>
  t.field({
    type: [SourceType],
    requires: 'read',
    description: 'What this process samples, and how well that goes.',
    resolve: (_root, _args, { serverInfo }) => [...serverInfo.sources()],
  }),
);

const ViewerType = builder.objectRef<Viewer>('Viewer').implement({
  description: 'Who you are to this server.',
  fields: (t) => ({
    ...exposedFields(t, {
      subject: id('As your credential says; `anonymous` without one.'),
      authenticated: boolean('Whether a credential was given and is valid.'),
      role: nullable.id('The role your credential names.'),
    }),
    credentialId: t.id({
      nullable: true,
      description:
        'What your credential is called where it is revoked; null without one, or for a JWT without `jti`.',
      resolve: ({ credential }) => credential?.id,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When your credential expires; null: never, or there is none.',
      resolve: ({ credential }) => {
        const expiresAt = credential?.expiresAt ?? null;
        return expiresAt === null ? null : new Date(expiresAt);
      },
    }),
    capabilities: t.stringList({
      description: 'What you may do: known capabilities first, then names of your own, by name.',
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
    description: 'Who you are to this server.',
    resolve: (_root, _args, { viewer }) => viewer,
  }),
);
