import type { SubscribePayload } from 'graphql-ws';
import type { RawData } from 'ws';

/**
 * What a client of graphql-ws says. The message of an operation is held as long as the operation runs, and read JSON may
 * take twenty times the room of its text: so there is nothing in it that nobody reads, and nothing once it was read.
 */

/** What a client says, without what nobody would read; null: it is no message. */
export function messageIn(data: RawData): object | null {
  try {
    const said = JSON.parse(textOf(data)) as Readonly<Record<string, unknown>> | null;
    if (typeof said !== 'object' || said === null) return null;
    const { type, id, payload } = said;
    return { type, ...(id === undefined ? {} : { id }), ...(payload === undefined ? {} : { payload }) };
  } catch {
    return null;
  }
}

function textOf(data: RawData): string {
  return Array.isArray(data) ? Buffer.concat(data).toString() : Buffer.from(data as Buffer).toString();
}

/** Nobody looks at it again. */
export function forget(payload: SubscribePayload): void {
  for (const name of Object.keys(payload)) Reflect.deleteProperty(payload, name);
}
