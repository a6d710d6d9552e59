import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface RoundTrips {
  readonly port: number;
  /** How often a client has waited for an answer before it sent more. */
  readonly count: number;
}

/** A way to a server that takes a while to bring each answer, so that what is sent together arrives before it. */
export async function roundTripsTo(target: string | number, latencyMs: number): Promise<RoundTrips> {
  let count = 0;
  const server = createServer((client) => {
    const upstream = typeof target === 'number' ? connect(target, '127.0.0.1') : connect(target);
    let answered = true;
    client.on('data', (chunk) => {
      if (answered) count++;
      answered = false;
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      setTimeout(() => {
        answered = true;
        if (!client.destroyed) client.write(chunk);
      }, latencyMs);
    });
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.on('error', () => {});
      from.on('close', () => to.destroy());
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  return {
    port: (server.address() as AddressInfo).port,
    get count() {
      return count;
    },
  };
}
