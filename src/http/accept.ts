import type { IncomingMessage } from 'node:http';
import { eventStream } from './event-stream.ts';
import { multipartStream } from './multipart-stream.ts';
import type { StreamFormat } from './result-stream.ts';

/** What the header Accept says about the results of subscriptions. */

const events = /text\/event-stream/i;
const subscriptionSpec = /^subscriptionspec="?1\.0"?$/;
const anyText = /text\/\*|\*\/\*/i;

/** The format of a subscription's results. Null: the client accepts none. */
export function streamFormatOf(accept: string | null): StreamFormat | null {
  if (accept === null || events.test(accept)) return eventStream;
  if (accept.toLowerCase().split(',').some(isMultipartSubscription)) return multipartStream;
  return anyText.test(accept) ? eventStream : null;
}

/** Whether a media range, in lower case, names version 1.0 of multipart subscriptions. */
function isMultipartSubscription(range: string): boolean {
  const [type = '', ...parameters] = range.split(';');
  return type.trim() === 'multipart/mixed' && parameters.some((text) => subscriptionSpec.test(text.trim()));
}

/** The media types that are left to Yoga, which would send results as multipart responses too. */
export function withoutStreams(accept: string | null): string {
  const types = (accept ?? '*/*').split(',').filter((type) => !/text\/event-stream|multipart\//i.test(type));
  return types.length === 0 ? 'application/json' : types.join(',');
}

/** Whether a client takes events and no JSON, such as an EventSource. */
export function acceptsEventsOnly(accept: string | null): boolean {
  return accept !== null && events.test(accept) && !/json|\*\/\*/i.test(accept);
}

/** Whether the request is that of an EventSource, which can read errors only as events. */
export function isEventSource({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && acceptsEventsOnly(headers.accept ?? null);
}
