import { builder } from '../../graph/builder.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import {
  dateTime,
  exposedFields,
  safeInt,
  int,
  listOf,
  named,
  nullable,
  of,
  string,
} from '../../graph/exposed-fields.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { listSize } from '../../graph/list-size.ts';
import type { GroupStats, TopicLatency } from '../../graph/server-stats.ts';
import { subscriptionsSampled, type EndCount, type SubscriptionStats } from './events.ts';

const Delivery = describedEnum('Delivery', 'Delivery mode of a subscription.', {
  LATEST: 'A gauge: only the newest value matters, and a slow subscriber skips to it.',
  EVERY: 'Events: each event is delivered once and in order.',
});

const Group = builder.objectRef<GroupStats>('SubscriptionGroup').implement({
  description:
    'Subscriptions with the same document, variables, rights and encoding. Each entry is executed and serialized once ' +
    'for all of them.',
  fields: (t) => ({
    groupId: t.exposeID('id', {
      description:
        'Identifier. The same on every instance for the same document, variables, rights and encoding.',
    }),
    ...exposedFields(t, {
      field: string('Root field of the subscription.'),
      encoding: string('`graphql`, or the feed and the message of an old system.'),
      delivery: of(Delivery, 'Delivery mode of the root field.'),
      members: named('subscriberCount', int('Number of subscribers.')),
      lag: named(
        'lagCount',
        int(
          'Number of entries in memory that the slowest subscriber has not received yet, at most 1000, counted before ' +
            'filters.',
        ),
      ),
      reading: named(
        'catchingUpCount',
        int('Number of subscribers that are so far behind that they read the database.'),
      ),
      skipped: named(
        'skippedCount',
        safeInt(
          'LATEST: number of values that a newer value replaced before a subscriber received them. EVERY: 0.',
        ),
      ),
      executed: named('executionCount', safeInt('Number of entries executed since the group was opened.')),
    }),
    document: t.exposeString('document', {
      description: 'Normalized document: without names, layout and cursor. Requires the capability `manage`.',
      requires: 'manage',
    }),
  }),
});

const TopicStages = builder.objectRef<TopicLatency>('TopicStages').implement({
  description:
    'Latency of the entries of a topic in this instance. Means of the last 60 seconds, in milliseconds. Null without ' +
    'entries.',
  fields: (t) =>
    exposedFields(t, {
      topic: string('Name of the topic, as in `host.sampled`.'),
      entries: named('entryCount', safeInt('Number of entries that arrived in the last 60 seconds.')),
      collectedMs: nullable.float(
        'Time from the event or measurement, as reported by its source, to the arrival in the journal.',
      ),
      executedMs: nullable.float('Time from the arrival in the journal to the result for a group.'),
      writtenMs: nullable.float(
        'Time from the arrival in the journal to the end of the event loop turn in which the message was written to a ' +
          'subscriber, without replays.',
      ),
      written: named('writtenCount', safeInt('Number of messages written in the last 60 seconds.')),
    }),
});

const SubscriptionEnd = builder.objectRef<EndCount>('SubscriptionEnd').implement({
  description: 'Subscriptions that ended for the same reason.',
  fields: (t) =>
    exposedFields(t, {
      reason: string(
        '`left`: the client ended the subscription. `stalled`: the client read nothing for a minute. `shutdown`: the ' +
          'server stopped. Otherwise the code of an error.',
      ),
      count: named('subscriptionCount', safeInt('Number of subscriptions since the process started.')),
    }),
});

const Subscriptions = builder.objectRef<SubscriptionStats>('Subscriptions').implement({
  description: 'Subscriptions of this instance. Source: counters of this process.',
  fields: (t) => ({
    ...exposedFields(t, {
      parkedCount: int('Number of connections that receive nothing until the client has read what was sent.'),
      waitingCount: int('Number of WebSocket handshakes in the queue.'),
      cachedBytes: safeInt('Size of the cached messages of events, in bytes.'),
      stages: listOf(TopicStages, 'Latency per topic.'),
      ends: listOf(SubscriptionEnd, 'Ended subscriptions per reason, since the process started.'),
      sampledAt: dateTime('Time of the sample.'),
    }),
    groups: t.field({
      type: [Group],
      description: 'Groups of equal subscriptions.',
      extensions: listSize(1_000),
      resolve: ({ groups }) => [...groups],
    }),
    subscriberCount: t.int({
      description: 'Number of subscribers of all groups.',
      resolve: ({ groups }) => groups.reduce((sum, { members }) => sum + members, 0),
    }),
  }),
});

gaugeSubscription('subscriptions', {
  type: Subscriptions,
  topic: subscriptionsSampled,
  description: 'Subscriptions of this instance, sampled every `everyMs`.',
  keys: (_args, { serverInfo }) => [serverInfo.hostId],
  everyMs: { defaultMs: 5_000 },
  freshMs: 0,
  query: {
    description: 'Returns the current subscriptions of this instance, and statistics of their delivery.',
    maxAgeMs: 0,
    waitMs: 1_000,
    fallback: () => ({
      sampledAt: Date.now(),
      groups: [],
      stages: [],
      ends: [],
      parkedCount: 0,
      waitingCount: 0,
      cachedBytes: 0,
    }),
  },
});
