import cluster from 'node:cluster';
import type { DestinationStream } from 'pino';
import { newsChannels } from '../cluster/cluster.ts';
import { openNews, type NewsOptions } from '../cluster/open-news.ts';
import type { DatabaseConfig } from '../config/database.ts';
import { openStore } from '../db/open-store.ts';
import { undoAll, type Undo } from '../lib/undo.ts';
import type { Log } from '../log/log.ts';
import type { Addresses } from './messages.ts';
import { workerPoolSize } from './worker-config.ts';
import { WorkerPool } from './worker-pool.ts';

/** Statements that the primary runs: the proof of notifications, and migrations before any worker starts. */
const poolSize = 2;
/** What a worker opens besides its pool: the log up to two, and one at its start. */
const beyondPool = 3;

export interface PrimaryOptions {
  readonly database: DatabaseConfig;
  readonly news: Pick<NewsOptions, 'redisUrl'>;
  readonly workers: number;
  readonly stopMs: number;
  /** The environment of the workers. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  readonly destination: DestinationStream;
}

export interface Primary {
  readonly addresses: Addresses;
  /** Replaces the workers one by one. Their clients reconnect to others and resume. */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts WORKERS: processes that serve clients on the same ports, each an instance of its own. This process, the
 * primary, serves no client. It runs the embedded database, receives the news of the database once for all workers,
 * starts workers that have ended again, and tells them what they count together.
 */
export async function startPrimary(options: PrimaryOptions): Promise<Primary> {
  const { database: config, log } = options;
  const undo: Undo[] = [];
  const failed = (error: unknown): void => log.error({ err: error }, 'a part of the server failed to stop');
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopped ??= undoAll(undo, failed));
  try {
    const database = await openStore({ ...config, poolSize }, log, undo, {
      connections: options.workers * (workerPoolSize(config.poolSize, options.workers) + beyondPool),
    });
    let proven = false;
    const pool = new WorkerPool({
      ...options,
      count: options.workers,
      embedded: config.url === null ? database.connection : null,
      proven: () => proven,
    });
    const news = await openNews({ ...config, ...options.news, database, log });
    undo.push(() => news[Symbol.asyncDispose]());
    const carrier = news.openCarrier(
      {
        news: (channel, text) => pool.news(channel, text),
        arrive(now) {
          proven = now;
          pool.arrive(now);
        },
      },
      newsChannels,
    );
    undo.push(() => carrier[Symbol.asyncDispose]());
    cluster.schedulingPolicy = cluster.SCHED_NONE;
    cluster.setupPrimary({ silent: true });
    undo.push(() => pool.stop());
    const addresses = await pool.start();
    return {
      addresses,
      stop,
      async reload() {
        log.info({}, 'the workers are replaced');
        if (await pool.replaceAll()) log.info({}, 'all workers are replaced');
        else log.error({}, 'a new worker could not start; the old ones go on');
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
