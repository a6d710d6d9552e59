import { getArgumentValues, type GraphQLSchema } from 'graphql';
import { checkBounds } from '../graph/bounds.ts';
import type { Viewer } from '../auth/viewer.ts';
import { AppError } from '../errors.ts';
import type { GraphContext } from '../graph/context.ts';
import type { ReportUnknown } from '../graph/errors.ts';
import type { StreamArgs } from '../graph/stream.ts';
import { authorize } from '../graph/authorize.ts';
import type { Encoder } from './encoder.ts';
import { Compiler } from '../engine/jit/compiler.ts';
import { EntryExecutor } from './entry-executor.ts';
import type { FrameCache } from './frame-cache.ts';
import { GaugeGroup } from './gauge-group.ts';
import type { Group, JoinOptions } from './group.ts';
import { EventGroup } from './event-group.ts';
import { addTo, digestOf, statsOf, type DeliveryStats, type FieldStats, type LiveGroup } from './stats.ts';
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
  /** Memory limit for all open subscriptions. */
  readonly share: Share;
  /** Memory limit for the subscriptions of one address, in bytes. Null: no limit. */
  readonly perAddress: AddressLimit | null;
  readonly load: (load: () => Promise<void>) => Promise<void>;
  /** Maximum size of a result. */
  readonly responseBytesMax: number;
  readonly accessEnded?: AccessEnded | undefined;
}

/** Called when a subscription ends because its viewer has lost a required right. */
export type AccessEnded = (viewer: Viewer, field: string) => void;

/** Default of `GaugeStream.freshMs`. */
const freshMsDefault = 2_000;
/** Maximum length of document and variables, which are kept as long as the subscription is open. */
const keyCharsMax = 131_072;
/** Longer keys are replaced by their digests. */
const plainKeyCharsMax = 256;
/** Maximum number of end reasons that are counted by name. */
const reasonsMax = 50;

/** Finds or creates the group of a subscription, and stops it when its last subscriber has left. */
export class SubscriptionGroups {
  readonly #options: SubscriptionGroupsOptions;
  readonly #compiler: Compiler;
  readonly #memory: SubscriptionMemory;
  readonly #live = new Map<string, LiveGroup>();
  readonly #ends = new Map<string, number>();
  /** Totals of stopped groups by root field. */
  readonly #stopped = new Map<string, FieldStats>();

  constructor(options: SubscriptionGroupsOptions) {
    this.#options = options;
    const { schema, responseBytesMax, share, perAddress } = options;
    this.#compiler = new Compiler(schema, responseBytesMax, share);
    this.#memory = new SubscriptionMemory(share, perAddress);
  }

  async join<Frame>(
    operation: Operation,
    variables: Variables,
    viewer: Viewer,
    options: Omit<JoinOptions, 'onLeave'> & {
      readonly encoder: Encoder<Frame>;
      readonly address: string | null;
    },
  ): Promise<Subscriber<Frame>> {
    const live = this.#open(operation, variables, viewer, options.encoder);
    live.holders++;
    let memory: Disposable | undefined;
    let access: Disposable | undefined;
    let subscriber: Subscriber<unknown>;
    try {
      memory = this.#memory.add(live.memory, options.address);
      subscriber = await live.group.join({
        ...options,
        onLeave: (leaving, reason) => {
          access?.[Symbol.dispose]();
          memory?.[Symbol.dispose]();
          live.group.subscribers.delete(leaving);
          this.#ended(reason);
          this.#release(live);
        },
      });
    } catch (error) {
      memory?.[Symbol.dispose]();
      this.#release(live);
      throw error;
    }
    const rejection = authorize(operation, viewer); // the rights may have changed while joining
    if (rejection !== null) {
      subscriber.leave(rejection.code);
      throw rejection;
    }
    access = viewer.credential?.follow(() => this.#recheck(subscriber, operation, viewer));
    if (subscriber.done) access?.[Symbol.dispose]();
    return subscriber as Subscriber<Frame>;
  }

  /** Called when the viewer's rights have changed. Ends the subscription if they are no longer sufficient. */
  #recheck(subscriber: Subscriber<unknown>, operation: Operation, viewer: Viewer): void {
    const rejection = authorize(operation, viewer);
    if (rejection === null) return;
    this.#options.accessEnded?.(viewer, operation.root?.field.name ?? '');
    subscriber.end(rejection);
  }

