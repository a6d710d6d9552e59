import { itemOfKey, ruleFields } from '../../graph/rule-fields.ts';
import { connectionsSampled, subscriptionsSampled } from './events.ts';

ruleFields('connections', {
  topic: connectionsSampled,
  everyMs: 5_000,
  items: ({ key, payload }) => [
    { item: { ...payload, openCount: payload.sockets.length }, about: { subject: key, labels: {} } },
  ],
  fields: {
    openCount: [null, 'WebSocket connections that are open on this instance.'],
    failedAttemptCount: [null, 'Connections of the last 60 seconds that failed.'],
    httpRequestCount: [null, 'HTTP requests of the last 60 seconds.'],
    httpResponseMs: ['ms', 'Mean time of the HTTP requests of the last 60 seconds.'],
    messageLatencyMs: ['ms', 'Mean time from a value to its message, over the last 60 seconds.'],
  },
});

ruleFields('subscriptions', {
  topic: subscriptionsSampled,
  everyMs: 5_000,
  items: itemOfKey,
  fields: {
    parkedCount: [null, 'Connections whose clients do not read.'],
    waitingCount: [null, 'Handshakes in the queue.'],
  },
});
