import { builder } from '../../graph/builder.ts';
import { describedEnum, eventEnum } from '../../graph/event-enum.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import {
  boolean,
  dateTime,
  exposedFields,
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
  type ProviderLogPayload,
  type ProviderLogPayloads,
  type ProviderLogType,
  type RateLimitRow,
} from './events.ts';
import { hoursDescription, sinceHours, usedOfLimit } from './graph.ts';
import { logList, readFailures, toEntry, type FailureAnalysis } from './logs.store.ts';

const errorTypes = '`timeout`, `connection_error`, `http_<code>`, `rate_limited` or `invalid_response`';

const AttemptStatusType = describedEnum<AttemptStatus>(
  'ProviderAttemptStatus',
  'How one request of a probe went.',
  {
    SUCCESS: 'Answered with 2xx.',
    FAILED: 'Answered otherwise, or not to be reached.',
    TIMEOUT: 'No answer in time.',
    RATE_LIMITED: 'Answered with 429.',
  },
);

const RetryResultType = describedEnum('RetryResult', 'What came of a second attempt.', {
  SUCCESS: 'It succeeded.',
  FAILED: 'It failed as well.',
});

const RequestPurposeType = describedEnum('ProviderRequestPurpose', 'What a provider was asked for.', {
  PROBE: 'To see how it is.',
  COLLECTION: 'To collect its data.',
});

const Attempt = builder.objectRef<ConnectionRow>('ProviderAttempt').implement({
  description: 'One request of a probe.',
  fields: (t) =>
    exposedFields(t, {
      endpoint: string('What was asked, without a query.'),
      status: of(AttemptStatusType, 'How it went.'),
      responseTimeMs: nullable.float('Milliseconds to the headers; null without an answer.'),
      httpStatusCode: nullable.int('Of the answer; null without one.'),
      errorType: nullable.string(`${errorTypes}; null on success.`),
      errorMessage: nullable.string('In words; null on success.'),
    }),
});

const Failure = builder.objectRef<FailureRow>('ProviderFailure').implement({
  description: 'A probe whose first attempt failed, or a collection that failed.',
  fields: (t) =>
    exposedFields(t, {
      of: of(RequestPurposeType, 'What failed.'),
      endpoint: string('What was asked, without a query.'),
      errorType: string(`${errorTypes}, of the first attempt.`),
      errorMessage: string('In words, of the first attempt.'),
      httpStatus: nullable.int('Of the first attempt’s answer; null without one.'),
      retryAttempted: boolean('Whether it was tried again.'),
      retryResult: nullable.of(RetryResultType, 'What came of that; null when it was not tried again.'),
    }),
});

const Collection = builder.objectRef<CollectionRow>('ProviderCollection').implement({
  description: 'Data that were fetched from a provider.',
  fields: (t) =>
    exposedFields(t, {
      category: string('The provider’s.'),
      scheduledAt: dateTime('When it should have begun.'),
      fetchedAt: dateTime('When the request was sent.'),
      recordCount: int(
        'Items of the array that the body is, else of the longest array directly inside it, else 1.',
      ),
      payloadSizeBytes: int('Bytes of the body.'),
      dataQualityScore: nullable.float(
        'Share of the records’ values that are not null, 0 to 1; null without JSON or without values.',
      ),
      stalenessMinutes: nullable.float(
        'Minutes since the answer’s `Last-Modified`; null without that header.',
      ),
      onSchedule: boolean('Begun within 30 seconds of its time.'),
    }),
});

const RateLimitSnapshot = builder.objectRef<RateLimitRow>('RateLimitSnapshot').implement({
  description: 'How much of a provider’s rate limit was used.',
  fields: (t) =>
    exposedFields(t, { ...usedOfLimit, percentage: float('Percent used, from 0, also above 100.') }),
});

const LogType = eventEnum<ProviderLogType>('ProviderLogType', 'The logs about providers.', {
  CONNECTION: ['connectionLogged', 'Every attempt of every probe.'],
  FAILURE: ['failureLogged', 'Every probe whose first attempt failed, and every collection that failed.'],
  COLLECTION: ['collectionLogged', 'Every collection of data that succeeded.'],
  RATE_LIMIT: ['rateLimitLogged', 'How much of each limit is used, once a minute.'],
});

function payloadIf<Type extends ProviderLogType>(
  wanted: Type,
  { type, payload }: Entry<ProviderLogPayload>,
): ProviderLogPayloads[Type] | null {
  return type === wanted ? (payload as ProviderLogPayloads[Type]) : null;
}

