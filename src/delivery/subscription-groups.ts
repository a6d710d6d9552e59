import { getArgumentValues, type GraphQLSchema } from 'graphql';
import { checkBounds } from '../graph/bounds.ts';
import type { Viewer } from '../auth/viewer.ts';
import { AppError } from '../errors.ts';
import type { GraphContext } from '../graph/context.ts';
import type { ReportUnknown } from '../graph/errors.ts';
import type { EventStream, GaugeStream, StreamArgs } from '../graph/stream.ts';
import { authorize } from '../engine/authorize.ts';
import type { Encoder } from './encoder.ts';
import { Compiler } from '../engine/jit/compiler.ts';
import { EntryExecutor } from './entry-executor.ts';
import type { FrameCache } from './frame-cache.ts';
import { GaugeGroup } from './gauge-group.ts';
import type { Group, JoinOptions } from './group.ts';
import { EventGroup } from './event-group.ts';
import { addTo, digestOf, statsOf, type FanoutStats, type FieldStats, type LiveGroup } from './stats.ts';
import type { Subscriber } from './subscriber.ts';
import type { Dispatcher } from './dispatcher.ts';
import { SubscriptionMemory } from './subscription-memory.ts';
import type { Share } from '../lib/memory-budget.ts';
import type { AddressLimit } from '../lib/concurrency-limiter.ts';
import type { Operation } from '../engine/operation.ts';
import type { Variables } from '../engine/variables.ts';
import type { LatencyTracker } from './latency.ts';

export interface SubscriptionGroupsOptions {
  readonly schema: GraphQLSchema;
  readonly context: (viewer: Viewer) => GraphContext;
  readonly report: ReportUnknown;
  readonly latency: LatencyTracker;
  readonly dispatcher: Dispatcher;
  readonly frameCache: FrameCache;
  /** What open subscriptions may hold. */
  readonly share: Share;
  /** And those of one address, in bytes; null: any number. */
  readonly perAddress: AddressLimit | null;
  readonly load: (load: () => Promise<void>) => Promise<void>;
  /** The JSON of a result at most. */
  readonly responseBytesMax: number;
  readonly accessEnded?: AccessEnded | undefined;
}

/** A subscription ended because its viewer may no longer see it. */
export type AccessEnded = (viewer: Viewer, field: string) => void;

/** The age of a value that a new subscriber may get, where the field does not declare it. */
const freshMs = 2_000;
/** What a subscription says is held as long as it lasts. */
const keyCharsMax = 131_072;
/** Longer keys are compared by their digests. */
const keyCharsKept = 256;
/** Reasons that are counted by name; there are no more than these and the codes of our errors. */
const reasonsMax = 50;

/** Finds or opens the group of a subscription, and stops it when its last subscriber has left. */
export class SubscriptionGroups {
  readonly #options: SubscriptionGroupsOptions;
  readonly #compiler: Compiler;
  readonly #holdings: SubscriptionMemory;
  readonly #live = new Map<string, LiveGroup>();
  readonly #ends = new Map<string, number>();
  /** What groups did that are no more, by root field. */
  readonly #past = new Map<string, FieldStats>();

  constructor(options: SubscriptionGroupsOptions) {
    this.#options = options;
    const { schema, responseBytesMax, share, perAddress } = options;
    this.#compiler = new Compiler(schema, responseBytesMax, share);
    this.#holdings = new SubscriptionMemory(share, perAddress);
  }

  async join<Frame>(
    operation: Operation,
    variables: Variables,
    viewer: Viewer,
    wanted: Omit<JoinOptions, 'gone'> & { readonly encoder: Encoder<Frame>; readonly address: string | null },
  ): Promise<Subscriber<Frame>> {
    const live = this.#open(operation, variables, viewer, wanted.encoder);
    live.holders++;
    let holding: Disposable | undefined;
    let watch: Disposable | undefined;
    let joined: Subscriber<unknown>;
    try {
      holding = this.#holdings.enter(live.held, wanted.address);
      joined = await live.group.join({
        ...wanted,
        gone: (one, reason) => {
          watch?.[Symbol.dispose]();
          holding?.[Symbol.dispose]();
          live.group.subscribers.delete(one);
          this.#ended(reason);
          this.#release(live);
        },
      });
    } catch (error) {
      holding?.[Symbol.dispose]();
      this.#release(live);
      throw error;
    }
    const refusal = authorize(operation, viewer); // it took a while to join
    if (refusal !== null) {
      joined.leave(refusal.code);
      throw refusal;
    }
    watch = viewer.credential?.follow(() => this.#recheck(joined, operation, viewer));
    if (joined.done) watch?.[Symbol.dispose]();
    return joined as Subscriber<Frame>;
  }

  /** The rights of a viewer have changed. The subscriber leaves if it may no longer read, and otherwise stays. */
  #recheck(subscriber: Subscriber<unknown>, operation: Operation, viewer: Viewer): void {
    const refusal = authorize(operation, viewer);
    if (refusal === null) return;
    this.#options.accessEnded?.(viewer, operation.root?.field.name ?? '');
    subscriber.end(refusal);
  }

