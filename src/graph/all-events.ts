import { builder } from './builder.ts';
import { eventSubscription } from './event-subscription.ts';
import { Event, eventKinds } from './event.ts';

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

eventSubscription('events', {
  type: Event,
  topic: null,
  description: 'All events in one total order',
  note:
    'Notifications and deliveries of transfers are not among them, as each is for its user: they come by ' +
    '`notificationEvents` and `transferDeliveryEvents`.',
  args: (t) => ({ types: t({ type: [EventKind], description: 'Only these kinds; default all.' }) }),
  matches({ types }) {
    const wanted = new Set<string>(types ?? eventKinds().keys());
    const topics = new Set([...eventKinds()].flatMap(([kind, topic]) => (wanted.has(kind) ? [topic] : [])));
    return ({ topic }) => topics.has(topic);
  },
});
