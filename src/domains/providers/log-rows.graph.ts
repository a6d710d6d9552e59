import { builder } from '../../graph/builder.ts';
import type { CollectionRow, ConnectionRow, FailureRow, RateLimitRow } from './events.ts';
import { RateLimitTypeType } from './words.graph.ts';

const errorTypes = '`timeout`, `connection_error`, `http_<code>`, `rate_limited` or `invalid_response`';

const AttemptStatusType = builder.enumType('ProviderAttemptStatus', {
  description: 'How one request of a probe went.',
  values: {
    SUCCESS: { description: 'Answered with 2xx.' },
    FAILED: { description: 'Answered otherwise, or not to be reached.' },
    TIMEOUT: { description: 'No answer in time.' },
    RATE_LIMITED: { description: 'Answered with 429.' },
  } as const,
});

const RetryResultType = builder.enumType('RetryResult', {
  description: 'What came of a second attempt.',
  values: {
    SUCCESS: { description: 'It succeeded.' },
    FAILED: { description: 'It failed as well.' },
  } as const,
});

const RequestPurposeType = builder.enumType('ProviderRequestPurpose', {
  description: 'What a provider was asked for.',
  values: {
    PROBE: { description: 'To see how it is.' },
    COLLECTION: { description: 'To collect its data.' },
  } as const,
});

export const Attempt = builder.objectRef<ConnectionRow>('ProviderAttempt').implement({
  description: 'One request of a probe.',
  fields: (t) => ({
    endpoint: t.exposeString('endpoint', { description: 'What was asked, without a query.' }),
    status: t.field({
      type: AttemptStatusType,
      description: 'How it went.',
      resolve: ({ status }) => status,
    }),
    responseTimeMs: t.exposeFloat('responseTimeMs', {
      nullable: true,
      description: 'Milliseconds to the headers; null without an answer.',
    }),
    httpStatusCode: t.exposeInt('httpStatusCode', {
      nullable: true,
      description: 'Of the answer; null without one.',
    }),
    errorType: t.exposeString('errorType', {
      nullable: true,
      description: `${errorTypes}; null on success.`,
    }),
    errorMessage: t.exposeString('errorMessage', {
      nullable: true,
      description: 'In words; null on success.',
    }),
  }),
});

export const FailureRowType = builder.objectRef<FailureRow>('ProviderFailure').implement({
  description: 'A probe whose first attempt failed, or a collection that failed.',
  fields: (t) => ({
    of: t.field({ type: RequestPurposeType, description: 'What failed.', resolve: (row) => row.of }),
    endpoint: t.exposeString('endpoint', { description: 'What was asked, without a query.' }),
    errorType: t.exposeString('errorType', { description: `${errorTypes}, of the first attempt.` }),
    errorMessage: t.exposeString('errorMessage', { description: 'In words, of the first attempt.' }),
    httpStatus: t.exposeInt('httpStatus', {
      nullable: true,
      description: 'Of the first attempt’s answer; null without one.',
    }),
    retryAttempted: t.exposeBoolean('retryAttempted', { description: 'Whether it was tried again.' }),
    retryResult: t.field({
      type: RetryResultType,
      nullable: true,
      description: 'What came of that; null when it was not tried again.',
      resolve: ({ retryResult }) => retryResult,
    }),
  }),
});

export const Collection = builder.objectRef<CollectionRow>('ProviderCollection').implement({
  description: 'Data that were fetched from a provider.',
  fields: (t) => ({
    category: t.exposeString('category', { description: 'The provider’s.' }),
    scheduledAt: t.field({
      type: 'DateTime',
      description: 'When it should have begun.',
      resolve: ({ scheduledAt }) => new Date(scheduledAt),
    }),
    fetchedAt: t.field({
      type: 'DateTime',
      description: 'When the request was sent.',
      resolve: ({ fetchedAt }) => new Date(fetchedAt),
    }),
    recordCount: t.exposeInt('recordCount', {
      description:
        'Items of the array that the body is, else of the longest array directly inside it, else 1.',
    }),
    payloadSizeBytes: t.exposeInt('payloadSizeBytes', { description: 'Bytes of the body.' }),
    dataQualityScore: t.exposeFloat('dataQualityScore', {
      nullable: true,
      description:
        'Share of the records’ values that are not null, 0 to 1; null without JSON or without values.',
    }),
    stalenessMinutes: t.exposeFloat('stalenessMinutes', {
      nullable: true,
      description: 'Minutes since the answer’s `Last-Modified`; null without that header.',
    }),
    onSchedule: t.exposeBoolean('onSchedule', { description: 'Begun within 30 seconds of its time.' }),
  }),
});

export const LimitSnapshot = builder.objectRef<RateLimitRow>('RateLimitSnapshot').implement({
  description: 'How much of a provider’s rate limit was used.',
  fields: (t) => ({
    limitType: t.field({
      type: RateLimitTypeType,
      description: 'The window.',
      resolve: ({ limitType }) => limitType,
    }),
    limitValue: t.exposeFloat('limitValue', { description: 'Requests a window, a whole number.' }),
    currentUsage: t.exposeFloat('currentUsage', { description: 'Requests used, a whole number.' }),
    percentage: t.exposeFloat('percentage', { description: 'Percent used, from 0, also above 100.' }),
    resetAt: t.field({
      type: 'DateTime',
      description: 'From then on it counts from zero.',
      resolve: ({ resetAt }) => new Date(resetAt),
    }),
  }),
});
