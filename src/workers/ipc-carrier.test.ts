import { onTestFinished } from 'vitest';
import { proxied } from '../../test/_util/database.ts';
import { describeCarrier } from '../cluster/carrier.contract.ts';
import { newsChannels } from '../cluster/cluster.ts';
import { postgresCarrier } from '../cluster/postgres-carrier.ts';
import { openDatabase } from '../db/database.ts';
import { openLog } from '../log/log.ts';
import { IpcCarrier } from './ipc-carrier.ts';
import type { ToWorker } from './messages.ts';

/** A primary, which listens for all workers, and messages as they are between processes: JSON, and later. */
describeCarrier('messages of a primary', async (connection) => {
  const { proxy, connection: behind } = await proxied(connection);
  const workers = new Set<IpcCarrier>();
  let isProven = false;
  const lines: { level: string }[] = [];
  const write = (line: string): void => void lines.push(JSON.parse(line) as { level: string });
  const log = openLog({ level: 'INFO', destination: { write } });
  const database = openDatabase({ connection, max: 2, log });
  const send = (message: Extract<ToWorker, { kind: 'news' | 'arrive' }>): void => {
    const text = JSON.stringify(message);
    setImmediate(() => {
      const received = JSON.parse(text) as typeof message;
      for (const worker of workers)
        if (received.kind === 'news') worker.news(received.channel, received.text);
        else worker.arrive(received.proven);
    });
  };
  const primary = postgresCarrier(
    { database, log, listenUrl: behind, proveEveryMs: 100, proofMs: 500 },
    {
      news: (channel, text) => send({ kind: 'news', channel, text }),
      arrive(proven) {
        isProven = proven;
        send({ kind: 'arrive', proven });
      },
    },
    newsChannels,
  );
  onTestFinished(async () => {
    await primary[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });
  return {
    lines,
    connect() {
      const worker = new IpcCarrier();
      worker.arrive(isProven);
      workers.add(worker);
      return Promise.resolve({
        sender: null,
        openCarrier: (sink) => worker.open(sink),
        [Symbol.asyncDispose]: async () => void workers.delete(worker),
      });
    },
    restart() {
      proxy.cut();
      proxy.heal();
      return Promise.resolve();
    },
    silence: {
      start: proxy.blackHole,
      end() {
        proxy.cut();
        proxy.heal();
      },
    },
  };
});
