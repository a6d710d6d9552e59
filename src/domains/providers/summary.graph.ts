import { builder } from '../../graph/builder.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import {
  dateTime,
  exposedFields,
  exposedType,
  int,
  named,
  nullable,
  of,
} from '../../graph/exposed-fields.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { listSize } from '../../graph/list-size.ts';
import { numericArgument } from '../../graph/numeric-argument.ts';
import { periodArgs, periodOf } from '../../graph/period.ts';
import {
  providerSummarySampled,
  summaryKey,
  type ProviderStatistics,
  type ProviderSummary,
  type SystemHealth,
} from './events.ts';
import { countRows, type RowCounts } from './logs.store.ts';
import { countMetrics, readMetrics, type ProviderMetrics, type MetricsPeriod } from './store.ts';

const SystemHealthType = describedEnum<SystemHealth>(
  'SystemHealth',
  'Health of all providers: the share of online providers among those with a known status.',
  {
    HEALTHY: 'At least 90 % of the providers are online.',
    DEGRADED: 'At least 70 % and less than 90 % of the providers are online.',
    UNHEALTHY: 'Less than 70 % of the providers are online.',
    UNKNOWN: 'The status of no provider is known.',
  },
);

const ProviderStatisticsType = builder.interfaceRef<ProviderStatistics>('ProviderFigures').implement({
  description: 'Statistics of all configured providers.',
  fields: (t) =>
    exposedFields(t, {
      providerCount: int('Number of configured providers, including those with the status UNKNOWN.'),
      onlineCount: int('Number of providers with the status ONLINE.'),
      degradedCount: int('Number of providers with the status DEGRADED.'),
      offlineCount: int('Number of providers with the status OFFLINE.'),
      avgResponseTimeMs: nullable.float(
        'Mean response time of each provider’s most recent successful probe, in milliseconds. Null without such a probe.',
      ),
      lastHourRequestCount: int(
        'Number of entries of the logs CONNECTION and COLLECTION in the last 60 minutes.',
      ),
      lastHourFailureCount: int('Number of entries of the log FAILURE in the last 60 minutes.'),
      systemHealth: of(SystemHealthType, 'Health of all providers together.'),
    }),
});

export const ProviderSummaryType = exposedType<ProviderSummary>(
  'ProviderSummary',
  'Current statistics of all providers. Source: the probes, and the logs of the last 60 minutes.',
  {
    sampledAt: dateTime('When the statistics were computed.'),
    lastUpdateAt: nullable.dateTime('When a provider was last probed. Null before the first probe.'),
  },
  [ProviderStatisticsType],
);

gaugeSubscription('providerSummary', {
  type: ProviderSummaryType,
  topic: providerSummarySampled,
  description:
    'Current statistics of all providers. A change of a provider’s status is sent without waiting for `everyMs`.',
  keys: () => [summaryKey],
  everyMs: { defaultMs: 10_000 },
  query: {
    description: 'Returns current statistics of all providers. Null only while the server starts.',
    maxAgeMs: 1_000,
    waitMs: 1_000,
  },
});

const ProviderMetricsType = exposedType<ProviderMetrics>(
  'ProviderMetrics',
  'Statistics of all providers at one time. Source: the job `metrics_aggregation`, which stores them once a minute.',
  { at: named('sampledAt', dateTime('When the statistics were stored.')) },
  [ProviderStatisticsType],
);

interface StoredStatistics extends MetricsPeriod {
  readonly limit: number;
}

const StoredStatisticsType = builder.objectRef<StoredStatistics>('ProviderStatisticsLog').implement({
  description:
    'Stored statistics of all providers over a period. Source: the table provider_metrics, one row a minute.',
  fields: (t) => ({
    totalCount: t.int({
      description: 'Number of rows in the period, including those beyond `limit`. Counted only if selected.',
      resolve: (period, _args, { db }) => countMetrics(db, period),
    }),
    metrics: t.field({
      type: [ProviderMetricsType],
      description: 'The stored statistics, newest first.',
      resolve: (period, _args, { db }) => readMetrics(db, period),
    }),
  }),
});

const limitMax = 1_000;

builder.queryField('providerStatisticsLog', (t) =>
  t.field({
    type: StoredStatisticsType,
    requires: 'read',
    description:
      'Returns stored statistics of all providers, one row a minute. `providerSummaryHistory` returns them downsampled.',
    extensions: listSize(limitMax),
    args: {
      ...periodArgs(t.arg),
      limit: t.arg.int({
        description: `Maximum number of rows, 1 to ${limitMax}. Default: ${limitMax}.`,
      }),
    },
    resolve: (_root, { limit, ...period }) => ({
      ...periodOf(period),
      limit: numericArgument('limit', limit, { fallback: limitMax, max: limitMax }),
    }),
  }),
);

const ProviderRowCounts = exposedType<RowCounts>(
  'ProviderRowCounts',
  'Exact numbers of stored rows about providers.',
  {
    providerCount: int('Number of configured providers.'),
    connectionCount: int('Number of logged probe requests.'),
    collectionCount: int('Number of logged data collections.'),
    failureCount: int('Number of logged failures of probes and collections.'),
    rateLimitCount: int('Number of logged rate limit usages.'),
    providerStatisticsCount: int('Number of rows of `providerStatisticsLog`.'),
  },
);

builder.queryField('providerRowCounts', (t) =>
  t.field({
    type: ProviderRowCounts,
    requires: 'read',
    description: 'Returns the numbers of stored rows about providers.',
    resolve: (_root, _args, { db }) => countRows(db),
  }),
);
