import { onlyItem, ruleFields } from '../../graph/rule-fields.ts';
import { providerStatusSampled, providerSummarySampled } from './events.ts';

ruleFields('provider', {
  topic: providerStatusSampled,
  everyMs: 10_000,
  items: ({ payload }) => [
    {
      item: {
        ...payload,
        rateLimit: { usagePercent: payload.rateLimit?.percentage },
        offline: payload.status === 'UNKNOWN' ? null : Number(payload.status === 'OFFLINE'),
      },
      about: { subject: payload.name, labels: {}, provider: payload.name },
    },
  ],
  fields: {
    offline: [null, '1 if the provider does not answer as it should, else 0.'],
    responseTimeMs: ['ms', 'Time in which the provider answered the last request.'],
    'rateLimit.usagePercent': ['percent', 'Used share of the rate limit of the provider.'],
  },
});

ruleFields('providers', {
  topic: providerSummarySampled,
  everyMs: 10_000,
  items: onlyItem,
  fields: {
    onlineCount: [null, 'Providers whose last request succeeded in time.'],
    degradedCount: [null, 'Providers whose last request was slow or rate limited.'],
    offlineCount: [null, 'Providers whose last request failed.'],
    avgResponseTimeMs: ['ms', 'Mean response time of the providers.'],
    lastHourRequestCount: [null, 'Requests to providers in the last 60 minutes.'],
    lastHourFailureCount: [null, 'Failed requests to providers in the last 60 minutes.'],
  },
});
