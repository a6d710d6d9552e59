import { builder } from '../../graph/builder.ts';
import { describedEnum, eventEnum } from '../../graph/event-enum.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import {
  boolean,
  dateTime,
  exposedFields,
  exposedType,
  float,
  int,
  listOf,
  nullable,
  of,
  payloadFields,
  string,
} from '../../graph/exposed-fields.ts';
import { keysetConnection } from '../../graph/keyset-connection.ts';
import type { Entry } from '../../journal/topic.ts';
import {
  providerLog,
  type AttemptStatus,
  type CollectionRow,
  type ConnectionRow,
  type FailureRow,
  type ProviderLogRows,
  type ProviderLogType,
  type RateLimitRow,
} from './events.ts';
import { hoursDescription, sinceHours, usageFields } from './graph.ts';
import { logList, readFailures, toEntry, type FailureAnalysis } from './logs.store.ts';

const errorTypes = '`timeout`, `connection_error`, `http_<code>`, `rate_limited` or `invalid_response`';
const endpoint = string('URL of the request, without its query.');

const AttemptStatusType = describedEnum<AttemptStatus>(
  'ProviderAttemptStatus',
  'Outcome of a probe request.',
  {
    SUCCESS: 'The provider answered with 2xx.',
    FAILED: 'The provider answered with another status, or the connection failed.',
    TIMEOUT: 'The request timed out.',
    RATE_LIMITED: 'The provider answered with 429.',
  },
);

const RetryResultType = describedEnum('RetryResult', 'Outcome of the second request of a probe.', {
  SUCCESS: 'The second request succeeded.',
  FAILED: 'The second request failed too.',
});

const RequestPurposeType = describedEnum(
  'ProviderRequestPurpose',
  'Why this server sent a request to a provider.',
  {
    PROBE: 'A health check.',
    COLLECTION: 'A data collection.',
  },
);

const Attempt = exposedType<ConnectionRow>('ProviderAttempt', 'One request of a probe.', {
  endpoint,
  status: of(AttemptStatusType, 'Outcome of the request.'),
  responseTimeMs: nullable.float('Time until the headers, in milliseconds. Null without a response.'),
  httpStatusCode: nullable.int('HTTP status of the response. Null without a response.'),
  errorType: nullable.string(`Type of the error: ${errorTypes}. Null on success.`),
  errorMessage: nullable.string('Description of the error. Null on success.'),
});

const Failure = exposedType<FailureRow>(
  'ProviderFailure',
  'A probe whose first request failed, or a data collection that failed.',
  {
    of: of(RequestPurposeType, 'Purpose of the request that failed.'),
    endpoint,
    errorType: string(`Type of the first request’s error: ${errorTypes}.`),
    errorMessage: string('Description of the first request’s error.'),
    httpStatus: nullable.int('HTTP status of the first response. Null without a response.'),
    retryAttempted: boolean('Whether a second request was sent.'),
    retryResult: nullable.of(RetryResultType, 'Outcome of the second request. Null if none was sent.'),
  },
);

const Collection = exposedType<CollectionRow>(
  'ProviderCollection',
  'A successful data collection from a provider.',
  {
    category: string('Category of the provider, as configured.'),
    scheduledAt: dateTime('When the collection was due.'),
    fetchedAt: dateTime('When the request was sent.'),
    recordCount: int(
      'Number of records: the length of the response if it is a JSON array, otherwise of the longest array that is a ' +
        'property of the response, otherwise 1.',
    ),
    payloadSizeBytes: int('Size of the response body, in bytes.'),
    dataQualityScore: nullable.float(
      'Share of the records’ values that are not null, 0 to 1. Null if the response is not JSON or has no values.',
    ),
    stalenessMinutes: nullable.float(
      'Age of the data according to the header `Last-Modified`, in minutes. Null without the header.',
    ),
    onSchedule: boolean('Whether the request was sent at most 30 seconds after `scheduledAt`.'),
  },
);

const RateLimitSnapshot = exposedType<RateLimitRow>(
  'RateLimitSnapshot',
  'Usage of a provider’s rate limit at one time.',
  { ...usageFields, percentage: float('Usage in percent. May exceed 100.') },
);

const LogType = eventEnum<ProviderLogType>('ProviderLogType', 'Log to which an entry belongs.', {
  CONNECTION: ['connectionLogged', 'All requests of all probes.'],
  FAILURE: ['failureLogged', 'Probes whose first request failed, and data collections that failed.'],
  COLLECTION: ['collectionLogged', 'Successful data collections.'],
  RATE_LIMIT: ['rateLimitLogged', 'Usage of each rate limit, once a minute.'],
});

/** The payload of an entry, if it is of this type. */
function payloadIf<Type extends ProviderLogType>(wanted: Type) {
  return ({ type, payload }: Entry) => (type === wanted ? (payload as ProviderLogRows[Type]) : null);
}

