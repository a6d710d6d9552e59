import { get, type RestRoute } from '../rest-route.ts';
import { notFound } from '../rest-errors.ts';
import * as documents from '../documents.generated.ts';
import * as map from './map-providers.ts';
import { hoursParameter, limitParameter, sinceOf } from './time-range.ts';
import * as schemas from './provider-schemas.ts';
import { logTypes } from './labels.ts';

const name = {
  kind: 'text',
  in: 'path',
  description: 'The name of the provider; an exact match wins over one that ignores case.',
} as const;

/** The endpoints for data providers and their logs. */
export const providerRoutes: readonly RestRoute[] = [
  get({
    path: '/api/providers',
    summary: 'All providers, sorted by name.',
    parameters: {
      category: { kind: 'text', description: 'Only providers of this category.' },
      status: {
        kind: 'text',
        description: 'Only providers with this status: online, degraded, offline or unknown.',
      },
      search: { kind: 'text', description: 'Only providers with this text in their name, category or URL.' },
    },
    document: documents.CryptoProvidersDocument,
    variables: ({ category, search }) => ({ category, search }),
    map: map.providers,
    response: schemas.providers,
  }),
  get({
    path: '/api/providers/{name}',
    summary: 'One provider.',
    parameters: { name },
    document: documents.CryptoProviderByNameDocument,
    variables: ({ name: wanted }) => ({ name: wanted }),
    map: map.providerByName,
    response: schemas.provider,
  }),
  get({
    path: '/api/providers/{name}/stats',
    summary: 'Statistics of the requests to a provider.',
    parameters: { name, hours: hoursParameter(24) },
    document: documents.CryptoProviderStatsDocument,
    variables: ({ name: wanted, hours }) => ({ name: wanted, since: sinceOf(hours) }),
    map: map.providerStats,
    response: schemas.providerStats,
  }),
  get({
    path: '/api/status',
    summary: 'A summary of all providers.',
    document: documents.CryptoStatusDocument,
    map: map.status,
    response: schemas.statusNow,
  }),
  get({
    path: '/api/status/metrics',
    summary: 'The summary of all providers for each minute, newest first.',
    parameters: { hours: hoursParameter(24), limit: limitParameter(1000) },
    document: documents.CryptoHistoryDocument,
    variables: ({ hours, limit }) => ({ since: sinceOf(hours), limit }),
    map: map.history,
    response: schemas.history,
  }),
  get({
    path: '/api/rate-limits',
    summary: 'The usage of all rate limits.',
    document: documents.CryptoRateLimitsDocument,
    map: map.rateLimits,
    response: schemas.rateLimits,
  }),
  get({
    path: '/api/rate-limits/{name}',
    summary: 'The usage of one rate limit.',
    parameters: { name },
    document: documents.CryptoRateLimitDocument,
    variables: ({ name: wanted }) => ({ name: wanted }),
    map: map.rateLimit,
    response: schemas.rateLimit,
  }),
  get({
    path: '/api/logs/{log_type}',
    summary: 'The rows of a log, newest first.',
    parameters: {
      log_type: { kind: 'text', in: 'path', description: `One of ${logTypes.join(', ')}.` },
      hours: hoursParameter(1),
      limit: limitParameter(100),
      provider: { kind: 'text', description: 'Only rows of the provider with exactly this name.' },
    },
    reject: ({ log_type: type }) => (logTypes.includes(type) ? null : notFound(`There is no log ${type}.`)),
    document: documents.CryptoLogsDocument,
    variables: ({ log_type: type, hours, limit, provider }) => ({
      type: type.toUpperCase() as documents.CryptoLogsQueryVariables['type'],
      provider,
      since: sinceOf(hours),
      first: limit,
    }),
    map: map.logs,
    response: schemas.logs,
  }),
  get({
    path: '/api/analytics/failures',
    summary: 'An analysis of provider failures.',
    parameters: { hours: hoursParameter(24) },
    document: documents.CryptoFailuresDocument,
    variables: ({ hours }) => ({ since: sinceOf(hours) }),
    map: map.failures,
    response: schemas.failures,
  }),
  get({
    path: '/api/config/stats',
    summary: 'The numbers of configured providers, categories and keys.',
    document: documents.CryptoConfigDocument,
    map: map.configStats,
    response: schemas.configuration,
  }),
];
