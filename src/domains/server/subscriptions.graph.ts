import { builder } from '../../graph/builder.ts';
import {
  dateTime,
  exposedFields,
  float,
  id,
  int,
  listOf,
  nullable,
  of,
  string,
} from '../../graph/exposed-fields.ts';
import { listSize } from '../../graph/list-size.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import {
  subscribed,
  type EndCount,
  type Subscribed,
  type SubscriptionGroup,
  type TopicStages,
} from './events.ts';

const Delivery = builder.enumType('Delivery', {
  description: 'How a subscription is delivered.',
  values: {
    LATEST: { description: 'A gauge: the newest value; a slow reader skips to it.' },
    EVERY: { description: 'Events: each one, once and in order.' },
  },
});

const Group = builder.objectRef<SubscriptionGroup>('SubscriptionGroup').implement({
  description:
    'Readers of one document with equal variables and equal rights, in one encoding: an entry is executed and serialized ' +
    'once for all of them.',
  fields: (t) => ({
    ...exposedFields(t, {
      id: id('The same wherever and whenever the same is subscribed to.'),
      field: string('The root field that is subscribed to.'),
      encoding: string('`graphql` for GraphQL clients, else the old feed and its message.'),
      delivery: of(Delivery, 'How.'),
      members: int('Readers now.'),
      lag: int('Entries that wait in memory for the slowest reader, at most 1000; filters aside.'),
      reading: int('Readers so far behind that they are served from the database.'),
      skipped: float(
        'LATEST: values that a reader had not taken when a newer one took their place. EVERY: 0.',
      ),
      executed: float('Entries that were executed since the group began.'),
    }),
    document: t.exposeString('document', {
      description:
        'The document as it is compared, without names, layout and cursor. Needs the capability manage.',
      requires: 'manage',
    }),
  }),
});

const LatencyTracker = builder.objectRef<TopicStages>('TopicStages').implement({
  description:
    'How long the entries of a topic took on their way through this instance. Means of the last 60 seconds, ' +
    'milliseconds; null without any.',
  fields: (t) =>
    exposedFields(t, {
      topic: string('The topic.'),
      entries: float('Entries that came in the last 60 seconds.'),
      collectedMs: nullable.float(
        'From when it happened, as its source says, to its arrival in the journal.',
      ),
      executedMs: nullable.float('From its arrival in the journal to its result for a group of readers.'),
      writtenMs: nullable.float(
        'From its arrival to the end of the turn in which it was written to a reader. Replays do not count.',
      ),
      written: float('Messages that were written in the last 60 seconds.'),
    }),
});

const End = builder.objectRef<EndCount>('SubscriptionEnd').implement({
  description: 'Why subscriptions have ended.',
  fields: (t) =>
    exposedFields(t, {
      reason: string(
        '`left` (the client), `stalled` (took nothing for a minute), `shutdown`, or the code of an error.',
      ),
      count: float('Since the process started.'),
    }),
});

const Subscriptions = builder.objectRef<Subscribed>('Subscriptions').implement({
  description: 'What is subscribed to on this instance, and how it goes. Source: the fan-out’s own counts.',
  fields: (t) => ({
    ...exposedFields(t, {
      parked: int('Connections that are not written to until their clients have read what they were sent.'),
      waiting: int('Handshakes that wait for their turn.'),
      rememberedBytes: float('Messages of events that are kept for readers near each other, bytes.'),
      stages: listOf(LatencyTracker, 'How long entries take, by topic.'),
      ends: listOf(End, 'Why subscriptions have ended since the process started.'),
      sampledAt: dateTime('When it was counted.'),
    }),
    groups: t.field({
      type: [Group],
      description: 'What is subscribed to, by groups of equal readers.',
      extensions: listSize(1_000),
      resolve: ({ groups }) => [...groups],
    }),
    members: t.int({
      description: 'Subscriptions in all.',
      resolve: ({ groups }) => groups.reduce((sum, { members }) => sum + members, 0),
    }),
  }),
});

gaugeSubscription('subscriptions', {
  type: Subscriptions,
  topic: subscribed,
  description: 'What is subscribed to, counted again every `everyMs`.',
  keys: (_args, { serverInfo }) => [serverInfo.hostId],
  everyMs: { defaultMs: 5_000 },
  freshMs: 0,
  query: {
    description: 'What is subscribed to now, and how it goes.',
    maxAgeMs: 0,
    waitMs: 1_000,
    fallback: () => ({
      sampledAt: Date.now(),
      groups: [],
      stages: [],
      ends: [],
      parked: 0,
      waiting: 0,
      rememberedBytes: 0,
    }),
  },
});