const LogEntry = eventType('ProviderLogEntry', providerLog, {
  kind: 'PROVIDER_LOG',
  description:
    'An entry of one of the logs about providers. Of the fields `connection`, `failure`, `collection` and `rateLimit` ' +
    'only the one that belongs to `type` is not null. `occurredAt` is when the request was ' +
    'sent or the usage was read. Source: the requests of this server to providers.',
  fields: (t) => ({
    providerNumber: t.int({
      description: 'Number of the provider in the database.',
      resolve: ({ payload }) => payload.providerId,
    }),
    key: t.id({ description: 'Idempotency key of the event: `logEntryId`.', resolve: ({ seq }) => seq }),
    logEntryId: t.id({ description: 'Identifies the entry: an integer as text.', resolve: ({ seq }) => seq }),
    type: t.expose('type', { type: LogType, description: 'Log to which the entry belongs.' }),
    ...payloadFields(t, {
      provider: string('Name of the provider.'),
    }),
    connection: t.field({
      type: Attempt,
      nullable: true,
      description: 'The probe request. Null unless `type` is CONNECTION.',
      resolve: payloadIf('connectionLogged'),
    }),
    failure: t.field({
      type: Failure,
      nullable: true,
      description: 'The failed probe or collection. Null unless `type` is FAILURE.',
      resolve: payloadIf('failureLogged'),
    }),
    collection: t.field({
      type: Collection,
      nullable: true,
      description: 'The data collection. Null unless `type` is COLLECTION.',
      resolve: payloadIf('collectionLogged'),
    }),
    rateLimit: t.field({
      type: RateLimitSnapshot,
      nullable: true,
      description: 'The usage of the rate limit. Null unless `type` is RATE_LIMIT.',
      resolve: payloadIf('rateLimitLogged'),
    }),
  }),
});

keysetConnection('logEntries', {
  name: 'ProviderLog',
  type: LogEntry,
  list: logList,
  node: toEntry,
  description:
    'Returns entries of the logs about providers, newest `occurredAt` first. Paged by keyset. Source: the table provider_logs.',
  followedBy: 'logEvents',
  page: 'A page of log entries about providers.',
  edge: 'A log entry and its cursor.',
  totalCount: 'Number of entries that match the arguments.',
  args: (t) => ({
    type: t({ type: LogType, description: 'Returns only entries of this log. Default: all logs.' }),
    provider: t.string({
      bounds: { chars: 256 },
      description: 'Returns only entries of the provider with exactly this name. Default: all providers.',
    }),
    since: t({
      type: 'DateTime',
      description: 'Returns only entries of this time or later. Default: all retained entries.',
    }),
  }),
  filter: ({ type, provider, since }) => ({ type, provider, since }),
});

eventSubscription('logEvents', {
  type: LogEntry,
  topic: providerLog,
  description: 'New entries of the logs about providers',
  types: LogType,
});

const FailuresByErrorType = exposedType<FailureAnalysis['byErrorType'][number]>(
  'FailuresByErrorType',
  'The number of failures with one type of error.',
  {
    errorType: string(`Type of the error: ${errorTypes}.`),
    count: int('Number of failures.'),
  },
);

const FailuresByProvider = exposedType<FailureAnalysis['topProviders'][number]>(
  'FailuresByProvider',
  'The number of failures of one provider.',
  { provider: string('Name of the provider.'), count: int('Number of failures.') },
);

const FailureAnalysisType = builder.objectRef<FailureAnalysis>('FailureAnalysis').implement({
  description: 'Statistics of failed probes and collections over a period. Source: the table provider_logs.',
  fields: (t) => ({
    ...exposedFields(t, {
      totalFailures: int('Number of failed probes and collections.'),
      byErrorType: listOf(FailuresByErrorType, 'Failures by type of error, most frequent first.'),
      topProviders: listOf(
        FailuresByProvider,
        'The ten providers with the most failures, most failures first.',
      ),
      totalRetries: int('Number of probes that sent a second request.'),
      successfulRetries: int('Number of second requests that succeeded.'),
    }),
    retrySuccessRate: t.float({
      nullable: true,
      description: 'Successful second requests in percent, 0 to 100. Null without second requests.',
      resolve: ({ totalRetries, successfulRetries }) =>
        totalRetries === 0 ? null : (successfulRetries / totalRetries) * 100,
    }),
  }),
});

builder.queryField('failureAnalysis', (t) =>
  t.field({
    type: FailureAnalysisType,
    requires: 'read',
    description: 'Returns statistics of failed probes and collections over the last `hours`.',
    args: { hours: t.arg.int({ description: hoursDescription }) },
    resolve: (_root, { hours }, { db }) => readFailures(db, sinceHours(hours)),
  }),
);
