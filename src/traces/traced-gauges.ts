import { Gauges, type GaugeOrigin } from '../journal/gauges.ts';
import type { Gauge } from '../journal/topic.ts';
import type { EntryContexts } from './entry-contexts.ts';
import type { Tracer } from './tracer.ts';

/** Creates a span for the values of a sample, or of a request, that are put. */
export class TracedGauges extends Gauges {
  readonly #tracer: Tracer;
  readonly #contexts: EntryContexts;

  constructor(tracer: Tracer, contexts: EntryContexts) {
    super();
    this.#tracer = tracer;
    this.#contexts = contexts;
  }

  override put(gauges: readonly Gauge[], origin?: GaugeOrigin): void {
    const parent = this.#contexts.ofGauges(gauges) ?? this.#tracer.active();
    if (parent === undefined) return super.put(gauges, origin);
    const attributes = { 'opsgraph.topic': gauges[0]?.topic.name ?? '', 'opsgraph.values': gauges.length };
    const span = this.#tracer.start('put gauges', { kind: 'PRODUCER', parent, attributes });
    this.#contexts.addGauges(gauges, span.context);
    try {
      return super.put(gauges, origin);
    } finally {
      span.end();
    }
  }
}
