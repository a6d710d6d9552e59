import { builder } from '../../graph/builder.ts';
import { loader } from '../../graph/loaders.ts';
import { listSize } from '../../graph/list-size.ts';
import { everyMsDescription, paceOf, stream, throughTheDoor } from '../../graph/stream.ts';
import type { GraphContext } from '../../graph/context.ts';
import './analysis.graph.ts';
import './events.graph.ts';
import './logs.graph.ts';
import './producers.graph.ts';
import './summary.graph.ts';
import { providerStatusSampled, type ProviderStatus } from './events.ts';
import { RateLimit, limitOf } from './limits.graph.ts';
import { noStats, readStats, type ProviderStats } from './logs.store.ts';
import { ProviderStatusType, hoursDescription, sinceHours } from './words.graph.ts';

const BreakerStateType = builder.enumType('ProviderBreakerState', {
  description: 'Whether requests are sent.',
  values: {
    CLOSED: { description: 'They are.' },
    OPEN: { description: 'None is for a minute, after five in a row failed.' },
    HALF_OPEN: {
      description: 'They are, to see: three that succeed close it, one that fails opens it again.',
    },
  } as const,
});

const ProviderStatsType = builder.objectRef<ProviderStats>('ProviderStats').implement({
  description: 'How requests to a provider went over some hours. Source: the table provider_logs.',
  fields: (t) => ({
    totalAttempts: t.exposeInt('totalAttempts', { description: 'Attempts of probes.' }),
    successful: t.exposeInt('successful', { description: 'Attempts answered with 2xx.' }),
    failed: t.exposeInt('failed', { description: 'Attempts that failed otherwise than below.' }),
    timeout: t.exposeInt('timeout', { description: 'Attempts without an answer in time.' }),
    rateLimited: t.exposeInt('rateLimited', { description: 'Attempts answered with 429.' }),
    successRate: t.float({
      nullable: true,
      description: 'Percent of the attempts that succeeded, 0 to 100; null without any.',
      resolve: ({ successful, totalAttempts }) =>
        totalAttempts === 0 ? null : (successful / totalAttempts) * 100,
    }),
    avgResponseTimeMs: t.exposeFloat('avgResponseTimeMs', {
      nullable: true,
      description: 'Milliseconds to the headers, mean of the attempts that succeeded; null without any.',
    }),
    totalCollections: t.exposeInt('totalCollections', { description: 'Times its data were collected.' }),
    totalRecords: t.exposeFloat('totalRecords', { description: 'Records collected, a whole number.' }),
    totalBytes: t.exposeFloat('totalBytes', { description: 'Bytes of their bodies, a whole number.' }),
    avgQualityScore: t.exposeFloat('avgQualityScore', {
      nullable: true,
      description: 'Share of their values that are not null, 0 to 1, mean; null where there is none.',
    }),
    avgStalenessMinutes: t.exposeFloat('avgStalenessMinutes', {
      nullable: true,
      description: 'Minutes since `Last-Modified`, mean; null where no answer has that header.',
    }),
    failureCount: t.exposeInt('failureCount', { description: 'Rows of the failure log.' }),
  }),
});

/** Statistics of several providers are read with one statement for each span of time that is asked for. */
const statsOf = loader<string, ProviderStats>(async ({ db }, keys) => {
  const spans = new Map<number, string[]>();
  for (const key of keys) {
    const [since, name] = splitOnce(key);
    spans.set(Number(since), [...(spans.get(Number(since)) ?? []), name]);
  }
  const found = new Map<string, ProviderStats>();
  for (const [since, names] of spans)
    for (const [name, stats] of await readStats(db, names, new Date(since)))
      found.set(keyOf(since, name), stats);
  return found;
});

function keyOf(since: number, name: string): string {
  return `${since} ${name}`;
}

function splitOnce(key: string): readonly [string, string] {
  const at = key.indexOf(' ');
  return [key.slice(0, at), key.slice(at + 1)];
}

/** Rounded to a second, so that fields of one query agree on their span. */
function secondOf(instant: Date): number {
  return Math.floor(instant.getTime() / 1000) * 1000;
}

