import type { ServerResponse } from 'node:http';
import { sendText } from './send.ts';

/**
 * Sends a response of Yoga. Yoga's own function would write a response as a whole, however many bytes the client has left
 * unread, and would send the stack trace of an error in Yoga.
 */
export async function sendYogaResponse(reply: Response, response: ServerResponse): Promise<void> {
  return sendText(response, reply.status, await reply.text(), Object.fromEntries(reply.headers));
}
