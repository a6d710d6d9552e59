import { camelCase } from '../lib/camel-case.ts';
import { parameterIn, segmentsOf } from '../lib/path-pattern.ts';
import type { ControlMessages, Dialect, FeedErrorCode, FeedSpec } from './dialect.ts';
import type { FeedPart, RequestPart } from './feed-parts.ts';
import type { Message } from './message.ts';
import { describeNeeds } from './features.ts';
import { jsonSchemaOf, jsonSchemaOfSample, type JsonObject } from './json-schema.ts';

export interface AsyncApiOptions {
  readonly version: string;
  readonly dialects: readonly Dialect[];
  /** Whether every handshake needs a credential. */
  readonly credentialsRequired: boolean;
  /** The address of the sockets: `127.0.0.1:9200`. */
  readonly host: string;
  readonly protocol: 'ws' | 'wss';
}

const description = `The WebSocket feeds of the old systems: one JSON object in each text frame, in both directions.

Everything here is also in the graph, where a client selects fields: new clients should use subscriptions at
\`/graphql\` with the protocol \`graphql-transport-ws\`. The REST endpoints: [Swagger UI](/docs), [ReDoc](/redoc),
[OpenAPI](/openapi.json).

Unknown values are null. A client need not send anything. A message that is invalid, too large or above the rate limit
is answered with an error, and the connection stays open. A handshake is rejected over HTTP: 400 (\`client_id\`), 401
(credential), 403 (origin or capability), 404, 429 (too many connections from this address), 503 (feature off or no
capacity).`;

/** The AsyncAPI 3 document of all feeds. Pure. */
export function asyncApi(options: AsyncApiOptions): JsonObject {
  const { version, dialects, credentialsRequired, host, protocol } = options;
  const withFeeds = dialects.filter(({ feeds }) => feeds.length > 0);
  const feeds = withFeeds.flatMap((dialect) => dialect.feeds.map((feed) => channelOf(dialect, feed)));
  const schemes = Object.keys(securitySchemes);
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
        host,
        protocol,
        ...(credentialsRequired
          ? { security: schemes.map((name) => ({ $ref: `#/components/securitySchemes/${name}` })) }
          : {}),
      },
    },
    channels: Object.fromEntries(feeds.map(({ id, channel }) => [id, channel])),
    operations: Object.fromEntries(feeds.flatMap(({ operations }) => Object.entries(operations))),
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
  bearer: { type: 'http', scheme: 'bearer', description: 'An API key, or a JWT.' },
  apiKey: {
    type: 'httpApiKey',
    in: 'header',
    name: 'X-API-Key',
    description: 'As `bearer`, without the word `Bearer`.',
  },
  apiKeyInQuery: {
    type: 'httpApiKey',
    in: 'query',
    name: 'api_key',
    description: 'As `bearer`, for web pages, whose WebSockets cannot set headers.',
  },
};

interface Described {
  readonly id: string;
  readonly channel: JsonObject;
  readonly operations: Readonly<Record<string, JsonObject>>;
}

/** By key in their channel: the type of the message, except for the error message. */
type Messages = Readonly<Record<string, JsonObject>>;

function channelOf(dialect: Dialect, feed: FeedSpec): Described {
  const { path, summary, needs = [], parts, requests = [], accepts = [] } = feed;
  const id = camelCase(dialect.name, path);
  const sent: Messages = {
    ...merged([...parts, ...requests].map(messagesOf)),
    ...controlMessagesOf(dialect.controlMessages),
  };
  const accepted: Messages = {
    ping,
    ...Object.fromEntries(requests.map(requestMessage)),
    ...merged(accepts.map(({ name, schema }) => described({ [name]: schema }, ''))),
  };
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
      messages: { ...sent, ...accepted },
      tags: [tagOf(dialect)],
      bindings: { ws: handshake(feed) },
    },
    operations: operationsOf(dialect, feed, { id, sent }),
  };
}

/** From the point of view of the server. */
function operationsOf(
  dialect: Dialect,
  { path, summary, requests = [], accepts = [] }: FeedSpec,
  { id, sent }: { readonly id: string; readonly sent: Messages },
): Described['operations'] {
  const refs = (keys: readonly string[]): JsonObject[] =>
    keys.map((key) => ({ $ref: `#/channels/${id}/messages/${key}` }));
  const channel = { $ref: `#/channels/${id}` };
  const tags = [tagOf(dialect)];
  const received = (type: string, summary: string, responses: readonly string[]): [string, JsonObject] => [
    camelCase(dialect.name, path, 'receive', type),
    {
      action: 'receive',
      channel,
      summary,
      tags,
      messages: refs([type]),
      reply: { channel, messages: refs(responses) },
    },
  ];
  const send = { action: 'send', channel, summary, tags, messages: refs(Object.keys(sent)) };
  return {
    [camelCase(dialect.name, path, 'send')]: send,
    ...Object.fromEntries([
      received('ping', 'Checks that the connection is alive.', ['pong']),
      ...requests.map((part) => {
        const seconds = part.everyMs / 1_000;
        const description = `Requests the current values; at most one request in ${seconds} s is answered.`;
        return received(part.name, description, Object.keys(messagesOf(part)));
      }),
      ...accepts.map(({ name, schema, response }) => received(name, schema.description ?? '', [response])),
    ]),
  };
}

