import { assertInputObjectType, type GraphQLSchema } from 'graphql';
import { inputSchemas } from './input-schema.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** What OpenAPI says of the addresses that are no old system's. */
export interface HttpPaths {
  readonly tags: readonly JsonObject[];
  readonly paths: Readonly<Record<string, JsonObject>>;
  readonly schemas: Readonly<Record<string, JsonObject>>;
}

export interface HttpPathsOptions {
  readonly schema: GraphQLSchema;
  /** How many events one batch may have. */
  readonly batchMax: number;
  /** Refusals in the form that all but the graph and `/publish` share, by status. */
  readonly refused: (...statuses: (400 | 401 | 403 | 404 | 413 | 500 | 503)[]) => JsonObject;
}

export function httpPaths({ schema, batchMax, refused }: HttpPathsOptions): HttpPaths {
  const eventInput = assertInputObjectType(schema.getType('EventInput'));
  return {
    tags: [
      { name: 'graph', description: 'GraphQL, and the address for producers that do not speak it' },
      { name: 'server', description: 'The server itself: what it offers, and how it is' },
    ],
    paths: {
      '/graphql': graphql(refused),
      '/publish': publish(batchMax),
      '/auth/session': session(refused),
      '/livez': { get: probe('Whether the process does what it should.', 'live') },
      '/readyz': {
        get: probe('Whether the server has started, is not stopping, and its store answers.', 'ready'),
      },
      '/metrics': { get: metrics(refused(401, 403, 503)) },
      '/openapi.json': { get: open('getOpenApi', 'This document.', 'application/json', refused(403)) },
      '/asyncapi.json': {
        get: open('getAsyncApi', 'The feeds, as AsyncAPI 3.', 'application/json', refused(403)),
      },
      '/docs': { get: open('getDocs', 'The endpoints, in Swagger UI.', 'text/html', refused(403)) },
      '/redoc': { get: open('getRedoc', 'The endpoints, in ReDoc.', 'text/html', refused(403)) },
      '/redoc/feeds': { get: open('getRedocFeeds', 'The feeds, in ReDoc.', 'text/html', refused(403)) },
    },
    schemas: { ...inputSchemas(eventInput), GraphqlRequest: request, GraphqlResult: result },
  };
}

function open(operationId: string, summary: string, contentType: string, refusals: JsonObject): JsonObject {
  return {
    operationId,
    tags: ['server'],
    summary,
    security: [],
    responses: { 200: { description: summary, content: { [contentType]: { schema: {} } } }, ...refusals },
  };
}

function metrics(refusals: JsonObject): JsonObject {
  return {
    operationId: 'getMetrics',
    tags: ['server'],
    summary: 'What the server counts, for Prometheus. Needs the capability `read`.',
    responses: {
      200: {
        description: 'The figures of this moment.',
        content: { 'text/plain': { schema: { type: 'string' } } },
      },
      ...refusals,
      405: { description: 'Asked by something else than GET or HEAD.' },
    },
  };
}

