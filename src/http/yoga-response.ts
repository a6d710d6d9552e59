import type { ServerResponse } from 'node:http';
import { sendText } from './send.ts';
import { guarded } from '../lib/guarded.ts';

/**
 * Sends a response of Yoga. Yoga's own function would write a response as a whole, however many bytes the client has left
 * unread, and would send the stack trace of an error in Yoga.
 */
export async function sendYogaResponse(reply: Response, response: ServerResponse): Promise<void> {
  const headers = Object.fromEntries(reply.headers);
  if (reply.headers.get('content-type')?.startsWith('text/event-stream') === true && reply.body !== null)
    return sendStream(reply.body, response, reply.status, headers);
  return sendText(response, reply.status, await reply.text(), headers);
}

async function sendStream(
  body: ReadableStream<Uint8Array>,
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const reader = body.getReader();
  if (response.destroyed) return reader.cancel();
  response.once(
    'close',
    guarded(() => void reader.cancel().catch(() => {})),
  );
  response.writeHead(status, headers);
  for (;;) {
    const { done, value } = await reader.read();
    if (response.destroyed) return undefined;
    if (done) return void response.end();
    if (!response.write(value)) await drained(response);
  }
}

/** Resolves when the response is drained, or the connection is closed. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      response.off('drain', wake).off('close', wake);
      resolve();
    };
    response.once('drain', wake).once('close', wake);
  });
}
