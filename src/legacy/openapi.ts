import { camelCase } from '../lib/camel-case.ts';
import type { Dialect } from './dialect.ts';
import type { RestRoute } from './rest-route.ts';
import { needsInWords } from './features.ts';
import { jsonSchemaOf, type JsonObject } from './json-schema.ts';
import type { Parameter } from './parameters.ts';

export interface OpenApiOptions {
  readonly version: string;
  readonly dialects: readonly Dialect[];
  /** Whether every request needs a credential, those to open routes aside. */
  readonly credentialsRequired: boolean;
  /** What is served besides the dialects. */
  readonly more: OpenApiPart;
}

export interface OpenApiPart {
  readonly tags: readonly JsonObject[];
  /** By path: the operations. Those that say nothing of `security` are as all others. */
  readonly paths: Readonly<Record<string, JsonObject>>;
  readonly schemas: Readonly<Record<string, JsonObject>>;
}

const description = `The REST endpoints of the old systems, and those that do not speak GraphQL.

Everything that is here is in the graph too, with more to choose from: new clients should use \`/graphql\`. The same
as pages: [Swagger UI](/docs), [ReDoc](/redoc); the WebSocket feeds: [ReDoc](/redoc/feeds), [AsyncAPI](/asyncapi.json).

Answers are JSON. What cannot be known is null. HEAD works where GET does, and one trailing slash is ignored. A parameter that nobody knows is ignored, and an empty one is the same as none.

Where requests have to be signed, every POST carries \`X-Timestamp\` (Unix seconds, at most 300 off, with up to nine
decimals) and \`X-Signature\`, the hexadecimal HMAC-SHA256 of \`<timestamp>.<METHOD>.<path with query>.<body>\`. A signature
is taken once: whoever sends the same again takes another time.`;

const draft = 'draft-2020-12';

/** The OpenAPI 3.1 document of every route in the tables. Pure. */
export function openApi({ version, dialects, credentialsRequired, more }: OpenApiOptions): JsonObject {
  const spoken = dialects.filter(({ routes }) => routes.length > 0);
  const credentials = [{ bearer: [] }, { apiKey: [] }];
  return {
    openapi: '3.1.0',
    info: {
      title: 'opsgraph',
      version,
      description,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '.', description: 'Where this document is.' }],
    security: credentialsRequired ? credentials : [...credentials, {}],
    tags: [...more.tags, ...spoken.map(({ name, title }) => ({ name, description: title }))],
    paths: pathsOf(spoken, more.paths),
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API key, or a JWT.' },
        apiKey: {
          type: 'apiKey',
          in: 'header',
          name: 'X-API-Key',
          description: 'The same without `Bearer`.',
        },
      },
      responses: Object.fromEntries(
        Object.values(refusals).map(({ name, description }) => [
          name,
          { description, content: { 'application/json': { schema: errorSchema } } },
        ]),
      ),
      schemas: { Error: errorForm, ...more.schemas },
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
    ...(needs.length === 0 ? {} : { description: needsInWords(needs) }),
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
  const cut = parameter.kind === 'int' ? ` What is above ${parameter.max} counts as ${parameter.max}.` : '';
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

// Answers

const errorSchema = { $ref: '#/components/schemas/Error' };

/** The one form of every refusal. */
const errorForm: JsonObject = {
  type: 'object',
  description: 'Why there is no answer.',
  required: ['detail', 'error'],
  properties: {
    detail: { type: 'string', description: 'The same as `error.message`.' },
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: { type: 'string', description: 'For programs; it never changes its meaning.' },
        message: { type: 'string', description: 'For people.' },
        param: {
          type: 'string',
          description: 'The parameter, or the field of the body, that is not allowed.',
        },
        feature: { type: 'string', description: 'The switch that is off.' },
        errorId: { type: 'string', description: 'What to look for in the server’s log.' },
      },
    },
  },
};

const refusals = {
  400: {
    name: 'BadRequest',
    description: '`INVALID_PARAMETER` or `INVALID_BODY`: a value is not allowed.',
  },
  401: { name: 'Unauthorized', description: '`AUTHENTICATION_FAILED`: no credential, or a wrong one.' },
  403: {
    name: 'Forbidden',
    description:
      '`FORBIDDEN`: the credential does not allow it, or the page or the host name is a foreign one.',
  },
  404: { name: 'NotFound', description: '`NOT_FOUND`: what the path names is not there.' },
  413: { name: 'TooLarge', description: '`PAYLOAD_TOO_LARGE`: the body has too many bytes.' },
  415: { name: 'Encoded', description: '`UNSUPPORTED_MEDIA_TYPE`: the body is compressed.' },
  500: { name: 'Failed', description: '`INTERNAL_ERROR`: unexpected; `errorId` is in the server’s log.' },
  503: {
    name: 'Unavailable',
    description:
      '`FEATURE_DISABLED`, `DATABASE_UNAVAILABLE`, `OVERLOADED`, `TIMEOUT` or `SHUTTING_DOWN`: not now.',
  },
} as const;

type Refusal = keyof typeof refusals;

/** Refusals in the one form, by status. */
export function refused(...statuses: readonly Refusal[]): JsonObject {
  return Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/${refusals[status].name}` }]),
  );
}

function responsesOf(route: RestRoute): JsonObject {
  const { method, path, summary, parameters, body, open, otherStatuses } = route;
  const declared = Object.values(parameters);
  const schema =
    route.response === null
      ? { description: 'JSON.' }
      : jsonSchemaOf(route.response, { target: draft, io: 'output' });
  const statuses: Refusal[] = [
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
      description: `${summary} Or a refusal.`,
      content: { 'application/json': { schema: { anyOf: [schema, errorSchema] } } },
    },
  ]);
  return {
    200: { description: summary, content: { 'application/json': { schema } } },
    ...refused(...statuses),
    ...(Object.fromEntries(also) as JsonObject),
  };
}
