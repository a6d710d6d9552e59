import { randomUUID } from 'node:crypto';

/** A UUID of version 7: random behind the time, so that an index takes what is new at its end. */
export function timeOrderedId(atMs = Date.now()): string {
  const time = atMs.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
