import { OperationTypeNode } from 'graphql';
import pLimit from 'p-limit';
import type { Viewer } from '../auth/viewer.ts';
import { RequestError, type Operation } from '../engine/operation.ts';
import type { Engine, Request } from '../engine/engine.ts';
import { AppError } from '../errors.ts';
import type { GraphContext } from '../graph/context.ts';
import { toGraphQLError, type ReportUnknown } from '../graph/errors.ts';
import { limits } from '../graph/limits.ts';
import { formatCursor, laterCursor } from '../journal/cursor.ts';
import type { Journal } from '../journal/journal.ts';
import { MemoryBudget, memoryBudgetDefault } from '../lib/memory-budget.ts';
import type { AddressLimit } from '../lib/concurrency-limiter.ts';
import { Dispatcher } from './dispatcher.ts';
import type { Encoder } from './encoder.ts';
import { FrameCache } from './frame-cache.ts';
import { LatencyTracker, type LatencyHistograms } from './latency.ts';
import type { Reader, Subscriber } from './subscriber.ts';
import { SubscriptionGroups, type AccessEnded } from './subscription-groups.ts';
import type { DeliveryStats } from './stats.ts';

/** Subscribers that read pages from the database at the same time. */
const loadingMax = 8;

export interface SubscribeOptions<Frame> {
  readonly encoder: Encoder<Frame>;
  readonly reader: Reader;
  /** The client's address. Absent: the subscription is not counted for an address. */
  readonly address?: string;
  /** Called once when the subscription ends: with an error, or with null when the server stops. */
  readonly ended: (error: unknown) => void;
  /** The cursor to resume after. Overrides the argument `after` of the document. */
  readonly after?: string;
  /** The cursor of the last event that the client has received. The later one of it and `after` counts. */
  readonly resumeAfter?: string | null;
  /** Maximum number of entries to replay: the newest ones after the cursor. Default: all. */
  readonly replayMax?: number;
  /** Called with the cost per second before the subscription starts. Rejects the subscription by throwing an error. */
  readonly admit?: (cost: number) => void;
}

/**
 * Serves subscriptions for all transports and old systems. Equal subscriptions form a group: each entry of the journal
 * is executed and encoded once per group. A subscriber is a position in the journal and buffers nothing. The delivery
 * never parses documents or computes costs: the engine prepares the operations.
 */
export interface Delivery {
  /** Starts a subscription that the engine has prepared. @throws RequestError */
  subscribe<Frame>(
    operation: Operation,
    request: Request,
    viewer: Viewer,
    options: SubscribeOptions<Frame>,
  ): Promise<Subscriber<Frame>>;
  /** The cursor of the newest event: a subscription after it receives all later events. */
  head(): string;
  /** Mean time from recording to writing in the last 60 s, in milliseconds. Null without messages. */
  messageLatencyMs(): number | null;
  /** Latencies since the process started. */
  latencyHistograms(): LatencyHistograms;
  /** Number of open subscriptions. */
  readonly subscriptionCount: number;
  /** The open subscriptions, and totals since the process started. */
  stats(): DeliveryStats;
  /** Ends every subscription. */
  close(): void;
}

export interface DeliveryOptions {
  readonly engine: Engine;
  readonly context: (viewer: Viewer) => GraphContext;
  readonly journal: Journal;
  readonly report: ReportUnknown;
  /** Maximum size of one result. */
  readonly responseBytesMax?: number;
  readonly memory?: MemoryBudget;
  /** Memory limit for the subscriptions of one address, in bytes. Null: no limit. */
  readonly bytesPerAddress?: AddressLimit | null;
  /** Called when a subscription ends because its viewer has lost a required right. */
  readonly accessEnded?: AccessEnded;
  /** Measures the stages of entries. */
  readonly latency?: LatencyTracker;
}

export function createDelivery(options: DeliveryOptions): Delivery {
  const { engine, report, journal, responseBytesMax = limits.responseBytesMax } = options;
  const { memory = new MemoryBudget(memoryBudgetDefault), bytesPerAddress = null } = options;
  const { latency = new LatencyTracker() } = options;
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

  /** Gauges have no cursors. */
  function startOf({ root }: Operation, after: string | null, resumeAfter: string | null): string | null {
    if (root?.field.extensions.stream?.delivery !== 'EVERY' || resumeAfter === null) return after;
    return laterCursor(after, resumeAfter, journal.log.epoch);
  }

  return {
    async subscribe(operation, request, viewer, wanted) {
      try {
        if (operation.kind !== OperationTypeNode.SUBSCRIPTION)
          throw new AppError('BAD_USER_INPUT', 'The operation must be a subscription.');
        const { variables, cost } = engine.measure(operation, request, viewer);
        wanted.admit?.(cost);
        return await groups.join(operation, variables, viewer, {
          encoder: wanted.encoder,
          reader: wanted.reader,
          address: wanted.address ?? null,
          ended: wanted.ended,
          after: startOf(operation, wanted.after ?? variables.after, wanted.resumeAfter ?? null),
          replayMax: wanted.replayMax ?? null,
        });
      } catch (error) {
        throw error instanceof RequestError ? error : new RequestError([toGraphQLError(error, report)]);
      }
    },
    head: () => formatCursor(journal.log.epoch, journal.log.head()),
    messageLatencyMs: () => latency.writtenMs(),
    latencyHistograms: () => latency.histograms(),
    get subscriptionCount() {
      return groups.subscriptionCount;
    },
    stats: () => groups.stats(),
    close() {
      groups.close();
      dispatcher[Symbol.dispose]();
    },
  };
}
