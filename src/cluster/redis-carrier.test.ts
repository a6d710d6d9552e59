import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { hasRedis, startRedis, type Redis } from '../../test/_util/redis.ts';
import { tcpProxy } from '../../test/_util/tcp-proxy.ts';
import { notifyChannel } from '../journal/news.ts';
import { readLogIdentity } from '../journal/log-identity.ts';
import { openRestore } from '../journal/restore.ts';
import { every } from '../journal/topic.ts';
import {
  describeCarrier,
  ownDatabase,
  patience,
  startInstance,
  type TestInstance,
} from './carrier.contract.ts';
import { openNews } from './open-news.ts';
import { resumeAfter } from './redis-carrier.ts';
import { newsStream, RedisSender } from './redis-sender.ts';

function join(connection: string, redisUrl: string): Promise<TestInstance> {
  return startInstance(connection, ({ database, log }) =>
    openNews({ database, log, listenUrl: null, redisUrl }),
  );
}

async function receiving({ cluster }: TestInstance, expected = true): Promise<void> {
  await vi.waitUntil(() => cluster.newsReceiver.receiving() === expected, patience);
}

async function two(redis: Pick<Redis, 'url'>) {
  const connection = await ownDatabase();
  const [first, second] = [await join(connection, redis.url), await join(connection, redis.url)];
  for (const instance of [first, second]) await receiving(instance);
  return { connection, first, second };
}

if (hasRedis)
  describeCarrier('a stream of Redis', async () => {
    const redis = await startRedis();
    return {
      connect: ({ database, log }) => openNews({ database, log, listenUrl: null, redisUrl: redis.url }),
      restart: redis.restart,
      silence: { start: redis.freeze, end: redis.thaw },
    };
  });

