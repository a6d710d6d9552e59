import { z } from 'zod';
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

const isoForm = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(?:[.,](\d{1,9}))?(Z|[ +-]\d\d(?::?\d\d)?)?)?$/i;
const isoTime = z.iso.datetime({ offset: true });

/**
 * Parses ISO 8601. The default zone is UTC. The plus of a zone may be a space, which is how a query decodes an
 * unencoded plus. @returns null when the text is no such time.
 */
export function parseTime(text: string): Date | null {
  const [, date, time = '00:00', seconds, fraction = '', zone = 'Z'] = isoForm.exec(text) ?? [];
  if (fraction !== '' && seconds === undefined) return null;
  const [, sign = '', hours = '', minutes = '00'] = /^([ +-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  const offset = sign === '' ? 'Z' : `${sign === '-' ? '-' : '+'}${hours}:${minutes}`;
  const canonical = `${date}T${time}${seconds ?? ':00'}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`;
  if (!isoTime.safeParse(canonical).success) return null;
  const at = new Date(canonical);
  return at.getUTCFullYear() >= 1 && at.getUTCFullYear() <= 9999 ? at : null;
}
