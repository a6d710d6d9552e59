import { camelCase } from '../lib/camel-case.ts';
import type { Dialect } from './dialect.ts';
import type { RestRoute } from './rest-route.ts';
import { describeNeeds } from './features.ts';
import { jsonSchemaOf, type JsonObject } from './json-schema.ts';
import type { Parameter } from './parameters.ts';

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

Everything here is also in the graph, with more options: new clients should use \`/graphql\`. Other forms of this
reference: [Swagger UI](/docs), [ReDoc](/redoc); of the WebSocket feeds: [ReDoc](/redoc/feeds),
[AsyncAPI](/asyncapi.json).

Response bodies are JSON. Unknown values are null. HEAD is supported wherever GET is, and one trailing slash is ignored. Unknown parameters are ignored, and an empty parameter is treated as absent.

Where requests must be signed, every POST needs \`X-Timestamp\` (Unix seconds, at most 300 s off, with up to nine
decimals) and \`X-Signature\`, the hexadecimal HMAC-SHA256 of \`<timestamp>.<METHOD>.<path with query>.<body>\`. A
signature is accepted once: to send the same request again, use another timestamp.`;

const draft = 'draft-2020-12';

/** The OpenAPI 3.1 document of all routes. Pure. */
export function openApi({ version, dialects, credentialsRequired, more }: OpenApiOptions): JsonObject {
  const described = dialects.filter(({ routes }) => routes.length > 0);
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
    paths: pathsOf(described, more.paths),
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API key, or a JWT.' },
        apiKey: {
          type: 'apiKey',
          in: 'header',
          name: 'X-API-Key',
          description: 'As `bearer`, without the word `Bearer`.',
        },
      },
      responses: Object.fromEntries(
        Object.values(rejections).map(({ name, description }) => [
          name,
          { description, content: { 'application/json': { schema: errorSchema } } },
        ]),
      ),
      schemas: { Error: errorBody, ...more.schemas },
    },
  };
}

function pathsOf(dialects: readonly Dialect[], more: OpenApiPart['paths']): JsonObject {
  const paths = new Map<string, JsonObject>(Object.entries(more));
  for (const { name, routes } of dialects)
    for (const route of routes)
      paths.set(route.path, {
        ...paths.get(route.path),
        [route.method.toLowerCase()]: operationOf(name, route),
      });
  return Object.fromEntries([...paths].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function operationOf(dialect: string, route: RestRoute): JsonObject {
  const { method, path, summary, parameters, body, needs, open } = route;
  return {
    operationId: camelCase(method, path === '/' ? 'root' : path),
    tags: [dialect],
    summary,
    ...(needs.length === 0 ? {} : { description: describeNeeds(needs) }),
    ...(open ? { security: [] } : {}),
    parameters: Object.entries(parameters).map(([name, parameter]) => parameterOf(name, parameter)),
    ...(body === null
      ? {}
      : {
          requestBody: {
            required: !body.optional,
            content: {
              'application/json': { schema: jsonSchemaOf(body.schema, { target: draft, io: 'input' }) },
            },
          },
        }),
    responses: responsesOf(route),
  };
}

function parameterOf(name: string, parameter: Parameter): JsonObject {
  const place = parameter.in ?? 'query';
  const cut =
    parameter.kind === 'int' ? ` Values above ${parameter.max} are treated as ${parameter.max}.` : '';
  return {
    name,
    in: place,
    ...(place === 'path' ? { required: true } : {}),
    description: `${parameter.description}${cut}`,
    schema: {
      ...typeOf(parameter),
      ...('default' in parameter && parameter.default !== undefined ? { default: parameter.default } : {}),
    },
  };
}

function typeOf(parameter: Parameter): JsonObject {
  switch (parameter.kind) {
    case 'int':
      return { type: 'integer', minimum: parameter.min, maximum: parameter.max };
    case 'bool':
      return { type: 'boolean' };
    case 'time':
      return { type: 'string', format: 'date-time' };
    case 'text':
      return { type: 'string' };
  }
}

// Responses

const errorSchema = { $ref: '#/components/schemas/Error' };

/** The body of every error. */
const errorBody: JsonObject = {
  type: 'object',
  description: 'An error.',
  required: ['detail', 'error'],
  properties: {
    detail: { type: 'string', description: 'The same as `error.message`.' },
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: { type: 'string', description: 'A stable code for programs.' },
        message: { type: 'string', description: 'A description for people.' },
        param: {
          type: 'string',
          description: 'The invalid parameter or field of the body.',
        },
        feature: { type: 'string', description: 'The disabled feature.' },
        errorId: { type: 'string', description: 'The id of the error in the server’s log.' },
      },
    },
  },
};

const rejections = {
  400: {
    name: 'BadRequest',
    description: '`INVALID_PARAMETER` or `INVALID_BODY`: a value is invalid.',
  },
  401: {
    name: 'Unauthorized',
    description: '`AUTHENTICATION_FAILED`: the credential is missing or invalid.',
  },
  403: {
    name: 'Forbidden',
    description:
      '`FORBIDDEN`: the credential lacks the capability, or the origin or host name is not allowed.',
  },
  404: { name: 'NotFound', description: '`NOT_FOUND`: the resource does not exist.' },
  413: { name: 'TooLarge', description: '`PAYLOAD_TOO_LARGE`: the body is too large.' },
  415: { name: 'Encoded', description: '`UNSUPPORTED_MEDIA_TYPE`: the body is compressed.' },
  500: {
    name: 'Failed',
    description: '`INTERNAL_ERROR`: an unexpected error; the log of the server has its `errorId`.',
  },
  503: {
    name: 'Unavailable',
    description:
      '`FEATURE_DISABLED`, `DATABASE_UNAVAILABLE`, `OVERLOADED`, `TIMEOUT` or `SHUTTING_DOWN`: the request cannot be served now.',
  },
} as const;

type Rejection = keyof typeof rejections;

/** References to the shared error responses, by status. */
export function rejected(...statuses: readonly Rejection[]): JsonObject {
  return Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/${rejections[status].name}` }]),
  );
}

function responsesOf(route: RestRoute): JsonObject {
  const { method, path, summary, parameters, body, open, otherStatuses } = route;
  const declared = Object.values(parameters);
  const schema =
    route.response === null
      ? { description: 'A JSON value.' }
      : jsonSchemaOf(route.response, { target: draft, io: 'output' });
  const statuses: Rejection[] = [
    ...(declared.length > 0 || body !== null ? ([400] as const) : []),
    ...(open ? [] : ([401] as const)),
    403,
    ...(path.includes('{') ? ([404] as const) : []),
    ...(method === 'POST' ? ([413, 415] as const) : []),
    500,
    503,
  ];
  const also = otherStatuses.map((status) => [
    status,
    {
      description: `${summary} Or an error.`,
      content: { 'application/json': { schema: { anyOf: [schema, errorSchema] } } },
    },
  ]);
  return {
    200: { description: summary, content: { 'application/json': { schema } } },
    ...rejected(...statuses),
    ...(Object.fromEntries(also) as JsonObject),
  };
}
