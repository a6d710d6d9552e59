import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { raceAbort } from '../lib/race-abort.ts';
import type { Log } from '../log/log.ts';
import type { Carrier, NewsSink } from './carrier.ts';
import { keepRedis, type RedisClient } from './redis-client.ts';
import type { RedisSender } from './redis-sender.ts';

/** A nonce must arrive within this time. */
const proofMs = 1_000;
const proveEveryMs = 1_000;
/** How long a read waits for news, and how much one read returns. */
const blockMs = 1_000;
const readMax = 100;
/** For nonces only. */
const proofChannel = 'opsgraph_proof';

export interface RedisCarrierOptions {
  readonly url: string;
  readonly stream: string;
  /** Sends the nonces as it sends the news of this instance. */
  readonly sender: Pick<RedisSender, 'send' | 'error'>;
  readonly log: Log;
  readonly proofMs?: number;
  readonly proveEveryMs?: number;
}

/**
 * Brings the news that instances add to a stream of Redis or Valkey. After the connection was lost, it reads what was
 * added in the meantime. What Redis has forgotten by then is in the table of the log.
 *
 * A connection proves nothing: Redis may be frozen, full or a replica. So a nonce is added to the stream once a second, as
 * news are, and must arrive here.
 */
export function redisCarrier(
  options: RedisCarrierOptions,
  sink: NewsSink,
  channels: readonly string[],
): Carrier {
  const { url, stream, sender, log } = options;
  const nonceTimeoutMs = options.proofMs ?? proofMs;
  const known = new Set(channels);
  const closing = new AbortController();
  /** The id of the newest entry that was read; null: none yet. */
  let last: string | null = null;
  let proof: { readonly nonce: string; readonly onArrival: () => void } | null = null;
  let warned = false;

  async function read(client: RedisClient): Promise<never> {
    const newest = await client.xRevRange(stream, '+', '-', { COUNT: 1 });
    let from = resumeAfter(last, newest?.[0]?.id ?? null);
    for (;;) {
      last = from;
      const reply = await client.xRead({ key: stream, id: from }, { BLOCK: blockMs, COUNT: readMax });
      for (const { id, message } of reply?.[0]?.messages ?? []) {
        from = id;
        for (const [channel, text] of Object.entries(message)) take(channel, text);
      }
    }
  }

  function take(channel: string, text: string): void {
    if (known.has(channel)) sink.news(channel, text);
    else if (channel === proofChannel && text === proof?.nonce) proof.onArrival();
  }

  async function prove(signal: AbortSignal): Promise<never> {
    for (;;) {
      if (!(await arrives(randomUUID(), signal)))
        throw sender.error() ?? new Error('what is added to the stream does not arrive');
      if (warned) log.info({}, 'news arrive through Redis again; polling stops');
      warned = false;
      sink.arrive(true);
      await delay(options.proveEveryMs ?? proveEveryMs, null, { signal });
    }
  }

  /** Sends the nonce until it arrives, because the sender may not be connected yet. */
  async function arrives(nonce: string, signal: AbortSignal): Promise<boolean> {
    const send = (): void => sender.send(proofChannel, nonce);
    const sending = setInterval(send, nonceTimeoutMs / 4);
    let timer: NodeJS.Timeout | undefined;
    const arrival = new Promise<boolean>((resolve) => {
      // What arrived while this process was busy is read first.
      timer = setTimeout(() => setImmediate(() => setImmediate(() => resolve(false))), nonceTimeoutMs);
      proof = { nonce, onArrival: () => resolve(true) };
    });
    send();
    try {
      return await raceAbort(arrival, signal);
    } finally {
      clearInterval(sending);
      clearTimeout(timer);
    }
  }

  function lost(error: unknown): void {
    sink.arrive(false);
    if (warned) return;
    warned = true;
    log.warn({ err: error }, 'no news arrive through Redis; polling four times a second');
  }

  const keeping = keepRedis(url, closing.signal, {
    work: (client, signal) => Promise.race([read(client), prove(signal)]),
    lost,
  });

  return {
    name: 'REDIS',
    async [Symbol.asyncDispose]() {
      closing.abort();
      await keeping;
    },
  };
}

/**
 * Where to read on: after the last entry that was read, or, if the stream has been lost since, after its newest entry.
 * Ids are `<milliseconds>-<number>`.
 */
export function resumeAfter(last: string | null, newest: string | null): string {
  if (newest === null) return '0-0';
  return last === null || isBefore(newest, last) ? newest : last;
}

function isBefore(one: string, other: string): boolean {
  const [oneMs = 0, oneN = 0] = one.split('-').map(Number);
  const [otherMs = 0, otherN = 0] = other.split('-').map(Number);
  return oneMs < otherMs || (oneMs === otherMs && oneN < otherN);
}
