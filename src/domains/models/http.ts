import { z, type ZodType } from 'zod';
import { ProbeFailure } from './probe.ts';

/**
 * Requests to model servers, which may be slow, broken, or something else than a model server. Every failure is a
 * `ProbeFailure` with one of five codes; the signal ends a wait, and an answer has a maximum size.
 */
export interface Question {
  readonly url: string;
  /** Sent as a bearer token, to this origin alone. */
  readonly key: string | null;
  /** Sent as JSON with POST. */
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

export async function askJson<Value>(schema: ZodType<Value>, question: Question): Promise<Value> {
  const text = await askText(question);
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new ProbeFailure('INVALID_RESPONSE', 'answered with something other than JSON');
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success)
    throw new ProbeFailure('INVALID_RESPONSE', 'answered with JSON of an unexpected shape');
  return parsed.data;
}

export async function askText(question: Question): Promise<string> {
  try {
    return await readBody(await send(question), question.bytesMax ?? bytesMaxDefault);
  } catch (error) {
    throw toFailure(error);
  }
}

async function send({ url, key, body, signal }: Question): Promise<Response> {
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
    if (!redirectStatuses.has(response.status)) throw refusal(response);
    at = new URL(response.headers.get('location') ?? '', at).href;
    // Following it would send the key to another origin.
    if (new URL(at).origin !== origin) {
      throw new ProbeFailure('INVALID_RESPONSE', `redirects to another origin, ${new URL(at).origin}`);
    }
  }
  throw new ProbeFailure('INVALID_RESPONSE', `redirects more than ${redirectsMax} times`);
}

function refusal({ status, headers }: Response): ProbeFailure {
  const message = `answered with status ${status}`;
  if (status === 401 || status === 403) return new ProbeFailure('AUTHENTICATION_FAILED', message);
  if (status === 429) return new ProbeFailure('RATE_LIMITED', message, waitOf(headers.get('retry-after')));
  return new ProbeFailure('INVALID_RESPONSE', message);
}

/** `Retry-After` holds seconds or a date. */
function waitOf(header: string | null): number | null {
  if (header === null) return null;
  const seconds = Number(header);
  const waitMs = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : null;
}

/** Counts decompressed bytes; leaving the loop cancels the transfer. */
async function readBody(response: Response, bytesMax: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax)
      throw new ProbeFailure('INVALID_RESPONSE', `answered with more than ${bytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** `fetch` wraps the cause; a name with several addresses gives one cause per address. */
function toFailure(error: unknown): unknown {
  if (error instanceof ProbeFailure || !(error instanceof Error)) return error;
  if (error.name === 'AbortError') return error;
  const codes = codesOf(error);
  if (codes.includes('ECONNREFUSED'))
    return new ProbeFailure('CONNECTION_REFUSED', 'refused the connection (ECONNREFUSED)');
  const code = codes.find((one) => connectionCodes.has(one));
  if (code !== undefined) return new ProbeFailure('CONNECTION_TIMEOUT', `cannot be reached (${code})`);
  return new ProbeFailure(
    'INVALID_RESPONSE',
    `does not speak HTTP as it should (${codes[0] ?? 'unknown reason'})`,
  );
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

/** A field of foreign JSON: undefined where it is missing or of another type, which drops the field only. */
export function lenient<Value>(schema: ZodType<Value>) {
  return schema.optional().catch(() => undefined);
}

/**
 * Entries of a foreign list, at most `max`. An entry that is no object or lacks a needed field is dropped; null is an
 * empty list, as some programs write it.
 */
export function entriesOf<Entry>(entry: ZodType<Entry>, max: number) {
  return z
    .array(z.unknown())
    .nullable()
    .transform((list) => (list ?? []).slice(0, max).flatMap((one) => entry.safeParse(one).data ?? []));
}
