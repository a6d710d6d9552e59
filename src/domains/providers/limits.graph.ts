import { builder } from '../../graph/builder.ts';
import { listSize } from '../../graph/list-size.ts';
import { providerStatusSampled, type ProviderStatus, type RateLimitFigures } from './events.ts';
import { RateLimitTypeType } from './words.graph.ts';

export const RateLimitStatusType = builder.enumType('RateLimitStatus', {
  description: 'How near a rate limit is.',
  values: {
    OK: { description: 'Less than 80 % are used.' },
    WARNING: { description: '80 % or more are used.' },
    BLOCKED: { description: 'All of it is used: nothing is sent until the reset.' },
  } as const,
});

const UsageBasisType = builder.enumType('UsageBasis', {
  description: 'Who says how much of a rate limit is used.',
  values: {
    OWN: { description: 'Our own count of requests in this window.' },
    HEADERS: { description: 'The provider’s `X-RateLimit` headers, or its answer 429.' },
    REPORT: { description: 'A producer, with `rateLimitUsage`.' },
  } as const,
});

/** A limit with the provider that it is of. */
interface LimitOf extends RateLimitFigures {
  readonly provider: ProviderStatus;
}

export const RateLimit = builder.objectRef<LimitOf>('RateLimit').implement({
  description:
    'How much of a provider’s rate limit is used. Source: the requests of the log, until the reset.',
  fields: (t) => ({
    provider: t.string({ description: 'The provider’s name.', resolve: ({ provider }) => provider.name }),
    limitType: t.field({
      type: RateLimitTypeType,
      description: 'The window.',
      resolve: ({ limitType }) => limitType,
    }),
    limitValue: t.exposeFloat('limitValue', { description: 'Requests a window, a whole number.' }),
    currentUsage: t.exposeFloat('currentUsage', { description: 'Requests used, a whole number.' }),
    percentage: t.exposeFloat('percentage', {
      description: 'Percent used, from 0; above 100 when the provider or a producer says so.',
    }),
    resetAt: t.field({
      type: 'DateTime',
      description: 'From then on it counts from zero.',
      resolve: ({ resetAt }) => new Date(resetAt),
    }),
    resetInSeconds: t.float({
      description: 'Seconds until then, at least 0.',
      resolve: ({ resetAt }) => Math.max(0, Math.ceil((resetAt - Date.now()) / 1000)),
    }),
    status: t.field({
      type: RateLimitStatusType,
      description: 'How near the limit is.',
      resolve: ({ status }) => status,
    }),
    basis: t.field({
      type: UsageBasisType,
      description: 'Who says so.',
      resolve: ({ basis }) => basis,
    }),
    lastRequestAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When this server asked the provider last; null before the first request.',
      resolve: ({ provider }) => (provider.lastRequestAt === null ? null : new Date(provider.lastRequestAt)),
    }),
  }),
});

export function limitOf(provider: ProviderStatus): LimitOf | null {
  return provider.rateLimit === null ? null : { ...provider.rateLimit, provider };
}

builder.queryField('rateLimits', (t) =>
  t.field({
    type: [RateLimit],
    requires: 'read',
    description: 'The rate limits of all providers that have one, by name.',
    extensions: listSize(100),
    resolve: async (_root, _args, { journal }) => {
      await journal.demand.refresh(providerStatusSampled.name, 1_000, 1_000);
      return journal.gauges
        .all(providerStatusSampled)
        .flatMap(({ payload }) => limitOf(payload) ?? [])
        .sort((a, b) => (a.provider.name < b.provider.name ? -1 : 1));
    },
  }),
);
