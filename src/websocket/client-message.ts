import type { SubscribePayload } from 'graphql-ws';
import type { RawData } from 'ws';

/**
 * What a client of graphql-ws says. The message of an operation is held as long as the operation runs, and read JSON may
 * take twenty times the room of its text: so there is nothing in it that nobody reads, and nothing once it was read.
 */

/** The payload of a longer ping is not sent back in its pong. */
const echoedCharsMax = 1_024;

/** ResponseCache name the operation that they belong to by this id. */
export const idCharsMax = 128;

/** The message of a client, with the members that are used; null: it is not a message. */
export function messageIn(data: RawData): object | 'id too long' | null {
  try {
    const text = textOf(data);
    const message = JSON.parse(text) as Readonly<Record<string, unknown>> | null;
    if (typeof message !== 'object' || message === null) return null;
    const { type, id, payload } = message;
    if (typeof id === 'string' && id.length > idCharsMax) return 'id too long';
    if (type === 'ping' && text.length > echoedCharsMax) return { type };
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