const LogEntry = eventType('ProviderLogEntry', providerLog, {
  kind: 'PROVIDER_LOG',
  idPrefix: '',
  description:
    'A row of one of the logs about providers; that of its type is filled in, the others are null. `id` is a number as text; ' +
    '`occurredAt` is when the request was sent or the snapshot taken.',
  fields: (t) => ({
    type: t.expose('type', { type: LogType, description: 'The log it belongs to.' }),
    ...payloadFields(t, {
      provider: string('The provider’s name.'),
      providerId: int('The provider’s number in the store.'),
    }),
    connection: t.field({
      type: Attempt,
      nullable: true,
      description: 'Of the log CONNECTION.',
      resolve: (entry) => payloadIf('connectionLogged', entry),
    }),
    failure: t.field({
      type: Failure,
      nullable: true,
      description: 'Of the log FAILURE.',
      resolve: (entry) => payloadIf('failureLogged', entry),
    }),
    collection: t.field({
      type: Collection,
      nullable: true,
      description: 'Of the log COLLECTION.',
      resolve: (entry) => payloadIf('collectionLogged', entry),
    }),
    rateLimit: t.field({
      type: RateLimitSnapshot,
      nullable: true,
      description: 'Of the log RATE_LIMIT.',
      resolve: (entry) => payloadIf('rateLimitLogged', entry),
    }),
  }),
});

keysetConnection('logEntries', {
  name: 'ProviderLog',
  type: LogEntry,
  list: logList,
  node: toEntry,
  description:
    'The logs about providers, newest first by the time of their rows. Paged by keyset. Source: the table provider_logs.',
  page: 'A page of the logs about providers.',
  edge: 'A row and its place in the list.',
  totalCount: 'All rows that satisfy the arguments.',
  args: (t) => ({
    type: t({ type: LogType, description: 'Only of this log; default all.' }),
    provider: t.string({
      bounds: { chars: 256 },
      description: 'Only of this provider, by its exact name; default all.',
    }),
    since: t({ type: 'DateTime', description: 'Not before (inclusive); default all.' }),
  }),
  filter: ({ type, provider, since }) => ({ type, provider, since }),
});

eventSubscription('logEvents', {
  type: LogEntry,
  topic: providerLog,
  description: 'New rows of the logs about providers',
  types: LogType,
});

const FailuresByErrorType = builder
  .objectRef<FailureAnalysis['byErrorType'][number]>('FailuresByErrorType')
  .implement({
    description: 'Failures of one kind.',
    fields: (t) =>
      exposedFields(t, {
        errorType: string(
          '`timeout`, `connection_error`, `http_<code>`, `rate_limited`, `invalid_response`.',
        ),
        count: int('How many.'),
      }),
  });

const FailuresByProvider = builder
  .objectRef<FailureAnalysis['topProviders'][number]>('FailuresByProvider')
  .implement({
    description: 'Failures of one provider.',
    fields: (t) => exposedFields(t, { provider: string('Its name.'), count: int('How many.') }),
  });

const FailureAnalysisType = builder.objectRef<FailureAnalysis>('FailureAnalysis').implement({
  description: 'What went wrong with providers. Source: the failures in the table provider_logs.',
  fields: (t) => ({
    ...exposedFields(t, {
      totalFailures: int('Failures of probes and collections.'),
      byErrorType: listOf(FailuresByErrorType, 'By kind, the most frequent first.'),
      topProviders: listOf(FailuresByProvider, 'The ten providers with the most failures, the worst first.'),
      successfulRetries: int('Of these, with success.'),
    }),
    totalRetries: t.exposeInt('retries', { description: 'Probes that were tried again.' }),
    retrySuccessRate: t.float({
      nullable: true,
      description: 'Percent of the retries that succeeded, 0 to 100; null without any.',
      resolve: ({ retries, successfulRetries }) =>
        retries === 0 ? null : (successfulRetries / retries) * 100,
    }),
  }),
});

builder.queryField('failureAnalysis', (t) =>
  t.field({
    type: FailureAnalysisType,
    requires: 'read',
    description: 'What went wrong with providers over some hours.',
    args: { hours: t.arg.int({ description: hoursDescription }) },
    resolve: (_root, { hours }, { db }) => readFailures(db, sinceHours(hours)),
  }),
);
