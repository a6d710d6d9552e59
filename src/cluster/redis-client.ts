import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from '@redis/client';
import { guarded } from '../lib/guarded.ts';
import { raceAbort } from '../lib/race-abort.ts';
import { withTimeLimit } from '../lib/with-time-limit.ts';

const connectMs = 2_000;
const reconnectMs = 1_000;

export type RedisClient = ReturnType<typeof redisClient>;

function redisClient(url: string) {
  return createClient({
    url,
    RESP: 2,
    name: 'opsgraph',
    disableClientInfo: true,
    disableOfflineQueue: true, // without a connection, commands fail instead of waiting
    socket: { connectTimeout: connectMs, reconnectStrategy: false },
  });
}

/** @param signal aborts when the connection is lost. */
type RedisWork<Result> = (client: RedisClient, signal: AbortSignal) => Promise<Result>;

/**
 * Opens a connection and closes it after the work.
 * @throws the error of the connection or of the work, or the reason of the signal; also if the server accepts the
 * connection and then does not answer for two seconds.
 */
export async function withRedis<Result>(
  url: string,
  parent: AbortSignal,
  work: RedisWork<Result>,
): Promise<Result> {
  const client = redisClient(url);
  const connection = new AbortController();
  const { signal } = connection;
  const onAbort = (): void => connection.abort(parent.reason);
  parent.addEventListener('abort', onAbort, { once: true });
  if (parent.aborted) onAbort();
  client.on(
    'error',
    guarded((error: unknown) => connection.abort(error)),
  );
  const notAnswered = (): Error => new Error('Redis does not answer');
  const connecting = signal.aborted ? Promise.reject<unknown>(signal.reason) : client.connect();
  try {
    await withTimeLimit(connectMs, signal, (limited) => raceAbort(connecting, limited), notAnswered);
    return await raceAbort(work(client, signal), signal);
  } finally {
    parent.removeEventListener('abort', onAbort);
    client.destroy();
    connecting.then(() => client.destroy()).catch(() => {}); // the socket may not have been open yet
  }
}

/** Keeps a connection: a second after one is lost or its work has failed, opens another, until the signal aborts. */
export async function keepRedis(
  url: string,
  signal: AbortSignal,
  { work, lost }: { readonly work: RedisWork<never>; readonly lost: (error: unknown) => void },
): Promise<void> {
  while (!signal.aborted) {
    await withRedis(url, signal, work).catch((error: unknown) => {
      if (!signal.aborted) lost(error);
    });
    await delay(reconnectMs, null, { signal }).catch(() => {});
  }
}
