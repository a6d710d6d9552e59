import type { CompiledQuery, Kysely, QueryExecutorProvider } from 'kysely';
import type { Database } from '../db/database.ts';
import { settledInOrder } from '../lib/settled-in-order.ts';
import type { NamedDraft, StoredIds } from './event-rows.ts';
import type { Draft, Entry, Topic } from './topic.ts';

/**
 * What a domain does with events of its topics in the transaction that stores them: `read` what it needs, `enrich` the
 * events before they are stored, and `project` them to the tables that show them.
 *
 * Only `read` may wait for the database. The reads of a batch are sent together with the request for the log's lock, and
 * the statements of `project` together with the commit, so the lock is held for one round trip.
 */
export interface TopicHandler<Payload = unknown, State = unknown> {
  readonly topics: readonly Topic<Payload, 'EVERY'>[];
  /** Reads tables as the transactions before have left them, by what the drafts say before they are enriched. */
  read?(db: Kysely<Database>, drafts: readonly NamedDraft<Payload>[]): Promise<State>;
  /**
   * Fills in what events can say only once their position in the log is known, such as a speed since the event before.
   * Gets the drafts that are not stored yet, in the order of the log, and returns one draft for each.
   */
  enrich?(drafts: readonly TimedDraft<Payload>[], state: State): readonly Draft<Payload>[];
  /** Statements that need no answer of each other. They are executed in their order. */
  project?(entries: readonly Entry<Payload>[], state: State): readonly Statement[];
}

export type TimedDraft<Payload = unknown> = NamedDraft<Payload> & { readonly occurredAt: number };

/** A query of Kysely or a text of SQL, not executed yet. */
export interface Statement {
  compile(executor: QueryExecutorProvider): CompiledQuery;
}

/** Declares a handler, with its types inferred from the topics and from `read`. */
export function topicHandler<Payload, State = undefined>(
  handler: TopicHandler<Payload, State>,
): TopicHandler<Payload, State> {
  return handler;
}

/** The keys that entries or drafts concern, each once. */
export function keysOf(concerned: readonly { readonly key: string }[]): readonly string[] {
  return [...new Set(concerned.map(({ key }) => key))];
}

/** What each handler has read. */
export type HandlerStates = ReadonlyMap<TopicHandler, unknown>;

/** The handlers of all domains. They enrich in the order in which they are given; each writes tables of its own. */
export class TopicHandlers {
  readonly #handlers: readonly { readonly handler: TopicHandler; readonly names: ReadonlySet<string> }[];

  constructor(handlers: readonly TopicHandler[] = []) {
    this.#handlers = handlers.map((handler) => ({
      handler,
      names: new Set(handler.topics.map(({ name }) => name)),
    }));
  }

  async read(db: Kysely<Database>, drafts: readonly NamedDraft[]): Promise<HandlerStates> {
    const readers = this.#handlers.flatMap(({ handler, names }) => {
      const own = drafts.filter(({ topic }) => names.has(topic.name));
      return handler.read === undefined || own.length === 0
        ? []
        : [{ handler, state: handler.read(db, own) }];
    });
    const states = await settledInOrder(readers.map(({ state }) => state));
    return new Map(readers.map(({ handler }, index) => [handler, states[index]]));
  }

  /** The drafts in their order, with those that are new enriched. */
  enriched(
    drafts: readonly NamedDraft[],
    { known, states }: { readonly known: StoredIds; readonly states: HandlerStates },
  ): readonly NamedDraft[] {
    const seen = new Set(known.keys());
    const now = Date.now();
    const enriched = drafts.map((draft) => ({ draft, fresh: !seen.has(draft.id) && seen.add(draft.id) }));
    for (const { handler, names } of this.#handlers) {
      if (handler.enrich === undefined) continue;
      const own = enriched.filter(({ draft, fresh }) => fresh && names.has(draft.topic.name));
      if (own.length === 0) continue;
      const timed = own.map(({ draft }) => ({ ...draft, occurredAt: draft.occurredAt ?? now }));
      const filled = handler.enrich(timed, states.get(handler));
      for (const [index, place] of own.entries()) place.draft = { ...place.draft, ...filled[index] };
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
