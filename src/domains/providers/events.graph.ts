import { eventConnection, eventsLink } from '../../graph/event-links.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventVariants } from '../../graph/event.ts';
import { boolean, float, named, nullable, of, payloadFields } from '../../graph/exposed-fields.ts';
import { producerEvent } from '../../graph/producer-event.ts';
import { rejectField, requireWhole } from '../../graph/reported-values.ts';
import { providerEvents, providerStatusSampled, type ProviderEventPayloads } from './events.ts';
import { SeverityType } from '../../graph/severity.ts';
import { Provider, ProviderStatusType, providerOfEvent, RateLimitTypeType, usageFields } from './graph.ts';
import { windowMs } from './usage.ts';

const providerEvent = eventVariants<ProviderEventPayloads>('ProviderEvent', providerEvents, {
  kind: 'PROVIDER',
  description:
    'A change of a provider’s status, or an event of its rate limit. Source: the probes and collections of this server, ' +
    'and the producer event `rateLimitUsage`.',
  typesDescription: 'What happened to a provider.',
  fields: (t) => ({
    ...providerOfEvent(t),
  }),
  variants: (variant) => ({
    STATUS_CHANGED: variant(
      'providerStatusChanged',
      'ProviderStatusChanged',
      'A probe changed the provider’s status. The first probe of a provider is not reported as a change.',
      (t) =>
        payloadFields(t, {
          oldStatus: of(ProviderStatusType, 'The previous status.'),
          newStatus: of(ProviderStatusType, 'The status after the probe.'),
          responseTimeMs: nullable.float(
            'Time until the response headers of the probe, in milliseconds. Null without a response.',
          ),
          httpStatusCode: nullable.int('HTTP status of the probe. Null without a response.'),
          errorMessage: nullable.string('Error of the probe. Null if the probe succeeded.'),
        }),
    ),
    RATE_LIMIT_CROSSED: variant(
      'rateLimitCrossed',
      'RateLimitCrossed',
      'The usage of a rate limit reached 80, 95 or 100 %. Repeated every minute while the usage is at least 80 %.',
      (t) => ({
        ...payloadFields(t, {
          ...usageFields,
          severity: of(SeverityType, '`WARNING` from 80 % of the limit, `CRITICAL` from 95 %.'),
          threshold: named(
            'thresholdPercent',
            float('Highest threshold reached, in percent: 80, 95 or 100.'),
          ),
          repeated: boolean('Whether the event repeats an earlier one because the usage is still high.'),
        }),
        usagePercent: t.float({
          description: 'Usage in percent of the limit. Can exceed 100.',
          resolve: ({ payload }) => payload.percentage,
        }),
      }),
    ),
    RATE_LIMIT_USAGE_REPORTED: variant(
      'rateLimitUsageReported',
      'RateLimitUsageReported',
      'A producer reported the usage of a rate limit.',
      (t) => payloadFields(t, usageFields),
    ),
  }),
});

const nameBounds = { chars: 256 } as const;

eventSubscription('providerEvents', {
  ...providerEvent,
  description: 'Status changes and rate limit events of providers',
  args: (t) => ({
    providerName: t.string({
      bounds: nameBounds,
      description: 'Sends only events of the provider with exactly this name. Default: all providers.',
    }),
  }),
  matches:
    ({ providerName }) =>
    ({ key }) =>
      !providerName || key === providerName,
});

eventsLink(Provider, eventConnection('ProviderEvent', { ...providerEvent, followedBy: 'providerEvents' }), {
  description: 'The status changes and rate limit events of the provider',
  of: ({ name }) => ({ key: name }),
});

/** A report overrides the server's own count until its reset, so the reset must be near. */
const resetWindowsMax = 2;

producerEvent('rateLimitUsage', {
  description: 'Usage of a provider’s rate limit.',
  inputDescription:
    'Usage of a provider’s rate limit, measured by a producer. It replaces the server’s own count until `resetAt`.',
  topic: providerEvents,
  type: 'rateLimitUsageReported',
  instant: { description: 'When the usage was measured.' },
  fields: (t) => ({
    providerName: t.string({
      required: true,
      bounds: nameBounds,
      description: 'Exact name of a configured provider.',
    }),
    limitType: t.field({
      type: RateLimitTypeType,
      required: true,
      description: 'Window to which the limit applies.',
    }),
    requestsMax: t.int({ required: true, description: 'Number of requests allowed per window, at least 1.' }),
    usedRequestCount: t.int({
      required: true,
      description: 'Number of requests used in the window, at least 0.',
    }),
    resetAt: t.field({
      type: 'DateTime',
      required: true,
      description: `When the usage is reset to zero. Must be after \`occurredAt\`, by at most ${resetWindowsMax} windows.`,
    }),
  }),
  draft: (report, { journal }, occurredAt) => {
    const {
      providerName: provider,
      limitType,
      requestsMax: limitValue,
      usedRequestCount: currentUsage,
    } = report;
    if (journal.gauges.newest(providerStatusSampled, provider) === undefined)
      rejectField('providerName', 'the name of a configured provider');
    requireWhole('requestsMax', limitValue, 1);
    requireWhole('usedRequestCount', currentUsage);
    const resetAt = report.resetAt.getTime();
    const latest = occurredAt + resetWindowsMax * windowMs[limitType];
    if (resetAt <= occurredAt || resetAt > latest)
      rejectField('resetAt', `after the time of the report, by at most ${resetWindowsMax} windows`);
    return { key: provider, payload: { provider, limitType, limitValue, currentUsage, resetAt } };
  },
});
