import type { ArgBuilder, InputFieldMap, InputShapeFromFields, OutputRef } from '@pothos/core';
import type { Entry, Topic } from '../journal/topic.ts';
import { builder, type GraphTypes } from './builder.ts';
import type { GraphContext, IntervalName } from './context.ts';
import { listSize } from './list-size.ts';
import { everyMsMax, everyMsMin, everyMsOf, servedByDelivery, stream } from './stream.ts';

/** A subscription to the values of a gauge; see `gaugeSubscription`. */
export interface GaugeSubscription<Payload, Args extends InputFieldMap> {
  readonly topic: Topic<Payload, 'LATEST'>;
  /** Sentences about the values. The delivery mode is appended. */
  readonly description: string;
  /** Arguments besides `everyMs`. */
  readonly args?: (t: ArgBuilder<GraphTypes>) => Args;
  /** The keys to send. Null: all. */
  readonly keys: (args: InputShapeFromFields<Args>, context: GraphContext) => readonly string[] | null;
  /** Selects values. Default: all. */
  readonly matches?: (args: InputShapeFromFields<Args>) => (entry: Entry<Payload>) => boolean;
  /** Adds the argument `everyMs`. Default: the field has no such argument and sends each change immediately. */
  readonly everyMs?: EveryMsArgument;
  /** Maximum age of the first value, in milliseconds. Default: 2000. */
  readonly freshMs?: number;
  /** The feature flag that switches the source off. */
  readonly feature?: string;
  /** Whether the keys are ids of hosts, and the feature is about the host of this server only. */
  readonly featureOfOwnHost?: boolean;
  /** Typical length of the list, for the cost of an operation. */
  readonly usualSize?: number;
  /** Also declares a query field with the same name, type and arguments, which returns the value of the first key. */
  readonly query?: GaugeQuery<Payload>;
}

interface GaugeQuery<Payload> {
  readonly description: string;
  /** Maximum age of the value, in milliseconds. An older value is sampled again. */
  readonly maxAgeMs: number;
  /** Maximum wait for the sample, in milliseconds. After it the query returns the existing value. */
  readonly waitMs: number;
  /** The result before the first sample. Default: null. */
  readonly fallback?: (context: GraphContext) => Payload;
}

interface EveryMsArgument {
  readonly defaultMs: number;
  /** The setting that overrides the default. */
  readonly configured?: IntervalName;
  /** What the interval separates. Default: values. */
  readonly between?: 'values' | 'rounds';
  /** Sentences to append to the description of the argument. */
  readonly note?: string;
}

/** The part of an entry that `resolve` receives. */
export type GaugeValue<Payload> = Pick<Entry<Payload>, 'payload' | 'occurredAt'>;

/** The field's type: of the payload, or of the value that `resolve` returns. */
type ResolvedType<Payload, Value, Item> =
  | { readonly type: OutputRef<Payload>; readonly resolve?: never }
  | { readonly type: OutputRef<Value>; readonly resolve: (entry: GaugeValue<Payload>) => Value }
  | {
      readonly type: [OutputRef<Item>];
      readonly resolve: (entry: GaugeValue<Payload>) => readonly Item[];
    };

/**
 * Declares a subscription field that sends the current value, then each change, at most one every `everyMs`, and
 * optionally a query field of the same name:
 *
 *     gaugeSubscription('databaseMetrics', {
 *       type: DatabaseMetrics,
 *       topic: databaseSampled,
 *       description: 'Load, size and connections of the database.',
 *       keys: () => [databaseKey],
 *       everyMs: { defaultMs: 5_000, configured: 'databaseMetricsMs' },
 *       feature: 'FEATURE_DATABASE_MONITORING',
 *     });
 */
export function gaugeSubscription<Payload, Value, Item, Args extends InputFieldMap = InputFieldMap>(
  name: string,
  options: GaugeSubscription<Payload, Args> & ResolvedType<Payload, Value, Item>,
): void {
  const { topic, description, args, keys, matches, everyMs, freshMs, feature, usualSize, query } = options;
  const { featureOfOwnHost = false } = options;
  const type: OutputRef | [OutputRef] = options.type;
  const resolve: (entry: GaugeValue<Payload>) => unknown = options.resolve ?? (({ payload }) => payload);
  builder.subscriptionField(name, (t) =>
    t.field({
      type,
      requires: 'read',
      description: `LATEST. ${description} Sends the current value, then each change (latest wins).`,
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
            everyMs === undefined ? 0 : everyMsOf(given, defaultOf(everyMs, context)),
          ...(matches === undefined
            ? {}
            : {
                matches: (given) => matches(given as InputShapeFromFields<Args>) as (entry: Entry) => boolean,
              }),
          ...(freshMs === undefined ? {} : { freshMs }),
          ...(feature === undefined ? {} : { feature, featureOfOwnHost }),
        }),
      },
      subscribe: servedByDelivery<Payload>,
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

function argumentDescription({ defaultMs, configured, between = 'values', note }: EveryMsArgument): string {
  const fallback = configured === undefined ? defaultMs : `${defaultMs}, unless configured otherwise`;
  const range = `${everyMsMin} to ${everyMsMax}`;
  const text = `Minimum time between two ${between}, in milliseconds, ${range}. Default: ${fallback}.`;
  return note === undefined ? text : `${text} ${note}`;
}

function defaultOf({ defaultMs, configured }: EveryMsArgument, { serverInfo }: GraphContext): number {
  return configured === undefined ? defaultMs : serverInfo.intervals[configured];
}
