import type { ArgBuilder, EnumRef, InputFieldMap, InputShapeFromFields, OutputRef } from '@pothos/core';
import type { Entry, Topic } from '../journal/topic.ts';
import { builder, type GraphTypes } from './builder.ts';
import type { GraphContext } from './context.ts';
import type { Requirement } from './rules.ts';
import { stream, subscribedByEngine, type EventStream, type StreamArgs } from './stream.ts';

/** A subscription field that delivers the events of a topic; see `eventSubscription`. */
export interface EventSubscription<Payload, Args extends InputFieldMap, Type extends string> {
  /** The object type of an entry, as `eventType` returns it. */
  readonly type: OutputRef<Entry<Payload>>;
  /** Null: every topic of the log. */
  readonly topic: Topic<Payload, 'EVERY'> | readonly Topic<Payload, 'EVERY'>[] | null;
  /** What is delivered, without a full stop: `Runs that end`. How it is delivered is added. */
  readonly description: string;
  /** Sentences behind that. */
  readonly note?: string;
  /** Default: `read`. */
  readonly requires?: Requirement;
  /** Whether `matches` looks at the viewer. */
  readonly viewerDependent?: boolean;
  /** An argument of this name and description: only entries with this key are delivered. */
  readonly ofKey?: readonly [argument: string, description: string];
  /** Arguments besides these, `after` and `types`. */
  readonly args?: (t: ArgBuilder<GraphTypes>) => Args;
  /** An enum whose values are types of entries, as `eventEnum` makes it: adds the argument `types`, which filters. */
  readonly types?: EnumRef<GraphTypes, string, Type>;
  /** Without `types`: the types that can be delivered, so that a replay reads no others. Null, the default: all. */
  readonly typesOf?: (args: Given<Args, Type>) => readonly string[] | null;
  /** Which entries are delivered. Called once a subscription; what it returns, once an entry. Default: all. */
  readonly matches?: (args: Given<Args, Type>, context: GraphContext) => (entry: Entry<Payload>) => boolean;
  /** A gauge whose source brings these events about: it runs at this pace while the events are read. */
  readonly watches?: (
    args: Given<Args, Type>,
    context: GraphContext,
  ) => { readonly topic: string; readonly everyMs: number };
}

type Given<Args extends InputFieldMap, Type extends string> = InputShapeFromFields<Args> & {
  readonly types?: readonly Type[] | null;
};

/**
 * Declares a subscription field that delivers each event once and in order, with the argument `after`:
 *
 *     eventSubscription('jobEvents', {
 *       type: JobEvent,
 *       topic: jobEvents,
 *       description: 'Runs that end',
 *       ofKey: ['jobId', 'Only of this job; default: of all.'],
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
    watches,
  } = options;
  const topics = topic === null ? null : [topic].flat().map((one) => one.name);
  builder.subscriptionField(name, (t) =>
    t.field({
      type,
      requires,
      ...(viewerDependent === undefined ? {} : { viewerDependent }),
      description: `EVERY. ${description}, after the cursor \`after\` or from now on.${note === undefined ? '' : ` ${note}`}`,
      args: {
        ...args?.(t.arg),
        ...(ofKey && { [ofKey[0]]: t.arg.id({ description: ofKey[1] }) }),
        ...(types && { types: t.arg({ type: [types], description: 'Only of these types; default all.' }) }),
        after: t.arg({
          type: 'Cursor',
          description: 'Go on behind this cursor; `earliest`: from the oldest event kept.',
        }),
      },
      extensions: stream({
        delivery: 'EVERY',
        topics,
        types: (given) => wantedTypes(options, given),
        matches: matching(options),
        ...(watches && { watches: (given, context) => watches(given as Given<Args, Type>, context) }),
      }),
      subscribe: subscribedByEngine<Payload>,
      resolve: (entry) => entry,
    }),
  );
}

function wantedTypes<Payload, Args extends InputFieldMap, Type extends string>(
  { types, typesOf }: EventSubscription<Payload, Args, Type>,
  given: StreamArgs,
): readonly string[] | null {
  const args = given as Given<Args, Type>;
  return types === undefined ? (typesOf?.(args) ?? null) : (args.types ?? null);
}

function matching<Payload, Args extends InputFieldMap, Type extends string>(
  options: EventSubscription<Payload, Args, Type>,
): NonNullable<EventStream['matches']> {
  return (given, context) => {
    const wanted = options.types === undefined ? null : wantedTypes(options, given);
    const key = options.ofKey === undefined ? null : (given[options.ofKey[0]] ?? null);
    const isMatch = options.matches?.(given as Given<Args, Type>, context) ?? (() => true);
    return (entry) =>
      (wanted === null || wanted.includes(entry.type)) &&
      (key === null || key === '' || entry.key === key) &&
      isMatch(entry as Entry<Payload>);
  };
}
