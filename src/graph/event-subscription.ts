import type { ArgBuilder, EnumRef, InputFieldMap, InputShapeFromFields, OutputRef } from '@pothos/core';
import type { Entry, Topic } from '../journal/topic.ts';
import { builder, type GraphTypes } from './builder.ts';
import type { GraphContext } from './context.ts';
import { listSize } from './list-size.ts';
import { numericArgument } from './numeric-argument.ts';
import type { Requirement } from './rules.ts';
import { stream, servedByDelivery, type EventStream, type StreamArgs } from './stream.ts';

/** A subscription to the events of a topic; see `eventSubscription`. */
export interface EventSubscription<Payload, Args extends InputFieldMap, Type extends string> {
  /** The object type of the events, as `eventType` returns it. */
  readonly type: OutputRef<Entry<Payload>>;
  /** Null: all topics. */
  readonly topic: Topic<Payload, 'EVERY'> | readonly Topic<Payload, 'EVERY'>[] | null;
  /** Noun phrase for the events, without a full stop: `Job runs that ended`. The delivery mode is appended. */
  readonly description: string;
  /** Sentences to append to the description. */
  readonly note?: string;
  /** Default: `read`. */
  readonly requires?: Requirement;
  /** Whether `matches` depends on the viewer. */
  readonly viewerDependent?: boolean;
  /** Adds an argument that selects the events with one key. */
  readonly ofKey?: readonly [argument: string, description: string];
  /** Further arguments. */
  readonly args?: (t: ArgBuilder<GraphTypes>) => Args;
  /** The event types, as `eventEnum` returns them: adds the argument `types`, which selects among them. */
  readonly types?: EnumRef<GraphTypes, string, Type>;
  /** The types that a replay has to read, where `types` is not set. Default: null, all. */
  readonly typesOf?: (args: GivenArgs<Args, Type>) => readonly string[] | null;
  /** Selects events. Called once per subscription; the function that it returns, once per event. Default: all. */
  readonly matches?: (
    args: GivenArgs<Args, Type>,
    context: GraphContext,
  ) => (entry: Entry<Payload>) => boolean;
  /** The gauge whose source causes these events. It is sampled at this interval while the field has subscribers. */
  readonly demands?: (
    args: GivenArgs<Args, Type>,
    context: GraphContext,
  ) => { readonly topic: string; readonly everyMs: number };
}

/** The default and the maximum of `max`. */
const batchMax = { fallback: 100, max: 1_000 } as const;

const deliveryMode =
  'Sends each event once and in order, after the cursor `after`, or from now on if there is no cursor.';

type GivenArgs<Args extends InputFieldMap, Type extends string> = InputShapeFromFields<Args> & {
  readonly types?: readonly Type[] | null;
};

/**
 * Declares a subscription field that sends each event once and in order, and resumes after the cursor in its argument
 * `after`, and another one that sends the same events in lists:
 *
 *     eventSubscription('jobEvents', {
 *       type: JobEvent,
 *       topic: jobEvents,
 *       description: 'Job runs that ended',
 *       ofKey: ['jobId', 'Returns only runs of this job. Default: all jobs.'],
 *     });
 */
export function eventSubscription<
  Payload,
  Args extends InputFieldMap = InputFieldMap,
  Type extends string = never,
>(name: string, options: EventSubscription<Payload, Args, Type>): void {
  const {
    type,
    topic,
    description,
    note,
    requires = 'read',
    viewerDependent,
    ofKey,
    args,
    types,
    demands,
  } = options;
  const topics = topic === null ? null : [topic].flat().map((one) => one.name);
  const common = { requires, ...(viewerDependent === undefined ? {} : { viewerDependent }) };
  const sentences = (text: string): string =>
    `EVERY. ${text} ${deliveryMode}${note === undefined ? '' : ` ${note}`}`;
  const argsOf = (arg: ArgBuilder<GraphTypes>) => ({
    ...args?.(arg),
    ...(ofKey && { [ofKey[0]]: arg.id({ description: ofKey[1] }) }),
    ...(types && {
      types: arg({
        type: [types],
        description: 'Returns only events of these types. Default: all types.',
      }),
    }),
    after: arg({
      type: 'Cursor',
      description: 'Resume after this cursor. `earliest` starts at the oldest retained event.',
    }),
  });
  const declared: EventStream = {
    delivery: 'EVERY',
    topics,
    types: (given) => selectedTypes(options, given),
    matches: filterOf(options),
    ...(demands && { demands: (given, context) => demands(given as GivenArgs<Args, Type>, context) }),
  };
  builder.subscriptionField(name, (t) =>
    t.field({
      type,
      ...common,
      description: sentences(`${description}.`),
      args: argsOf(t.arg),
      extensions: stream(declared),
      subscribe: servedByDelivery<Payload>,
      resolve: (entry) => entry,
    }),
  );
  builder.subscriptionField(batchesOf(name), (t) =>
    t.field({
      type: [type],
      ...common,
      description: sentences(
        `${description}, in lists: all events that are ready, at most \`max\`, so that a client that is far behind catches ` +
          `up faster than with \`${name}\`. The list of a client that is up to date has one event.`,
      ),
      args: {
        ...argsOf(t.arg),
        max: t.arg.int({
          description: `Maximum length of a list, 1 to ${batchMax.max}. Default: ${batchMax.fallback}. Lists of long events are shorter.`,
        }),
      },
      extensions: {
        ...stream({ ...declared, batchMax: ({ max }) => numericArgument('max', max, batchMax) }),
        ...listSize(1), // the cost is a rate, and the rate of events does not depend on their grouping
      },
      subscribe: servedByDelivery<Payload>,
      resolve: (entry) => [entry],
    }),
  );
}

/** The name of the subscription that sends the events of another one in lists: `jobEventBatches` for `jobEvents`. */
export function batchesOf(name: string): string {
  return `${name.replace(/s$/, '')}Batches`;
}

function selectedTypes<Payload, Args extends InputFieldMap, Type extends string>(
  { types, typesOf }: EventSubscription<Payload, Args, Type>,
  given: StreamArgs,
): readonly string[] | null {
  const args = given as GivenArgs<Args, Type>;
  return types === undefined ? (typesOf?.(args) ?? null) : (args.types ?? null);
}

function filterOf<Payload, Args extends InputFieldMap, Type extends string>(
  options: EventSubscription<Payload, Args, Type>,
): NonNullable<EventStream['matches']> {
  return (given, context) => {
    const types = options.types === undefined ? null : selectedTypes(options, given);
    const key = options.ofKey === undefined ? null : (given[options.ofKey[0]] ?? null);
    const isMatch = options.matches?.(given as GivenArgs<Args, Type>, context) ?? (() => true);
    return (entry) =>
      (types === null || types.includes(entry.type)) &&
      (key === null || key === '' || entry.key === key) &&
      isMatch(entry as Entry<Payload>);
  };
}
