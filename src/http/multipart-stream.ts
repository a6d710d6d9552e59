import type { StreamFormat } from './result-stream.ts';

const boundary = 'graphql';

/**
 * The multipart protocol for subscriptions over HTTP, version 1.0, which Apollo's clients use without a WebSocket. Each
 * result is the `payload` of a part, `{}` is a heartbeat, and errors that end the subscription are beside an empty
 * payload.
 *
 * A boundary is written after each part and not before the next one, because a client takes a part when its boundary
 * arrives. The protocol has no positions: clients resume with the argument `after`.
 */
export const multipartStream: StreamFormat = {
  contentType: `multipart/mixed;boundary="${boundary}";subscriptionSpec=1.0`,
  hasPositions: false,
  opening: () => `\r\n--${boundary}`,
  result: (json) => part(`{"payload":${json}}`),
  ping: () => part('{}'),
  failure: (errors) => part(JSON.stringify({ payload: null, errors })),
  closing: () => '--\r\n',
};

function part(json: string): string {
  return `\r\ncontent-type: application/json\r\n\r\n${json}\r\n--${boundary}`;
}
