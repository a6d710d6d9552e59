import { describedEnum, eventEnum } from '../../graph/event-enum.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import { nullable, payloadFields, string } from '../../graph/exposed-fields.ts';
import { producerEvent } from '../../graph/producer-event.ts';
import { refuse, requireWhole } from '../../graph/reported-values.ts';
import {
  providerEvents,
  providerStatusSampled,
  type ProviderEventType as EventType,
  type RateLimitCrossing,
} from './events.ts';
import { ProviderStatusType, RateLimitTypeType } from './graph.ts';
import { windowMs } from './usage.ts';

const ProviderEventType = eventEnum<EventType>('ProviderEventType', 'What can happen to providers.', {
  STATUS_CHANGED: [
    'providerStatusChanged',
    'A probe found another status than the one before. The first probe of all changes nothing.',
  ],
  RATE_LIMIT_CROSSED: [
    'rateLimitCrossed',
    'The usage of a limit came to 80, 95 or 100 %; told again every minute while it is 80 % or more.',
  ],
  RATE_LIMIT_USAGE_REPORTED: ['rateLimitUsageReported', 'A producer reported the usage of a limit.'],
});

const RateLimitSeverityType = describedEnum<RateLimitCrossing['severity']>(
  'RateLimitSeverity',
  'How much of a limit is used up.',
  { WARNING: '80 % or more.', CRITICAL: '95 % or more.' },
);

const ProviderEvent = eventType('ProviderEvent', providerEvents, {
  kind: 'PROVIDER',
  description:
    'Something that happened to a provider. Null is what this type does not have, or is not known.',
  types: ProviderEventType,
  fields: (t) => ({
    ...payloadFields(t, {
      provider: string('The provider’s name.'),
      oldStatus: nullable.of(ProviderStatusType, 'Of a status: the one before.'),
      newStatus: nullable.of(ProviderStatusType, 'Of a status: the new one.'),
      responseTimeMs: nullable.float('Of a status: milliseconds to the headers; null without an answer.'),
      httpStatusCode: nullable.int('Of a status: the answer’s; null without one.'),
      errorMessage: nullable.string('Of a status: why the probe failed; null when it succeeded.'),
      limitType: nullable.of(RateLimitTypeType, 'Of a limit: its window.'),
      limitValue: nullable.float('Of a limit: requests a window, a whole number.'),
      currentUsage: nullable.float('Of a limit: requests used, a whole number.'),
      percentage: nullable.float('Of a limit that is nearly used up: percent used.'),
      severity: nullable.of(RateLimitSeverityType, 'Of a limit that is nearly used up: how bad it is.'),
      threshold: nullable.float('Of a limit that is nearly used up: the percent reached, 80, 95 or 100.'),
      repeated: nullable.boolean(
        'Of a limit that is nearly used up: whether it was told before and still is.',
      ),
      resetAt: nullable.dateTime('Of a limit: from then on it counts from zero.'),
    }),
  }),
});

const nameBounds = { chars: 256 } as const;

eventSubscription('providerEvents', {
  type: ProviderEvent,
  topic: providerEvents,
  description: 'What happens to providers',
  args: (t) => ({
    provider: t.string({
      bounds: nameBounds,
      description: 'Only of this provider, by its exact name; default all.',
    }),
  }),
  types: ProviderEventType,
  matches:
    ({ provider }) =>
    ({ key }) =>
      !provider || key === provider,
});

/** A report takes the place of our own count until the reset, which must come soon enough. */
const resetWindowsMax = 2;

producerEvent('rateLimitUsage', {
  description: 'How much of a provider’s rate limit is used.',
  inputDescription:
    'How much of a provider’s rate limit is used, as a producer knows it. It stands for our own count until the reset.',
  topic: providerEvents,
  type: 'rateLimitUsageReported',
  at: 'When it was found out.',
  fields: (t) => ({
    provider: t.string({
      required: true,
      bounds: nameBounds,
      description: 'The name of a configured provider, exactly.',
    }),
    limitType: t.field({ type: RateLimitTypeType, required: true, description: 'The window.' }),
    limitValue: t.int({ required: true, description: 'Requests a window, 1 or more.' }),
    currentUsage: t.int({ required: true, description: 'Requests used, 0 or more.' }),
    resetTime: t.field({
      type: 'DateTime',
      required: true,
      description: `From then on it counts from zero. After \`at\`, by at most ${resetWindowsMax} windows.`,
    }),
  }),
  draft: ({ resetTime, ...usage }, { journal }, occurredAt) => {
    if (journal.gauges.newest(providerStatusSampled, usage.provider) === undefined)
      refuse('provider', 'the name of a configured provider');
    requireWhole('limitValue', usage.limitValue, 1);
    requireWhole('currentUsage', usage.currentUsage);
    const resetAt = resetTime.getTime();
    const latest = occurredAt + resetWindowsMax * windowMs[usage.limitType];
    if (resetAt <= occurredAt || resetAt > latest)
      refuse('resetTime', `after the time of the report, by at most ${resetWindowsMax} windows`);
    return { key: usage.provider, payload: { ...usage, resetAt } };
  },
});
