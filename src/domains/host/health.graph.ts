import { builder } from '../../graph/builder.ts';
import { id, nullable, of, payloadFields, string } from '../../graph/exposed-fields.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { Event, eventRef } from '../../graph/event.ts';
import { stream, throughTheDoor } from '../../graph/stream.ts';
import { hostEvents, hostSampled, type HostHealthChange } from './events.ts';

export const HostHealthType = describedEnum(
  'HostHealth',
  'How near the resources of a host are to being used up.',
  {
    HEALTHY: 'None is.',
    WARNING: 'CPU above 80 %, memory above 80 % or disk above 90 %.',
    CRITICAL: 'CPU above 90 %, memory above 90 % or disk above 95 %.',
  },
);

const HostEvent = eventRef('HostEvent', hostEvents, { kind: 'HOST' });

builder.objectType(HostEvent, {
  description: 'The health of a host became another one. Source: the samples of its own server.',
  interfaces: [Event],
  fields: (t) => ({
    ...payloadFields(t, {
      hostId: id('The host.'),
      health: of(HostHealthType, 'From then on.'),
      previousHealth: of(HostHealthType, 'Until then.'),
      reason: string('In words, naming the resource: `High CPU usage detected`.'),
      recommendedAction: string('What might help, in words.'),
      cpuPercent: nullable.float('Of the sample that showed it, 0 to 100; null when not known.'),
      memoryPercent: nullable.float('Of the sample that showed it, 0 to 100; null when not known.'),
      diskPercent: nullable.float('Of the sample that showed it, 0 to 100; null when not known.'),
    }),
    ofThisHost: t.boolean({
      description: 'Whether it is the host of the instance that is asked.',
      resolve: ({ payload }, _args, { facts }) => payload.hostId === facts.hostId,
    }),
  }),
});

builder.subscriptionField('hostEvents', (t) =>
  t.field({
    type: HostEvent,
    requires: 'read',
    description:
      'EVERY. Each change of a host’s health, after the cursor `after` or from now on. While somebody reads them, hosts are ' +
      'sampled as often as for `systemMetrics`.',
    args: {
      hostId: t.arg.id({ description: 'Only of this host; default all.' }),
      after: t.arg({
        type: 'Cursor',
        description: 'Go on behind this cursor; `earliest`: from the oldest event kept.',
      }),
    },
    extensions: stream({
      delivery: 'EVERY',
      topics: [hostEvents.name],
      watches: (_args, { facts }) => ({ topic: hostSampled.name, everyMs: facts.intervals.systemMetricsMs }),
      types: () => null,
      matches:
        ({ hostId }) =>
        (entry) =>
          hostId === undefined || hostId === null || entry.key === hostId,
    }),
    subscribe: throughTheDoor<HostHealthChange>,
    resolve: (entry) => entry,
  }),
);
