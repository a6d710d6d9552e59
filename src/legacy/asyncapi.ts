import { camelCase } from '../lib/camel-case.ts';
import { parameterIn, segmentsOf } from '../lib/path-pattern.ts';
import type { ControlMessages, Dialect, FeedErrorCode, FeedSpec } from './dialect.ts';
import type { FeedPart, RequestPart } from './feed-parts.ts';
import type { Message } from './message.ts';
import { needsInWords } from './features.ts';
import { jsonSchemaOf, jsonSchemaOfSample, type JsonObject } from './json-schema.ts';

export interface AsyncApiOptions {
  readonly version: string;
  readonly dialects: readonly Dialect[];
  /** Whether every handshake needs a credential. */
  readonly credentialsRequired: boolean;
  /** Where the sockets are: `127.0.0.1:9200`. */
  readonly host: string;
  readonly protocol: 'ws' | 'wss';
}

const description = `The raw WebSocket feeds of the old systems: one JSON object a text frame, both ways.

Everything that is here is in the graph too, to choose from field by field: new clients should use subscriptions, at
\`/graphql\` with the protocol \`graphql-transport-ws\`. The REST endpoints: [Swagger UI](/docs), [ReDoc](/redoc),
[OpenAPI](/openapi.json).

What cannot be known is null. A client need not say anything. What cannot be read, is too
large or too much is answered with an error, and the connection goes on. A handshake is refused in plain HTTP: 400
(\`client_id\`), 401 (credential), 403 (origin or right), 404, 429 (too many from this address), 503 (switched off or
full).`;

/** The AsyncAPI 3 document of every feed in the tables. Pure. */
export function asyncApi(options: AsyncApiOptions): JsonObject {
  const { version, dialects, credentialsRequired, host, protocol } = options;
  const spoken = dialects.filter(({ feeds }) => feeds.length > 0);
  const feeds = spoken.flatMap((dialect) => dialect.feeds.map((feed) => channelOf(dialect, feed)));
  const schemes = Object.keys(securitySchemes);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'opsgraph',
      version,
      description,
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
      tags: spoken.map(tagOf),
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
      tags: Object.fromEntries(spoken.map(({ name, title }) => [name, { name, description: title }])),
    },
  };
}

function tagOf({ name }: Dialect): JsonObject {
  return { $ref: `#/components/tags/${name}` };
}

const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer', description: 'An API key, or a JWT.' },
  apiKey: { type: 'httpApiKey', in: 'header', name: 'X-API-Key', description: 'The same without `Bearer`.' },
  apiKeyInQuery: {
    type: 'httpApiKey',
    in: 'query',
    name: 'api_key',
    description: 'The same for web pages, whose sockets cannot set a header.',
  },
};

interface Described {
  readonly id: string;
  readonly channel: JsonObject;
  readonly operations: Readonly<Record<string, JsonObject>>;
}

/** By key in their channel. A key is the message's type, but for what is said of a client's mistakes. */
type Messages = Readonly<Record<string, JsonObject>>;

function channelOf(dialect: Dialect, feed: FeedSpec): Described {
  const { path, summary, needs = [], parts, requests = [], accepts = [] } = feed;
  const id = camelCase(dialect.name, path);
  const said: Messages = {
    ...merged([...parts, ...requests].map(messagesOf)),
    ...controlMessagesOf(dialect.controlMessages),
  };
  const heard: Messages = {
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
      ...(needs.length === 0 ? {} : { description: needsInWords(needs) }),
      ...(parameters.length === 0
        ? {}
        : { parameters: Object.fromEntries(parameters.map((name) => [name, {}])) }),
      messages: { ...said, ...heard },
      tags: [tagOf(dialect)],
      bindings: { ws: handshake(feed) },
    },
    operations: operationsOf(dialect, feed, { id, said }),
  };
}

