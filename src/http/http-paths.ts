import { assertInputObjectType, type GraphQLSchema } from 'graphql';
import { docsEndpoints } from './endpoints/docs.ts';
import { metricsEndpoint } from './endpoints/metrics.ts';
import { publishEndpoint } from './endpoints/publish.ts';
import { sessionEndpoint } from './endpoints/session.ts';
import { inputSchemas } from './input-schema.ts';
import { openApiPaths } from './route.ts';

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
  readonly rejected: (...statuses: (400 | 401 | 403 | 404 | 413 | 415 | 500 | 503)[]) => JsonObject;
}

export function httpPaths({ schema, batchMax, rejected }: HttpPathsOptions): HttpPaths {
  const eventInput = assertInputObjectType(schema.getType('EventInput'));
  return {
    tags: [
      { name: 'graph', description: 'GraphQL, and the address for producers that do not speak it' },
      { name: 'server', description: 'The server itself: what it offers, and how it is' },
    ],
    paths: {
      '/graphql': graphql(rejected),
      '/livez': { get: probe('Whether the process works as it should.', 'live') },
      '/readyz': {
        get: probe('Whether the server has started, is not stopping, and its database answers.', 'ready'),
      },
      ...openApiPaths(
        [publishEndpoint({ bodyBytesMax: 0, batchMax }), sessionEndpoint, metricsEndpoint, ...docsEndpoints],
        rejected,
      ),
    },
    schemas: { ...inputSchemas(eventInput), GraphqlRequest: request, GraphqlResult: result },
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

function graphql(rejected: HttpPathsOptions['rejected']): JsonObject {
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
    ...rejected(401, 403),
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
