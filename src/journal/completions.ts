import type { Kysely } from 'kysely';
import type { Database } from '../db/database.ts';
import type { NamedDraft, StoredIds } from './event-rows.ts';
import type { Draft, Topic } from './topic.ts';

/**
 * Fills in what events of a topic can say only once their place in the log is known, such as a speed since the event
 * before: in the transaction that stores them, before it does, so that what is stored is told alike to every reader.
 * Given are the drafts of one transaction that are not stored yet, in their order; tables stand as the projections of
 * all transactions before have left them. Returns one draft for each, in the same order.
 */
export type Completion = (db: Kysely<Database>, drafts: readonly TimedDraft[]) => Promise<readonly Draft[]>;

export type TimedDraft<Payload = unknown> = NamedDraft<Payload> & { readonly occurredAt: number };

export interface TopicCompletion {
  readonly topic: Topic<unknown, 'EVERY'>;
  readonly complete: Completion;
}

/** By topic, in the order in which they fill in. */
export type Completions = ReadonlyMap<string, readonly Completion[]>;

export function completionsOf(completions: readonly TopicCompletion[]): Completions {
  const byTopic = new Map<string, Completion[]>();
  for (const { topic, complete } of completions)
    byTopic.set(topic.name, [...(byTopic.get(topic.name) ?? []), complete]);
  return byTopic;
}

/** The drafts, those of topics with a completion completed. */
export async function completed(
  db: Kysely<Database>,
  drafts: readonly NamedDraft[],
  { completions, known }: { readonly completions: Completions; readonly known: StoredIds },
): Promise<readonly NamedDraft[]> {
  const concerned = drafts.filter(({ topic }) => completions.has(topic.name));
  if (concerned.length === 0) return drafts;
  const seen = new Set(known.keys());
  const fresh = concerned.filter(({ id }) => !seen.has(id) && seen.add(id));
  const now = Date.now();
  const filled = new Map<NamedDraft | undefined, Draft>();
  for (const [topic, ownCompletions] of completions) {
    const own = fresh.filter((draft) => draft.topic.name === topic);
    if (own.length === 0) continue;
    let timed: readonly TimedDraft[] = own.map((draft) => ({
      ...draft,
      occurredAt: draft.occurredAt ?? now,
    }));
    for (const complete of ownCompletions) {
      const more = await complete(db, timed);
      timed = timed.map((draft, index) => ({ ...draft, ...more[index] }));
    }
    for (const [index, draft] of timed.entries()) filled.set(own[index], draft);
  }
  return drafts.map((draft) =>
    Object.assign({}, filled.get(draft) ?? draft, { id: draft.id, isNew: draft.isNew ?? false }),
  );
}