function dateOf(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}

const Provider = builder.objectRef<ProviderStatus>('Provider').implement({
  description:
    'A provider of data, as it is configured and how it does. Source: the file PROVIDERS_FILE and real requests over HTTP.',
  fields: (t) => ({
    id: t.exposeInt('id', { description: 'Its number in the store.' }),
    name: t.exposeString('name', { description: 'Unique.' }),
    category: t.exposeString('category', { description: 'As configured.' }),
    endpointUrl: t.exposeString('endpointUrl', {
      description: 'What is collected. Secrets in it are masked.',
    }),
    requiresKey: t.exposeBoolean('requiresKey', { description: 'Whether it is left alone without a key.' }),
    hasKey: t.exposeBoolean('hasKey', { description: 'Whether there is a key.' }),
    apiKeyMasked: t.exposeString('apiKeyMasked', {
      nullable: true,
      description: 'First 4 characters, `...`, last 4; `***` for a short key; null without one.',
    }),
    timeoutMs: t.exposeInt('timeoutMs', { description: 'Milliseconds that a request may take.' }),
    priorityTier: t.exposeInt('priorityTier', { description: '1 (most important) to 4.' }),
    collects: t.exposeBoolean('collects', { description: 'Whether its data are collected.' }),
    status: t.field({
      type: ProviderStatusType,
      description: 'By its last probe.',
      resolve: ({ status }) => status,
    }),
    responseTimeMs: t.exposeFloat('responseTimeMs', {
      nullable: true,
      description: 'Milliseconds to the headers, of the last attempt; null without an answer.',
    }),
    httpStatusCode: t.exposeInt('httpStatusCode', {
      nullable: true,
      description: 'Of the last attempt; null without an answer.',
    }),
    errorMessage: t.exposeString('errorMessage', {
      nullable: true,
      description: 'Of the last attempt; null when it succeeded.',
    }),
    lastCheckAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was probed last; null before the first probe.',
      resolve: ({ lastCheckAt }) => dateOf(lastCheckAt),
    }),
    lastSuccessAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When a probe of it succeeded last; null when none has.',
      resolve: ({ lastSuccessAt }) => dateOf(lastSuccessAt),
    }),
    lastRequestAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was asked anything last; null before the first request.',
      resolve: ({ lastRequestAt }) => dateOf(lastRequestAt),
    }),
    rateLimit: t.field({
      type: RateLimit,
      nullable: true,
      description: 'How much of its rate limit is used; null without a limit.',
      resolve: limitOf,
    }),
    breaker: t.field({
      type: BreakerStateType,
      description: 'The circuit breaker of its data collection, as this instance sees it.',
      resolve: ({ breaker }) => breaker,
    }),
    stats: t.field({
      type: ProviderStatsType,
      description: 'How requests to it went.',
      args: { hours: t.arg.int({ description: hoursDescription }) },
      resolve: async ({ name }, { hours }, context) =>
        (await statsOf(context).load(keyOf(secondOf(sinceHours(hours)), name))) ?? noStats,
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

const statusEveryMs = 10_000;

builder.subscriptionField('providerStatus', (t) =>
  t.field({
    type: Provider,
    requires: 'read',
    description:
      'LATEST, not again while it stays the same. Each provider, all of them at once first; a change of its status comes at once.',
    args: {
      names: t.arg.stringList({
        bounds: { items: 1_000, chars: 256 },
        description: 'Which providers; default all.',
      }),
      everyMs: t.arg.int({
        description: everyMsDescription({ defaultMs: statusEveryMs, between: 'rounds' }),
      }),
    },
    extensions: stream({
      delivery: 'LATEST',
      topic: providerStatusSampled.name,
      keys: ({ names }) => (names as readonly string[] | null | undefined) ?? null,
      everyMs: (args) => paceOf(args, statusEveryMs),
    }),
    subscribe: throughTheDoor<ProviderStatus>,
    resolve: (entry) => entry.payload,
  }),
);
