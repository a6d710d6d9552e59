/** The types of settings: how the text of a variable is parsed, and what is allowed when it cannot be. */
import { isIP } from 'node:net';
import { z } from 'zod';

/** Pages that may call an endpoint: any, those on this computer, or those of the listed origins. */
type AllowedOrigins = 'any' | 'localhost' | readonly string[];

export const text = z.string();

export const flag = z.stringbool({
  truthy: ['true', '1'],
  falsy: ['false', '0'],
  error: 'must be true, false, 1 or 0',
});

export function integer(min: number, max: number): z.ZodType<number, string> {
  const error = `must be an integer from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, { error })
    .transform(Number)
    .pipe(z.number().min(min, { error }).max(max, { error }));
}

/** A number of seconds. The value is in milliseconds. */
export function seconds(min: number, max: number): z.ZodType<number, string> {
  return integer(min, max).transform((count) => count * 1000);
}

/** A number of MiB. The value is in bytes. */
export function mebibytes(min: number, max: number): z.ZodType<number, string> {
  return integer(min, max).transform((count) => count * 1024 * 1024);
}

/** A number with at most 6 decimals. */
export function decimal(min: number, max: number): z.ZodType<number, string> {
  const error = `must be a number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}(\.\d{1,6})?$/, { error })
    .transform(Number)
    .pipe(z.number().min(min, { error }).max(max, { error }));
}

export function upperCaseWord<const Words extends readonly string[]>(words: Words, allowed: string) {
  return z
    .string()
    .toUpperCase()
    .pipe(z.enum(words, { error: `must be ${allowed}` }));
}

export function lowerCaseWord<const Words extends readonly string[]>(words: Words, allowed: string) {
  return z
    .string()
    .toLowerCase()
    .pipe(z.enum(words, { error: `must be ${allowed}` }));
}

export const hostName = z
  .string()
  .transform((host) => host.replace(/^\[(.*)\]$/, '$1'))
  .refine((host) => isIP(host) !== 0 || /^(?![\d.]+$)[a-z0-9_]([a-z0-9_.-]*[a-z0-9_.])?$/i.test(host), {
    error: 'must be an IP address or a host name, without a port',
  });

export const webUrl = z.string().refine((url) => /^https?:$/.test(urlOf(url)?.protocol ?? ''), {
  error: 'must be a URL that starts with http:// or https://',
});

/** Without a trailing slash. */
export const serverUrl = webUrl
  .refine((url) => !hasCredentials(url), { error: 'must not contain a user or password' })
  .transform((url) => url.replace(/\/+$/, ''));

export const databaseUrl = z
  .string()
  .transform((url) => url.trim())
  .refine((url) => /^postgres(ql)?:$/.test(urlOf(url)?.protocol ?? ''), {
    error:
      'must be a URL that starts with postgres:// or postgresql://, with special characters of the password percent-encoded',
  });

export const headerValue = z
  .string()
  .transform((value) => value.trim())
  .refine((value) => /^[\x21-\x7e]+$/.test(value), { error: 'must be one word of visible ASCII characters' });

/** `*`, or a comma-separated list of origins. */
export const origins = z.string().transform((value, context): AllowedOrigins => {
  const entries = listOf(value);
  if (entries.length === 1 && entries[0] === '*') return 'any';
  return entries.map((entry) => {
    const url = urlOf(entry);
    const isOrigin = url !== null && /^https?:$/.test(url.protocol) && /^\w+:\/\/[^/?#@]+\/?$/.test(entry);
    if (!isOrigin)
      rejectEntry(
        context,
        entry,
        'must be * or a comma-separated list of origins such as http://localhost:3000',
      );
    return url?.origin ?? '';
  });
});

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
