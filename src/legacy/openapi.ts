import { camelCase } from '../lib/camel-case.ts';
import { openApiPaths, type OperationDescription } from '../http/route.ts';
import type { Dialect } from './dialect.ts';
import { describeNeeds } from './features.ts';
import { jsonSchemaOf, type JsonObject } from './json-schema.ts';
import type { Parameter } from './parameters.ts';
import { restEndpoints } from './rest.ts';
import type { RestRoute } from './rest-route.ts';

export interface OpenApiOptions {
  readonly version: string;
  readonly dialects: readonly Dialect[];
  /** Whether every request needs a credential, except requests to open routes. */
  readonly credentialsRequired: boolean;
  /** The endpoints that are not a dialect's. */
  readonly more: OpenApiPart;
}

export interface OpenApiPart {
  readonly tags: readonly JsonObject[];
  /** By path: the operations. One without `security` has the document's. */
  readonly paths: Readonly<Record<string, JsonObject>>;
  readonly schemas: Readonly<Record<string, JsonObject>>;
}

const description = `The REST endpoints of the old systems, and the endpoints that are not GraphQL.

The graph has the same data, with more options: new clients should use \`/graphql\`. This reference is also available
as [Swagger UI](/docs) and [ReDoc](/redoc), and the reference of the WebSocket feeds as [ReDoc](/redoc/feeds) and
[AsyncAPI](/asyncapi.json).

Response bodies are JSON. Unknown values are null. HEAD is supported wherever GET is, and one trailing slash is ignored.
Unknown parameters are ignored, and an empty parameter is treated as absent.

If the server requires signed requests, every POST needs \`X-Timestamp\` (Unix seconds, at most 300 s off, with up to nine
decimals) and \`X-Signature\`, the hexadecimal HMAC-SHA256 of \`<timestamp>.<METHOD>.<path with query>.<body>\`. A
signature is accepted once: to repeat a request, use another timestamp.`;

/** The OpenAPI 3.1 document of all routes. Pure. */
export function openApi({ version, dialects, credentialsRequired, more }: OpenApiOptions): JsonObject {
  const described = dialects.filter(({ routes }) => routes.length > 0);
  const endpoints = restEndpoints(described, { features: {}, bodyBytesMax: 0, describe: describeRoute });
  const credentials = [{ bearer: [] }, { apiKey: [] }];
  return {
    openapi: '3.1.0',
    info: {
      title: 'opsgraph',
      version,
      description,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '.', description: 'The server of this document.' }],
    security: credentialsRequired ? credentials : [...credentials, {}],
    tags: [...more.tags, ...described.map(({ name, title }) => ({ name, description: title }))],
    paths: Object.fromEntries(
      Object.entries({ ...more.paths, ...openApiPaths(endpoints, rejected) }).sort(([one], [other]) =>
        one < other ? -1 : 1,
      ),
    ),
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API key or a JWT.' },
        apiKey: {
          type: 'apiKey',
          in: 'header',
          name: 'X-API-Key',
          description: 'The same credential as `bearer`, without the word `Bearer`.',
        },
      },
      responses: Object.fromEntries(
        Object.values(rejections).map(([name, description]) => [name, { description, ...json(errorSchema) }]),
      ),
      schemas: { Error: errorBody, ...more.schemas },
    },
  };
}

/** An operation without what `http/route.ts` derives from the declaration of its endpoint. */
function describeRoute({ name }: Dialect, route: RestRoute): OperationDescription {
  const { method, path, summary, parameters, body, needs } = route;
  return {
    operationId: camelCase(method, path === '/' ? 'root' : path),
    tags: [name],
    summary,
    ...(needs.length === 0 ? {} : { description: describeNeeds(needs) }),
    parameters: Object.entries(parameters).map(([key, parameter]) => describeParameter(key, parameter)),
    ...(body === null
      ? {}
      : {
          requestBody: {
            required: !body.optional,
            ...json(jsonSchemaOf(body.schema, { target: 'draft-2020-12', io: 'input' })),
          },
        }),
    responses: describeResponses(route),
  };
}

