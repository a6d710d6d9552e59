import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import {
  boolean,
  dateTime,
  exposedFields,
  float,
  int,
  nullable,
  of,
  string,
} from '../../graph/exposed-fields.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { listSize } from '../../graph/list-size.ts';
import { loader } from '../../graph/loaders.ts';
import { within } from '../../graph/within.ts';
import {
  providerStatusSampled,
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
  'How a provider’s last probe went.',
  {
    ONLINE: 'It answered with 2xx in less than 2000 ms.',
    DEGRADED: 'It answered more slowly, or with 429.',
    OFFLINE: 'It did not answer in time, or with anything else.',
    UNKNOWN: 'It was never probed, or it needs a key and there is none.',
  },
);

export const RateLimitTypeType = describedEnum<RateLimitType>(
  'RateLimitType',
  'The window of a rate limit.',
  {
    PER_MINUTE: 'Requests a minute.',
    PER_HOUR: 'Requests an hour.',
    PER_DAY: 'Requests a day.',
  },
);

const RateLimitStatusType = describedEnum<RateLimitStatus>('RateLimitStatus', 'How near a rate limit is.', {
  OK: 'Less than 80 % are used.',
  WARNING: '80 % or more are used.',
  BLOCKED: 'All of it is used: nothing is sent until the reset.',
});

const UsageBasisType = describedEnum<UsageBasis>('UsageBasis', 'Who says how much of a rate limit is used.', {
  OWN: 'Our own count of requests in this window.',
  HEADERS: 'The provider’s `X-RateLimit` headers, or its answer 429.',
  REPORT: 'A producer, with `rateLimitUsage`.',
});

const BreakerStateType = describedEnum<BreakerState>('ProviderBreakerState', 'Whether requests are sent.', {
  CLOSED: 'They are.',
  OPEN: 'None is for a minute, after five in a row failed.',
  HALF_OPEN: 'They are, to see: three that succeed close it, one that fails opens it again.',
});

const hoursDefault = 24;
const hoursMax = 720;
export const hoursDescription = `Look back so many hours, 1 to ${hoursMax}. Default: ${hoursDefault}.`;

/** The start of the time that an argument `hours` asks for. @throws AppError BAD_USER_INPUT. */
export function sinceHours(hours: number | null | undefined): Date {
  return new Date(Date.now() - within('hours', hours, { fallback: hoursDefault, max: hoursMax }) * 3_600_000);
}

/** What a rate limit and a snapshot of one have in common. */
export const usedOfLimit = {
  limitType: of(RateLimitTypeType, 'The window.'),
  limitValue: float('Requests a window, a whole number.'),
  currentUsage: float('Requests used, a whole number.'),
  resetAt: dateTime('From then on it counts from zero.'),
};

/** A limit with the provider that it is of. */
interface LimitOf extends RateLimitUsage {
  readonly provider: ProviderStatus;
}

const RateLimit = builder.objectRef<LimitOf>('RateLimit').implement({
  description:
    'How much of a provider’s rate limit is used. Source: the requests of the log, until the reset.',
  fields: (t) => ({
    ...exposedFields(t, {
      ...usedOfLimit,
      percentage: float('Percent used, from 0; above 100 when the provider or a producer says so.'),
      status: of(RateLimitStatusType, 'How near the limit is.'),
      basis: of(UsageBasisType, 'Who says so.'),
    }),
    provider: t.string({ description: 'The provider’s name.', resolve: ({ provider }) => provider.name }),
    resetInSeconds: t.float({
      description: 'Seconds until then, at least 0.',
      resolve: ({ resetAt }) => Math.max(0, Math.ceil((resetAt - Date.now()) / 1000)),
    }),
    lastRequestAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When this server asked the provider last; null before the first request.',
      resolve: ({ provider }) => provider.lastRequestAt,
    }),
  }),
});

function limitOf(provider: ProviderStatus): LimitOf | null {
  return provider.rateLimit === null ? null : { ...provider.rateLimit, provider };
}

builder.queryField('rateLimits', (t) =>
  t.field({
    type: [RateLimit],
    requires: 'read',
    description: 'The rate limits of all providers that have one, by name.',
    extensions: listSize(100),
    resolve: async (_root, _args, context) =>
      (await allProviders(context)).flatMap((provider) => limitOf(provider) ?? []),
  }),
);

const ProviderStatsType = builder.objectRef<ProviderStats>('ProviderStats').implement({
  description: 'How requests to a provider went over some hours. Source: the table provider_logs.',
  fields: (t) => ({
    ...exposedFields(t, {
      totalAttempts: int('Attempts of probes.'),
      successful: int('Attempts answered with 2xx.'),
      failed: int('Attempts that failed otherwise than below.'),
      timeout: int('Attempts without an answer in time.'),
      rateLimited: int('Attempts answered with 429.'),
      avgResponseTimeMs: nullable.float(
        'Milliseconds to the headers, mean of the attempts that succeeded; null without any.',
      ),
      totalCollections: int('Times its data were collected.'),
      totalRecords: float('Records collected, a whole number.'),
      totalBytes: float('Bytes of their bodies, a whole number.'),
      avgQualityScore: nullable.float(
        'Share of their values that are not null, 0 to 1, mean; null where there is none.',
      ),
      avgStalenessMinutes: nullable.float(
        'Minutes since `Last-Modified`, mean; null where no answer has that header.',
      ),
      failureCount: int('Rows of the failure log.'),
    }),
    successRate: t.float({
      nullable: true,
      description: 'Percent of the attempts that succeeded, 0 to 100; null without any.',
      resolve: ({ successful, totalAttempts }) =>
        totalAttempts === 0 ? null : (successful / totalAttempts) * 100,
    }),
  }),
});