/** From the server's side: it sends what clients are told, and receives what they ask. */
function operationsOf(
  dialect: Dialect,
  { path, summary, requests = [], accepts = [] }: FeedSpec,
  { id, said }: { readonly id: string; readonly said: Messages },
): Described['operations'] {
  const refs = (keys: readonly string[]): JsonObject[] =>
    keys.map((key) => ({ $ref: `#/channels/${id}/messages/${key}` }));
  const channel = { $ref: `#/channels/${id}` };
  const tags = [tagOf(dialect)];
  const received = (asked: string, told: string, answers: readonly string[]): [string, JsonObject] => [
    camelCase(dialect.name, path, 'receive', asked),
    {
      action: 'receive',
      channel,
      summary: told,
      tags,
      messages: refs([asked]),
      reply: { channel, messages: refs(answers) },
    },
  ];
  const sent = { action: 'send', channel, summary, tags, messages: refs(Object.keys(said)) };
  return {
    [camelCase(dialect.name, path, 'send')]: sent,
    ...Object.fromEntries([
      received('ping', 'Asks whether the server is there.', ['pong']),
      ...requests.map((part) => {
        const seconds = part.everyMs / 1_000;
        const told = `Asks for an answer; heard once in ${seconds} s.`;
        return received(part.name, told, Object.keys(messagesOf(part)));
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
  const gain = replayed ? ' A client that comes back under its name gets what it missed.' : '';
  return {
    method: 'GET',
    query: {
      type: 'object',
      properties: {
        client_id: {
          type: 'string',
          pattern: '^[A-Za-z0-9._:-]{1,128}$',
          description: `A name for the client.${gain}`,
        },
        [credentialIn]: { type: 'string', description: 'A credential, where no header can be set.' },
      },
    },
    bindingVersion: '0.1.0',
  };
}

// What the server says

function messagesOf(part: FeedPart | RequestPart): Record<string, JsonObject> {
  const { messages } = part;
  if (messages === undefined)
    return { [part.name]: message(part.name, whenSaid(part), { type: 'object', ...typed(part.name) }) };
  return described(messages, whenSaid(part));
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

function whenSaid(part: FeedPart | RequestPart): string {
  switch (part.kind) {
    case 'static':
    case 'query':
      return 'At connect.';
    case 'interval':
      return 'Again and again.';
    case 'gauge':
      return 'At connect, and then again and again.';
    case 'event':
      return part.replayed
        ? 'Whenever it happens; replayed to clients that come back.'
        : 'Whenever it happens.';
    case 'request':
      return 'When asked for.';
  }
}

/** What a client did, in words; each dialect has its own for the codes. */
const mistakes: Readonly<Record<FeedErrorCode, string>> = {
  INVALID_MESSAGE: 'no JSON object with a type',
  PAYLOAD_TOO_LARGE: 'too large',
  RATE_LIMITED: 'too many messages',
  FORBIDDEN: 'not allowed',
  INTERNAL_ERROR: 'the server failed',
};

/** The form of what is said to every client comes from the dialect itself, which is asked for a sample of each. */
function controlMessagesOf({ error, pong }: ControlMessages): Record<string, JsonObject> {
  const errors = Object.entries(mistakes).map(([code, text]) =>
    error({ code: code as FeedErrorCode, message: text }, 0),
  );
  const [sample = {}] = errors;
  const codes = new Set(errors.map(({ code }) => code).filter((code) => typeof code === 'string'));
  return {
    pong: message('pong', 'The answer to a ping.', payloadOf(pong(0, { type: 'ping' }))),
    clientError: message(
      typeOf(sample),
      'What the client sent was not taken. The connection goes on.',
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

// What clients may say

const ping = message('ping', 'Is anybody there?', { type: 'object', ...typed('ping') });

function requestMessage({ name }: RequestPart): [string, JsonObject] {
  return [name, message(name, 'Asks to be told now.', { type: 'object', ...typed(name) })];
}
