import type { InterfaceRef } from '@pothos/core';
import { builder, type GraphTypes } from '../../graph/builder.ts';
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
import { keysetConnection } from '../../graph/keyset-connection.ts';
import { Node, nodeFields } from '../../graph/node.ts';
import { timeRangeFields } from '../../graph/time-range-fields.ts';
import { camelKeys } from '../../lib/case-keys.ts';
import {
  providerSummarySampled,
  summaryKey,
  type ProviderStatistics,
  type ProviderSummary,
  type SystemHealth,
} from './events.ts';
import { countRows, type RowCounts } from './logs.store.ts';
import { metricsList, readMetrics, type ProviderMetrics } from './store.ts';

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

const ProviderMetricsType = builder.objectRef<ProviderMetrics>('ProviderMetrics').implement({
  description:
    'Statistics of all providers at one time. Source: the job `metrics_aggregation`, which stores them once a minute.',
  interfaces: [ProviderStatisticsType, Node] as InterfaceRef<GraphTypes, unknown>[],
  fields: (t) => ({
    ...nodeFields<ProviderMetrics>(t, 'ProviderMetrics', {
      key: ({ at }) => at.toISOString(),
      load: (keys, { db }) => readMetrics(db, keys),
    }),
    ...exposedFields(t, { at: named('sampledAt', dateTime('When the statistics were stored.')) }),
  }),
});

const StatisticsFilter = builder.inputType('ProviderStatisticsFilter', {
  description: 'Selects stored statistics of all providers.',
  fields: (t) => timeRangeFields(t, 'statistics that were stored'),
});

keysetConnection('providerStatisticsLog', {
  name: 'ProviderMetrics',
  type: ProviderMetricsType,
  list: metricsList,
  node: camelKeys,
  description:
    'Returns stored statistics of all providers, one row a minute, newest first. `providerSummaryHistory` returns them ' +
    'downsampled. Source: the table provider_metrics.',
  page: 'A page of stored statistics of all providers.',
  edge: 'The statistics at one time, and their position in the list.',
  totalCount: 'Number of rows that match the filter.',
  filterInput: StatisticsFilter,
});

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
