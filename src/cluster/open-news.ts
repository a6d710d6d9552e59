import type { DatabaseHandle } from '../db/database.ts';
import type { NewsSender } from '../journal/news.ts';
import type { Log } from '../log/log.ts';
import type { OpenCarrier } from './carrier.ts';
import { postgresCarrier } from './postgres-carrier.ts';

export interface NewsOptions {
  readonly database: DatabaseHandle;
  /** Where LISTEN connects; null: the address of the pool. */
  readonly listenUrl: string | null;
  /** Redis or Valkey; null: news are notifications of PostgreSQL. */
  readonly redisUrl: string | null;
  readonly log: Log;
}

/** How news travel: how this instance sends its own, and what brings those of the others. */
export interface News extends AsyncDisposable {
  /** Null: they are notifications of its transactions. */
  readonly sender: NewsSender | null;
  readonly openCarrier: OpenCarrier;
}

/** Redis is loaded only where it is used. */
export async function openNews({ database, listenUrl, redisUrl, log }: NewsOptions): Promise<News> {
  if (redisUrl === null)
    return {
      sender: null,
      openCarrier: (sink, channels) => postgresCarrier({ database, log, listenUrl }, sink, channels),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  const [{ RedisSender, newsStream }, { redisCarrier }] = await Promise.all([
    import('./redis-sender.ts'),
    import('./redis-carrier.ts'),
  ]);
  const stream = await newsStream(database.kysely);
  const sender = new RedisSender(redisUrl, stream);
  return {
    sender,
    openCarrier: (sink, channels) => redisCarrier({ url: redisUrl, stream, sender, log }, sink, channels),
    [Symbol.asyncDispose]: () => sender[Symbol.asyncDispose](),
  };
}
