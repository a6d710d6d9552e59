import { gaugeHistory } from '../history/graph.ts';
import './rule-fields.graph.ts';

gaugeHistory('providerHistory', {
  gauge: 'provider',
  type: 'ProviderHistoryPoint',
  of: 'a provider',
  args: (t) => ({
    name: t.string({ required: true, bounds: { chars: 256 }, description: 'Name of the provider.' }),
  }),
  subject: ({ name }) => name,
  names: { 'rateLimit.percentage': 'rateLimitPercent' },
});

gaugeHistory('providerSummaryHistory', {
  gauge: 'providers',
  type: 'ProviderSummaryHistoryPoint',
  of: 'all providers together',
});
