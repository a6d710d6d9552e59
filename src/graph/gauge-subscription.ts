import type { ArgBuilder, InputFieldMap, InputShapeFromFields, OutputRef } from '@pothos/core';
import type { Entry, Topic } from '../journal/topic.ts';
import { builder, type GraphTypes } from './builder.ts';
import type { GraphContext, IntervalName } from './context.ts';
import { listSize } from './list-size.ts';
import { everyMsDescription, paceOf, stream, subscribedByEngine } from './stream.ts';

/** A subscription field that delivers the values of a gauge; see `gaugeSubscription`. */
export interface GaugeSubscription<Payload, Args extends InputFieldMap> {
  readonly topic: Topic<Payload, 'LATEST'>;
  /** What is delivered, in sentences. How it is delivered is added. */
  readonly description: string;
  /** Arguments besides `everyMs`. */
  readonly args?: (t: ArgBuilder<GraphTypes>) => Args;
  /** The keys that are delivered; null: all. */
  readonly keys: (args: InputShapeFromFields<Args>, context: GraphContext) => readonly string[] | null;
  /** Which of these values are delivered. Default: all. */
  readonly matches?: (args: InputShapeFromFields<Args>) => (entry: Entry<Payload>) => boolean;
  /** The argument `everyMs`. Absent: the field has none, and each value is delivered at once. */
  readonly everyMs?: EveryMs;
  /** How old the first value may be, milliseconds. Default: 2000. */
  readonly freshMs?: number;
  /** The flag that switches its source off. */
  readonly feature?: string;
  /** Entries of a list to reckon with, for the cost of an operation. */
  readonly usualSize?: number;
  /** Declares a query field of the same name, type and arguments as well: the value of the first key now. */
  readonly query?: GaugeQuery<Payload>;
}

interface GaugeQuery<Payload> {
  readonly description: string;
  /** An older value is measured again. */
  readonly maxAgeMs: number;
  /** How long the query waits for that; then it gets the value there is. */
  readonly waitMs: number;
  /** Instead of a value, before there is one. Absent: the field is null then. */
  readonly fallback?: (context: GraphContext) => Payload;
}

interface EveryMs {
  readonly defaultMs: number;
  /** The setting that replaces the default. */
  readonly configured?: IntervalName;
  /** What the interval lies between. Default: values. */
  readonly between?: 'values' | 'rounds';
  /** Sentences behind the argument's description. */
  readonly note?: string;
}

/** What `resolve` gets of an entry. */
export type GaugeValue<Payload> = Pick<Entry<Payload>, 'payload' | 'occurredAt'>;

/** An object type that shows the payload, or whatever `resolve` makes of an entry. */
type Shown<Payload, Value, Item> =
  | { readonly type: OutputRef<Payload>; readonly resolve?: never }
  | { readonly type: OutputRef<Value>; readonly resolve: (entry: GaugeValue<Payload>) => Value }
  | {
      readonly type: [OutputRef<Item>];
      readonly resolve: (entry: GaugeValue<Payload>) => readonly Item[];
    };

/**
 * Declares a subscription field that delivers the newest value at once, then each change, at most one every `everyMs`,
 * and where wanted a query field of the same name:
 *
 *     gaugeSubscription('databaseMetrics', {
 *       type: DatabaseMetrics,
 *       topic: databaseSampled,
 *       description: 'Samples of the database, the newest at once.',
 *       keys: () => [databaseKey],
 *       everyMs: { defaultMs: 5_000, configured: 'databaseMetricsMs' },
 *       feature: 'FEATURE_DATABASE_MONITORING',
 *     });
 */
export function gaugeSubscription<Payload, Value, Item, Args extends InputFieldMap = InputFieldMap>(
  name: string,
  options: GaugeSubscription<Payload, Args> & Shown<Payload, Value, Item>,
): void {
  const { topic, description, args, keys, matches, everyMs, freshMs, feature, usualSize, query } = options;
  const type: OutputRef | [OutputRef] = options.type;
  const resolve: (entry: GaugeValue<Payload>) => unknown = options.resolve ?? (({ payload }) => payload);
  builder.subscriptionField(name, (t) =>
    t.field({
      type,
      requires: 'read',
      description: `LATEST, not again while it stays the same. ${description}`,
      args: {
        ...args?.(t.arg),
        ...(everyMs && { everyMs: t.arg.int({ description: argumentDescription(everyMs) }) }),
      },
      extensions: {
        ...(usualSize === undefined ? {} : listSize(usualSize)),
        ...stream({
          delivery: 'LATEST',
          topic: topic.name,
          keys: (given, context) => keys(given as InputShapeFromFields<Args>, context),
          everyMs: (given, context) =>
            everyMs === undefined ? 0 : paceOf(given, defaultOf(everyMs, context)),
          ...(matches === undefined
            ? {}
            : {
                matches: (given) => matches(given as InputShapeFromFields<Args>) as (entry: Entry) => boolean,
              }),
          ...(freshMs === undefined ? {} : { freshMs }),
          ...(feature === undefined ? {} : { feature }),
        }),
      },
      subscribe: subscribedByEngine<Payload>,
      resolve,
    }),
  );
  if (query === undefined) return;
  builder.queryField(name, (t) =>
    t.field({
      type,
      nullable: query.fallback === undefined,
      requires: 'read',
      description: query.description,
      args: args?.(t.arg) ?? {},
      resolve: async (_root, given, context) => {
        const { demand, gauges } = context.journal;
        const [key = ''] = keys(given as InputShapeFromFields<Args>, context) ?? [];
        await demand.refresh(topic.name, query.maxAgeMs, query.waitMs);
        const value = gauges.newest(topic, key);
        if (value !== undefined) return resolve(value);
        return query.fallback === undefined
          ? null
          : resolve({ payload: query.fallback(context), occurredAt: Date.now() });
      },
    }),
  );
}

function argumentDescription({ defaultMs, configured, between = 'values', note }: EveryMs): string {
  const text = everyMsDescription({ defaultMs, configured: configured !== undefined, between });
  return note === undefined ? text : `${text} ${note}`;
}

function defaultOf({ defaultMs, configured }: EveryMs, { serverInfo }: GraphContext): number {
  return configured === undefined ? defaultMs : serverInfo.intervals[configured];
}