interface Span {
  readonly name: string;
  /** Unix milliseconds. */
  readonly since: number;
}

/** The statistics of all providers of a query are read with one statement for each span of time. */
const statsOf = loader<string, ProviderStats>(async ({ db }, keys) => {
  const spans = keys.map((key): Span => JSON.parse(key) as Span);
  const stats = new Map<string, ProviderStats>();
  for (const since of new Set(spans.map((span) => span.since))) {
    const names = spans.filter((span) => span.since === since).map(({ name }) => name);
    for (const [name, found] of await readStats(db, names, new Date(since)))
      stats.set(keyOf({ name, since }), found);
  }
  return stats;
});

function keyOf({ name, since }: Span): string {
  return JSON.stringify({ name, since });
}

const Provider = builder.objectRef<ProviderStatus>('Provider').implement({
  description:
    'A provider of data, as it is configured and how it does. Source: the file PROVIDERS_FILE and real requests over HTTP.',
  fields: (t) => ({
    ...exposedFields(t, {
      id: int('Its number in the store.'),
      name: string('Unique.'),
      category: string('As configured.'),
      endpointUrl: string('What is collected. Secrets in it are masked.'),
      requiresKey: boolean('Whether it is left alone without a key.'),
      hasKey: boolean('Whether there is a key.'),
      apiKeyMasked: nullable.string(
        'First 4 characters, `...`, last 4; `***` for a short key; null without one.',
      ),
      timeoutMs: int('Milliseconds that a request may take.'),
      priorityTier: int('1 (most important) to 4.'),
      collects: boolean('Whether its data are collected.'),
      status: of(ProviderStatusType, 'By its last probe.'),
      responseTimeMs: nullable.float(
        'Milliseconds to the headers, of the last attempt; null without an answer.',
      ),
      httpStatusCode: nullable.int('Of the last attempt; null without an answer.'),
      errorMessage: nullable.string('Of the last attempt; null when it succeeded.'),
      lastCheckAt: nullable.dateTime('When it was probed last; null before the first probe.'),
      lastSuccessAt: nullable.dateTime('When a probe of it succeeded last; null when none has.'),
      lastRequestAt: nullable.dateTime('When it was asked anything last; null before the first request.'),
      breaker: of(BreakerStateType, 'The circuit breaker of its data collection, as this instance sees it.'),
    }),
    rateLimit: t.field({
      type: RateLimit,
      nullable: true,
      description: 'How much of its rate limit is used; null without a limit.',
      resolve: limitOf,
    }),
    stats: t.field({
      type: ProviderStatsType,
      description: 'How requests to it went.',
      args: { hours: t.arg.int({ description: hoursDescription }) },
      resolve: async ({ name }, { hours }, context) => {
        // rounded to a second, so that the fields of one query have the same span
        const since = Math.floor(sinceHours(hours).getTime() / 1000) * 1000;
        return (await statsOf(context).load(keyOf({ name, since }))) ?? noStats;
      },
    }),
  }),
});

async function allProviders({ journal }: GraphContext): Promise<readonly ProviderStatus[]> {
  await journal.demand.refresh(providerStatusSampled.name, 1_000, 1_000);
  return journal.gauges
    .all(providerStatusSampled)
    .map(({ payload }) => payload)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

builder.queryField('providers', (t) =>
  t.field({
    type: [Provider],
    requires: 'read',
    description: 'The providers that are configured, by name.',
    extensions: listSize(100),
    args: {
      category: t.arg.string({ bounds: { chars: 256 }, description: 'Exactly this category; default all.' }),
      status: t.arg({ type: ProviderStatusType, description: 'Only in this status; default all.' }),
      search: t.arg.string({
        bounds: { chars: 256 },
        description: 'Only those with this in their name, category or address, in any case; default all.',
      }),
    },
    resolve: async (_root, { category, status, search }, context) => {
      const text = search?.toLowerCase() ?? '';
      return (await allProviders(context)).filter(
        (provider) =>
          (!category || provider.category === category) &&
          (!status || provider.status === status) &&
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
    description: 'One provider, or null when none is configured under this name.',
    args: {
      name: t.arg.string({
        required: true,
        bounds: { chars: 256 },
        description: 'Its name, exactly, else in any case.',
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
  description: 'Each provider, all of them at once first; a change of its status comes at once.',
  args: (t) => ({
    names: t.stringList({
      bounds: { items: 1_000, chars: 256 },
      description: 'Which providers; default all.',
    }),
  }),
  keys: ({ names }) => names ?? null,
  everyMs: { defaultMs: 10_000, between: 'rounds' },
});
