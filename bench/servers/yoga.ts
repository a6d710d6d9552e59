import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExecutionArgs } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { createPubSub, createSchema, createYoga } from 'graphql-yoga';
import { WebSocketServer } from 'ws';
import { hostSample } from '../lib/sample.ts';
import { serve } from '../lib/serve.ts';
import { peerSample, typeDefs, type PeerSample } from './peer-schema.ts';

/** Yoga with its own pub/sub, behind graphql-ws as in Yoga's documentation. */

const pubSub = createPubSub<{ sampled: [PeerSample] }>();

interface Prepared {
  readonly execute: (args: ExecutionArgs) => never;
  readonly subscribe: (args: ExecutionArgs) => never;
}

const yoga = createYoga({
  logging: false,
  schema: createSchema({
    typeDefs,
    resolvers: {
      Subscription: {
        systemMetrics: {
          subscribe: () => pubSub.subscribe('sampled'),
          resolve: (sample: PeerSample) => sample,
        },
      },
    },
  }),
});

serve({
  async start() {
    const http = createServer((request, response) => void yoga(request, response));
    useServer(
      {
        execute: (args) => (args.rootValue as Prepared).execute(args),
        subscribe: (args) => (args.rootValue as Prepared).subscribe(args),
        async onSubscribe(context, _id, params) {
          const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped({
            ...context,
            req: context.extra.request,
            socket: context.extra.socket,
            params,
          });
          const args = {
            schema,
            operationName: params.operationName,
            document: parse(params.query),
            variableValues: params.variables,
            contextValue: await contextFactory(),
            rootValue: { execute, subscribe },
          };
          const errors = validate(args.schema, args.document);
          return errors.length > 0 ? errors : args;
        },
      },
      new WebSocketServer({ server: http, path: yoga.graphqlEndpoint }),
    );
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    return { port: (http.address() as AddressInfo).port };
  },
  produce(from, to) {
    for (let event = from; event <= to; event++) pubSub.publish('sampled', peerSample(hostSample(0, event)));
  },
});