function probe(summary: string, name: string): JsonObject {
  const answer = (description: string): JsonObject => ({
    description,
    content: {
      'application/json': {
        schema: { type: 'object', properties: { [name]: { type: 'boolean' } }, required: [name] },
      },
    },
  });
  return {
    operationId: `get${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    tags: ['server'],
    summary,
    security: [],
    responses: {
      200: answer('It is.'),
      405: { description: 'Asked by something else than GET or HEAD.' },
      503: answer('It is not.'),
    },
  };
}

// Sessions

function session(refused: HttpPathsOptions['refused']): JsonObject {
  const who: JsonObject = {
    type: 'object',
    required: ['subject', 'role', 'expiresAt'],
    properties: {
      subject: { type: 'string', description: 'Who one is.' },
      role: { type: ['string', 'null'], description: 'The role that the credential names.' },
      expiresAt: { type: ['string', 'null'], format: 'date-time', description: 'Until when; null: no end.' },
      authenticated: { type: 'boolean' },
      capabilities: { type: 'array', items: { type: 'string' } },
    },
  };
  const content = { 'application/json': { schema: who } };
  const tags = ['server'];
  return {
    get: {
      operationId: 'getSession',
      tags,
      summary: 'Who one is, by whatever credential is shown.',
      responses: { 200: { description: 'Who one is.', content }, ...refused(401) },
    },
    post: {
      operationId: 'beginSession',
      tags,
      summary:
        'Begins a session with a credential in a header: a cookie that stands for it, for 8 hours at most.',
      responses: {
        201: {
          description: 'The session, in the cookie `opsgraph_session`, over TLS `__Host-opsgraph_session`.',
          content,
        },
        ...refused(400, 401, 403, 413, 503),
        429: { description: 'This address begins too many.' },
      },
    },
    delete: {
      operationId: 'endSession',
      tags,
      summary: 'Ends the session of the cookie, here as well as in the browser.',
      responses: { 204: { description: 'There is no session any more.' }, ...refused(403, 503) },
    },
  };
}

// The graph

const request: JsonObject = {
  type: 'object',
  description: 'As GraphQL over HTTP has it.',
  properties: {
    query: { type: 'string', description: 'The document.' },
    documentId: { type: 'string', description: 'The id of a trusted document, in the place of its text.' },
    variables: { type: ['object', 'null'], description: 'Its variables.' },
    operationName: { type: ['string', 'null'], description: 'Which operation, where there are several.' },
    extensions: {
      type: ['object', 'null'],
      description:
        'The id as Apollo’s clients send it: `persistedQuery.sha256Hash`. Whatever else it holds is ignored.',
    },
  },
};

const result: JsonObject = {
  type: 'object',
  description: 'A result: data, or errors, or both.',
  properties: {
    data: { type: ['object', 'null'] },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['message'],
        properties: {
          message: { type: 'string' },
          path: { type: 'array' },
          extensions: {
            type: 'object',
            properties: {
              code: { type: 'string', description: 'For programs; it never changes its meaning.' },
            },
          },
        },
      },
    },
  },
};

function graphql(refused: HttpPathsOptions['refused']): JsonObject {
  const schema = { $ref: '#/components/schemas/GraphqlResult' };
  const content = {
    'application/graphql-response+json': { schema },
    'application/json': { schema },
  };
  const refusal = (description: string): JsonObject => ({ description, content });
  const responses = {
    200: {
      description: 'The result; of a subscription, each result as an event `next`, until `complete`.',
      content: { ...content, 'text/event-stream': { schema: { type: 'string' } } },
    },
    400: refusal('The document is not served: syntax, validation, limits, or none that is trusted.'),
    ...refused(401, 403),
  };
  const tags = ['graph'];
  return {
    get: {
      operationId: 'getGraphql',
      tags,
      summary: 'A query or a subscription. A browser gets GraphiQL.',
      parameters: [
        {
          name: 'query',
          in: 'query',
          description: 'The document.',
          schema: { type: 'string' },
        },
        {
          name: 'documentId',
          in: 'query',
          description: 'The id of a trusted document, in the place of its text.',
          schema: { type: 'string' },
        },
        { name: 'variables', in: 'query', description: 'As JSON.', schema: { type: 'string' } },
        {
          name: 'operationName',
          in: 'query',
          description: 'Which operation, where there are several.',
          schema: { type: 'string' },
        },
      ],
      responses,
    },
    post: {
      operationId: 'postGraphql',
      tags,
      summary: 'A query, a mutation or a subscription.',
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/GraphqlRequest' } } },
      },
      responses: {
        ...responses,
        413: refusal('The body has too many bytes.'),
        415: refusal('The Content-Type is not application/json, or the body is compressed.'),
      },
    },
  };
}

// Producers

/** Unlike all other refusals they have no `detail`. */
const publishError: JsonObject = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: { type: 'string', description: 'For programs; it never changes its meaning.' },
        message: { type: 'string', description: 'For people.' },
        index: { type: 'integer', description: 'Of the event in the batch.' },
        field: { type: 'string', description: 'Of the event.' },
        allowed: { type: 'string', description: 'What would be.' },
        requires: { type: 'string', description: 'The capability that the credential does not have.' },
        errorId: { type: 'string', description: 'What to look for in the server’s log.' },
      },
    },
  },
};

function publish(maxItems: number): JsonObject {
  const events = {
    type: 'array',
    minItems: 1,
    maxItems,
    items: { $ref: '#/components/schemas/EventInput' },
  };
  const text = { type: 'string' };
  const accepted = {
    type: 'object',
    required: ['id', 'cursor', 'duplicate'],
    properties: {
      id: { ...text, description: 'Of the event.' },
      cursor: { ...text, description: 'Where it is in the log.' },
      duplicate: { type: 'boolean', description: 'Whether it was stored before.' },
    },
  };
  const refusal = (description: string): JsonObject => ({
    description,
    content: { 'application/json': { schema: publishError } },
  });
  return {
    post: {
      operationId: 'publish',
      tags: ['graph'],
      summary: 'Stores a batch of events, all or none.',
      description:
        'The mutation `publish` in other clothes. Each event is an object with one member: its kind. Needs the ' +
        'capability `write`. Give every event an id and send the batch again when no answer came.',
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              oneOf: [
                { type: 'object', required: ['events'], properties: { events }, additionalProperties: false },
                events,
              ],
            },
          },
        },
      },
      responses: {
        200: {
          description: 'All are stored.',
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['accepted', 'cursor'],
                properties: {
                  accepted: { type: 'array', items: accepted },
                  cursor: { ...text, description: 'Of the last one.' },
                },
              },
            },
          },
        },
        400: refusal('An event is not allowed, or the body is no list of events.'),
        401: refusal('No credential, a wrong one, or no signature where one is needed.'),
        403: refusal('The credential does not allow it, or the page is a foreign one.'),
        405: refusal('Not POST.'),
        413: refusal('The body has too many bytes.'),
        415: refusal('The Content-Type is not application/json, or the body is compressed.'),
        503: refusal('Not now: `Retry-After` says for how many seconds.'),
      },
    },
  };
}