  get subscriptionCount(): number {
    let count = 0;
    for (const { group } of this.#live.values()) count += group.subscribers.size;
    return count;
  }

  stats(): DeliveryStats {
    return {
      groups: [...this.#live.values()].map(statsOf),
      latency: this.#options.latency.stats(),
      fields: this.#fields(),
      ends: this.#ends,
      cachedBytes: this.#options.frameCache.bytes,
    };
  }

  #fields(): readonly FieldStats[] {
    const fields = new Map(this.#stopped);
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
    const fullKey = JSON.stringify([operation.id, ordered(variables.coerced), view, encoder.id]);
    if (fullKey.length + operation.text.length > keyCharsMax)
      throw new AppError(
        'BAD_USER_INPUT',
        `A subscription and its variables must have at most ${keyCharsMax} characters.`,
        { details: { allowed: `${keyCharsMax} characters` } },
      );
    const key = fullKey.length > plainKeyCharsMax ? digestOf(fullKey) : fullKey;
    const existing = this.#live.get(key);
    if (existing !== undefined) return existing;
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
      onExecuted(entry) {
        live.executed++;
        latency.executed(entry);
      },
    });
    const group = this.#createGroup(operation, variables, context(viewer), {
      execution: execution as EntryExecutor<unknown>,
      encoder: encoder as Encoder<unknown>,
    });
    const live: LiveGroup = {
      key,
      id: null,
      operation,
      encoding: encoder.id,
      group,
      execution,
      memory: this.#memory.group(operation, key, variables),
      holders: 0,
      executed: 0,
    };
    this.#live.set(key, live);
    return live;
  }

  #createGroup(
    { root }: Operation,
    variables: Variables,
    context: GraphContext,
    common: { readonly execution: EntryExecutor<unknown>; readonly encoder: Encoder<unknown> },
  ): Group<unknown> {
    if (root === null) throw new Error('the prepared subscription has no root field');
    const declared = root.field.extensions.stream;
    if (declared === undefined) throw new Error(`${root.field.name} declares no stream`);
    const args = getArgumentValues(root.field, root.node, variables.coerced) as StreamArgs;
    checkBounds(root.field, args);
    const { log, gauges, demand } = context.journal;
    const matches = declared.matches?.(args, context) ?? null;
    if (declared.delivery === 'EVERY') {
      const { topics, types, demands, batchMax } = declared;
      const eventsMax = batchMax?.(args) ?? null;
      const { lists } = common.encoder;
      const responseKey = root.node.alias?.value ?? root.node.name.value;
      const { responseBytesMax } = this.#options;
      const demanded = demands?.(args, context);
      return new EventGroup({
        ...common,
        ...this.#options,
        log,
        topics,
        types: types(args),
        matches,
        batch:
          eventsMax === null || lists === undefined
            ? null
            : { lists, responseKey, eventsMax, responseBytesMax },
        demand: demanded === undefined ? null : demand.watch(demanded.topic, demanded.everyMs),
      });
    }
    const { topic, feature, featureOfOwnHost = false, freshMs = freshMsDefault } = declared;
    const { features, hostId } = context.serverInfo;
    const keys = declared.keys(args, context);
    const isOff = feature !== undefined && features[feature] === false;
    if (isOff && !(featureOfOwnHost && keys?.includes(hostId) === false))
      throw new AppError('FEATURE_DISABLED', `${feature} is off.`, { details: { feature } });
    return new GaugeGroup({
      ...common,
      ...this.#options,
      gauges,
      demand,
      topic,
      keys,
      matches,
      everyMs: declared.everyMs(args, context),
      freshMs,
    });
  }

  #release(live: LiveGroup): void {
    if (--live.holders > 0) return;
    this.#live.delete(live.key);
    live.group.stop();
    live.execution.stop();
    addTo(this.#stopped, live);
  }

  #ended(reason: string): void {
    const name = this.#ends.has(reason) || this.#ends.size < reasonsMax ? reason : 'other';
    this.#ends.set(name, (this.#ends.get(name) ?? 0) + 1);
  }
}

/** The rights on which the result depends. Subscriptions with equal views share frames. */
function viewOf(operation: Operation, viewer: Viewer): string {
  const allowed = operation.requires.join(',');
  return operation.viewerDependent ? `${allowed}@${viewer.subject}` : allowed;
}

/** Sorts the fields of objects, so that equal variables give equal keys. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, ordered(inner)]);
}
