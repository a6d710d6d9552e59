import { setMaxListeners } from 'node:events';
import { parseArgs } from 'node:util';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { agent } from './demo/agent.ts';
import { operation } from './demo/operation.ts';
import { createServer } from './demo/server.ts';
import { createShop } from './demo/shop.ts';

/**
 * An example producer to run and to copy: a small retail operation that reports to a running server through its public
 * API only. All its data is invented.
 */

const usage = `npm run demo -- [--url http://127.0.0.1:9200] [--token TOKEN] [--once]

  --url    the server to report to
  --token  an API key or a JWT with the capability write, if the server requires one
  --once   one short round, then exit
`;

/** Time for the final reports to the server. */
const goodbyeMs = 3_000;

const { url, token, once } = readArguments();
const stopping = new AbortController();
const { signal } = stopping;
setMaxListeners(0, signal); // every wait listens to it

const server = createServer({
  url,
  token,
  signal,
  waiting: (reason) => shop.say(reason === null ? 'the server is back' : `waiting for the server: ${reason}`),
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
  process.exitCode = 1;
  stopping.abort();
}

function readArguments(): { url: URL; token: string | null; once: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        url: { type: 'string', default: 'http://127.0.0.1:9200' },
        token: { type: 'string' },
        once: { type: 'boolean', default: false },
      },
    });
    return { url: new URL(values.url), token: values.token ?? null, once: values.once };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}
