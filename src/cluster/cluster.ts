import type { DatabaseHandle } from '../db/database.ts';
import type { Demand } from '../journal/demand.ts';
import type { Gauges } from '../journal/gauges.ts';
import type { DurableLog } from '../journal/journal.ts';
import { notifyChannel, type NewsSender } from '../journal/news.ts';
import type { Topic } from '../journal/topic.ts';
import { undoAll, type Undo } from '../lib/undo.ts';
import type { Log } from '../log/log.ts';
import type { OpenCarrier } from './carrier.ts';
import { FeedClients } from './feed-clients.ts';
import { instancesChannel, type InstanceStats } from './instance-report.ts';
import { Instances } from './instances.ts';
import { receiveNews, type NewsReceiver } from './news-receiver.ts';
import { gaugesChannel, shareGauges } from './shared-gauges.ts';

/** What instances send each other. */
export const newsChannels = [notifyChannel, instancesChannel, gaugesChannel] as const;

export interface ClusterOptions {
  readonly database: DatabaseHandle;
  readonly eventLog: DurableLog;
  readonly gauges: Gauges;
  readonly demand: Demand;
  readonly log: Log;
  readonly hostId: string;
  readonly version: string;
  readonly openCarrier: OpenCarrier;
  /** Sends the news of this instance; null: PostgreSQL, as notifications. */
  readonly sender?: NewsSender | null;
  /** Gauges whose values all instances get. */
  readonly shared: readonly Topic<unknown, 'LATEST'>[];
  readonly stats: () => Pick<InstanceStats, 'connectionCount' | 'subscriptionCount'>;
}

export interface Cluster extends AsyncDisposable {
  readonly instances: Instances;
  readonly newsReceiver: NewsReceiver;
  readonly feedClients: FeedClients;
}

/**
 * Connects this process with the others on its database: it receives their commits, exchanges the newest values of
 * gauges with them, and divides the work that only one of them does. PostgreSQL has the truth; what is lost between the
 * processes costs time only.
 */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const {
    database,
    eventLog,
    gauges,
    demand,
    log,
    hostId,
    version,
    openCarrier,
    sender = null,
    shared,
    stats,
  } = options;
  const undo: Undo[] = [];
  const notified = (): boolean => newsReceiver.receiving();
  const route = sender?.route ?? 'POSTGRES';
  const sendsTo = (): string | null => (sender === null || sender.sending() ? route : null);
  const instances = new Instances({
    database,
    demand,
    log,
    hostId,
    version,
    sender,
    stats: () => ({
      ...stats(),
      position: eventLog.head(),
      notified: notified(),
      carrier: newsReceiver.carrier,
      sendsTo: sendsTo(),
    }),
  });
  undo.push(() => instances[Symbol.asyncDispose]());
  const sharedGauges = await shareGauges({
    database,
    gauges,
    instances,
    topics: shared,
    hostId,
    log,
    notified,
    sender,
  });
  undo.push(() => sharedGauges[Symbol.asyncDispose]());
  const feedClients = new FeedClients(database, log);
  undo.push(() => feedClients[Symbol.asyncDispose]());
  const newsReceiver = receiveNews({
    openCarrier,
    eventLog,
    route,
    channels: {
      [instancesChannel]: (instanceId) => instances.receive(instanceId),
      [gaugesChannel]: (news) => sharedGauges.receive(news),
    },
  });
  undo.push(() => newsReceiver[Symbol.asyncDispose]());
  const reports = instances.onReport(() => newsReceiver.compare(instances.others()));
  undo.push(() => reports[Symbol.dispose]());
  return {
    instances,
    newsReceiver,
    feedClients,
    [Symbol.asyncDispose]: () =>
      undoAll(undo, (error) => log.error({ err: error }, 'a part of the server failed to stop')),
  };
}
