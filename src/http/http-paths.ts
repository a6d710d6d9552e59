import { assertInputObjectType, type GraphQLSchema } from 'graphql';
import { docsEndpoints } from './endpoints/docs.ts';
import { metricsEndpoint } from './endpoints/metrics.ts';
import { otlpEndpoint } from './endpoints/otlp.ts';
import { publishEndpoint } from './endpoints/publish.ts';
import { sessionEndpoint } from './endpoints/session.ts';
import { inputSchemas } from './input-schema.ts';
import { openApiPaths } from './route.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** The OpenAPI description of the endpoints that belong to no old system. */
export interface HttpPaths {
  readonly tags: readonly JsonObject[];
  readonly paths: Readonly<Record<string, JsonObject>>;
  readonly schemas: Readonly<Record<string, JsonObject>>;
}

export interface HttpPathsOptions {
  readonly schema: GraphQLSchema;
  /** Limit on the events of a batch. */
  readonly batchMax: number;
  /** Error responses by status, in the form that all endpoints except `/graphql` and `/publish` share. */
  readonly rejected: (...statuses: (400 | 401 | 403 | 404 | 413 | 415 | 500 | 503)[]) => JsonObject;
}

export function httpPaths({ schema, batchMax, rejected }: HttpPathsOptions): HttpPaths {
  const eventInput = assertInputObjectType(schema.getType('EventInput'));
  return {
    tags: [
      { name: 'graph', description: 'GraphQL, and reporting events without it' },
      { name: 'server', description: 'The server itself: sessions, probes, metrics and documents' },
    ],
    paths: {
      '/graphql': graphql(rejected),
      '/livez': { get: probe('Returns whether the process works.', 'live') },
      '/readyz': {
        get: probe(
          'Returns whether the server has started, is not stopping, and its database responds.',
          'ready',
        ),
      },
      ...openApiPaths(
        [
          publishEndpoint({ bodyBytesMax: 0, batchMax }),
          otlpEndpoint(true),
          sessionEndpoint,
          metricsEndpoint,
          ...docsEndpoints,
        ],
        rejected,
      ),
    },
    schemas: { ...inputSchemas(eventInput), GraphqlRequest: request, GraphqlResult: result },
  };
}

function probe(summary: string, name: string): JsonObject {
  const response = (description: string): JsonObject => ({
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
      200: response(`The server is ${name}.`),
      405: { description: 'The method is not GET or HEAD.' },
      503: response(`The server is not ${name}.`),
    },
  };
}

// The graph

const request: JsonObject = {
  type: 'object',
  description:
    'A GraphQL request, as in the GraphQL over HTTP specification. The body may also be a list of up to 10 requests.',
  properties: {
    query: { type: 'string', description: 'The GraphQL document.' },
    documentId: { type: 'string', description: 'Id of a trusted document, instead of its text.' },
    variables: { type: ['object', 'null'], description: 'Variables of the document.' },
    operationName: {
      type: ['string', 'null'],
      description: 'Name of the operation to execute, if the document has several.',
    },
    extensions: {
      type: ['object', 'null'],
      description:
        '`persistedQuery`, in the form of Apollo’s clients: `version` 1 and `sha256Hash`, the SHA-256 of a document that the ' +
        'server stores, or the id of a trusted document. Other members are ignored.',
    },
  },
};

const result: JsonObject = {
  type: 'object',
  description: 'A GraphQL result: data, errors, or both.',
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
              code: { type: 'string', description: 'Error code for programs. Its meaning never changes.' },
            },
          },
        },
      },
    },
  },
};

function graphql(rejected: HttpPathsOptions['rejected']): JsonObject {
  const schema = { $ref: '#/components/schemas/GraphqlResult' };
  const content = {
    'application/graphql-response+json': { schema },
    'application/json': { schema },
  };
  const rejection = (description: string): JsonObject => ({ description, content });
  const responses = {
    200: {
      description:
        'The result; for a batch, the list of the results. A subscription sends each result as an event `next`, and ' +
        '`complete` at its end; or as the `payload` of a part, if the client accepts ' +
        '`multipart/mixed;subscriptionSpec=1.0`. Errors of a stream are part of it.',
      content: {
        ...content,
        'text/event-stream': { schema: { type: 'string' } },
        'multipart/mixed': { schema: { type: 'string' } },
      },
    },
    204: {
      description: 'The event stream of which `Last-Event-ID` is the end is complete: do not reconnect.',
    },
    400: rejection(
      'The document is rejected: invalid syntax, validation error, limit exceeded, or not trusted.',
    ),
    ...rejected(401, 403),
  };
  const tags = ['graph'];
  const lastEventId = {
    name: 'Last-Event-ID',
    in: 'header',
    description:
      'The `id` of the last event that a client of an event stream has received. The subscription resumes after it.',
    schema: { type: 'string' },
  };
  return {
    get: {
      operationId: 'getGraphql',
      tags,
      summary: 'Executes a query or starts a subscription. A browser gets GraphiQL.',
      parameters: [
        lastEventId,
        {
          name: 'query',
          in: 'query',
          description: 'The GraphQL document.',
          schema: { type: 'string' },
        },
        {
          name: 'documentId',
          in: 'query',
          description: 'Id of a trusted document, instead of its text.',
          schema: { type: 'string' },
        },
        {
          name: 'variables',
          in: 'query',
          description: 'Variables of the document, as JSON.',
          schema: { type: 'string' },
        },
        {
          name: 'operationName',
          in: 'query',
          description: 'Name of the operation to execute, if the document has several.',
          schema: { type: 'string' },
        },
      ],
      responses,
    },
    post: {
      operationId: 'postGraphql',
      tags,
      summary: 'Executes a query or a mutation, or starts a subscription.',
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/GraphqlRequest' } } },
      },
      responses: {
        ...responses,
        413: rejection('The body is too large.'),
        415: rejection('The Content-Type is not application/json, or the body is compressed.'),
      },
    },
  };
}
