import { Readable } from 'node:stream';
import { z, type ZodType } from 'zod';
import { readBytes, TooManyBytes } from '../../lib/bounded-bytes.ts';
import { ProbeFailure } from './probe.ts';

/**
 * A request to a model server, which may be slow, broken, or another kind of server. Every failure is a `ProbeFailure`;
 * the signal ends the request, and the size of the response is limited.
 */
export interface ProbeRequest {
  readonly url: string;
  /** Sent as a bearer token, only to the origin of `url`. */
  readonly key: string | null;
  /** If given, the request is a POST with this body as JSON. */
  readonly body?: unknown;
  readonly signal: AbortSignal;
  /** Default: 8 MiB. */
  readonly bytesMax?: number;
}

const bytesMaxDefault = 8 * 1024 * 1024;
const redirectsMax = 3;
const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

const connectionCodes: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_SOCKET',
]);

export async function requestJson<Value>(schema: ZodType<Value>, request: ProbeRequest): Promise<Value> {
  const text = await requestText(request);
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new ProbeFailure('INVALID_RESPONSE', 'the response is not JSON');
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new ProbeFailure('INVALID_RESPONSE', 'the response has an unexpected structure');
  return parsed.data;
}

export async function requestText(request: ProbeRequest): Promise<string> {
  try {
    return await readBody(await send(request), request.bytesMax ?? bytesMaxDefault);
  } catch (error) {
    throw toFailure(error);
  }
}

async function send({ url, key, body, signal }: ProbeRequest): Promise<Response> {
  const { origin } = new URL(url);
  const request: RequestInit = {
    redirect: 'manual',
    signal,
    headers: {
      accept: 'application/json, text/plain;q=0.9, */*;q=0.1',
      ...(key !== null && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  };
  let at = url;
  for (let hops = 0; hops <= redirectsMax; hops++) {
    const response = await fetch(at, request);
    if (response.ok) return response;
    await response.body?.cancel();
    if (!redirectStatuses.has(response.status)) throw statusFailure(response);
    at = new URL(response.headers.get('location') ?? '', at).href;
    // Following it would send the key to another origin.
    if (new URL(at).origin !== origin) {
      throw new ProbeFailure(
        'INVALID_RESPONSE',
        `the server redirects to another origin, ${new URL(at).origin}`,
      );
    }
  }
  throw new ProbeFailure('INVALID_RESPONSE', `the server redirects more than ${redirectsMax} times`);
}

function statusFailure({ status, headers }: Response): ProbeFailure {
  const message = `answered with status ${status}`;
  if (status === 401 || status === 403) return new ProbeFailure('AUTHENTICATION_FAILED', message);
  if (status === 429)
    return new ProbeFailure('RATE_LIMITED', message, retryAfterMs(headers.get('retry-after')));
  return new ProbeFailure('INVALID_RESPONSE', message);
}

/** The header contains seconds or a date. */
function retryAfterMs(header: string | null): number | null {
  if (header === null) return null;
  const seconds = Number(header);
  const waitMs = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : null;
}

/** The limit is on decompressed bytes. */
async function readBody(response: Response, bytesMax: number): Promise<string> {
  try {
    return (await readBytes(response.body ?? Readable.from([]), bytesMax)).toString('utf8');
  } catch (error) {
    if (!(error instanceof TooManyBytes)) throw error;
    throw new ProbeFailure('INVALID_RESPONSE', `the response is larger than ${bytesMax} bytes`);
  }
}

/** `fetch` wraps the cause. A host name with several addresses has one cause per address. */
function toFailure(error: unknown): unknown {
  if (error instanceof ProbeFailure || !(error instanceof Error)) return error;
  if (error.name === 'AbortError') return error;
  const codes = codesOf(error);
  if (codes.includes('ECONNREFUSED'))
    return new ProbeFailure('CONNECTION_REFUSED', 'the host refused the connection (ECONNREFUSED)');
  const code = codes.find((one) => connectionCodes.has(one));
  if (code !== undefined) return new ProbeFailure('CONNECTION_TIMEOUT', `the host is unreachable (${code})`);
  return new ProbeFailure('INVALID_RESPONSE', `the response is not valid HTTP (${codes[0] ?? 'unknown'})`);
}

function codesOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 3) return [];
  const { code, errors } = error as { code?: unknown; errors?: readonly unknown[] };
  return [
    ...(typeof code === 'string' ? [code] : []),
    ...(errors ?? []).flatMap((one) => codesOf(one, depth + 1)),
    ...codesOf(error.cause, depth + 1),
  ];
}

/** An optional property of untrusted JSON: undefined if it is missing or invalid. */
export function lenient<Value>(schema: ZodType<Value>) {
  return schema.optional().catch(() => undefined);
}

/** The first `max` entries of an untrusted list, without invalid ones. Null is an empty list, as some servers send it. */
export function entriesOf<Entry>(entry: ZodType<Entry>, max: number) {
  return z
    .array(z.unknown())
    .nullable()
    .transform((list) => (list ?? []).slice(0, max).flatMap((one) => entry.safeParse(one).data ?? []));
}
