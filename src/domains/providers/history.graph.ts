import { gaugeHistory, historyLink } from '../history/graph.ts';
import { Provider } from './graph.ts';
import './rule-fields.graph.ts';

const providerHistory = gaugeHistory('providerHistory', {
  gauge: 'provider',
  type: 'ProviderHistoryPoint',
  of: 'a provider',
  args: (t) => ({
    providerName: t.string({
      required: true,
      bounds: { chars: 256 },
      description: 'Name of the provider.',
    }),
  }),
  subject: ({ providerName }) => providerName,
  names: { 'rateLimit.usagePercent': 'rateLimitUsagePercent' },
});

gaugeHistory('providerSummaryHistory', {
  gauge: 'providers',
  type: 'ProviderSummaryHistoryPoint',
  of: 'all providers together',
});

historyLink(Provider, providerHistory, ({ name }) => name);