describe.skipIf(!hasRedis)('news through Redis', () => {
  it('need no notification in any commit, gauge or report, and contain commits of 30 kB', async () => {
    const { connection, first, second } = await two(await startRedis());
    const listener = new pg.Client({ connectionString: connection });
    await listener.connect();
    onTestFinished(() => listener.end());
    const notified: string[] = [];
    listener.on('notification', ({ channel }) => void notified.push(channel));
    await listener.query(`listen ${notifyChannel}; listen opsgraph_gauges; listen opsgraph_instances`);
    const topic = every('alpha');
    await first.log.append([{ topic, key: 'k', type: 't', payload: { n: 1, text: 'x'.repeat(30_000) } }]);
    expect(await second.read(1)).toEqual([1]);
    await first[Symbol.asyncDispose]();
    await vi.waitUntil(() => second.cluster.instances.all().length === 1, patience);
    await listener.query('select 1'); // notifications come before the response
    expect(notified).toEqual([]);
  });

  it('tell instances what an import has stored', async () => {
    const redis = await startRedis();
    const { first } = await two(redis);
    const { database } = first;
    const { serverVersion } = await readLogIdentity(database.kysely);
    await using sender = new RedisSender(redis.url, await newsStream(database.kysely));
    await vi.waitUntil(() => sender.sending(), patience);
    await using restore = openRestore(database, { handlers: [], serverVersion, sender });
    const times = { occurredAt: 1, recordedAt: 1, reportedBy: null, digest: null };
    await restore.store([
      { seq: 7, topic: 'alpha', key: 'k', type: 't', id: 'one', payload: { n: 1 }, ...times },
    ]);
    expect(await first.read(1)).toEqual([1]);
    expect(first.log.head()).toBe(7);
  });

  it('are polled while Redis is full, which is logged once with its reason', async () => {
    const redis = await startRedis();
    const { first, second } = await two(redis);
    await redis.command('CONFIG', 'SET', 'maxmemory', '1');
    for (const instance of [first, second]) await receiving(instance, false);
    for (let n = 1; n <= 5; n++) await first.append(n);
    expect(await second.read(5)).toEqual([1, 2, 3, 4, 5]);
    await redis.command('CONFIG', 'SET', 'maxmemory', '0');
    for (const instance of [first, second]) await receiving(instance);
    expect(first.lines).toMatchObject([
      { level: 'WARNING', err: { message: expect.stringContaining('OOM') as string } },
      { level: 'INFO' },
    ]);
  });

  it('of an instance that alone is cut off from Redis are read from the database by the others', async () => {
    const redis = await startRedis();
    const proxy = await tcpProxy(redis.port);
    const connection = await ownDatabase();
    const cutOff = await join(connection, `redis://127.0.0.1:${proxy.port}`);
    const other = await join(connection, redis.url);
    for (const instance of [cutOff, other]) await receiving(instance);
    proxy.blackHole();
    await cutOff.append(1);
    expect(await other.read(1)).toEqual([1]); // by the reports
    await receiving(other, false); // because the reports say that it cannot send
    const sentAt = performance.now();
    await cutOff.append(2);
    expect(await other.read(2)).toEqual([1, 2]);
    expect(performance.now() - sentAt).toBeLessThan(5_000);
    await other.append(3);
    expect(await cutOff.read(3)).toEqual([1, 2, 3]);
    proxy.cut();
    proxy.heal();
    for (const instance of [cutOff, other]) await receiving(instance);
  });

  it('are read from the database while another instance still sends notifications', async () => {
    const redis = await startRedis();
    const connection = await ownDatabase();
    const first = await join(connection, redis.url);
    await receiving(first);
    const old = await startInstance(connection, ({ database, log }) =>
      openNews({ database, log, listenUrl: null, redisUrl: null }),
    );
    await receiving(first, false);
    await old.append(1);
    expect(await first.read(1)).toEqual([1]);
    await old[Symbol.asyncDispose]();
    await receiving(first);
  });

  it('go on after the stream was deleted, also when its new ids are smaller', async () => {
    const redis = await startRedis();
    const { first, second } = await two(redis);
    const stream = await newsStream(first.database.kysely);
    await redis.command('XADD', stream, '99999999999999-0', 'other', 'text'); // as by a clock that is ahead
    await first.append(1);
    expect(await second.read(1)).toEqual([1]);
    await redis.command('DEL', stream);
    await first.append(2);
    expect(await second.read(2)).toEqual([1, 2]);
    await vi.waitUntil(() => second.lines.length > 0, patience);
    for (const instance of [first, second]) await receiving(instance);
  });

  it('of two databases on one Redis do not mix', async () => {
    const redis = await startRedis();
    const [here, there] = [await two(redis), await two(redis)];
    expect(here.first.log.epoch).toBe(there.first.log.epoch); // copies of one database
    await here.first.append(1);
    await there.first.append(2);
    expect(await here.second.read(1)).toEqual([1]);
    expect(await there.second.read(1)).toEqual([2]);
    expect(await redis.command('KEYS', '*')).toHaveLength(2);
  });

  it('take a bounded part of the memory of Redis', async () => {
    const redis = await startRedis();
    const { first } = await two(redis);
    const stream = await newsStream(first.database.kysely);
    await using sender = new RedisSender(redis.url, stream);
    await vi.waitUntil(() => sender.sending(), patience);
    const added = async (): Promise<number> => {
      const facts = (await redis.command('XINFO', 'STREAM', stream)) as unknown[];
      return Number(facts[facts.indexOf('entries-added') + 1]);
    };
    await vi.waitUntil(async () => {
      for (let n = 0; n < 500; n++) sender.send('other', 'text');
      return (await added()) > 5_000;
    }, patience);
    expect(await redis.command('XLEN', stream)).toBeLessThan(2_300);
  });

  it('take a bounded part of the memory of a server whose Redis is frozen', async () => {
    const redis = await startRedis();
    await using sender = new RedisSender(redis.url, 'stream');
    await vi.waitUntil(() => sender.sending(), patience);
    redis.freeze();
    const text = 'x'.repeat(32 * 1024);
    for (let n = 0; n < 10_000; n++) sender.send('other', text); // 320 MiB
    expect(sender.error()).toMatchObject({ message: 'Redis is too slow; news were dropped' });
    expect(sender.sending()).toBe(false);
    redis.thaw();
    await vi.waitUntil(() => sender.sending(), patience);
    expect(await redis.command('XLEN', 'stream')).toBeLessThan(500);
  });

  it('use the password and the number of the database in the URL', async () => {
    const redis = await startRedis(['--requirepass', 'sesame'], { credentials: ':sesame@' });
    const { first, second } = await two({ url: `${redis.url}/3` });
    await first.append(1);
    expect(await second.read(1)).toEqual([1]);
    expect(await redis.command('INFO', 'keyspace')).toContain('db3:keys=1');
  });

  it('need an account with the few rights that docs/scaling.md lists', async () => {
    const redis = await startRedis();
    const rights = '+@connection +xadd +xread +xrevrange ~opsgraph:*';
    await redis.command('ACL', 'SETUSER', 'ops', 'on', '>sesame', ...rights.split(' '));
    const { first, second } = await two({ url: redis.url.replace('://', '://ops:sesame@') });
    await first.append(1);
    expect(await second.read(1)).toEqual([1]);
    const docs = await readFile(new URL('../../docs/scaling.md', import.meta.url), 'utf8');
    expect(docs).toContain(rights);
  });

  it('are polled while the password is wrong, which is logged once and without it', async () => {
    const redis = await startRedis(['--requirepass', 'sesame'], { credentials: ':sesame@' });
    const connection = await ownDatabase();
    const wrong = `redis://:mellon@127.0.0.1:${redis.port}`;
    const [first, second] = [await join(connection, wrong), await join(connection, wrong)];
    await first.append(1);
    expect(await second.read(1)).toEqual([1]);
    await vi.waitUntil(() => second.lines.length > 0, patience);
    expect(second.lines).toMatchObject([
      { level: 'WARNING', err: { message: expect.stringContaining('WRONGPASS') as string } },
    ]);
    expect(JSON.stringify(second.lines)).not.toContain('mellon');
  });
});

describe('the entry of the stream after which a carrier reads', () => {
  it.each([
    ['none, of an empty stream', null, null, '0-0'],
    ['the newest, at the start', null, '5-1', '5-1'],
    ['the last that it has read, after a lost connection', '5-1', '7-0', '5-1'],
    ['the same, if nothing was added', '5-1', '5-1', '5-1'],
    ['the newest, of a stream that began again', '5-1', '4-9', '4-9'],
    ['the newest, of one that began again in the same millisecond', '5-10', '5-9', '5-9'],
    ['none, of a stream that is gone', '5-1', null, '0-0'],
  ])('is %s', (_what, last, newest, expected) => {
    expect(resumeAfter(last, newest)).toBe(expected);
  });
});
