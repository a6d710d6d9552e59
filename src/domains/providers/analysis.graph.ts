import { builder } from '../../graph/builder.ts';
import { readFailures, type FailureAnalysis } from './logs.store.ts';
import { hoursDescription, sinceHours } from './words.graph.ts';

const FailureCount = builder
  .objectRef<FailureAnalysis['byErrorType'][number]>('FailuresByErrorType')
  .implement({
    description: 'Failures of one kind.',
    fields: (t) => ({
      errorType: t.exposeString('errorType', {
        description: '`timeout`, `connection_error`, `http_<code>`, `rate_limited`, `invalid_response`.',
      }),
      count: t.exposeInt('count', { description: 'How many.' }),
    }),
  });

const FailingProvider = builder
  .objectRef<FailureAnalysis['topProviders'][number]>('FailuresByProvider')
  .implement({
    description: 'Failures of one provider.',
    fields: (t) => ({
      provider: t.exposeString('provider', { description: 'Its name.' }),
      count: t.exposeInt('count', { description: 'How many.' }),
    }),
  });

const FailureAnalysisType = builder.objectRef<FailureAnalysis>('FailureAnalysis').implement({
  description: 'What went wrong with providers. Source: the failures in the table provider_logs.',
  fields: (t) => ({
    totalFailures: t.exposeInt('totalFailures', { description: 'Failures of probes and collections.' }),
    byErrorType: t.field({
      type: [FailureCount],
      description: 'By kind, the most frequent first.',
      resolve: ({ byErrorType }) => [...byErrorType],
    }),
    topProviders: t.field({
      type: [FailingProvider],
      description: 'The ten providers with the most failures, the worst first.',
      resolve: ({ topProviders }) => [...topProviders],
    }),
    totalRetries: t.exposeInt('retries', { description: 'Probes that were tried again.' }),
    successfulRetries: t.exposeInt('successfulRetries', { description: 'Of these, with success.' }),
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