function merged(all: readonly Messages[]): Messages {
  return Object.fromEntries(all.flatMap((messages) => Object.entries(messages)));
}

function handshake({ parts, credentialIn = 'api_key' }: FeedSpec): JsonObject {
  const replayed = parts.some((part) => part.kind === 'event' && part.replayed);
  const gain = replayed ? ' A client that reconnects with it gets the events that it missed.' : '';
  return {
    method: 'GET',
    query: {
      type: 'object',
      properties: {
        client_id: {
          type: 'string',
          pattern: '^[A-Za-z0-9._:-]{1,128}$',
          description: `An id of the client.${gain}`,
        },
        [credentialIn]: { type: 'string', description: 'A credential, where the client cannot set headers.' },
      },
    },
    bindingVersion: '0.1.0',
  };
}

// Messages of the server

function messagesOf(part: FeedPart | RequestPart): Record<string, JsonObject> {
  const { messages } = part;
  if (messages === undefined)
    return { [part.name]: message(part.name, whenSent(part), { type: 'object', ...typed(part.name) }) };
  return described(messages, whenSent(part));
}

function described(
  messages: NonNullable<FeedPart['messages']>,
  otherwise: string,
): Record<string, JsonObject> {
  return Object.fromEntries(
    Object.entries(messages).map(([type, schema]) => {
      const { description: summary = otherwise, ...payload } = jsonSchemaOf(schema, {
        target: 'draft-7',
        io: 'output',
      });
      return [type, message(type, String(summary), payload)];
    }),
  );
}

function message(name: string, summary: string, payload: JsonObject): JsonObject {
  return { name, title: name, summary, payload };
}

function typed(type: string): JsonObject {
  return { properties: { type: { type: 'string', const: type } }, required: ['type'] };
}

function whenSent(part: FeedPart | RequestPart): string {
  switch (part.kind) {
    case 'static':
    case 'query':
      return 'At connect.';
    case 'interval':
      return 'At fixed intervals.';
    case 'gauge':
      return 'At connect, then at fixed intervals.';
    case 'event':
      return part.replayed ? 'For each event; replayed to clients that reconnect.' : 'For each event.';
    case 'request':
      return 'On request.';
  }
}

/** The reason for each code. A dialect may have codes of its own. */
const reasons: Readonly<Record<FeedErrorCode, string>> = {
  INVALID_MESSAGE: 'not a JSON object with a type',
  PAYLOAD_TOO_LARGE: 'too large',
  RATE_LIMITED: 'too many messages',
  FORBIDDEN: 'not allowed',
  INTERNAL_ERROR: 'the server failed',
};

/** The schemas of control messages, derived from samples of the dialect. */
function controlMessagesOf({ error, pong }: ControlMessages): Record<string, JsonObject> {
  const errors = Object.entries(reasons).map(([code, text]) =>
    error({ code: code as FeedErrorCode, message: text }, 0),
  );
  const [sample = {}] = errors;
  const codes = new Set(errors.map(({ code }) => code).filter((code) => typeof code === 'string'));
  return {
    pong: message('pong', 'The response to a ping.', payloadOf(pong(0, { type: 'ping' }))),
    clientError: message(
      typeOf(sample),
      'The message of the client was rejected. The connection stays open.',
      payloadOf(sample, codes.size === 0 ? {} : { code: { type: 'string', enum: [...codes] } }),
    ),
  };
}

function payloadOf(sample: Message, known: JsonObject = {}): JsonObject {
  const { properties, ...schema } = jsonSchemaOfSample(sample);
  const type = { type: 'string', const: typeOf(sample) };
  return { ...schema, properties: { ...(properties as JsonObject), type, ...known } };
}

function typeOf({ type }: Message): string {
  return typeof type === 'string' ? type : 'message';
}

// Messages of clients

const ping = message('ping', 'Checks that the connection is alive.', { type: 'object', ...typed('ping') });

function requestMessage({ name }: RequestPart): [string, JsonObject] {
  return [name, message(name, 'Requests the current values.', { type: 'object', ...typed(name) })];
}
