import type { Projection } from './journal.ts';
import type { Topic } from './topic.ts';

export interface TopicProjection {
  readonly topic: Topic<unknown, 'EVERY'>;
  readonly project: Projection;
}

/** One projection per topic: where several nouns show a topic's entries, each writes its own table in turn. */
export function byTopic(projections: readonly TopicProjection[]): ReadonlyMap<string, Projection> {
  const combined = new Map<string, Projection>();
  for (const { topic, project } of projections) {
    const before = combined.get(topic.name);
    combined.set(
      topic.name,
      before === undefined
        ? project
        : async (db, entries) => {
            await before(db, entries);
            await project(db, entries);
          },
    );
  }
  return combined;
}
