import type { AppError } from '../errors.ts';
import { invalidParameter } from './rest-errors.ts';

/** The parameters of an endpoint's path and query, by name. Unknown parameters are ignored. */
export type Parameters = Readonly<Record<string, Parameter>>;

export type Parameter = { readonly description: string; readonly in?: 'path' } & (
  | { readonly kind: 'int'; readonly default?: number; readonly min: number; readonly max: number }
  | { readonly kind: 'bool'; readonly default?: boolean }
  | { readonly kind: 'time' }
  | { readonly kind: 'text'; readonly default?: string }
);

interface Kinds {
  readonly int: number;
  readonly bool: boolean;
  /** ISO 8601, UTC, with milliseconds. */
  readonly time: string;
  readonly text: string;
}

/** The values of declared parameters. An absent one is null, unless it is in the path or has a default. */
export type ValuesOf<Declared extends Parameters> = {
  readonly [Name in keyof Declared]:
    | Kinds[Declared[Name]['kind']]
    | (Declared[Name] extends { readonly in: 'path' } | { readonly default: unknown } ? never : null);
};

type Value = number | boolean | string;

/** @throws AppError INVALID_PARAMETER, with the parameter and the allowed values. */
export function readParameters(
  declared: Parameters,
  inPath: ReadonlyMap<string, string>,
  inQuery: URLSearchParams,
): Record<string, Value | null> {
  return Object.fromEntries(
    Object.entries(declared).map(([name, parameter]) => {
      const text = parameter.in === 'path' ? inPath.get(name) : inQuery.get(name);
      return [
        name,
        text === undefined || text === null || text === '' ? absent(parameter) : read(name, parameter, text),
      ];
    }),
  );
}

function absent(parameter: Parameter): Value | null {
  return 'default' in parameter ? (parameter.default ?? null) : null;
}

function read(name: string, parameter: Parameter, text: string): Value {
  if (parameter.kind === 'int') return readInt(name, parameter, text);
  if (parameter.kind === 'bool') return readBool(name, text);
  if (parameter.kind === 'time') return readTime(name, text);
  if (text.includes('\0')) throw invalid(name, 'text without U+0000');
  return text;
}

function readInt(
  name: string,
  { min, max }: { readonly min: number; readonly max: number },
  text: string,
): number {
  const value = /^\d+$/.test(text) ? Number(text) : -1;
  if (value < min) throw invalid(name, `a whole number, at least ${min}`);
  return Math.min(value, max);
}

function readBool(name: string, text: string): boolean {
  const word = text.toLowerCase();
  if (word === 'true' || word === '1') return true;
  if (word === 'false' || word === '0') return false;
  throw invalid(name, 'true or false');
}

function readTime(name: string, text: string): string {
  const at = parseTime(text);
  if (at === null) throw invalid(name, 'a time in ISO 8601, such as 2025-12-13T12:00:00Z');
  return at.toISOString();
}

function invalid(name: string, allowed: string): AppError {
  return invalidParameter(name, `${name} must be ${allowed}.`);
}

const isoTime =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:Z|([ +-])(\d\d)(?::?(\d\d))?)?)?$/i;

/**
 * ISO 8601; without a zone it is UTC. The plus of a zone may have become a space: that is what an unencoded one means
 * in a query. Null: no such time.
 */
export function parseTime(text: string): Date | null {
  const match = isoTime.exec(text);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const milliseconds = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const local = new Date(0);
  local.setUTCFullYear(year, month - 1, day);
  local.setUTCHours(hour, minute, second, milliseconds);
  const isReal =
    local.getUTCMonth() === month - 1 &&
    local.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  const [zoneHours, zoneMinutes] = [Number(match[9] ?? 0), Number(match[10] ?? 0)];
  if (!isReal || zoneHours > 23 || zoneMinutes > 59) return null;
  const at = new Date(
    local.getTime() - (match[8] === '-' ? -1 : 1) * (zoneHours * 60 + zoneMinutes) * 60_000,
  );
  return at.getUTCFullYear() >= 1 && at.getUTCFullYear() <= 9999 ? at : null;
}
