import { settledInOrder } from '../lib/settled-in-order.ts';
import type { Projection } from './journal.ts';
import type { Topic } from './topic.ts';

export interface TopicProjection {
  readonly topic: Topic<unknown, 'EVERY'>;
  readonly project: Projection;
}

/**
 * One projection per topic. Where several nouns show a topic's entries, each writes tables of its own, so their
 * statements are sent together.
 */
export function byTopic(projections: readonly TopicProjection[]): ReadonlyMap<string, Projection> {
  const combined = new Map<string, Projection>();
  for (const { topic, project } of projections) {
    const before = combined.get(topic.name);
    combined.set(
      topic.name,
      before === undefined
        ? project
        : async (db, entries) => {
            await settledInOrder([before(db, entries), project(db, entries)]);
          },
    );
  }
  return combined;
}
