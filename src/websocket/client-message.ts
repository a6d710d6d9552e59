import type { SubscribePayload } from 'graphql-ws';
import type { RawData } from 'ws';

/**
 * Messages of graphql-ws clients. graphql-ws keeps the message of an operation while the operation runs, and parsed JSON
 * may take twenty times the memory of its text. So only the members that are used are kept, and they are deleted once read.
 */

/** The payload of a longer ping is not returned in its pong. */
const echoedCharsMax = 1_024;

/** Every message about an operation repeats its id. */
export const idCharsMax = 128;

/** The message of a client, with the members that are used. Null: it is not a message. */
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

/** Deletes the members of a payload that has been read. */
export function clearPayload(payload: SubscribePayload): void {
  for (const name of Object.keys(payload)) Reflect.deleteProperty(payload, name);
}
