import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { hostSample } from '../lib/sample.ts';
import { serve, type Server } from '../lib/serve.ts';
import { peerSample, typeDefs, type PeerSample } from './peer-schema.ts';

/** graphql-ws on graphql-js, as in its documentation: each subscriber has its own async iterator. */

export type GraphqlWsServer = Server<null>;

const subscribers = new Set<Subscriber>();

class Subscriber implements AsyncIterableIterator<PeerSample> {
  readonly #queue: PeerSample[] = [];
  #wake: ((result: IteratorResult<PeerSample>) => void) | null = null;

  push(sample: PeerSample): void {
    const wake = this.#wake;
    this.#wake = null;
    if (wake === null) this.#queue.push(sample);
    else wake({ done: false, value: sample });
  }

  next(): Promise<IteratorResult<PeerSample>> {
    const value = this.#queue.shift();
    if (value !== undefined) return Promise.resolve({ done: false, value });
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  return(): Promise<IteratorResult<PeerSample>> {
    subscribers.delete(this);
    this.#wake?.({ done: true, value: undefined });
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

const schema = buildSchema(typeDefs);
const field = schema.getSubscriptionType()?.getFields()['systemMetrics'];
if (field === undefined) throw new Error('the schema has no subscription');
field.subscribe = () => {
  const subscriber = new Subscriber();
  subscribers.add(subscriber);
  return subscriber;
};
field.resolve = (sample: unknown) => sample;

serve({
  async start() {
    const http = createServer();
    useServer({ schema }, new WebSocketServer({ server: http, path: '/graphql' }));
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    return { port: (http.address() as AddressInfo).port };
  },
  produce(from, to) {
    for (let event = from; event <= to; event++) {
      const sample = peerSample(hostSample(0, event));
      for (const subscriber of subscribers) subscriber.push(sample);
    }
  },
});
