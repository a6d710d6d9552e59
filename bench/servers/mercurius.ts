import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import { mercurius } from 'mercurius';
import { hostSample } from '../lib/sample.ts';
import { serve } from '../lib/serve.ts';
import { peerSample, typeDefs, type PeerSample } from './peer-schema.ts';

/** Mercurius on Fastify, with its compiler enabled. */

interface Sampled {
  readonly systemMetrics: PeerSample;
}

const app = fastify();
let sample = peerSample(hostSample(0, 0));

serve({
  async start() {
    await app.register(mercurius, {
      schema: typeDefs,
      resolvers: {
        Query: { systemMetrics: () => sample },
        Subscription: {
          systemMetrics: {
            subscribe: (_root: unknown, _args: unknown, { pubsub }: { pubsub: Subscribable }) =>
              pubsub.subscribe('sampled'),
          },
        },
      } as never,
      subscription: true,
      jit: 1,
    });
    await app.listen({ port: 0, host: '127.0.0.1' });
    return { port: (app.server.address() as AddressInfo).port };
  },
  produce(from, to) {
    for (let event = from; event <= to; event++) {
      sample = peerSample(hostSample(0, event));
      app.graphql.pubsub.publish({ topic: 'sampled', payload: { systemMetrics: sample } });
    }
  },
});

interface Subscribable {
  subscribe(topic: string): Promise<AsyncIterableIterator<Sampled>>;
}
