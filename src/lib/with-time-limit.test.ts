import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Agent, request } from 'undici';
import { expect, it } from 'vitest';
import { raceAbort } from './race-abort.ts';
import { withTimeLimit } from './with-time-limit.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const never = new Promise<never>(() => {});
const { signal: unlimited } = new AbortController();

it('ends requests after the time, also if the garbage collector ran meanwhile', async () => {
  const server = createServer(() => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const dispatcher = new Agent();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const get = (signal: AbortSignal) => request(url, { dispatcher, signal });
  const requests = Array.from({ length: 50 }, () => withTimeLimit(200, unlimited, get));
  const ended = Promise.allSettled(requests);
  await sleep(1);
  collectGarbage();
  await sleep(1);
  collectGarbage();
  for (const outcome of await ended) expect(outcome).toMatchObject({ reason: { name: 'TimeoutError' } });
  await dispatcher.destroy();
  server.close();
});

it('aborts with the reason of its parent', async () => {
  const parent = new AbortController();
  const work = withTimeLimit(60_000, parent.signal, (signal) => raceAbort(never, signal));
  parent.abort(new Error('stopped'));
  await expect(work).rejects.toThrow('stopped');
  await expect(
    withTimeLimit(60_000, parent.signal, async (signal) => signal.throwIfAborted()),
  ).rejects.toThrow('stopped');
});

it('aborts with the reason that was given for the time limit', async () => {
  const work = withTimeLimit(
    1,
    unlimited,
    (signal) => raceAbort(never, signal),
    () => new Error('too slow'),
  );
  await expect(work).rejects.toThrow('too slow');
});

it('returns the value of the work', async () => {
  await expect(withTimeLimit(60_000, unlimited, () => Promise.resolve(1))).resolves.toBe(1);
});
