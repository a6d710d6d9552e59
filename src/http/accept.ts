import type { IncomingMessage } from 'node:http';

/** What the header Accept says about event streams. */

/** Whether a client takes server-sent events. */
export function acceptsEvents(accept: string | null): boolean {
  return accept === null || /text\/event-stream|text\/\*|\*\/\*/i.test(accept);
}

/** The media types that are left to Yoga. */
export function withoutEvents(accept: string | null): string {
  const types = (accept ?? '*/*').split(',').filter((type) => !/text\/event-stream/i.test(type));
  return types.length === 0 ? 'application/json' : types.join(',');
}

/** Whether a client takes events and no JSON, such as an EventSource. */
export function acceptsEventsOnly(accept: string | null): boolean {
  return accept !== null && /text\/event-stream/i.test(accept) && !/json|\*\/\*/i.test(accept);
}

/** Whether the request is that of an EventSource, which can read errors only as events. */
export function isEventSource({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && acceptsEventsOnly(headers.accept ?? null);
}
