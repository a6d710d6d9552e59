/** Turns logged values into plain data of bounded size, with secrets masked. Never throws. */
import { isSecretName, mask, maskedText } from '../lib/mask.ts';

const stringCharsMax = 8192;
export const itemsMax = 100;
export const depthMax = 6;
/** Keys of every line; a field of the same name would make a line with the key twice. */
const reserved = new Set(['time', 'level', 'msg']);

export function plainFields(fields: object): object {
  try {
    if (fields instanceof Error) return { err: plainError(fields, 0, new Set()) };
    const result = plainObject(Object.entries(fields), 0, new Set([fields]));
    for (const key of reserved) {
      if (!(key in result)) continue;
      result[`field.${key}`] = result[key];
      delete result[key];
    }
    return result;
  } catch (error) {
    return { unloggable: plainText(String(error)) };
  }
}

export function plainText(text: string): string {
  // Cut with a margin before masking and exactly after it, so that a cut secret is still recognized.
  const masked = mask(text.length > 2 * stringCharsMax ? text.slice(0, 2 * stringCharsMax) : text);
  if (masked.length <= stringCharsMax) return masked;
  return `${masked.slice(0, stringCharsMax)}… (${text.length} characters)`;
}

function plain(value: unknown, depth: number, above: Set<object>): unknown {
  if (typeof value === 'string') return plainText(value);
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  if (typeof value === 'function') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (above.has(value)) return '[circular]';
  if (depth >= depthMax) return '[deep]';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof URL) return plainText(value.href);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  above.add(value);
  try {
    if (value instanceof Error) return plainError(value, depth, above);
    if (value instanceof Map) return plainObject([...value], depth, above);
    if (Array.isArray(value) || value instanceof Set) return plainItems([...value], depth, above);
    return plainObject(Object.entries(value), depth, above);
  } finally {
    above.delete(value);
  }
}

function plainError(error: Error, depth: number, above: Set<object>): object {
  const { name: _name, message: _message, stack: _stack, cause: _cause, ...rest } = error as Error & object;
  return {
    type: plainText(error.name === 'Error' ? error.constructor.name : error.name),
    message: plainText(error.message),
    stack: error.stack === undefined ? undefined : plainText(error.stack),
    ...plainObject(Object.entries(rest), depth, above),
    ...(error.cause === undefined ? {} : { cause: plain(error.cause, depth + 1, above) }),
    ...(error instanceof AggregateError ? { errors: plain(error.errors, depth + 1, above) } : {}),
  };
}

function plainObject(
  entries: readonly (readonly [unknown, unknown])[],
  depth: number,
  above: Set<object>,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, value] of entries.slice(0, itemsMax)) {
    const name = String(key);
    result[plainText(name)] = isSecretName(name) ? hidden(name, value) : plain(value, depth + 1, above);
  }
  if (entries.length > itemsMax) result['…'] = `${entries.length - itemsMax} more`;
  return result;
}

/** In a flat list such as Node's `rawHeaders`, the item after a secret's name is the secret. */
function plainItems(items: readonly unknown[], depth: number, above: Set<object>): unknown[] {
  const result = items.slice(0, itemsMax).map((item, index) => {
    const before = items[index - 1];
    return typeof before === 'string' && typeof item === 'string' && isSecretName(before)
      ? maskedText
      : plain(item, depth + 1, above);
  });
  if (items.length > itemsMax) result.push(`… ${items.length - itemsMax} more`);
  return result;
}

/** The value of a key that names a secret. Its absence, or a count, is no secret. */
function hidden(name: string, value: unknown): unknown {
  if (value === null || value === undefined || value === '' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && /s$/i.test(name)) return value;
  return maskedText;
}
