import { builder, type GraphTypes } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import {
  boolean,
  dateTime,
  exposedFields,
  int,
  named,
  nullable,
  safeInt,
  of,
  string,
} from '../../graph/exposed-fields.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { linkField } from '../../graph/links.ts';
import { listSize } from '../../graph/list-size.ts';
import { groupedLoader } from '../../graph/loaders.ts';
import { nodeType } from '../../graph/node.ts';
import { periodArgs, periodOf, type Period } from '../../graph/period.ts';
import type { Entry } from '../../journal/topic.ts';
import {
  providerStatusSampled,
  type ProviderReference,
  type BreakerState,
  type ProviderState,
  type ProviderStatus,
  type RateLimitUsage,
  type RateLimitStatus,
  type RateLimitType,
  type UsageBasis,
} from './events.ts';
import { noStats, readStats, type ProviderStats } from './logs.store.ts';

export const ProviderStatusType = describedEnum<ProviderState>(
  'ProviderStatus',
  'Status of a provider according to its most recent probe.',
  {
    ONLINE: 'The probe was answered with 2xx in less than 2000 ms.',
    DEGRADED: 'The probe was answered with 2xx in 2000 ms or more, or with 429.',
    OFFLINE: 'The probe timed out, could not connect, or was answered with another status.',
    UNKNOWN: 'The provider has not been probed yet, or its API key is missing.',
  },
);

export const RateLimitTypeType = describedEnum<RateLimitType>('RateLimitType', 'Window of a rate limit.', {
  PER_MINUTE: 'The limit applies to each minute.',
  PER_HOUR: 'The limit applies to each hour.',
  PER_DAY: 'The limit applies to each day.',
});

const RateLimitStatusType = describedEnum<RateLimitStatus>(
  'RateLimitStatus',
  'Usage of a rate limit, as a level.',
  {
    OK: 'Less than 80 % of the limit is used.',
    WARNING: 'At least 80 % of the limit is used.',
    BLOCKED: 'The limit is used up. No requests are sent until it is reset.',
  },
);

const UsageBasisType = describedEnum<UsageBasis>('UsageBasis', 'Source of a rate limit’s usage.', {
  OWN: 'The number of requests that this server sent in the current window.',
  HEADERS: 'The `X-RateLimit` headers of the provider’s responses, or a response 429.',
  REPORT: 'The producer event `rateLimitUsage`.',
});

const BreakerStateType = describedEnum<BreakerState>(
  'ProviderBreakerState',
  'State of the circuit breaker of a provider’s data collection.',
  {
    CLOSED: 'Requests are sent.',
    OPEN: 'No requests are sent for one minute, after five consecutive failures.',
    HALF_OPEN:
      'Trial requests are sent: three consecutive successes close the breaker, one failure opens it again.',
  },
);

/** Fields of a rate limit that its snapshots have too. */
export const usageFields = {
  limitType: of(RateLimitTypeType, 'Window to which the limit applies.'),
  limitValue: named('requestsMax', safeInt('Number of requests allowed per window.')),
  currentUsage: named('usedRequestCount', safeInt('Number of requests used in the current window.')),
  resetAt: dateTime('When the usage is reset to zero.'),
};

interface RateLimitOf extends RateLimitUsage, Pick<ProviderStatus, 'lastRequestAt'> {
  readonly provider: string;
}

export const RateLimit = nodeType<RateLimitOf>('RateLimit', {
  description:
    'The current usage of a provider’s rate limit. Source: the logged requests, the provider’s response headers, and ' +
    'the producer event `rateLimitUsage`.',
  key: ({ provider }) => provider,
  load: async (_keys, context) => {
    const limits = (await allProviders(context)).flatMap((provider) => rateLimitOf(provider) ?? []);
    return new Map(limits.map((limit) => [limit.provider, limit]));
  },
  fields: (t) => ({
    ...exposedFields(t, {
      ...usageFields,
      status: of(RateLimitStatusType, 'Usage as a level.'),
      basis: of(UsageBasisType, 'Source of `usedRequestCount`.'),
      lastRequestAt: nullable.dateTime('When the last request was sent. Null before the first.'),
    }),
    usagePercent: t.exposeFloat('percentage', {
      description:
        'Usage in percent of the limit. Above 100 if the provider or a producer reports such a usage.',
    }),
    providerName: t.exposeString('provider', {
      description: 'Unique name of the provider, as configured, to whose requests the limit applies.',
    }),
    resetInMs: t.float({
      description: 'Milliseconds until `resetAt`; never negative.',
      resolve: ({ resetAt }) => Math.max(0, resetAt - Date.now()),
    }),
  }),
});

