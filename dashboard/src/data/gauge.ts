import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { subscribe, type Document } from './graph.ts';
import { nothing, type Reading } from './reading.ts';

/** The newest value of a gauge, and the one before, to compute the rates of counters. */
export interface GaugeReading<Value> extends Reading<Value> {
  readonly previous: Value | null;
}

/** The newest value of a gauge. One subscription serves all panels and charts that show it. */
class Gauge<Value, Variables> {
  readonly reading: Signal<GaugeReading<Value>> = signal({ ...nothing, previous: null });
  readonly #listeners = new Set<(value: Value) => void>();
  readonly #document: Document<Value, Variables>;
  readonly #variables: Variables;
  #users = 0;
  #stop: (() => void) | null = null;
  #linger: ReturnType<typeof setTimeout> | undefined;

  constructor(document: Document<Value, Variables>, variables: Variables) {
    this.#document = document;
    this.#variables = variables;
  }

  use(listener?: (value: Value) => void): () => void {
    this.#users += 1;
    clearTimeout(this.#linger);
    if (listener !== undefined) this.#listeners.add(listener);
    this.#stop ??= this.#start();
    return () => {
      this.#users -= 1;
      if (listener !== undefined) this.#listeners.delete(listener);
      if (this.#users === 0) this.#linger = setTimeout(() => this.#end(), lingerMs);
    };
  }

  #start(): () => void {
    return subscribe(this.#document, this.#variables, {
      next: (value) => {
        const previous = this.reading.peek().value;
        this.reading.value = { value, previous, at: Date.now(), live: false, errors: [] };
        for (const listener of this.#listeners) listener(value);
      },
      error: (errors) => {
        this.reading.value = { ...this.reading.peek(), errors };
      },
    });
  }

  #end(): void {
    this.#stop?.();
    this.#stop = null;
  }
}

const lingerMs = 2_000;
const gauges = new Map<string, Gauge<unknown, unknown>>();

export function gaugeOf<Value, Variables>(
  document: Document<Value, Variables>,
  variables: Variables,
): Gauge<Value, Variables> {
  const key = `${document}${JSON.stringify(variables)}`;
  const known = gauges.get(key);
  if (known !== undefined) return known as unknown as Gauge<Value, Variables>;
  const created = new Gauge(document, variables);
  gauges.set(key, created as unknown as Gauge<unknown, unknown>);
  return created;
}

export function useGauge<Value, Variables>(
  document: Document<Value, Variables>,
  variables: Variables,
  active = true,
): ReadonlySignal<GaugeReading<Value>> {
  const gauge = useMemo(() => gaugeOf(document, variables), [document, JSON.stringify(variables)]);
  useEffect(() => (active ? gauge.use() : undefined), [gauge, active]);
  return gauge.reading;
}
