import type { Context } from '@opentelemetry/api';
import { LatencyTracker } from '../delivery/latency.ts';
import type { EncodedEntry } from '../delivery/frame-cache.ts';
import type { Entry } from '../journal/topic.ts';
import type { EntryContexts } from './entry-contexts.ts';
import type { Tracer } from './tracer.ts';

/** Executions and messages of one entry that have a span. */
const executionsMax = 5;
const messagesMax = 10;

/** The way of a sampled entry through the delivery. */
interface Delivered {
  readonly context: Context;
  executions: number;
  messages: number;
}

/**
 * Creates spans for the stages of sampled entries: the dispatch to the groups, the first executions, and the first
 * messages, until they are written to their sockets.
 */
export class TracedLatency extends LatencyTracker {
  readonly #tracer: Tracer;
  readonly #contexts: EntryContexts;
  readonly #delivered = new WeakMap<Entry, Delivered>();

  constructor(tracer: Tracer, contexts: EntryContexts) {
    super();
    this.#tracer = tracer;
    this.#contexts = contexts;
  }

  override arrived(entry: Entry): void {
    super.arrived(entry);
    const parent = this.#contexts.of(entry);
    if (parent === undefined) return;
    const span = this.#tracer.start(`dispatch ${entry.topic}`, {
      kind: 'CONSUMER',
      parent,
      attributes: { 'opsgraph.topic': entry.topic, 'opsgraph.seq': entry.seq },
    });
    this.#delivered.set(entry, { context: span.context, executions: 0, messages: 0 });
    setImmediate(() => span.end());
  }

  override executed(entry: Entry): void {
    super.executed(entry);
    const delivered = this.#delivered.get(entry);
    if (delivered === undefined || delivered.executions++ >= executionsMax) return;
    const attributes = { 'opsgraph.topic': entry.topic };
    const { context: parent } = delivered;
    this.#tracer.start(`execute ${entry.topic}`, { parent, attributes, startMs: entry.recordedAt }).end();
  }

  override taken(encoded: EncodedEntry<unknown>): void {
    super.taken(encoded);
    const delivered = this.#delivered.get(encoded.entry);
    if (delivered === undefined || delivered.messages++ >= messagesMax) return;
    const { topic, recordedAt } = encoded.entry;
    const attributes = { 'opsgraph.topic': topic, 'opsgraph.latency_ms': Date.now() - recordedAt };
    const { context: parent } = delivered;
    const span = this.#tracer.start(`send ${topic}`, { kind: 'PRODUCER', parent, attributes });
    setImmediate(() => span.end()); // all frames of the tick have been written then
  }
}
