import type { CompiledQuery, Kysely, QueryExecutorProvider } from 'kysely';
import type { Database } from '../db/database.ts';
import { settledInOrder } from '../lib/settled-in-order.ts';
import type { DraftWithId, StoredIds } from './event-rows.ts';
import type { Draft, Entry, Topic } from './topic.ts';

/**
 * What a domain adds to the transaction that stores events of its topics: it can `read` rows, `enrich` the events
 * before they are stored, and `project` them to its tables.
 *
 * Only `read` can wait for the database. The reads of a batch are sent together with the request for the lock of the
 * log, and the statements of `project` together with the commit, so the lock is held for one round trip.
 */
export interface TopicHandler<Payload = unknown, State = unknown> {
  readonly topics: readonly Topic<Payload, 'EVERY'>[];
  /** Reads rows with the lock held, so all earlier transactions are visible. Receives the drafts before `enrich`. */
  read?(db: Kysely<Database>, drafts: readonly DraftWithId<Payload>[]): Promise<State>;
  /**
   * Completes payloads with values that depend on earlier events, such as a speed. Receives the drafts that were not
   * stored before, in the order of the log, and returns one draft for each.
   */
  enrich?(drafts: readonly TimedDraft<Payload>[], state: State): readonly Draft<Payload>[];
  /** Returns statements that do not depend on each other's results. They are executed in this order. */
  project?(entries: readonly Entry<Payload>[], state: State): readonly Statement[];
}

export type TimedDraft<Payload = unknown> = DraftWithId<Payload> & { readonly occurredAt: number };

/** A Kysely query or an `sql` template that has not been executed. */
export interface Statement {
  compile(executor: QueryExecutorProvider): CompiledQuery;
}

/** Declares a handler, with its types inferred from the topics and from `read`. */
export function topicHandler<Payload, State = undefined>(
  handler: TopicHandler<Payload, State>,
): TopicHandler<Payload, State> {
  return handler;
}

/** The distinct keys of entries or drafts. */
export function keysOf(items: readonly { readonly key: string }[]): readonly string[] {
  return [...new Set(items.map(({ key }) => key))];
}

/** The result of each handler's `read`. */
export type HandlerStates = ReadonlyMap<TopicHandler, unknown>;

/** The handlers of all domains. They enrich drafts in the order in which they are given; each writes its own tables. */
export class TopicHandlers {
  readonly #handlers: readonly { readonly handler: TopicHandler; readonly names: ReadonlySet<string> }[];

  constructor(handlers: readonly TopicHandler[] = []) {
    this.#handlers = handlers.map((handler) => ({
      handler,
      names: new Set(handler.topics.map(({ name }) => name)),
    }));
  }

  async read(db: Kysely<Database>, drafts: readonly DraftWithId[]): Promise<HandlerStates> {
    const readers = this.#handlers.flatMap(({ handler, names }) => {
      const own = drafts.filter(({ topic }) => names.has(topic.name));
      return handler.read === undefined || own.length === 0
        ? []
        : [{ handler, state: handler.read(db, own) }];
    });
    const states = await settledInOrder(readers.map(({ state }) => state));
    return new Map(readers.map(({ handler }, index) => [handler, states[index]]));
  }

  /** Returns the drafts in the same order, the new ones enriched. */
  enrich(
    drafts: readonly DraftWithId[],
    { known, states }: { readonly known: StoredIds; readonly states: HandlerStates },
  ): readonly DraftWithId[] {
    const seen = new Set(known.keys());
    const now = Date.now();
    const enriched = drafts.map((draft) => ({ draft, isNew: !seen.has(draft.id) && seen.add(draft.id) }));
    for (const { handler, names } of this.#handlers) {
      if (handler.enrich === undefined) continue;
      const own = enriched.filter(({ draft, isNew }) => isNew && names.has(draft.topic.name));
      if (own.length === 0) continue;
      const timed = own.map(({ draft }) => ({ ...draft, occurredAt: draft.occurredAt ?? now }));
      const results = handler.enrich(timed, states.get(handler));
      for (const [index, item] of own.entries()) item.draft = { ...item.draft, ...results[index] };
    }
    return enriched.map(({ draft }) => draft);
  }

  statements(entries: readonly Entry[], states: HandlerStates): readonly Statement[] {
    return this.#handlers.flatMap(({ handler, names }) => {
      if (handler.project === undefined) return [];
      const own = entries.filter(({ topic }) => names.has(topic));
      return own.length === 0 ? [] : handler.project(own, states.get(handler));
    });
  }
}
