import { OperationTypeNode } from 'graphql';
import pLimit from 'p-limit';
import type { Viewer } from '../auth/viewer.ts';
import { RequestError, type Operation } from '../engine/operation.ts';
import type { Engine, Request } from '../engine/engine.ts';
import { AppError } from '../errors.ts';
import type { GraphContext } from '../graph/context.ts';
import { toGraphQLError, type ReportUnknown } from '../graph/errors.ts';
import { limits } from '../graph/limits.ts';
import { formatCursor } from '../journal/cursor.ts';
import type { Journal } from '../journal/journal.ts';
import { MemoryBudget, memoryBudgetDefault } from '../lib/memory-budget.ts';
import type { AddressLimit } from '../lib/concurrency-limiter.ts';
import { Dispatcher } from './dispatcher.ts';
import type { Encoder } from './encoder.ts';
import { FrameCache } from './frame-cache.ts';
import { LatencyTracker, type LatencyHistograms } from './latency.ts';
import type { Reader, Subscriber } from './subscriber.ts';
import { SubscriptionGroups, type AccessEnded } from './subscription-groups.ts';
import { type FanoutStats } from './stats.ts';

/** Subscribers far behind that read the store at the same time. */
const loadingMax = 8;

export interface SubscribeOptions<Frame> {
  readonly encoder: Encoder<Frame>;
  readonly reader: Reader;
  /** The address of the client; absent: the subscription counts for no address. */
  readonly address?: string;
  /** Called once when the subscription ends: with an error, or with null when the server stops. */
  readonly ended: (error: unknown) => void;
  /** Resumes after this cursor, whatever the document says. */
  readonly after?: string;
  /** Of the entries after the cursor, at most this many, the newest. */
  readonly replayMax?: number;
  /** Called with the cost per second before the subscription begins; an error thrown here rejects it. */
  readonly admit?: (cost: number) => void;
}

/**
 * Serves subscriptions. Equal subscriptions form a group, for which an entry of the journal is executed and encoded
 * once; each subscriber is a position in the journal and buffers nothing. Documents, rights and costs are the engine's.
 */
export interface Delivery {
  /** Joins a subscription that the engine has prepared. @throws RequestError */
  subscribe<Frame>(
    operation: Operation,
    request: Request,
    viewer: Viewer,
    options: SubscribeOptions<Frame>,
  ): Promise<Subscriber<Frame>>;
  /** The end of the log as a cursor: a subscription after it yields what happens from now on. */
  head(): string;
  /** Mean time from a value's arrival in the journal to its writing, last 60 s, milliseconds; null without any. */
  messageLatencyMs(): number | null;
  /** How long values took on their way, since the start. */
  latencyHistograms(): LatencyHistograms;
  /** The open subscriptions, and counts since the start. */
  stats(): FanoutStats;
  /** Ends every subscription. */
  close(): void;
}

export interface DeliveryOptions {
  readonly engine: Engine;
  readonly context: (viewer: Viewer) => GraphContext;
  readonly journal: Journal;
  readonly report: ReportUnknown;
  /** The JSON of one result of a subscription. */
  readonly responseBytesMax?: number;
  readonly memory?: MemoryBudget;
  /** What the subscriptions of one address may hold, in bytes; null: any number. */
  readonly bytesPerAddress?: AddressLimit | null;
  /** Called when a subscription ends because its viewer may no longer see it. */
  readonly accessEnded?: AccessEnded;
}

export function createDelivery(options: DeliveryOptions): Delivery {
  const { engine, report, journal, responseBytesMax = limits.responseBytesMax } = options;
  const { memory = new MemoryBudget(memoryBudgetDefault), bytesPerAddress = null } = options;
  const latency = new LatencyTracker();
  const dispatcher = new Dispatcher(journal, (entry) => latency.arrived(entry));
  const frames = memory.share('frames');
  const frameCache = new FrameCache(frames.bytesMax);
  frames.observe(() => frameCache.bytes);
  const groups = new SubscriptionGroups({
    ...options,
    schema: engine.schema,
    latency,
    dispatcher,
    frameCache,
    share: memory.share('subscriptions'),
    perAddress: bytesPerAddress,
    load: pLimit(loadingMax),
    responseBytesMax,
  });

  return {
    async subscribe(operation, request, viewer, wanted) {
      try {
        if (operation.kind !== OperationTypeNode.SUBSCRIPTION)
          throw new AppError('BAD_USER_INPUT', 'Only a subscription can be subscribed to.');
        const { variables, cost } = engine.measure(operation, request, viewer);
        wanted.admit?.(cost);
        return await groups.join(operation, variables, viewer, {
          encoder: wanted.encoder,
          reader: wanted.reader,
          address: wanted.address ?? null,
          ended: wanted.ended,
          after: wanted.after ?? variables.after,
          replayMax: wanted.replayMax ?? null,
        });
      } catch (error) {
        throw error instanceof RequestError ? error : new RequestError([toGraphQLError(error, report)]);
      }
    },
    head: () => formatCursor(journal.log.epoch, journal.log.head()),
    messageLatencyMs: () => latency.writtenMs(),
    latencyHistograms: () => latency.histograms(),
    stats: () => groups.stats(),
    close() {
      groups.close();
      dispatcher[Symbol.dispose]();
    },
  };
}
