import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A way to a server that can break as networks do. */
export interface TcpProxy {
  readonly port: number;
  /** Connections taken so far, also those that were refused or lead nowhere. */
  readonly taken: number;
  /** Resets all connections, and each that comes until `heal`. */
  cut(): void;
  /** Keeps all connections open and passes nothing on, in either direction, also for those that come until `heal`. */
  blackHole(): void;
  /** Connections that come from now on are passed on, and what was held back in the others is let go. */
  heal(): void;
}

/** @param target a port of this machine, or the path of a Unix socket. */
export async function tcpProxy(target: number | string): Promise<TcpProxy> {
  let state: 'open' | 'cut' | 'black hole' = 'open';
  let taken = 0;
  const pairs = new Set<readonly [Socket, Socket]>();

  function reset(): void {
    for (const [client, upstream] of pairs) {
      client.resetAndDestroy();
      upstream.destroy(); // a Unix socket cannot be reset
    }
  }

  const server = createServer({ pauseOnConnect: true }, (client) => {
    taken++;
    client.on('error', () => {});
    if (state === 'cut') return void client.resetAndDestroy();
    const upstream = typeof target === 'number' ? connect(target, '127.0.0.1') : connect(target);
    const pair = [client, upstream] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [upstream, client]] as const) {
      from.on('error', () => {});
      from.on('data', (chunk) => {
        if (!to.destroyed) to.write(chunk);
      });
      from.on('end', () => to.end());
      from.on('close', () => {
        pairs.delete(pair);
        if (state !== 'black hole') to.destroy();
      });
      if (state === 'open') from.resume();
      else from.pause();
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    reset();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    get taken() {
      return taken;
    },
    cut() {
      state = 'cut';
      reset();
    },
    blackHole() {
      state = 'black hole';
      for (const pair of pairs) for (const socket of pair) socket.pause();
    },
    heal() {
      state = 'open';
      for (const pair of pairs) for (const socket of pair) socket.resume();
    },
  };
}
