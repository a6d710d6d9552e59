import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse, type GraphQLError } from 'graphql';
import type { Viewer } from '../../auth/viewer.ts';
import { AppError } from '../../errors.ts';
import type { Engine } from '../../engine/engine.ts';
import { Refused } from '../../engine/documents.ts';
import { jsonOf, readBody, saysJson } from '../body.ts';
import type { OriginRule } from '../origin.ts';
import type { RestHandler } from '../http-server.ts';
import { originAllowed } from '../origin.ts';
import { routeOf, sendJson, statusOf, type HttpContext } from '../request.ts';
import { shareWith } from '../cors.ts';
import type { SecurityEvent } from '../../auth/security-event.ts';

export interface PublishOptions {
  readonly engine: Engine;
  readonly origins: OriginRule;
  readonly bodyBytesMax: number;
  readonly audit: (event: SecurityEvent) => void;
}

/** Why a batch was not taken: a status, and what the body's `error` holds. */
class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

const path = '/publish';
const methods = 'POST, OPTIONS';
/** What a producer is told to wait when the server cannot take its events now, seconds. */
const retryAfterS = 2;
/** What a producer gets to see of an error besides its code and message. */
const shown = ['index', 'field', 'argument', 'allowed', 'requires', 'errorId'];

const mutation = parse(`mutation Publish($events: [EventInput!]!) {
  publish(events: $events) {
    accepted { id cursor duplicate }
    cursor
  }
}`);

/**
 * The address for producers that speak no GraphQL: the batch of the mutation `publish` as plain JSON. It is a client
 * of the graph like any other, so rights, limits and checks are the mutation's; only the form of the answer is its own.
 * Pages of other origins meet the rule of `/graphql`.
 */
export function createPublish(options: PublishOptions): RestHandler {
  return async (request, response, context) => {
    if (routeOf(context.url) !== path) return false;
    shareWith(request, response, { rule: options.origins, credentials: false, methods: ['POST'] });
    if (request.method === 'OPTIONS') {
      response.writeHead(204, { allow: methods }).end();
      return true;
    }
    try {
      sendJson(response, 200, JSON.stringify(await publish(request, context, options)));
    } catch (error) {
      sendRefusal(response, authorize(error));
    }
    return true;
  };
}

async function publish(
  request: IncomingMessage,
  context: HttpContext,
  { engine, origins, bodyBytesMax, audit }: PublishOptions,
): Promise<unknown> {
  const { method, headers } = request;
  const { address } = context;
  if (method !== 'POST')
    throw new Refusal(405, 'METHOD_NOT_ALLOWED', 'Events are reported by POST.', { allowed: methods });
  if (!originAllowed(origins, headers.origin, headers.host)) {
    audit({ type: 'origin_rejected', path, address });
    throw new Refusal(403, 'FORBIDDEN', 'Pages of this origin are not let in.');
  }
  if (!saysJson(headers['content-type']))
    throw new Refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'The Content-Type must be application/json.');
  const viewer = await identify(context, origins, audit);
  const operation = engine.prepare({ query: mutation }, viewer);
  const body = await readBody(request, bodyBytesMax);
  if (body === null)
    throw new Refusal(413, 'PAYLOAD_TOO_LARGE', `A body may have at most ${bodyBytesMax} bytes.`);
  if (!context.signed(body)) {
    audit({ type: 'authentication_failed', path, address });
    throw new Refusal(401, 'AUTHENTICATION_FAILED', 'The signature is missing, wrong or too old.');
  }
  const events = eventsOf(jsonOf(body));
  const { data, errors } = await engine.execute(
    operation,
    { query: mutation, variables: { events } },
    viewer,
  );
  const [error] = errors ?? [];
  if (error !== undefined) throw ofGraph(error);
  return data?.['publish'];
}

async function identify(
  { viewer, address }: HttpContext,
  origins: OriginRule,
  audit: PublishOptions['audit'],
): Promise<Viewer> {
  try {
    return await viewer(origins);
  } catch (error) {
    if (error instanceof AppError && error.code === 'AUTHENTICATION_FAILED')
      audit({ type: 'authentication_failed', path, address });
    throw error;
  }
}

/** The batch: a list, alone or as the only member of an object. */
function eventsOf(body: unknown): readonly unknown[] {
  if (Array.isArray(body)) return body as readonly unknown[];
  const { events, ...more } = typeof body === 'object' && body !== null ? (body as { events?: unknown }) : {};
  if (Array.isArray(events) && Object.keys(more).length === 0) return events as readonly unknown[];
  const allowed = '{"events":[…]}, or the list alone';
  throw new Refusal(400, 'BAD_REQUEST', `The body must be JSON: ${allowed}.`, { allowed });
}

function ofGraph({ message, extensions }: GraphQLError): Refusal {
  const details = Object.fromEntries(
    shown.flatMap((name) => (name in extensions ? [[name, extensions[name]]] : [])),
  );
  return new Refusal(statusOf(extensions['code']), String(extensions['code']), message, details);
}

/** What is meant for producers; anything else is thrown on. */
function authorize(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof AppError) return new Refusal(statusOf(error.code), error.code, error.message);
  const [first] = error instanceof Refused ? error.errors : [];
  if (first !== undefined) return ofGraph(first);
  throw error;
}

function sendRefusal(response: ServerResponse, { status, code, message, details }: Refusal): void {
  if (status === 401) response.setHeader('www-authenticate', 'Bearer');
  if (status === 405) response.setHeader('allow', methods);
  if (status === 413) response.setHeader('connection', 'close');
  if (status === 503) response.setHeader('retry-after', String(retryAfterS));
  sendJson(response, status, JSON.stringify({ error: { code, message, ...details } }));
}
