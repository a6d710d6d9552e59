import { itemOfKey, ruleFields } from '../../graph/rule-fields.ts';
import { connectionsSampled, subscriptionsSampled } from './events.ts';

ruleFields('connections', {
  topic: connectionsSampled,
  everyMs: 5_000,
  items: ({ key, payload }) => [
    { item: { ...payload, open: payload.sockets.length }, about: { subject: key, labels: {} } },
  ],
  fields: {
    open: [null, 'WebSocket connections that are open on this instance.'],
    failedAttempts: [null, 'Connections of the last 60 seconds that failed.'],
    httpRequests: [null, 'HTTP requests of the last 60 seconds.'],
    httpResponseMs: ['ms', 'Mean time of the HTTP requests of the last 60 seconds.'],
    messageLatencyMs: ['ms', 'Mean time from a value to its message, over the last 60 seconds.'],
  },
});

ruleFields('subscriptions', {
  topic: subscriptionsSampled,
  everyMs: 5_000,
  items: itemOfKey,
  fields: {
    parked: [null, 'Connections whose clients do not read.'],
    waiting: [null, 'Handshakes in the queue.'],
  },
});
