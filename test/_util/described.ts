import { z } from 'zod';
import { describedDialects } from '../../src/legacy/dialects.ts';
import { valuesInPath } from '../../src/lib/path-pattern.ts';
import { routeOf } from '../../src/http/request.ts';

/** What old systems' answers and messages look like, as the OpenAPI and AsyncAPI documents have it. */

const dialects = describedDialects();
const routes = dialects.flatMap((dialect) => dialect.routes);
const feeds = dialects.flatMap((dialect) => dialect.feeds);

/** @throws Error when a GET is not answered in the form that its route declares. */
export function checkAnswer(target: string, status: number, body: unknown): void {
  const url = new URL(target, 'http://localhost');
  if (status !== 200 && status !== 503) return;
  const route = routes.find(
    ({ method, path }) => method === 'GET' && valuesInPath(path, routeOf(url)) !== null,
  );
  if (route === undefined || route.response === null) return;
  const isRefusal = typeof body === 'object' && body !== null && 'error' in body;
  if (status !== 200 && (isRefusal || !route.otherStatuses.includes(status))) return;
  check(`the answer of GET ${target}`, route.response, body);
}

/** Responses to errors of clients have a schema of their own. */
const mistakes = new Set([
  'INVALID_MESSAGE',
  'PAYLOAD_TOO_LARGE',
  'RATE_LIMITED',
  'FORBIDDEN',
  'INTERNAL_ERROR',
]);

/** @throws Error when a message of a feed is not in the form that the feed declares, or of no type that it does. */
export function checkMessage(address: string, message: Readonly<Record<string, unknown>>): void {
  const url = new URL(address);
  const { type, code } = message;
  if (type === 'pong' || (type === 'error' && mistakes.has(String(code)))) return;
  const feed = feeds.find(
    ({ path, matches = () => true }) => valuesInPath(path, routeOf(url)) !== null && matches(url),
  );
  if (feed === undefined) return;
  const schema = feed.messages?.[String(type)];
  if (schema === undefined) throw new Error(`${feed.path} declares no message ${String(type)}`);
  check(`${String(type)} of ${feed.path}`, schema, message);
}

function check(what: string, schema: z.ZodType, value: unknown): void {
  const { error } = schema.safeParse(value);
  if (error === undefined) return;
  throw new Error(
    `${what} does not have the form that the dialect's message-schemas.ts declares:\n${z.prettifyError(error)}`,
  );
}
