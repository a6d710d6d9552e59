import { connectionLink, nodeLink } from '../../graph/links.ts';
import { Host } from '../host/graph.ts';
import { Provider } from '../providers/graph.ts';
import { AlertRule } from './alert-rules.graph.ts';
import { Alert, alerts } from './alerts.graph.ts';
import { Silence } from './silences.graph.ts';
import { hostIdOf } from './list.store.ts';

nodeLink(Alert, 'host', {
  to: Host,
  description: 'The host concerned. Null if there is none, or if this server does not know it.',
  key: hostIdOf,
});

nodeLink(Alert, 'provider', {
  to: Provider,
  description: 'The provider concerned. Null if there is none, or if it is no longer configured.',
  key: ({ provider }) => provider,
});

connectionLink(Host, 'alerts', alerts, {
  description: 'The alerts that concern the host, most recently raised first.',
  of: ({ hostId }) => ({ hostId }),
});

connectionLink(Provider, 'alerts', alerts, {
  description: 'The alerts that concern the provider, most recently raised first.',
  of: ({ name }) => ({ providerName: name }),
});

connectionLink(Silence, 'alerts', alerts, {
  description: 'The alerts to which the silence applies or last applied, most recently raised first.',
  of: ({ silenceId }) => ({ silencedBy: silenceId }),
});

connectionLink(AlertRule, 'alerts', alerts, {
  description: 'The alerts that the rule raised, most recently raised first.',
  of: ({ ruleId }) => ({ ruleId }),
});
