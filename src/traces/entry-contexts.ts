import type { Context } from '@opentelemetry/api';
import { LRUCache } from 'lru-cache';
import type { Draft, Entry, Gauge } from '../journal/topic.ts';

/** Events between their append and their last message. */
const eventsMax = 5_000;

/**
 * Which sampled trace an entry belongs to, on its way from a source or a request to the sockets. The journal passes on
 * the payload of a gauge and the id of an event, so both lead to the trace.
 */
export class EntryContexts {
  readonly #gauges = new WeakMap<object, Context>();
  readonly #events = new LRUCache<string, Context>({ max: eventsMax });
  readonly #drafts = new WeakMap<Draft, Context>();

  addGauges(gauges: readonly Gauge[], context: Context): void {
    for (const { payload } of gauges) if (isObject(payload)) this.#gauges.set(payload, context);
  }

  /** @param ids of the drafts that are stored. */
  addEvents(ids: readonly string[], context: Context): void {
    for (const id of ids) this.#events.set(id, context);
  }

  /** Drafts that a source has returned and the runner appends. */
  addDrafts(drafts: readonly Draft[], context: Context): void {
    for (const draft of drafts) this.#drafts.set(draft, context);
  }

  ofGauges(gauges: readonly Gauge[]): Context | undefined {
    const payload = gauges[0]?.payload;
    return isObject(payload) ? this.#gauges.get(payload) : undefined;
  }

  ofDrafts(drafts: readonly Draft[]): Context | undefined {
    const [first] = drafts;
    return first === undefined ? undefined : this.#drafts.get(first);
  }

  of({ id, payload }: Entry): Context | undefined {
    if (id !== '') return this.#events.get(id);
    return isObject(payload) ? this.#gauges.get(payload) : undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
