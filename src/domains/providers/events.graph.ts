import { describedEnum, eventEnum } from '../../graph/event-enum.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import { nullable, payloadFields, string } from '../../graph/exposed-fields.ts';
import { producerEvent } from '../../graph/producer-event.ts';
import { rejectField, requireWhole } from '../../graph/reported-values.ts';
import {
  providerEvents,
  providerStatusSampled,
  type ProviderEventType as EventType,
  type RateLimitCrossing,
} from './events.ts';
import { ProviderStatusType, RateLimitTypeType } from './graph.ts';
import { windowMs } from './usage.ts';

const ProviderEventType = eventEnum<EventType>('ProviderEventType', 'What happened to a provider.', {
  STATUS_CHANGED: [
    'providerStatusChanged',
    'A probe changed the provider’s status. The first probe of a provider is not reported as a change.',
  ],
  RATE_LIMIT_CROSSED: [
    'rateLimitCrossed',
    'The usage of a rate limit reached 80, 95 or 100 %. Repeated every minute while the usage is at least 80 %.',
  ],
  RATE_LIMIT_USAGE_REPORTED: ['rateLimitUsageReported', 'A producer reported the usage of a rate limit.'],
});

const RateLimitSeverityType = describedEnum<RateLimitCrossing['severity']>(
  'RateLimitSeverity',
  'Severity of the usage of a rate limit.',
  { WARNING: 'At least 80 % of the limit is used.', CRITICAL: 'At least 95 % of the limit is used.' },
);

const ProviderEvent = eventType('ProviderEvent', providerEvents, {
  kind: 'PROVIDER',
  description:
    'A change of a provider’s status, or an event of its rate limit. Fields that do not apply to the type are null. ' +
    'Source: the probes and collections of this server, and the producer event `rateLimitUsage`.',
  types: ProviderEventType,
  fields: (t) =>
    payloadFields(t, {
      provider: string('Name of the provider.'),
      oldStatus: nullable.of(ProviderStatusType, 'STATUS_CHANGED: the previous status.'),
      newStatus: nullable.of(ProviderStatusType, 'STATUS_CHANGED: the status after the probe.'),
      responseTimeMs: nullable.float(
        'STATUS_CHANGED: time until the response headers of the probe, in milliseconds. Null without a response.',
      ),
      httpStatusCode: nullable.int('STATUS_CHANGED: HTTP status of the probe. Null without a response.'),
      errorMessage: nullable.string('STATUS_CHANGED: error of the probe. Null if the probe succeeded.'),
      limitType: nullable.of(RateLimitTypeType, 'Events of a rate limit: window to which the limit applies.'),
      limitValue: nullable.float('Events of a rate limit: requests allowed per window. An integer.'),
      currentUsage: nullable.float('Events of a rate limit: requests used in the window. An integer.'),
      percentage: nullable.float('RATE_LIMIT_CROSSED: usage in percent.'),
      severity: nullable.of(RateLimitSeverityType, 'RATE_LIMIT_CROSSED: severity of the usage.'),
      threshold: nullable.float('RATE_LIMIT_CROSSED: highest threshold reached, in percent: 80, 95 or 100.'),
      repeated: nullable.boolean(
        'RATE_LIMIT_CROSSED: whether the event repeats an earlier one because the usage is still high.',
      ),
      resetAt: nullable.dateTime('Events of a rate limit: when the usage is reset to zero.'),
    }),
});

const nameBounds = { chars: 256 } as const;

eventSubscription('providerEvents', {
  type: ProviderEvent,
  topic: providerEvents,
  description: 'Status changes and rate limit events of providers',
  args: (t) => ({
    provider: t.string({
      bounds: nameBounds,
      description: 'Sends only events of the provider with exactly this name. Default: all providers.',
    }),
  }),
  types: ProviderEventType,
  matches:
    ({ provider }) =>
    ({ key }) =>
      !provider || key === provider,
});

/** A report overrides the server's own count until its reset, so the reset must be near. */
const resetWindowsMax = 2;

producerEvent('rateLimitUsage', {
  description: 'Usage of a provider’s rate limit.',
  inputDescription:
    'Usage of a provider’s rate limit, measured by a producer. It replaces the server’s own count until `resetTime`.',
  topic: providerEvents,
  type: 'rateLimitUsageReported',
  at: 'When the usage was measured.',
  fields: (t) => ({
    provider: t.string({
      required: true,
      bounds: nameBounds,
      description: 'Exact name of a configured provider.',
    }),
    limitType: t.field({
      type: RateLimitTypeType,
      required: true,
      description: 'Window to which the limit applies.',
    }),
    limitValue: t.int({ required: true, description: 'Requests allowed per window, at least 1.' }),
    currentUsage: t.int({ required: true, description: 'Requests used in the window, at least 0.' }),
    resetTime: t.field({
      type: 'DateTime',
      required: true,
      description: `When the usage is reset to zero. Must be after \`at\`, by at most ${resetWindowsMax} windows.`,
    }),
  }),
  draft: ({ resetTime, ...usage }, { journal }, occurredAt) => {
    if (journal.gauges.newest(providerStatusSampled, usage.provider) === undefined)
      rejectField('provider', 'the name of a configured provider');
    requireWhole('limitValue', usage.limitValue, 1);
    requireWhole('currentUsage', usage.currentUsage);
    const resetAt = resetTime.getTime();
    const latest = occurredAt + resetWindowsMax * windowMs[usage.limitType];
    if (resetAt <= occurredAt || resetAt > latest)
      rejectField('resetTime', `after the time of the report, by at most ${resetWindowsMax} windows`);
    return { key: usage.provider, payload: { ...usage, resetAt } };
  },
});
