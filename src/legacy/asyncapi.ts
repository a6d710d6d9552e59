import { z } from 'zod';
import { camelCase } from '../lib/camel-case.ts';
import { parameterIn, segmentsOf } from '../lib/path-pattern.ts';
import type { Dialect, FeedSpec } from './dialect.ts';
import { describeNeeds } from './features.ts';
import { jsonSchemaOf, type JsonObject } from './json-schema.ts';

export interface AsyncApiOptions {
  readonly version: string;
  readonly dialects: readonly Dialect[];
  /** Whether every handshake needs a credential. */
  readonly credentialsRequired: boolean;
  /** The address at which clients reach the WebSockets. */
  readonly advertised: { readonly host: string; readonly port: number; readonly protocol: string };
}

const description = `The WebSocket feeds of the old systems. Each text frame has one JSON object, in both directions.

The graph has the same data, and its clients select the fields that they need: new clients should use subscriptions at
\`/graphql\` with the protocol \`graphql-transport-ws\`. For the REST endpoints see [Swagger UI](/docs),
[ReDoc](/redoc) or [OpenAPI](/openapi.json).

Unknown values are null. A client need not send anything. A message that is invalid, too large or above the rate limit
is answered with an error, and the connection stays open. A handshake is rejected with an HTTP status: 400
(\`client_id\`), 401 (credential), 403 (origin or capability), 404, 429 (too many connections from this address), 503
(feature off or no capacity).`;

/** The AsyncAPI 3 document of all feeds. Pure. */
export function asyncApi(options: AsyncApiOptions): JsonObject {
  const { version, dialects, credentialsRequired, advertised } = options;
  const withFeeds = dialects.filter(({ feeds }) => feeds.length > 0);
  const feeds = withFeeds.flatMap((dialect) => dialect.feeds.map((feed) => describeFeed(dialect, feed)));
  const security = Object.keys(securitySchemes).map((name) => ({
    $ref: `#/components/securitySchemes/${name}`,
  }));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'opsgraph',
      version,
      description,
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
      tags: withFeeds.map(tagOf),
    },
    defaultContentType: 'application/json',
    servers: {
      main: {
        host: `${advertised.host}:${advertised.port}`,
        protocol: advertised.protocol === 'wss' ? 'wss' : 'ws',
        ...(credentialsRequired ? { security } : {}),
      },
    },
    channels: Object.fromEntries(feeds.map(({ id, channel }) => [id, channel])),
    operations: Object.fromEntries(feeds.flatMap(({ operations }) => operations)),
    components: {
      securitySchemes,
      tags: Object.fromEntries(withFeeds.map(({ name, title }) => [name, { name, description: title }])),
    },
  };
}

function tagOf({ name }: Dialect): JsonObject {
  return { $ref: `#/components/tags/${name}` };
}

const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer', description: 'An API key or a JWT.' },
  apiKey: {
    type: 'httpApiKey',
    in: 'header',
    name: 'X-API-Key',
    description: 'The same credential as `bearer`, without the word `Bearer`.',
  },
  apiKeyInQuery: {
    type: 'httpApiKey',
    in: 'query',
    name: 'api_key',
    description: 'The same credential, for web pages, whose WebSockets cannot set headers.',
  },
};

/** A feed as a channel, with its operations from the server's point of view. */
function describeFeed(dialect: Dialect, feed: FeedSpec) {
  const { path, summary, needs = [] } = feed;
  const { schemas } = dialect.controlMessages;
  const id = camelCase(dialect.name, path);
  const sent = [
    ...Object.entries(feed.messages ?? {}).map(([type, schema]) => describe(type, schema, 'output')),
    describe('pong', schemas.pong, 'output'),
    { ...describe('error', schemas.error, 'output'), key: 'clientError' }, // a feed may have an `error` of its own
  ];
  const accepted = clientMessages(feed);
  const channel = { $ref: `#/channels/${id}` };
  const tags = [tagOf(dialect)];
  const refs = (...keys: readonly string[]) =>
    keys.map((key) => ({ $ref: `${channel.$ref}/messages/${key}` }));
  const parameters = segmentsOf(path).flatMap((segment) => parameterIn(segment) ?? []);
  return {
    id,
    channel: {
      address: path,
      title: path,
      summary,
      ...(needs.length === 0 ? {} : { description: describeNeeds(needs) }),
      ...(parameters.length === 0
        ? {}
        : { parameters: Object.fromEntries(parameters.map((name) => [name, {}])) }),
      messages: Object.fromEntries([...sent, ...accepted].map((one) => [one.key, one.message])),
      tags,
      bindings: { ws: handshake(feed) },
    },
    operations: [
      [
        camelCase(dialect.name, path, 'send'),
        { action: 'send', channel, summary, tags, messages: refs(...sent.map(({ key }) => key)) },
      ],
      ...accepted.map(({ key, summary, response }) => [
        camelCase(dialect.name, path, 'receive', key),
        {
          action: 'receive',
          channel,
          summary,
          tags,
          messages: refs(key),
          reply: { channel, messages: refs(response) },
        },
      ]),
    ] as [string, JsonObject][],
  };
}

function describe(type: string, schema: z.ZodType, io: 'input' | 'output') {
  const { description = '', ...payload } = jsonSchemaOf(schema, { target: 'draft-7', io });
  const summary = String(description);
  return { key: type, summary, message: { name: type, title: type, summary, payload } };
}

function clientMessages({ requests = [], accepts = {} }: FeedSpec) {
  const plain = (type: string, summary: string, response: string) => {
    const schema = z.object({ type: z.literal(type) }).describe(summary);
    return { ...describe(type, schema, 'input'), response };
  };
  return [
    plain('ping', 'Checks that the connection is alive.', 'pong'),
    ...requests.map(({ name, everyMs, response }) => {
      const limit = `At most one request in ${everyMs / 1_000} s is answered.`;
      return plain(name, `Requests the current values. ${limit}`, response);
    }),
    ...Object.entries(accepts).map(([type, { schema, response }]) => ({
      ...describe(type, schema, 'input'),
      response,
    })),
  ];
}

function handshake({ parts, credentialIn = 'api_key' }: FeedSpec): JsonObject {
  const replays = parts.some((part) => part.kind === 'event' && part.replayed);
  const effect = replays ? ' A client that reconnects with the same id gets the events that it missed.' : '';
  return {
    method: 'GET',
    query: {
      type: 'object',
      properties: {
        client_id: {
          type: 'string',
          pattern: '^[A-Za-z0-9._:-]{1,128}$',
          description: `An id that the client chooses.${effect}`,
        },
        [credentialIn]: {
          type: 'string',
          description: 'A credential, for clients that cannot set headers.',
        },
      },
    },
    bindingVersion: '0.1.0',
  };
}
