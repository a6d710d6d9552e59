import { describedEnum } from '../../graph/event-enum.ts';
import { dateTime, exposedFields, id, int, of, string } from '../../graph/exposed-fields.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { linkField } from '../../graph/links.ts';
import { fromMemory, nodeType } from '../../graph/node.ts';
import type { Instance, InstanceState } from '../../graph/server-stats.ts';
import { Host } from '../host/graph.ts';
import { largest } from '../../lib/extremes.ts';
import { instancesSampled } from './events.ts';
import { NewsCarrierType } from './graph.ts';

const InstanceStateType = describedEnum<InstanceState>(
  'InstanceState',
  'Whether an instance serves clients.',
  {
    STARTING: 'It is not ready yet.',
    READY: 'It serves clients.',
    DRAINING: 'It stops: it rejects new WebSockets, closes the open ones and holds no lease.',
    GONE: 'It has not reported for five seconds. It is listed for ten minutes.',
  },
);

type InstanceNews = 'NOTIFICATIONS' | 'POLLING';

const InstanceNewsType = describedEnum<InstanceNews>(
  'InstanceNews',
  'How an instance learns what others have stored.',
  {
    NOTIFICATIONS: 'By news of its carrier, which arrive within milliseconds.',
    POLLING: 'It reads the database four times a second, because news of some instances do not arrive.',
  },
);

/** An instance, and the newest position that any instance has. */
interface Listed extends Instance {
  readonly newestPosition: number;
}

const InstanceType = nodeType<Listed>('Instance', {
  description:
    'A server process on the database of this server. Source: the reports of the instances, one every second, or every two seconds of an instance that is alone.',
  key: ({ instanceId }) => instanceId,
  load: fromMemory((key, { serverInfo }) =>
    listed(serverInfo.instances()).find(({ instanceId }) => instanceId === key),
  ),
  fields: (t) => ({
    ...exposedFields(t, {
      instanceId: id('Identifies the process. Each start has another id.'),
      hostId: id('Id of the host on which it runs: its hostname.'),
      version: string('Version of the program.'),
      state: of(InstanceStateType, 'What it does.'),
      startedAt: dateTime('Time of its start.'),
      seenAt: dateTime('Time of its last report.'),
      connectionCount: int('Number of open WebSockets.'),
      subscriptionCount: int('Number of open subscriptions of GraphQL clients and old feeds.'),
    }),
    host: linkField(t, {
      to: Host,
      description: 'The host on which it runs. Null if this server does not know it.',
      key: ({ hostId }) => hostId,
    }),
    uptimeMs: t.float({
      description: 'Milliseconds from its start to its last report.',
      resolve: ({ startedAt, seenAt }) => Math.max(0, seenAt - startedAt),
    }),
    lagCount: t.int({
      description:
        'Number of stored events that its readers could not see yet when it last reported, compared with the instance that ' +
        'had read most.',
      resolve: ({ newestPosition, position }) => newestPosition - position,
    }),
    news: t.field({
      type: InstanceNewsType,
      description: 'How it learns what other instances have stored.',
      resolve: ({ notified }) => (notified ? 'NOTIFICATIONS' : 'POLLING'),
    }),
    carrier: t.field({
      type: NewsCarrierType,
      description: 'What brings the news of other instances to it, whether they arrive or not.',
      resolve: ({ carrier }) => carrier,
    }),
    leases: t.stringList({
      description:
        'Work that only one instance does and that this one does now, such as `database`: sampling the database.',
      resolve: ({ leases }) => [...leases],
    }),
  }),
});

function listed(instances: readonly Instance[]): readonly Listed[] {
  const newestPosition = largest(instances.map(({ position }) => position)) ?? 0;
  return instances.map((instance) => ({ ...instance, newestPosition }));
}

gaugeSubscription('instances', {
  type: [InstanceType],
  topic: instancesSampled,
  description: 'The server processes on the database of this server, the one that answers first.',
  keys: (_args, { serverInfo }) => [serverInfo.hostId],
  everyMs: { defaultMs: 1_000 },
  freshMs: 0,
  usualSize: 10,
  resolve: ({ payload }) => listed(payload),
  query: {
    description:
      'Returns the server processes on the database of this server, the one that answers first, then the others in the ' +
      'order of their starts.',
    maxAgeMs: 0,
    waitMs: 1_000,
    fallback: () => [],
  },
});
