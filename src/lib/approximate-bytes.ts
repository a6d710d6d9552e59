const valueBytes = 16;
const objectBytes = 48;

/** The approximate memory of a plain value, in bytes. Strings count two bytes per character. */
export function approximateBytes(value: unknown): number {
  if (typeof value === 'string') return valueBytes + 2 * value.length;
  if (typeof value !== 'object' || value === null) return valueBytes;
  let bytes = objectBytes;
  if (Array.isArray(value)) for (const item of value) bytes += approximateBytes(item);
  else for (const key in value) bytes += 16 + approximateBytes((value as Record<string, unknown>)[key]);
  return bytes;
}
