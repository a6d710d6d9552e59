import { builder } from '../../graph/builder.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventVariants } from '../../graph/event.ts';
import {
  boolean,
  dateTime,
  exposedFields,
  exposedType,
  int,
  listOf,
  named,
  nullable,
  of,
  string,
} from '../../graph/exposed-fields.ts';
import { keysetConnection } from '../../graph/keyset-connection.ts';
import { periodArgs, periodOf } from '../../graph/period.ts';
import { timeRangeFields } from '../../graph/time-range-fields.ts';
import {
  providerLog,
  type AttemptStatus,
  type CollectionRow,
  type ConnectionRow,
  type FailureRow,
  type ProviderLogPayloads,
  type RateLimitRow,
} from './events.ts';
import { providerOfEvent, usageFields } from './graph.ts';
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
    of: named('purpose', of(RequestPurposeType, 'Purpose of the request that failed.')),
    endpoint,
    errorType: string(`Type of the first request’s error: ${errorTypes}.`),
    errorMessage: string('Description of the first request’s error.'),
    httpStatus: named(
      'httpStatusCode',
      nullable.int('HTTP status of the first response. Null without a response.'),
    ),
    retryAttempted: boolean('Whether a second request was sent.'),
    retryResult: nullable.of(RetryResultType, 'Outcome of the second request. Null if none was sent.'),
  },
);

const Collection = builder.objectRef<CollectionRow>('ProviderCollection').implement({
  description: 'A successful data collection from a provider.',
  fields: (t) => ({
    ...exposedFields(t, {
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
      onSchedule: boolean('Whether the request was sent at most 30 seconds after `scheduledAt`.'),
    }),
    stalenessMs: t.float({
      nullable: true,
      description:
        'Age of the data according to the header `Last-Modified`, in milliseconds. Null without the header.',
      resolve: ({ stalenessMinutes }) =>
        stalenessMinutes === null ? null : Math.round(stalenessMinutes * 60_000),
    }),
  }),
});

const RateLimitSnapshot = builder.objectRef<RateLimitRow>('RateLimitSnapshot').implement({
  description: 'Usage of a provider’s rate limit at one time. Source: the log.',
  fields: (t) => ({
    ...exposedFields(t, usageFields),
    usagePercent: t.exposeFloat('percentage', {
      description: 'Usage in percent of the limit. May exceed 100.',
    }),
  }),
});

const logEntry = eventVariants<ProviderLogPayloads>('ProviderLogEntry', providerLog, {
  kind: 'PROVIDER_LOG',
  description:
    'An entry of one of the logs about providers. `occurredAt` is when the request was sent or the usage was read. ' +
    'Source: the requests of this server to providers.',
  typesDescription: 'Logs about providers.',
  fields: (t) => ({
    ...providerOfEvent(t),
    providerNumber: t.int({
      description: 'Number of the provider in the database.',
      resolve: ({ payload }) => payload.providerId,
    }),
    key: t.id({ description: 'Idempotency key of the event: `logEntryId`.', resolve: ({ seq }) => seq }),
    logEntryId: t.id({ description: 'Identifies the entry: an integer as text.', resolve: ({ seq }) => seq }),
  }),
  variants: (of) => ({
    CONNECTION: of('connectionLogged', 'ConnectionLogged', 'One request of a probe.', (t) => ({
      attempt: t.expose('payload', { type: Attempt, description: 'The request.' }),
    })),
    FAILURE: of(
      'failureLogged',
      'FailureLogged',
      'A probe whose first request failed, or a data collection that failed.',
      (t) => ({ failure: t.expose('payload', { type: Failure, description: 'The failed request.' }) }),
    ),
    COLLECTION: of('collectionLogged', 'CollectionLogged', 'A successful data collection.', (t) => ({
      collection: t.expose('payload', { type: Collection, description: 'The data collection.' }),
    })),
    RATE_LIMIT: of('rateLimitLogged', 'RateLimitLogged', 'Usage of a rate limit, once a minute.', (t) => ({
      rateLimit: t.expose('payload', { type: RateLimitSnapshot, description: 'The usage.' }),
    })),
  }),
});

const ProviderLogFilterInput = builder.inputType('ProviderLogFilter', {
  description: 'Selects log entries that match all given conditions.',
  fields: (t) => ({
    types: t.field({ type: [logEntry.types], description: 'Only entries of these logs.' }),
    providerName: t.string({
      bounds: { chars: 256 },
      description: 'Only entries of the provider with exactly this name.',
    }),
    ...timeRangeFields(t, 'entries about requests that were sent, or usages that were read,'),
  }),
});

export const logEntries = keysetConnection('logEntries', {
  name: 'ProviderLog',
  type: logEntry.type,
  list: logList,
  node: toEntry,
  description:
    'Returns entries of the logs about providers, newest `occurredAt` first. Source: the table provider_logs.',
  followedBy: 'logEvents',
  page: 'A page of log entries about providers.',
  edge: 'A log entry and its cursor.',
  totalCount: 'Number of entries that match the filter.',
  filterInput: ProviderLogFilterInput,
});

eventSubscription('logEvents', {
  ...logEntry,
  description: 'New entries of the logs about providers',
});

const FailuresByErrorType = exposedType<FailureAnalysis['byErrorType'][number]>(
  'FailuresByErrorType',
  'The number of failures with one type of error.',
  {
    errorType: string(`Type of the error: ${errorTypes}.`),
    count: named('failureCount', int('Number of failures.')),
  },
);

export const FailuresByProvider = builder
  .objectRef<FailureAnalysis['topProviders'][number]>('FailuresByProvider')
  .implement({
    description: 'The number of failures of one provider.',
    fields: (t) => ({
      providerName: t.exposeString('provider', {
        description: '`name` of the provider whose requests failed.',
      }),
      ...exposedFields(t, { count: named('failureCount', int('Number of failures.')) }),
    }),
  });

const FailureAnalysisType = builder.objectRef<FailureAnalysis>('FailureAnalysis').implement({
  description: 'Statistics of failed probes and collections over a period. Source: the table provider_logs.',
  fields: (t) => ({
    ...exposedFields(t, {
      failureCount: int('Number of failed probes and collections.'),
      byErrorType: listOf(FailuresByErrorType, 'Failures by type of error, most frequent first.'),
      topProviders: listOf(
        FailuresByProvider,
        'The ten providers with the most failures, most failures first.',
      ),
      retryCount: int('Number of probes that sent a second request.'),
      successfulRetryCount: int('Number of second requests that succeeded.'),
    }),
    retrySuccessPercent: t.float({
      nullable: true,
      description: 'Successful second requests in percent, 0 to 100. Null without second requests.',
      resolve: ({ retryCount, successfulRetryCount }) =>
        retryCount === 0 ? null : (successfulRetryCount / retryCount) * 100,
    }),
  }),
});

builder.queryField('failureAnalysis', (t) =>
  t.field({
    type: FailureAnalysisType,
    requires: 'read',
    description: 'Returns statistics of failed probes and collections over a period.',
    args: periodArgs(t.arg),
    resolve: (_root, args, { db }) => readFailures(db, periodOf(args)),
  }),
);
