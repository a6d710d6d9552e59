import { get, type RestRoute } from '../rest-route.ts';
import { notFound } from '../rest-errors.ts';
import * as documents from '../documents.generated.ts';
import * as map from './map-providers.ts';
import { hoursOf, limitOf, sinceOf } from './time-range.ts';
import * as schemas from './response-schemas-providers.ts';
import { isLogType, logTypes } from './labels.ts';

const name = { kind: 'text', in: 'path', description: 'The provider, exactly, else in any case.' } as const;

/** How the providers of data do, and what was logged of them. */
export const providerRoutes: readonly RestRoute[] = [
  get({
    path: '/api/providers',
    summary: 'The providers, by name.',
    parameters: {
      category: { kind: 'text', description: 'Exactly this category.' },
      status: { kind: 'text', description: 'Only online, degraded, offline or unknown ones.' },
      search: { kind: 'text', description: 'Only those with this in name, category or address.' },
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
    summary: 'How requests to a provider went.',
    parameters: { name, hours: hoursOf(24) },
    document: documents.CryptoProviderStatsDocument,
    variables: ({ name: wanted, hours }) => ({ name: wanted, hours }),
    map: map.providerStats,
    response: schemas.providerStats,
  }),
  get({
    path: '/api/status',
    summary: 'All providers in short.',
    document: documents.CryptoStatusDocument,
    map: map.status,
    response: schemas.status,
  }),
  get({
    path: '/api/status/metrics',
    summary: 'All providers in short, as they were each minute, newest first.',
    parameters: { hours: hoursOf(24), limit: limitOf(1000) },
    document: documents.CryptoHistoryDocument,
    variables: ({ hours, limit }) => ({ hours, limit }),
    map: map.history,
    response: schemas.history,
  }),
  get({
    path: '/api/rate-limits',
    summary: 'How much of each rate limit is used.',
    document: documents.CryptoRateLimitsDocument,
    map: map.rateLimits,
    response: schemas.rateLimits,
  }),
  get({
    path: '/api/rate-limits/{name}',
    summary: 'How much of one rate limit is used.',
    parameters: { name },
    document: documents.CryptoRateLimitDocument,
    variables: ({ name: wanted }) => ({ name: wanted }),
    map: map.rateLimit,
    response: schemas.rateLimit,
  }),
  get({
    path: '/api/logs/{log_type}',
    summary: 'Rows of a log, newest first.',
    parameters: {
      log_type: { kind: 'text', in: 'path', description: `One of ${logTypes.join(', ')}.` },
      hours: hoursOf(1),
      limit: limitOf(100),
      provider: { kind: 'text', description: 'Only of this provider, by its exact name.' },
    },
    reject: ({ log_type: type }) => (isLogType(type) ? null : notFound(`There is no log ${type}.`)),
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
    summary: 'What went wrong with providers.',
    parameters: { hours: hoursOf(24) },
    document: documents.CryptoFailuresDocument,
    variables: ({ hours }) => ({ hours }),
    map: map.failures,
    response: schemas.failures,
  }),
  get({
    path: '/api/config/stats',
    summary: 'How many providers, categories and keys are configured.',
    document: documents.CryptoConfigDocument,
    map: map.configured,
    response: schemas.configuration,
  }),
];
