import { connectionLink, nodeLink } from '../../graph/links.ts';
import { Provider, RateLimit } from './graph.ts';
import { FailuresByProvider, logEntries } from './logs.graph.ts';

const to = Provider;

nodeLink(RateLimit, 'provider', {
  to,
  description: 'The present state of the provider that has the limit.',
  key: ({ provider }) => provider,
});

nodeLink(FailuresByProvider, 'provider', {
  to,
  description: 'The provider. Null if it is no longer configured.',
  key: ({ provider }) => provider,
});

connectionLink(Provider, 'logEntries', logEntries, {
  description: 'The log entries about the provider, newest `occurredAt` first.',
  of: ({ name }) => ({ providerName: name }),
});