function rateLimitOf({ rateLimit, name, lastRequestAt }: ProviderStatus): RateLimitOf | null {
  return rateLimit === null ? null : { ...rateLimit, provider: name, lastRequestAt };
}

builder.queryField('rateLimits', (t) =>
  t.field({
    type: [RateLimit],
    requires: 'read',
    description: 'Returns the rate limits of all providers that have one, ordered by provider name.',
    extensions: listSize(100),
    resolve: async (_root, _args, context) =>
      (await allProviders(context)).flatMap((provider) => rateLimitOf(provider) ?? []),
  }),
);

const ProviderStatsType = builder.objectRef<ProviderStats>('ProviderStats').implement({
  description: 'Statistics of the requests to a provider over a period. Source: the table provider_logs.',
  fields: (t) => ({
    ...exposedFields(t, {
      attemptCount: int('Number of probe requests.'),
      successfulCount: int('Number of probe requests that were answered with 2xx.'),
      failedCount: int('Number of probe requests that failed, without timeouts and responses 429.'),
      timeoutCount: int('Number of probe requests that timed out.'),
      rateLimitedCount: int('Number of probe requests that were answered with 429.'),
      avgResponseTimeMs: nullable.float('Mean of successful probes, in milliseconds. Null without any.'),
      collectionCount: int('Number of successful data collections.'),
      recordCount: safeInt('Number of collected records.'),
      totalBytes: safeInt('Size of the collected response bodies, in bytes.'),
      avgQualityScore: nullable.float('Mean of `dataQualityScore`, 0 to 1. Null without any.'),
      avgStalenessMs: nullable.float('Mean of `stalenessMs`. Null without any.'),
      failureCount: int('Number of failed probes and collections.'),
    }),
    successPercent: t.float({
      nullable: true,
      description: 'Successful probe requests in percent, 0 to 100. Null without probe requests.',
      resolve: ({ successfulCount, attemptCount }) =>
        attemptCount === 0 ? null : (successfulCount / attemptCount) * 100,
    }),
  }),
});

/** Reads the statistics of all providers in a query with one statement per period. */
const statsOf = groupedLoader<Period, ProviderStats>(({ db }, names, period) => readStats(db, names, period));

export const Provider = nodeType<ProviderStatus>('Provider', {
  description:
    'A data provider: its configuration and its current state. Source: the file PROVIDERS_FILE, and HTTP requests to the provider.',
  key: ({ name }) => name,
  load: async (_keys, context) =>
    new Map((await allProviders(context)).map((provider) => [provider.name, provider])),
  fields: (t) => ({
    number: t.exposeInt('id', { description: 'Number of the provider in the database.' }),
    ...exposedFields(t, {
      name: string('Unique name, as configured.'),
      category: string('Category, as configured.'),
      endpointUrl: string('URL from which data is collected. Secrets in the URL are masked.'),
      requiresKey: boolean('Whether requests are sent only with an API key.'),
      hasKey: boolean('Whether an API key is configured.'),
      apiKeyMasked: nullable.string(
        'First 4 and last 4 characters of the API key; `***` for a key of less than 12 characters. Null without a key.',
      ),
      timeoutMs: int('Timeout of a request, in milliseconds.'),
      priorityTier: int('Priority from 1 (most important) to 4.'),
      collects: boolean('Whether data is collected, besides probing.'),
      status: of(ProviderStatusType, 'Status according to the most recent probe.'),
      responseTimeMs: nullable.float(
        'Time until the response headers of the most recent probe, in milliseconds. Null without a response.',
      ),
      httpStatusCode: nullable.int('HTTP status of the most recent probe. Null without a response.'),
      errorMessage: nullable.string('Error of the most recent probe. Null if the probe succeeded.'),
      lastCheckAt: nullable.dateTime('When the provider was last probed. Null before the first probe.'),
      lastSuccessAt: nullable.dateTime('When a probe last succeeded. Null if none has succeeded.'),
      lastRequestAt: nullable.dateTime('When the last request was sent. Null before the first.'),
      breaker: of(BreakerStateType, 'Circuit breaker of the data collection on this instance.'),
    }),
    rateLimit: t.field({
      type: RateLimit,
      nullable: true,
      description: 'Current usage of the rate limit. Null without a limit.',
      resolve: rateLimitOf,
    }),
    stats: t.field({
      type: ProviderStatsType,
      description: 'Statistics of the requests over a period.',
      args: periodArgs(t.arg),
      resolve: async ({ name }, args, context) => (await statsOf(context, name, periodOf(args))) ?? noStats,
    }),
  }),
});

