import { setMaxListeners } from 'node:events';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { agent } from './agent.ts';
import { operation } from './operation.ts';
import { createServer } from './server.ts';
import { createShop } from './shop.ts';

/**
 * An example producer to run and to copy: a small retail operation that reports to a running server through its public
 * API only. All its data is invented.
 */

export interface DemoOptions {
  readonly url: URL;
  readonly token: string | null;
  /** One short round, without waits. */
  readonly once: boolean;
}

/** Time for the final reports to the server. */
const goodbyeMs = 3_000;

/** @returns the exit code, after one round or a signal. */
export async function runDemo({ url, token, once }: DemoOptions): Promise<number> {
  let exitCode = 0;
  const stopping = new AbortController();
  const { signal } = stopping;
  setMaxListeners(0, signal); // every wait listens to it

  const server = createServer({
    url,
    token,
    signal,
    waiting: (reason) =>
      shop.say(reason === null ? 'the server is back' : `waiting for the server: ${reason}`),
  });
  const shop = createShop({ server, signal, once, failed: fail });
  const client = createClient({
    url: new URL('/graphql', url).href.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: token === null ? {} : { token },
    retryAttempts: Infinity,
    shouldRetry: () => true,
  });

  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort());

  console.log(`This is a demo: all data that it reports to ${url.origin} is invented.`);
  await shop.run(work());
  stopping.abort();
  await client.dispose();
  await sayGoodbye();
  return exitCode;

  async function work(): Promise<void> {
    const { agents } = await server.ask<{ agents: { id: string }[] }>('{ agents { id: agentId } }');
    await Promise.all([
      ...agents.map(({ id }) => shop.run(agent(id, shop, client))),
      ...operation.map((part) => shop.run(part(shop))),
    ]);
  }

  /** Ends open workflows, runs and uploads, so that none appears to continue. */
  async function sayGoodbye(): Promise<void> {
    const open = shop.open();
    if (open.length === 0) return;
    const last = createServer({ url, token, signal: AbortSignal.timeout(goodbyeMs), waiting: () => {} });
    try {
      await last.publish(open);
    } catch {
      console.error('The final reports to the server failed.');
    }
  }

  function fail(error: unknown): void {
    console.error(`The demo ends: ${error instanceof Error ? error.message : String(error)}`);
    exitCode = 1;
    stopping.abort();
  }
}
