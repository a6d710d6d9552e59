/** The types of settings: how the text of a variable is parsed, and what is allowed when it cannot be. */
import { isIP } from 'node:net';
import { z } from 'zod';

/** Pages that may call an endpoint: any, those on this computer, or those of the listed origins. */
type AllowedOrigins = 'any' | 'localhost' | readonly string[];

const dayMs = 86_400_000;

export const text = z.string();

/** The id of a host. */
export const hostId = z.string().regex(/^[!-~]{1,253}$/, {
  error: 'must be 1 to 253 visible ASCII characters without spaces',
});

export const flag = z.stringbool({
  truthy: ['true', '1'],
  falsy: ['false', '0'],
  error: 'must be true, false, 1 or 0',
});

export function integer(min: number, max: number): z.ZodType<number, string> {
  return numberOf(/^\d{1,15}$/, `must be an integer from ${min} to ${max}`, min, max);
}

/** A number of things. */
export const count = integer(1, 1_000_000);

/** A number of milliseconds, up to a day. */
export function milliseconds(min: number): z.ZodType<number, string> {
  return integer(min, dayMs);
}

/** A number of seconds, by default up to a day. The value is in milliseconds. */
export function seconds(min: number, max = dayMs / 1000): z.ZodType<number, string> {
  return integer(min, max).transform((value) => value * 1000);
}

/** A number of MiB. The value is in bytes. */
export function mebibytes(min: number, max: number): z.ZodType<number, string> {
  return integer(min, max).transform((value) => value * 1024 * 1024);
}

export function decimal(min: number, max: number): z.ZodType<number, string> {
  return numberOf(/^\d{1,9}(\.\d{1,20})?$/, `must be a number from ${min} to ${max}`, min, max);
}

function numberOf(pattern: RegExp, error: string, min: number, max: number): z.ZodType<number, string> {
  return z
    .string()
    .regex(pattern, { error })
    .transform(Number)
    .pipe(z.number().min(min, { error }).max(max, { error }));
}

/** One of these words, in upper or lower case. */
export function word<const Words extends readonly [string, ...string[]]>(words: Words) {
  const allowed = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(words);
  return z
    .string()
    .transform((value) => words.find((one) => one.toLowerCase() === value.toLowerCase()))
    .pipe(z.enum(words, { error: `must be ${allowed}` }));
}

export const hostName = z
  .string()
  .transform((host) => host.replace(/^\[(.*)\]$/, '$1'))
  .refine((host) => isIP(host) !== 0 || /^(?![\d.]+$)[a-z0-9_]([a-z0-9_.-]*[a-z0-9_.])?$/i.test(host), {
    error: 'must be an IP address or a host name, without a port',
  });

export const webUrl = z.url({
  protocol: /^https?$/,
  error: 'must be a URL that starts with http:// or https://',
});

/** Without a trailing slash. */
export const serverUrl = webUrl
  .refine((url) => !hasCredentials(url), { error: 'must not contain a user or password' })
  .transform((url) => url.replace(/\/+$/, ''));

export const databaseUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error:
    'must be a URL that starts with postgres:// or postgresql://, with special characters of the password percent-encoded',
});

export const redisUrl = z
  .url({
    protocol: /^rediss?$/,
    error:
      'must be a URL that starts with redis:// or rediss://, with special characters of the password percent-encoded',
  })
  .refine((url) => /^\/?\d{0,3}$/.test(urlOf(url)?.pathname ?? ''), {
    error: 'must end with the host, the port or the number of a database, as in redis://host:6379/1',
  });

export const headerValue = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]+$/, { error: 'must be one word of visible ASCII characters' });

/** `*`, or a comma-separated list of origins. */
export const origins = z.string().transform((value, context): AllowedOrigins => {
  if (value.trim() === '*') return 'any';
  return entriesOf(value, context, {
    rule: 'must be * or a comma-separated list of origins such as http://localhost:3000',
    parse: (entry) => (/^https?:\/\/[^/?#@]+\/?$/i.test(entry) ? (urlOf(entry)?.origin ?? null) : null),
  });
});

interface ListRule<Entry> {
  /** What is allowed, for the error. */
  readonly rule: string;
  /** Null for an invalid entry. */
  readonly parse: (entry: string) => Entry | null;
  /** Entries must have different names. By default they may be equal. */
  readonly nameOf?: (entry: Entry) => string;
}

/** The entries of a comma-separated list. An error shows one entry in place of the whole list. */
export function entriesOf<Entry>(
  value: string,
  context: z.RefinementCtx,
  { rule, parse, nameOf }: ListRule<Entry>,
): readonly Entry[] {
  const names = new Set<string>();
  return listOf(value).flatMap((text) => {
    const entry = parse(text);
    if (entry === null) rejectEntry(context, text, rule);
    const name = entry === null ? undefined : nameOf?.(entry);
    if (name !== undefined && names.has(name))
      rejectEntry(context, name, 'must not list the same name twice');
    if (name !== undefined) names.add(name);
    return entry ?? [];
  });
}

/** The entries of a comma-separated list, without empty ones. */
export function listOf(value: string): string[] {
  return value
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** Rejects one entry of a list, which the error shows in place of the whole list. */
export function rejectEntry(context: z.RefinementCtx, entry: string, message: string): void {
  context.addIssue({ code: 'custom', message, params: { entry } });
}

export function hasCredentials(value: string): boolean {
  const url = urlOf(value);
  return url !== null && (url.username !== '' || url.password !== '');
}

function urlOf(value: string): URL | null {
  return URL.canParse(value) ? new URL(value) : null;
}
