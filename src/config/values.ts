import { isIP } from 'node:net';
import { z } from 'zod';
import { isSubject, subjectRule } from '../auth/subject.ts';
import { mask } from '../lib/mask.ts';

/** How the text of each kind of variable is read, and what is said of one that cannot be. */

/** What a dialect's paths answer to other origins: any, those on this computer, or these alone. */
export type AllowedOrigins = 'any' | 'localhost' | readonly string[];

export interface LegacyListener {
  readonly name: 'autoops' | 'crypto' | 'mlops';
  readonly port: number;
}

export interface ApiToken {
  readonly token: string;
  readonly subject: string;
  /** A governance role's id. */
  readonly role: string;
}

const LEGACY_PORTS = { autoops: 8000, crypto: 7860, mlops: 8001 } as const;
const LEGACY_NAMES = Object.keys(LEGACY_PORTS) as (keyof typeof LEGACY_PORTS)[];
const DEFAULT_ROLE = 'user';
const AGENTS_MAX = 256;
const SHOWN_CHARS_MAX = 80;

export const flag = z.stringbool({
  truthy: ['true', '1'],
  falsy: ['false', '0'],
  error: 'must be true, false, 1 or 0',
});

export const logLevel = z
  .string()
  .toUpperCase()
  .pipe(z.enum(['DEBUG', 'INFO', 'WARNING', 'ERROR'], { error: 'must be DEBUG, INFO, WARNING or ERROR' }));

/** The name of a claim of a JWT, or a path of names with dots between them. */
export const claimName = z.string().regex(/^\S{1,256}$/, {
  error: 'must be the name of a claim, or a path to one such as realm_access.roles',
});

export const socketProtocol = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['ws', 'wss'], { error: 'must be ws or wss' }));

export const hostName = z
  .string()
  .transform((text) => text.replace(/^\[(.*)\]$/, '$1'))
  .refine((text) => isIP(text) !== 0 || /^(?![\d.]+$)[a-z0-9_]([a-z0-9_.-]*[a-z0-9_.])?$/i.test(text), {
    error: 'must be an IP address or a host name, without a port',
  });

export const webUrl = z.string().refine((text) => /^https?:$/.test(urlOf(text)?.protocol ?? ''), {
  error: 'must be a URL that begins with http:// or https://',
});

export const serverUrl = webUrl
  .refine((text) => !hasCredentials(text), { error: 'must hold no user or password' })
  .transform((text) => text.replace(/\/+$/, ''));

export const databaseUrl = z
  .string()
  .transform((text) => text.trim())
  .refine((text) => /^postgres(ql)?:$/.test(urlOf(text)?.protocol ?? ''), {
    error:
      'must be a URL that begins with postgres:// or postgresql://, special characters in the password percent-encoded',
  });

export const headerValue = z
  .string()
  .transform((text) => text.trim())
  .refine((text) => /^[\x21-\x7e]+$/.test(text), { error: 'must be one word of visible ASCII characters' });

export const origins = z.string().transform((text, context): AllowedOrigins => {
  const entries = listOf(text);
  if (entries.length === 1 && entries[0] === '*') return 'any';
  return entries.map((entry) => {
    const url = urlOf(entry);
    const isOrigin = url !== null && /^https?:$/.test(url.protocol) && /^\w+:\/\/[^/?#@]+\/?$/.test(entry);
    if (!isOrigin) {
      complain(
        context,
        text,
        `holds ${quoted(entry)}; allowed: *, or a comma list such as http://localhost:3000`,
      );
    }
    return url?.origin ?? '';
  });
});

export const listeners = z.string().transform((text, context): LegacyListener[] => {
  if (text.toLowerCase() === 'all') return LEGACY_NAMES.map((name) => ({ name, port: LEGACY_PORTS[name] }));
  const names = new Set<string>();
  return listOf(text).flatMap((entry) => {
    const [, word = '', digits] = /^([a-z]+)(?::(\d{1,5}))?$/i.exec(entry) ?? [];
    const name = LEGACY_NAMES.find((known) => known === word.toLowerCase());
    const port = digits === undefined ? undefined : Number(digits);
    if (name === undefined || (port ?? 0) > 65_535) {
      const allowed = LEGACY_NAMES.map((known) => `${known} (${LEGACY_PORTS[known]})`).join(', ');
      complain(
        context,
        text,
        `holds ${quoted(entry)}; allowed: nothing, all, or a comma list of ${allowed}, each also as name:port`,
      );
      return [];
    }
    if (names.has(name)) complain(context, text, `names ${name} twice`);
    names.add(name);
    return [{ name, port: port ?? LEGACY_PORTS[name] }];
  });
});

export const modelServers = z.string().transform((text, context) => {
  const names = new Set<string>();
  return listOf(text).flatMap((entry) => {
    const [, name, address = ''] = /^([a-z0-9][a-z0-9._-]*)\s*=\s*(.*)$/i.exec(entry) ?? [];
    const url = serverUrl.safeParse(address);
    if (name === undefined || !url.success) {
      complain(
        context,
        text,
        `holds ${quoted(mask(entry))}; allowed: a comma list of name=url, each url with http:// or https:// and ` +
          'without a password (the key of github stands in GITHUB_TOKEN)',
      );
      return [];
    }
    if (names.has(name)) complain(context, text, `names ${name} twice`);
    names.add(name);
    return [{ name, url: url.data }];
  });
});

export const agentIds = z.string().transform((text, context): string[] => {
  const ids = listOf(text);
  if (ids.length === 0 || ids.length > AGENTS_MAX)
    complain(context, text, `must name 1 to ${AGENTS_MAX} agents`);
  for (const [index, id] of ids.entries()) {
    if (!/^[a-z0-9_-]{1,64}$/.test(id))
      complain(
        context,
        text,
        `holds ${quoted(id)}; allowed: a comma list of ids, 1 to 64 of a-z, 0-9, _ and -`,
      );
    if (ids.indexOf(id) < index) complain(context, text, `names ${id} twice`);
  }
  return ids;
});

export const apiTokens = z.string().transform((text, context): ApiToken[] => {
  const seen = new Map<string, number>();
  return listOf(text).flatMap((entry, index) => {
    const [token = '', subject = '', role = DEFAULT_ROLE, ...more] = entry
      .split(':')
      .map((part) => part.trim());
    if (!/^[\x21-\x7e]+$/.test(token) || subject === '' || role === '' || more.length > 0) {
      complain(context, null, `entry ${index + 1} must be <token>:<subject> or <token>:<subject>:<role>`);
      return [];
    }
    if (!isSubject(subject)) {
      complain(context, null, `entry ${index + 1} has a subject that nobody can be; allowed: ${subjectRule}`);
      return [];
    }
    const first = seen.get(token);
    if (first !== undefined)
      complain(context, null, `entry ${index + 1} repeats the token of entry ${first + 1}`);
    seen.set(token, index);
    return [{ token, subject, role }];
  });
});

export function wholeNumber(min: number, max: number): z.ZodType<number, string> {
  const error = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, { error })
    .transform(Number)
    .pipe(z.number().min(min, { error }).max(max, { error }));
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

function complain(context: z.RefinementCtx, input: unknown, message: string): void {
  context.addIssue({ code: 'custom', input, message });
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function quoted(entry: string): string {
  return JSON.stringify(entry.slice(0, SHOWN_CHARS_MAX));
}

function urlOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function hasCredentials(text: string): boolean {
  const url = urlOf(text);
  return url !== null && (url.username !== '' || url.password !== '');
}
