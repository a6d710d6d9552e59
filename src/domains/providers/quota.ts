import type { Quota } from './events.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Reset times from these values on are Unix times in seconds or milliseconds; smaller ones are seconds from now. */
const unixSecondsMin = 1_000_000_000;
const unixMsMin = 1_000_000_000_000;

/**
 * Reads the rate limit from the headers of a response: `X-RateLimit-Limit`, `-Remaining`, `-Reset`, and `Retry-After`
 * of a 429.
 * @param response.at Unix milliseconds.
 * @returns null without such headers.
 */
export function quotaOf(headers: Headers, { status, at }: { status: number; at: number }): Quota | null {
  const exhausted = status === 429;
  const limitValue = numberOf(headers, 'x-ratelimit-limit');
  const remaining = numberOf(headers, 'x-ratelimit-remaining');
  if (!exhausted && limitValue === null && remaining === null) return null;
  const retryAt = exhausted ? retryAfter(headers, at) : null;
  return {
    limitValue: limitValue === 0 ? null : limitValue, // Zero means that there is no limit.
    remaining,
    resetAt: retryAt ?? resetTimeOf(numberOf(headers, 'x-ratelimit-reset'), at),
    exhausted,
  };
}

function retryAfter(headers: Headers, at: number): number | null {
  const seconds = numberOf(headers, 'retry-after');
  if (seconds !== null) return at + seconds * 1000;
  const date = Date.parse(textOf(headers, 'retry-after'));
  return Number.isNaN(date) ? null : date;
}

function resetTimeOf(value: number | null, at: number): number | null {
  if (value === null) return null;
  if (value >= unixMsMin) return value;
  return value >= unixSecondsMin ? value * 1000 : at + value * 1000;
}

/** The integer at the start of a header such as `100;w=60`; null for a date. */
function numberOf(headers: Headers, name: string): number | null {
  const [, digits] = /^\s*(\d{1,15})(?:\.\d+)?\s*(?:[;,]|$)/.exec(textOf(headers, name)) ?? [];
  return digits === undefined ? null : Number(digits);
}

function textOf(headers: Headers, name: string): string {
  const value = headers[name];
  return (typeof value === 'string' ? value : value?.[0]) ?? '';
}
