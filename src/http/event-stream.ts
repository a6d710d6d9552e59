import type { StreamFormat } from './result-stream.ts';

/** An EventSource reconnects after a random delay of this range, so that the clients of a restarted server spread. */
const reconnectMs = { min: 1_000, max: 5_000 };

/**
 * The `id` of an event after which nothing will follow. An EventSource reconnects also after the end of a response, and
 * sends this id as `Last-Event-ID`. The response to it has status 204, after which an EventSource stops.
 */
export const finishedEventId = 'complete';

/**
 * Server-sent events, in the mode "distinct connections" of graphql-sse: results as events `next`, then `complete`. An
 * event of an EVERY subscription has its cursor as `id`; so has the start of the stream and a ping after the position has
 * moved past events that do not match, so that an EventSource resumes after exactly this position.
 *
 * Errors are events, because an EventSource can read neither a status nor a body, and does not reconnect after any
 * status other than 200.
 */
export const eventStream: StreamFormat = {
  contentType: 'text/event-stream',
  hasPositions: true,
  opening(position) {
    const { min, max } = reconnectMs;
    return `retry: ${Math.round(min + Math.random() * (max - min))}\n${idLine(position)}\n`;
  },
  result: (json, position) => `${idLine(position)}event: next\ndata: ${json}\n\n`,
  ping: (position) => (position === null ? ':\n\n' : `${idLine(position)}\n`),
  failure: (errors) => `event: next\ndata: ${JSON.stringify({ errors })}\n\n`,
  closing: (isFinal) => `${isFinal ? idLine(finishedEventId) : ''}event: complete\ndata:\n\n`,
};

function idLine(id: string | null): string {
  return id === null ? '' : `id: ${id}\n`;
}
