import type { DatabaseHandle } from '../db/database.ts';
import type { Demand } from '../journal/demand.ts';
import type { Gauges } from '../journal/gauges.ts';
import type { DurableLog } from '../journal/journal.ts';
import { notifyChannel } from '../journal/news.ts';
import type { Topic } from '../journal/topic.ts';
import { undoAll, type Undo } from '../lib/undo.ts';
import type { Log } from '../log/log.ts';
import type { OpenCarrier } from './carrier.ts';
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
  /** Gauges whose values all instances get. */
  readonly shared: readonly Topic<unknown, 'LATEST'>[];
  readonly stats: () => Omit<InstanceStats, 'position' | 'notified'>;
}

export interface Cluster extends AsyncDisposable {
  readonly instances: Instances;
  readonly newsReceiver: NewsReceiver;
}

/**
 * Connects this process with the others on its database: it receives their commits, exchanges the newest values of
 * gauges with them, and divides the work that only one of them does. PostgreSQL has the truth; what is lost between the
 * processes costs time only.
 */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const { database, eventLog, gauges, demand, log, hostId, version, openCarrier, shared, stats } = options;
  const undo: Undo[] = [];
  const notified = (): boolean => newsReceiver.receiving();
  const instances = new Instances({
    database,
    demand,
    log,
    hostId,
    version,
    stats: () => ({ ...stats(), position: eventLog.head(), notified: notified() }),
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
  });
  undo.push(() => sharedGauges[Symbol.asyncDispose]());
  const newsReceiver = receiveNews({
    openCarrier,
    eventLog,
    channels: {
      [instancesChannel]: (instanceId) => instances.receive(instanceId),
      [gaugesChannel]: (news) => sharedGauges.receive(news),
    },
  });
  undo.push(() => newsReceiver[Symbol.asyncDispose]());
  return {
    instances,
    newsReceiver,
    [Symbol.asyncDispose]: () =>
      undoAll(undo, (error) => log.error({ err: error }, 'a part of the server failed to stop')),
  };
}