function json(schema: JsonObject) {
  return { content: { 'application/json': { schema } } };
}

function describeParameter(name: string, parameter: Parameter): JsonObject {
  const { kind, in: place = 'query', description } = parameter;
  const range = kind === 'int' ? { minimum: parameter.min, maximum: parameter.max } : {};
  const cap = kind === 'int' ? ` Values above ${parameter.max} are treated as ${parameter.max}.` : '';
  return {
    name,
    in: place,
    ...(place === 'path' ? { required: true } : {}),
    description: `${description}${cap}`,
    schema: {
      ...parameterTypes[kind],
      ...range,
      ...('default' in parameter ? { default: parameter.default } : {}),
    },
  };
}

const parameterTypes = {
  int: { type: 'integer' },
  bool: { type: 'boolean' },
  time: { type: 'string', format: 'date-time' },
  text: { type: 'string' },
} as const;

// Responses

const errorSchema = { $ref: '#/components/schemas/Error' };

/** The body of every error. */
const errorBody: JsonObject = {
  type: 'object',
  description: 'An error.',
  required: ['detail', 'error'],
  properties: {
    detail: { type: 'string', description: 'The same text as `error.message`.' },
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: { type: 'string', description: 'A stable code for programs.' },
        message: { type: 'string', description: 'A description for people.' },
        param: { type: 'string', description: 'The invalid parameter or field of the body.' },
        feature: { type: 'string', description: 'The disabled feature.' },
        errorId: { type: 'string', description: 'The id under which the server has logged the error.' },
      },
    },
  },
};

/** The shared error responses: name and description. */
const rejections = {
  400: ['BadRequest', '`INVALID_PARAMETER` or `INVALID_BODY`: a value is invalid.'],
  401: ['Unauthorized', '`AUTHENTICATION_FAILED`: the credential is missing or invalid.'],
  403: [
    'Forbidden',
    '`FORBIDDEN`: the credential lacks the capability, or the origin or host name is not allowed.',
  ],
  404: ['NotFound', '`NOT_FOUND`: the resource does not exist.'],
  413: ['TooLarge', '`PAYLOAD_TOO_LARGE`: the body is too large.'],
  415: ['Encoded', '`UNSUPPORTED_MEDIA_TYPE`: the body is compressed.'],
  500: ['Failed', '`INTERNAL_ERROR`: an unexpected error. The log of the server has its `errorId`.'],
  503: [
    'Unavailable',
    '`FEATURE_DISABLED`, `DATABASE_UNAVAILABLE`, `OVERLOADED`, `TIMEOUT` or `SHUTTING_DOWN`: the server cannot ' +
      'serve the request now.',
  ],
} as const;

type Rejection = keyof typeof rejections;

/** References to the shared error responses, by status. */
export function rejected(...statuses: readonly Rejection[]): JsonObject {
  return Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/${rejections[status][0]}` }]),
  );
}

function describeResponses(route: RestRoute): JsonObject {
  const { method, path, summary, parameters, body, response, otherStatuses } = route;
  const schema =
    response === null
      ? { description: 'A JSON value.' }
      : jsonSchemaOf(response, { target: 'draft-2020-12', io: 'output' });
  const orError = { description: `${summary} Or an error.`, ...json({ anyOf: [schema, errorSchema] }) };
  return {
    200: { description: summary, ...json(schema) },
    ...rejected(
      ...(Object.keys(parameters).length > 0 || body !== null ? ([400] as const) : []),
      ...(path.includes('{') ? ([404] as const) : []),
      ...(method === 'POST' ? ([415] as const) : []),
      500,
      503,
    ),
    ...Object.fromEntries(otherStatuses.map((status) => [status, orError])),
  };
}
