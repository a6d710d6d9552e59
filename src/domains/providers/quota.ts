import type { Quota } from './events.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Larger numbers are instants, in seconds or in milliseconds; smaller ones are seconds from now. */
const instantSeconds = 1_000_000_000;
const instantMs = 1_000_000_000_000;

/**
 * What an answer says of its provider's rate limit: `X-RateLimit-Limit`, `-Remaining`, `-Reset`, and `Retry-After` of
 * a 429.
 * @returns null when it says nothing.
 */
export function quotaOf(headers: Headers, { status, at }: { status: number; at: number }): Quota | null {
  const exhausted = status === 429;
  const limitValue = numberOf(headers, 'x-ratelimit-limit');
  const remaining = numberOf(headers, 'x-ratelimit-remaining');
  if (!exhausted && limitValue === null && remaining === null) return null;
  const retryAt = exhausted ? retryAfter(headers, at) : null;
  return {
    limitValue: limitValue === 0 ? null : limitValue, // a limit of nothing is none
    remaining,
    resetAt: retryAt ?? instantOf(numberOf(headers, 'x-ratelimit-reset'), at),
    exhausted,
  };
}

function retryAfter(headers: Headers, at: number): number | null {
  const seconds = numberOf(headers, 'retry-after');
  if (seconds !== null) return at + seconds * 1000;
  const date = Date.parse(textOf(headers, 'retry-after'));
  return Number.isNaN(date) ? null : date;
}

function instantOf(value: number | null, at: number): number | null {
  if (value === null) return null;
  if (value >= instantMs) return value;
  return value >= instantSeconds ? value * 1000 : at + value * 1000;
}

/** The whole number that a header begins with, as in `100;w=60`; a date begins with none. */
function numberOf(headers: Headers, name: string): number | null {
  const [, digits] = /^\s*(\d{1,15})(?:\.\d+)?\s*(?:[;,]|$)/.exec(textOf(headers, name)) ?? [];
  return digits === undefined ? null : Number(digits);
}

function textOf(headers: Headers, name: string): string {
  const value = headers[name];
  return (typeof value === 'string' ? value : value?.[0]) ?? '';
}