/** The fields of an event about a provider: its name, and its present state. */
export function providerOfEvent<Payload extends Pick<ProviderReference, 'provider'>>(
  t: PothosSchemaTypes.InterfaceFieldBuilder<GraphTypes, Entry<Payload>>,
) {
  return {
    providerName: t.string({
      description: 'Unique name of the provider, as configured.',
      resolve: ({ payload }) => payload.provider,
    }),
    provider: linkField(t, {
      to: Provider,
      description: 'The present state of the provider. Null if it is no longer configured.',
      key: ({ payload }) => payload.provider,
    }),
  };
}

async function allProviders({ journal }: GraphContext): Promise<readonly ProviderStatus[]> {
  await journal.demand.refresh(providerStatusSampled.name, 1_000, 1_000);
  return journal.gauges
    .all(providerStatusSampled)
    .map(({ payload }) => payload)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const ProviderFilter = builder.inputType('ProviderFilter', {
  description: 'Selects providers that match all given conditions.',
  fields: (t) => ({
    category: t.string({ bounds: { chars: 256 }, description: 'Only providers of this category.' }),
    statuses: t.field({
      type: [ProviderStatusType],
      description: 'Only providers with one of these statuses.',
    }),
    search: t.string({
      bounds: { chars: 256 },
      description: 'Only providers whose name, category or URL contains this text, ignoring case.',
    }),
  }),
});

builder.queryField('providers', (t) =>
  t.field({
    type: [Provider],
    requires: 'read',
    description: 'Returns the configured providers, ordered by name.',
    extensions: listSize(100),
    args: {
      filter: t.arg({
        type: ProviderFilter,
        description: 'Returns only matching providers. Default: all.',
      }),
    },
    resolve: async (_root, { filter }, context) => {
      const { category, statuses, search } = filter ?? {};
      const text = search?.toLowerCase() ?? '';
      return (await allProviders(context)).filter(
        (provider) =>
          (!category || provider.category === category) &&
          (!statuses || statuses.includes(provider.status)) &&
          [provider.name, provider.category, provider.endpointUrl].some((part) =>
            part.toLowerCase().includes(text),
          ),
      );
    },
  }),
);

builder.queryField('provider', (t) =>
  t.field({
    type: Provider,
    nullable: true,
    requires: 'read',
    description: 'Returns a provider. Null if no provider of this name is configured.',
    args: {
      name: t.arg.string({
        required: true,
        bounds: { chars: 256 },
        description: 'Name of the provider. If no name matches exactly, case is ignored.',
      }),
    },
    resolve: async (_root, { name }, context) => {
      const providers = await allProviders(context);
      return (
        providers.find((provider) => provider.name === name) ??
        providers.find((provider) => provider.name.toLowerCase() === name.toLowerCase())
      );
    },
  }),
);

gaugeSubscription('providerStatus', {
  type: Provider,
  topic: providerStatusSampled,
  description:
    'Configured providers, each sent when it changes. A change of status is sent without waiting for `everyMs`.',
  args: (t) => ({
    providerNames: t.stringList({
      bounds: { items: 1_000, chars: 256 },
      description: 'Names of the providers to send. Default: all providers.',
    }),
  }),
  keys: ({ providerNames }) => providerNames ?? null,
  everyMs: { defaultMs: 10_000, between: 'rounds' },
});
