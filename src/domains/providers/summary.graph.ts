import { builder } from '../../graph/builder.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { dateTime, exposedFields, int, nullable, of } from '../../graph/exposed-fields.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { listSize } from '../../graph/list-size.ts';
import { within } from '../../graph/within.ts';
import {
  providerSummarySampled,
  summaryKey,
  type ProviderStatistics,
  type ProviderSummary,
  type SystemHealth,
} from './events.ts';
import { hoursDescription, sinceHours } from './graph.ts';
import { countByType } from './logs.store.ts';
import { countMetrics, countProviders, readMetrics, type ProviderMetrics } from './store.ts';

const SystemHealthType = describedEnum<SystemHealth>(
  'SystemHealth',
  'The share of the providers probed that are online.',
  {
    HEALTHY: '90 % or more.',
    DEGRADED: '70 % or more.',
    UNHEALTHY: 'Less.',
    UNKNOWN: 'None was probed.',
  },
);

const ProviderFiguresType = builder.interfaceRef<ProviderStatistics>('ProviderFigures').implement({
  description: 'All providers in short.',
  fields: (t) =>
    exposedFields(t, {
      totalProviders: int('Providers that are configured, also those of which nothing is known.'),
      onlineCount: int('Providers that are online.'),
      degradedCount: int('Providers that are degraded.'),
      offlineCount: int('Providers that are offline.'),
      avgResponseTimeMs: nullable.float(
        'Milliseconds, mean over providers of their newest successful probe; null without any.',
      ),
      totalRequestsHour: int('Rows of the connection and collection logs of the 60 minutes before.'),
      totalFailuresHour: int('Rows of the failure log of the 60 minutes before.'),
      systemHealth: of(SystemHealthType, 'By the share of the providers probed that are online.'),
    }),
});

export const ProviderSummaryType = builder.objectRef<ProviderSummary>('ProviderSummary').implement({
  description: 'All providers in short, now. Source: the probes, and the logs of the last 60 minutes.',
  interfaces: [ProviderFiguresType],
  fields: (t) =>
    exposedFields(t, {
      sampledAt: dateTime('When it was put together.'),
      lastUpdateAt: nullable.dateTime('When any was probed last; null before the first probe.'),
    }),
});

gaugeSubscription('providerSummary', {
  type: ProviderSummaryType,
  topic: providerSummarySampled,
  description: 'All providers in short, at once first; a change of any status comes at once.',
  keys: () => [summaryKey],
  everyMs: { defaultMs: 10_000 },
  query: {
    description: 'All providers in short; null only while the server starts.',
    maxAgeMs: 1_000,
    waitMs: 1_000,
  },
});

const ProviderMetricsType = builder.objectRef<ProviderMetrics>('ProviderMetrics').implement({
  description: 'All providers in short, as they were. Source: the job metrics_aggregation, once a minute.',
  interfaces: [ProviderFiguresType],
  fields: (t) => exposedFields(t, { at: dateTime('When it was written down.') }),
});

interface History {
  readonly since: Date;
  readonly limit: number;
}

const ProviderHistoryType = builder.objectRef<History>('ProviderHistory').implement({
  description: 'How all providers did. Source: the table provider_metrics, a row a minute.',
  fields: (t) => ({
    totalCount: t.int({
      description: 'Rows of these hours, also those beyond `limit`. Counted only when asked for.',
      resolve: ({ since }, _args, { db }) => countMetrics(db, since),
    }),
    metrics: t.field({
      type: [ProviderMetricsType],
      description: 'The rows, newest first.',
      resolve: async (history, _args, { db }) => [...(await readMetrics(db, history))],
    }),
  }),
});

const limitMax = 1_000;

builder.queryField('providerHistory', (t) =>
  t.field({
    type: ProviderHistoryType,
    requires: 'read',
    description: 'How all providers did over some hours.',
    extensions: listSize(limitMax),
    args: {
      hours: t.arg.int({ description: hoursDescription }),
      limit: t.arg.int({ description: `Rows at most, 1 to ${limitMax}. Default: ${limitMax}.` }),
    },
    resolve: (_root, { hours, limit }) => ({
      since: sinceHours(hours),
      limit: within('limit', limit, { fallback: limitMax, max: limitMax }),
    }),
  }),
);

interface RowCounts {
  readonly providers: number;
  readonly connections: number;
  readonly collections: number;
  readonly failures: number;
  readonly rateLimits: number;
  readonly metrics: number;
}

const ProviderRowCounts = builder.objectRef<RowCounts>('ProviderRowCounts').implement({
  description: 'How many rows the store holds about providers, counted exactly.',
  fields: (t) =>
    exposedFields(t, {
      providers: int('Providers that are configured.'),
      connections: int('Attempts of probes.'),
      collections: int('Collections of data.'),
      failures: int('Failures of probes and of collections.'),
      rateLimits: int('Snapshots of rate limits.'),
      metrics: int('Rows of the history.'),
    }),
});

builder.queryField('providerRowCounts', (t) =>
  t.field({
    type: ProviderRowCounts,
    requires: 'read',
    description: 'How many rows the store holds about providers.',
    resolve: async (_root, _args, { db }) => {
      const [providers, logs, metrics] = await Promise.all([
        countProviders(db),
        countByType(db, null),
        countMetrics(db, null),
      ]);
      return {
        providers,
        connections: logs.connectionLogged,
        collections: logs.collectionLogged,
        failures: logs.failureLogged,
        rateLimits: logs.rateLimitLogged,
        metrics,
      };
    },
  }),
);