  stats(): FanoutStats {
    return {
      groups: [...this.#live.values()].map(statsOf),
      latency: this.#options.latency.stats(),
      fields: this.#fields(),
      ends: this.#ends,
      rememberedBytes: this.#options.frameCache.bytes,
    };
  }

  #fields(): readonly FieldStats[] {
    const fields = new Map(this.#past);
    for (const live of this.#live.values()) addTo(fields, live);
    return [...fields.values()];
  }

  close(): void {
    for (const { group } of this.#live.values())
      for (const subscriber of group.subscribers) subscriber.end(null);
  }

  #open<Frame>(
    operation: Operation,
    variables: Variables,
    viewer: Viewer,
    encoder: Encoder<Frame>,
  ): LiveGroup {
    const view = viewOf(operation, viewer);
    const whole = JSON.stringify([operation.id, ordered(variables.all), view, encoder.id]);
    if (whole.length + operation.text.length > keyCharsMax)
      throw new AppError(
        'BAD_USER_INPUT',
        `A subscription and its variables may have at most ${keyCharsMax} characters.`,
        {
          details: { allowed: `${keyCharsMax} characters` },
        },
      );
    const key = whole.length > keyCharsKept ? digestOf(whole) : whole;
    const known = this.#live.get(key);
    if (known !== undefined) return known;
    const { schema, context, report, latency, responseBytesMax } = this.#options;
    const execution = new EntryExecutor<Frame>({
      schema,
      compiler: this.#compiler,
      operation,
      variables: variables.raw,
      encoder,
      context: () => context(viewer),
      report,
      responseBytesMax,
      executed(entry) {
        live.executed++;
        latency.executed(entry);
      },
    });
    const group = this.#start(operation, variables, context(viewer), execution, encoder);
    const live: LiveGroup = {
      key,
      id: null,
      operation,
      encoding: encoder.id,
      group,
      execution,
      held: this.#holdings.group(operation, key, variables),
      holders: 0,
      executed: 0,
    };
    this.#live.set(key, live);
    return live;
  }

  #start<Frame>(
    operation: Operation,
    variables: Variables,
    context: GraphContext,
    execution: EntryExecutor<Frame>,
    encoder: Encoder<Frame>,
  ): Group<unknown> {
    if (operation.root === null) throw new Error('a subscription without a root field was prepared');
    const { field, node } = operation.root;
    const declared = field.extensions.stream;
    if (declared === undefined) throw new Error(`${field.name} declares no stream`);
    const args = getArgumentValues(field, node, variables.all) as StreamArgs;
    checkBounds(field, args);
    const made = { execution: execution as EntryExecutor<unknown>, encoder: encoder as Encoder<unknown> };
    return declared.delivery === 'LATEST'
      ? this.#gauge(declared, args, context, made)
      : this.#events(declared, args, context, made);
  }

  #gauge(
    declared: GaugeStream,
    args: StreamArgs,
    context: GraphContext,
    made: { execution: EntryExecutor<unknown>; encoder: Encoder<unknown> },
  ): Group<unknown> {
    if (declared.feature !== undefined && context.serverInfo.features[declared.feature] === false)
      throw new AppError('FEATURE_DISABLED', `${declared.feature} is off.`, {
        details: { feature: declared.feature },
      });
    const { gauges, demand } = context.journal;
    const { dispatcher, latency } = this.#options;
    return new GaugeGroup({
      ...made,
      gauges,
      demand,
      dispatcher,
      latency,
      share: this.#options.share,
      topic: declared.topic,
      keys: declared.keys(args, context),
      matches: declared.matches?.(args, context) ?? null,
      everyMs: declared.everyMs(args, context),
      freshMs: declared.freshMs ?? freshMs,
    });
  }

  #events(
    declared: EventStream,
    args: StreamArgs,
    context: GraphContext,
    made: { execution: EntryExecutor<unknown>; encoder: Encoder<unknown> },
  ): Group<unknown> {
    const { log, demand } = context.journal;
    const wanted = declared.watches?.(args, context);
    return new EventGroup({
      ...made,
      ...this.#options,
      log,
      topics: declared.topics,
      types: declared.types(args),
      matches: declared.matches?.(args, context) ?? null,
      watching: wanted === undefined ? null : demand.watch(wanted.topic, wanted.everyMs),
    });
  }

  #release(live: LiveGroup): void {
    if (--live.holders > 0) return;
    this.#live.delete(live.key);
    live.group.stop();
    live.execution.stop();
    addTo(this.#past, live);
  }

  #ended(reason: string): void {
    const name = this.#ends.has(reason) || this.#ends.size < reasonsMax ? reason : 'other';
    this.#ends.set(name, (this.#ends.get(name) ?? 0) + 1);
  }
}

/** Members of equal view share frames; the view is derived from what the fields declare. */
function viewOf(operation: Operation, viewer: Viewer): string {
  const allowed = operation.requires.join(',');
  return operation.viewerDependent ? `${allowed}@${viewer.subject}` : allowed;
}

/** Equal variables make an equal key, whatever the order in which a client wrote them. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, ordered(inner)]);
}
