import { effect, signal, type Signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { hidden } from './clock.ts';
import { isLost, query, subscribe, type Document, type GraphError } from './graph.ts';
import { nothing, type Reading } from './reading.ts';

/** A snapshot that a query reads, and the subscriptions that keep it current. */
export interface Resource<Data, Variables> {
  readonly document: Document<Data, Variables>;
  readonly variables: Variables;
  readonly live?: readonly Live<Data>[];
  /** Reads the snapshot again in this interval. For what has no subscription. */
  readonly everyMs?: number;
}

/** A subscription, and how its values change the snapshot. */
export interface Live<Data> {
  /** @returns ends the subscription. */
  start(data: Data, sink: LiveSink<Data>): () => void;
}

interface LiveSink<Data> {
  change(to: (data: Data) => Data): void;
  /** Reads the snapshot again and starts the subscription after it. */
  reload(): void;
  failed(errors: readonly GraphError[]): void;
}

/**
 * Declares a subscription of a resource. One to events starts after the cursor that the snapshot was read at, so that
 * none is missed and none is seen twice.
 */
export function live<Data, Event, Variables>(options: {
  readonly document: Document<Event, Variables>;
  readonly variables: (data: Data) => Variables;
  readonly apply: (data: Data, event: Event) => Data;
}): Live<Data> {
  return {
    start: (data, { change, reload, failed }) =>
      subscribe(options.document, options.variables(data), {
        next: (event) => change((current) => options.apply(current, event)),
        gap: reload,
        error: failed,
      }),
  };
}

/** How long the data of a panel that is no longer shown is kept current, for a person who comes back. */
const lingerMs = 2_000;
/** Waits before a query that failed is sent again. */
const retryMs = 3_000;

export class Store<Data, Variables> {
  readonly reading: Signal<Reading<Data>> = signal(nothing);
  readonly #resource: Resource<Data, Variables>;
  #users = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #linger: ReturnType<typeof setTimeout> | undefined;
  #stops: (() => void)[] = [];
  #unfollow: (() => void) | null = null;
  #round = 0;

  constructor(resource: Resource<Data, Variables>) {
    this.#resource = resource;
  }

  /** Applies a change that this page made itself, before an event reports it. */
  change(to: (data: Data) => Data): void {
    this.#sink.change(to);
  }

  use(): () => void {
    this.#users += 1;
    clearTimeout(this.#linger);
    if (this.#unfollow === null) this.#follow();
    return () => {
      this.#users -= 1;
      if (this.#users === 0) this.#linger = setTimeout(() => this.#stop(), lingerMs);
    };
  }

  /** Loads at the start, when the page is shown again, and when the server is back. */
  #follow(): void {
    let wasHidden = false;
    let wasOffline = false;
    void this.#load();
    this.#unfollow = effect(() => {
      const isOffline = isLost.value;
      const reload = (wasHidden && !hidden.value) || (wasOffline && !isOffline);
      [wasHidden, wasOffline] = [hidden.value, isOffline];
      if (hidden.value) clearTimeout(this.#timer);
      else if (reload && !this.#resumes) void this.#load();
    });
  }

  /** Whether its subscriptions resume by themselves, so that the snapshot needs no second query. */
  get #resumes(): boolean {
    return this.#resource.everyMs === undefined && this.#stops.length > 0 && this.reading.peek().live;
  }

  #stop(): void {
    this.#round += 1;
    this.#unfollow?.();
    this.#unfollow = null;
    clearTimeout(this.#timer);
    this.#end();
    this.reading.value = { ...this.reading.peek(), live: false };
  }

  #end(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  async #load(): Promise<void> {
    clearTimeout(this.#timer);
    const round = (this.#round += 1);
    const { document, variables, everyMs } = this.#resource;
    const result = await query(document, variables);
    if (round !== this.#round) return;
    const { data, errors } = result;
    const known = this.reading.peek();
    if (data === null) {
      this.reading.value = { ...known, live: false, errors };
      this.#again(retryMs);
      return;
    }
    this.#end();
    const lives = this.#resource.live ?? [];
    this.reading.value = { value: data, at: Date.now(), live: lives.length > 0, errors };
    for (const one of lives) this.#stops.push(one.start(data, this.#sink));
    const isIncomplete = errors.some(({ extensions }) => isTemporary(extensions?.code));
    if (everyMs !== undefined) this.#again(isIncomplete ? Math.min(everyMs, retryMs) : everyMs);
    else if (isIncomplete) this.#again(retryMs);
  }

  readonly #sink: LiveSink<Data> = {
    change: (to) => {
      const known = this.reading.peek();
      if (known.value === null) return;
      this.reading.value = { ...known, value: to(known.value), at: Date.now(), live: true };
    },
    reload: () => void this.#load(),
    failed: (errors) => {
      const known = this.reading.peek();
      this.reading.value = { ...known, live: false, errors: [...known.errors, ...errors] };
      if (errors.some(({ extensions }) => isTemporary(extensions?.code))) this.#again(retryMs);
    },
  };

  #again(afterMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (!hidden.peek()) void this.#load();
    }, afterMs);
  }
}

function isTemporary(code: unknown): boolean {
  return typeof code !== 'string' || /^(DATABASE_UNAVAILABLE|OVERLOADED|TIMEOUT|SHUTTING_DOWN|INTERNAL_ERROR)$/.test(code);
}

const stores = new Map<string, Store<unknown, unknown>>();
/** Those of earlier searches and time ranges are forgotten. */
const storesMax = 200;

export function storeOf<Data, Variables>(resource: Resource<Data, Variables>): Store<Data, Variables> {
  const key = `${resource.document}${JSON.stringify(resource.variables)}`;
  const known = stores.get(key);
  if (known !== undefined) return known as unknown as Store<Data, Variables>;
  const [oldest] = stores.keys();
  if (stores.size >= storesMax && oldest !== undefined) stores.delete(oldest);
  const created = new Store(resource);
  stores.set(key, created as unknown as Store<unknown, unknown>);
  return created;
}

/** Shows a resource in a component. Components with the same document and variables share it. */
export function useResource<Data, Variables>(
  resource: Resource<Data, Variables>,
  active: boolean,
): Store<Data, Variables> {
  const store = useMemo(() => storeOf(resource), [resource.document, JSON.stringify(resource.variables)]);
  useEffect(() => (active ? store.use() : undefined), [store, active]);
  return store;
}
