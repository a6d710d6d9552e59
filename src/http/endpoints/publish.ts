import { parse, type GraphQLError } from 'graphql';
import type { Engine } from '../../engine/engine.ts';
import { RequestError } from '../../engine/operation.ts';
import { jsonOf } from '../body.ts';
import { HttpError } from '../http-error.ts';
import type { OriginRule } from '../origin.ts';
import { sendJson, statusOf } from '../request.ts';
import type { Call, Endpoint, Route } from '../route.ts';

export interface PublishOptions {
  readonly engine: Engine;
  readonly origins: OriginRule;
  readonly bodyBytesMax: number;
  /** Events of one batch. */
  readonly batchMax: number;
}

const mutation = parse(`mutation Publish($events: [EventInput!]!) {
  publish(events: $events) {
    accepted { id cursor duplicate }
    cursor
  }
}`);

/**
 * Takes a batch of events as plain JSON, for producers that speak no GraphQL. It executes the mutation `publish`, so
 * rights, limits and checks are the mutation's; only the form of the response is its own.
 */
export function publishRoute({ engine, origins, bodyBytesMax, batchMax }: PublishOptions): Route {
  return {
    endpoint: publishEndpoint({ bodyBytesMax, batchMax }),
    cors: { origins, credentials: false },
    errorBody: ({ code, message, details }) => JSON.stringify({ error: { code, message, ...details } }),
    handlers: { POST: (call) => publish(call, engine) },
  };
}

async function publish({ response, viewer, body }: Call, engine: Engine): Promise<void> {
  try {
    const operation = engine.prepare({ query: mutation }, viewer);
    const events = eventsOf(jsonOf(body));
    const request = { query: mutation, variables: { events } };
    const { data, errors } = await engine.execute(operation, request, viewer);
    const [error] = errors ?? [];
    if (error !== undefined) throw ofGraph(error);
    sendJson(response, 200, JSON.stringify(data?.['publish']));
  } catch (error) {
    const [first] = error instanceof RequestError ? error.errors : [];
    throw first === undefined ? error : ofGraph(first);
  }
}

/** The batch: a list, alone or as the only member of an object. */
function eventsOf(body: unknown): readonly unknown[] {
  if (Array.isArray(body)) return body as readonly unknown[];
  const { events, ...more } = typeof body === 'object' && body !== null ? (body as { events?: unknown }) : {};
  if (Array.isArray(events) && Object.keys(more).length === 0) return events as readonly unknown[];
  const allowed = '{"events":[…]}, or the list alone';
  throw new HttpError(400, 'BAD_REQUEST', `The body must be JSON: ${allowed}.`, { details: { allowed } });
}

/** What a producer gets to see of an error besides its code and message. */
const shown = ['index', 'field', 'argument', 'allowed', 'requires', 'errorId'];

function ofGraph({ message, extensions }: GraphQLError): HttpError {
  const details = Object.fromEntries(
    shown.flatMap((name) => (name in extensions ? [[name, extensions[name]]] : [])),
  );
  return new HttpError(statusOf(extensions['code']), String(extensions['code']), message, { details });
}

type JsonObject = Readonly<Record<string, unknown>>;

/** The body of an error. Unlike those of all other endpoints it has no `detail`. */
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

export function publishEndpoint({
  bodyBytesMax,
  batchMax,
}: Pick<PublishOptions, 'bodyBytesMax' | 'batchMax'>): Endpoint {
  const events = {
    type: 'array',
    minItems: 1,
    maxItems: batchMax,
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
    path: '/publish',
    operations: {
      POST: {
        requires: ['write'],
        pages: 'allowed',
        body: { bytesMax: bodyBytesMax, json: true },
        description: {
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
                    {
                      type: 'object',
                      required: ['events'],
                      properties: { events },
                      additionalProperties: false,
                    },
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
      },
    },
  };
}
