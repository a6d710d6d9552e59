import { computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import uPlot from 'uplot';
import { hidden, serverNow } from './clock.ts';
import { gaugeOf } from './gauge.ts';
import { isLost, query, type Document, type GraphError } from './graph.ts';
import { range, type Range } from './range.ts';
import { Series, type Columns, type Fold, type Point } from './series.ts';

/** The variables that each query of a history takes besides its own. */
export interface HistoryVariables {
  readonly since: string;
  readonly until: string;
  readonly points: number;
}

/** Where the lines of a chart come from: a history, and the gauge that continues it. */
export interface ChartSource<History, HistoryArguments, Value, ValueArguments> {
  readonly lines: readonly Fold[];
  readonly history: Document<History, HistoryArguments & HistoryVariables>;
  readonly historyArguments: HistoryArguments;
  readonly points: (history: History) => readonly Point[];
  readonly gauge: Document<Value, ValueArguments> | null;
  readonly gaugeArguments: ValueArguments;
  /** Null: the value has nothing for this chart. */
  readonly point: (value: Value, previous: Value | null) => Point | null;
}

export interface ChartData {
  readonly columns: Columns;
  /** The newest sample, which is not folded into an interval. Null before the first. */
  readonly newest: readonly (number | null)[] | null;
  /** Whether the history was read. */
  readonly loaded: boolean;
  readonly errors: readonly GraphError[];
}

const pointsMax = 360;
const lingerMs = 10_000;

class ChartStore<History, HistoryArguments, Value, ValueArguments> {
  readonly data: Signal<ChartData>;
  readonly #source: ChartSource<History, HistoryArguments, Value, ValueArguments>;
  readonly #range: Range;
  readonly #intervalMs: number;
  readonly #series: Series;
  #previous: Value | null = null;
  #users = 0;
  #stop: (() => void) | null = null;
  #linger: ReturnType<typeof setTimeout> | undefined;

  constructor(source: ChartSource<History, HistoryArguments, Value, ValueArguments>, shown: Range) {
    this.#source = source;
    this.#range = shown;
    this.#intervalMs = Math.max(1_000, Math.ceil(shown.ms / pointsMax));
    this.#series = new Series(source.lines, this.#intervalMs);
    this.data = signal({ columns: this.#series.columns(), newest: null, loaded: false, errors: [] });
  }

  use(): () => void {
    this.#users += 1;
    clearTimeout(this.#linger);
    this.#stop ??= this.#start();
    return () => {
      this.#users -= 1;
      if (this.#users > 0) return;
      this.#linger = setTimeout(() => {
        this.#stop?.();
        this.#stop = null;
        this.#interrupt();
      }, lingerMs);
    };
  }

  #start(): () => void {
    const { gauge, gaugeArguments } = this.#source;
    const isLive = this.#range.name !== null && gauge !== null;
    // The gauge first: what it sends while the history is being read is kept.
    const leave = isLive ? gaugeOf(gauge, gaugeArguments).use((value) => this.#add(value)) : () => {};
    let missed = true;
    const unfollow = effect(() => {
      if (hidden.value || isLost.value) {
        if (!missed) this.#interrupt();
        missed = true;
      } else if (missed) {
        missed = false;
        void this.#load();
      }
    });
    return () => {
      leave();
      unfollow();
    };
  }

  #interrupt(): void {
    this.#previous = null;
    this.#series.interrupt();
  }

  #add(value: Value): void {
    const point = this.#source.point(value, this.#previous);
    this.#previous = value;
    if (point === null) return;
    this.#series.add(point);
    this.#series.trim(serverNow.peek() - this.#range.ms - 2 * this.#intervalMs);
    this.data.value = { ...this.data.peek(), columns: this.#series.columns(), newest: point.values };
  }

  async #load(): Promise<void> {
    const { history, historyArguments, points } = this.#source;
    const shown = this.#range;
    const [fromMs, toMs] =
      shown.name === null ? [shown.fromMs, shown.toMs] : [serverNow.peek() - shown.ms, serverNow.peek() + 60_000];
    const { data, errors } = await query(history, {
      ...historyArguments,
      since: new Date(fromMs).toISOString(),
      until: new Date(toMs).toISOString(),
      points: Math.min(1_000, Math.ceil((toMs - fromMs) / this.#intervalMs)),
    });
    if (data !== null) this.#series.addHistory(points(data));
    this.data.value = { ...this.data.peek(), columns: this.#series.columns(), loaded: true, errors };
  }
}

type AnyStore = ChartStore<unknown, unknown, unknown, unknown>;
const stores = new Map<string, AnyStore>();
/** Charts of ranges that are no longer shown are forgotten. */
const storesMax = 100;

export function useChartSource<History, HistoryArguments, Value, ValueArguments>(
  source: ChartSource<History, HistoryArguments, Value, ValueArguments>,
  key: string,
  active: boolean,
): ReadonlySignal<ChartData> {
  const shown = range.value;
  const id = `${key}${JSON.stringify([source.historyArguments, shown])}`;
  const store = useMemo(() => {
    const known = stores.get(id);
    if (known !== undefined) return known;
    const [oldest] = stores.keys();
    if (stores.size >= storesMax && oldest !== undefined) stores.delete(oldest);
    const created = new ChartStore(source, shown) as unknown as AnyStore;
    stores.set(id, created);
    return created;
  }, [id]);
  useEffect(() => (active ? store.use() : undefined), [store, active]);
  return store.data;
}

/** Some lines of a source, for one of the charts that share it. */
export function useLines(data: ReadonlySignal<ChartData>, ...lines: readonly number[]): ReadonlySignal<ChartData> {
  return useMemo(
    () =>
      computed(() => {
        const { columns, newest, ...rest } = data.value;
        const [times, ...values] = columns;
        return {
          ...rest,
          newest: newest === null ? null : lines.map((line) => newest[line] ?? null),
          columns: [times, ...lines.map((line) => values[line] ?? [])],
        };
      }),
    [data, ...lines],
  );
}

/** The lines of several sources in one chart, each at the moments of its own samples. */
export function useJoined(sources: readonly ReadonlySignal<ChartData>[]): ReadonlySignal<ChartData> {
  return useMemo(
    () =>
      computed((): ChartData => {
        const all = sources.map((source) => source.value);
        const [first] = all;
        return {
          columns: (all.length === 1 ? first?.columns : uPlot.join(all.map(({ columns }) => columns))) as Columns,
          newest: all.every(({ newest }) => newest === null)
            ? null
            : all.flatMap(({ columns, newest }) => newest ?? [columns[1]?.at(-1) ?? null]),
          loaded: all.every(({ loaded }) => loaded),
          errors: all.flatMap(({ errors }) => errors),
        };
      }),
    sources,
  );
}
