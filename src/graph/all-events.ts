import { builder } from './builder.ts';
import { eventSubscription } from './event-subscription.ts';
import { Event, eventKinds } from './event.ts';

/**
 * The subscription `events`: the events of all topics in one order, except those that only some viewers may see, so
 * that all subscribers share the results. Imported after all domains, because the enum lists their kinds.
 */

export const EventKind = builder.enumType('EventKind', {
  description: 'The kinds of events that the subscription `events` and the query `eventLog` return.',
  values: Object.fromEntries(
    [...eventKinds()].map(([kind, topic]) => [kind, { description: `Events of the topic \`${topic}\`.` }]),
  ),
});

eventSubscription('events', {
  type: Event,
  topic: null,
  description: 'The events of all topics, in one total order',
  note:
    'Notifications, their read state and transfer deliveries are not included, because each is for one user: see ' +
    '`notificationEvents`, `notificationReadEvents` and `transferDeliveryEvents`.',
  args: (t) => ({
    types: t({ type: [EventKind], description: 'Returns only events of these kinds. Default: all kinds.' }),
  }),
  matches({ types }) {
    const topics = topicsOf(types ?? null);
    return ({ topic }) => topics.has(topic);
  },
});

/** The topics of these kinds. Null: of all kinds. */
export function topicsOf(kinds: readonly string[] | null): ReadonlySet<string> {
  const wanted = new Set(kinds ?? eventKinds().keys());
  return new Set([...eventKinds()].flatMap(([kind, topic]) => (wanted.has(kind) ? [topic] : [])));
}
