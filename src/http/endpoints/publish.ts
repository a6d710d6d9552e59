import { parse } from 'graphql';
import { AppError, errorCodes, isErrorCode } from '../../errors.ts';
import type { Engine } from '../../engine/engine.ts';
import { RequestError } from '../../engine/operation.ts';
import { jsonOf } from '../body.ts';
import type { OriginRule } from '../origin.ts';
import { jsonType, sendJson } from '../send.ts';
import type { Call, Endpoint, Route } from '../route.ts';

export interface PublishOptions {
  readonly engine: Engine;
  readonly origins: OriginRule;
  readonly bodyBytesMax: number;
  /** Limit on the events of a batch. */
  readonly batchMax: number;
}

const mutation = parse(`mutation Publish($events: [EventInput!]!) {
  publish(input: { events: $events }) {
    ... on PublishSuccess { accepted { key cursor duplicate } cursor }
    ... on InvalidInput { code message index field allowed }
  }
}`);

/**
 * POST /publish accepts a batch of events as plain JSON, for producers without GraphQL. It executes the mutation
 * `publish`, so rights, limits and checks are those of the mutation; only the form of the response differs.
 */
export function publishRoute({ engine, origins, bodyBytesMax, batchMax }: PublishOptions): Route {
  return {
    endpoint: publishEndpoint({ bodyBytesMax, batchMax }),
    cors: { origins, credentials: false },
    errorBody: ({ code, message, details }) => ({
      body: JSON.stringify({ error: { code, message, ...details } }),
      type: jsonType,
    }),
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
    if (error !== undefined) throw appErrorOf(error.message, error.extensions);
    const result = data?.['publish'] as object;
    if (isFailure(result)) throw appErrorOf(result.message, result);
    sendJson(response, 200, JSON.stringify(result));
  } catch (error) {
    const [first] = error instanceof RequestError ? error.errors : [];
    throw first === undefined ? error : appErrorOf(first.message, first.extensions);
  }
}

/** The events of the body: an array, or an object with `events` as its only member. */
function eventsOf(body: unknown): readonly unknown[] {
  if (Array.isArray(body)) return body as readonly unknown[];
  const { events, ...more } = typeof body === 'object' && body !== null ? (body as { events?: unknown }) : {};
  if (Array.isArray(events) && Object.keys(more).length === 0) return events as readonly unknown[];
  const allowed = '{"events":[…]}, or the list alone';
  throw new AppError('BAD_REQUEST', `The body must be JSON: ${allowed}.`, { details: { allowed } });
}

function isFailure(result: object): result is { readonly code: string; readonly message: string } {
  return 'code' in result;
}

/** Members of a failure, or of an error's extensions, that the response contains. */
const shownDetails = ['index', 'field', 'argument', 'allowed', 'requires', 'errorId'];

function appErrorOf(message: string, members: Readonly<Record<string, unknown>>): AppError {
  const { code } = members;
  const details = Object.fromEntries(
    shownDetails.flatMap((name) => ((members[name] ?? null) === null ? [] : [[name, members[name]]])),
  );
  return new AppError(isErrorCode(code) ? code : 'BAD_REQUEST', message, { details });
}

type JsonObject = Readonly<Record<string, unknown>>;

/** The body of an error. Unlike that of other endpoints it has no `detail`. */
const publishError: JsonObject = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: {
          type: 'string',
          enum: Object.keys(errorCodes),
          description: 'Error code for programs. Its meaning never changes.',
        },
        message: { type: 'string', description: 'Message for people.' },
        index: { type: 'integer', description: 'Index of the rejected event in the batch, from 0.' },
        field: { type: 'string', description: 'Field of the event that has an invalid value.' },
        allowed: { type: 'string', description: 'Which values are allowed.' },
        requires: { type: 'string', description: 'The capability that the credential lacks.' },
        errorId: { type: 'string', description: 'Id of the error in the log of the server.' },
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
    required: ['key', 'cursor', 'duplicate'],
    properties: {
      key: {
        ...text,
        description: 'Idempotency key of the event. Of a metric, the `seriesId` of its series.',
      },
      cursor: {
        type: ['string', 'null'],
        description:
          'Position of the event in the log. Null for metrics and hosts, which are not in the log.',
      },
      duplicate: { type: 'boolean', description: 'Whether an event with this key was stored before.' },
    },
  };
  const rejection = (description: string): JsonObject => ({
    description,
    content: { 'application/json': { schema: publishError } },
  });
  return {
    path: '/publish',
    operations: {
      POST: {
        requires: ['write'],
        pages: 'allowed',
        body: { bytesMax: bodyBytesMax, types: ['application/json'] },
        description: {
          operationId: 'publish',
          tags: ['graph'],
          summary: 'Stores a batch of events: all of them or none.',
          description:
            'The mutation `publish` as a plain HTTP endpoint. Each event is an object with one member, whose name is ' +
            'the kind of event. Requires the capability `write`. Give every event a key; then the batch can be sent ' +
            'again when no response arrived, and no event is stored twice.',
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
              description: 'All events are stored.',
              content: {
                'application/json': {
                  schema: {
                    type: 'object',
                    required: ['accepted', 'cursor'],
                    properties: {
                      accepted: { type: 'array', items: accepted },
                      cursor: {
                        type: ['string', 'null'],
                        description:
                          'Position of the last event in the log. Null for metrics and hosts, which are not in the log.',
                      },
                    },
                  },
                },
              },
            },
            400: rejection('An event is invalid, or the body is not a list of events.'),
            401: rejection('The credential is missing or invalid, or a required signature is.'),
            403: rejection(
              'The credential lacks the capability `write`, or the origin of the page is not allowed.',
            ),
            405: rejection('The method is not POST.'),
            413: rejection('The body is too large.'),
            415: rejection('The Content-Type is not application/json, or the body is compressed.'),
            503: rejection('The events cannot be stored now. `Retry-After`: seconds to wait.'),
          },
        },
      },
    },
  };
}
