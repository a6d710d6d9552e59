import { randomUUID } from 'node:crypto';
import { withRedis, type RedisClient } from '../../cluster/redis-client.ts';
import { maskUrl } from '../../lib/mask.ts';
import { withTimeLimit } from '../../lib/with-time-limit.ts';
import type { Config } from '../../settings.ts';
import { reasonOf } from './access.ts';
import { ok, warning, type Finding } from './finding.ts';

const answerMs = 5_000;
const without = 'without it, events of other instances arrive up to 250 ms later.';

/** Redis of REDIS_URL: an entry is added to a stream of its own, read, and removed. */
export async function checkRedis({ news: { redisUrl } }: Config): Promise<Finding[]> {
  if (redisUrl === null) return [];
  const shown = maskUrl(redisUrl);
  try {
    const { version, ms } = await withTimeLimit(answerMs, new AbortController().signal, (signal) =>
      withRedis(redisUrl, signal, tryStream),
    );
    return [ok('redis', `${version} at ${shown} adds to a stream and reads it within ${ms} ms`)];
  } catch (error) {
    const todo = `Correct REDIS_URL or start the server; ${without}`;
    return [warning('redis', `Redis at ${shown} cannot be used: ${reasonOf(error)}`, todo)];
  }
}

async function tryStream(client: RedisClient): Promise<{ readonly version: string; readonly ms: number }> {
  const stream = `opsgraph:check:${randomUUID()}`;
  const info = await client.info('server').catch(() => '');
  const sentAt = performance.now();
  await client.xAdd(stream, '*', { check: 'check' });
  try {
    const read = await client.xRead({ key: stream, id: '0-0' }, { COUNT: 1 });
    if (read?.[0]?.messages[0]?.message['check'] !== 'check')
      throw new Error('what is added to a stream cannot be read');
    return { version: nameOf(info), ms: Math.ceil(performance.now() - sentAt) };
  } finally {
    await client.unlink(stream);
  }
}

/** From the response to INFO, which an account may be not allowed to read. */
function nameOf(info: string): string {
  const valkey = /^valkey_version:(\S+)/m.exec(info)?.[1];
  if (valkey !== undefined) return `Valkey ${valkey}`;
  const redis = /^redis_version:(\S+)/m.exec(info)?.[1];
  return redis === undefined ? 'Redis' : `Redis ${redis}`;
}
