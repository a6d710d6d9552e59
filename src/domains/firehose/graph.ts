import { builder } from '../../graph/builder.ts';
import { Event, eventKinds } from '../../graph/event.ts';
import { stream, throughTheDoor } from '../../graph/stream.ts';
import type { Entry } from '../../journal/topic.ts';

/**
 * Every event of every topic in one total order, for the reader that wants it all, but for what not everybody may see:
 * so all its readers share. Imported after all domains.
 */

const EventKind = builder.enumType('EventKind', {
  description: 'The kinds of events that everybody with `read` may see.',
  values: Object.fromEntries(
    [...eventKinds()].map(([kind, topic]) => [kind, { description: `Events of the topic \`${topic}\`.` }]),
  ),
});

builder.subscriptionField('events', (t) =>
  t.field({
    type: Event,
    requires: 'read',
    description:
      'EVERY. All events in one total order, after the cursor `after` or from now on. Notifications and deliveries of ' +
      'transfers are not among them, as each is for its user: they come by `notificationEvents` and ' +
      '`transferDeliveryEvents`.',
    args: {
      types: t.arg({ type: [EventKind], description: 'Only these kinds; default all.' }),
      after: t.arg({
        type: 'Cursor',
        description: 'Go on behind this cursor; `earliest`: from the oldest event kept.',
      }),
    },
    extensions: stream({
      delivery: 'EVERY',
      topics: null,
      types: () => null,
      matches: ({ types }) => {
        const wanted = new Set((types as readonly string[] | null | undefined) ?? [...eventKinds().keys()]);
        const topics = new Set(
          [...eventKinds()].flatMap(([kind, topic]) => (wanted.has(kind) ? [topic] : [])),
        );
        return (entry: Entry) => topics.has(entry.topic);
      },
    }),
    subscribe: throughTheDoor<unknown>,
    resolve: (entry) => entry,
  }),
);
