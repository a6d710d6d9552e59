import { randomUUID } from 'node:crypto';

/** A UUID version 7: a timestamp followed by random bits, so that an index inserts new ids at its end. */
export function timeOrderedId(atMs = Date.now()): string {
  const time = atMs.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
