import { builder } from '../../graph/builder.ts';
import { eventMember, refuse } from '../../graph/event-input.ts';
import { requireWhole } from '../../graph/reported-values.ts';
import { providerEvent, providerStatusSampled } from './events.ts';
import { windowMs } from './usage.ts';
import { RateLimitTypeType } from './words.graph.ts';

/** A report takes the place of our own count until the reset, so it must not do so for ever. */
const resetWindowsMax = 2;

const RateLimitUsageInput = builder.inputType('RateLimitUsageInput', {
  description:
    'How much of a provider’s rate limit is used, as a producer knows it. It stands for our own count until the reset.',
  fields: (t) => ({
    id: t.id({ description: 'Idempotency key: a second event with it is accepted and not stored again.' }),
    at: t.field({ type: 'DateTime', description: 'When it was found out. Default: now.' }),
    provider: t.string({
      required: true,
      bounds: { chars: 256 },
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
});

eventMember({
  name: 'rateLimitUsage',
  input: RateLimitUsageInput,
  description: 'How much of a provider’s rate limit is used.',
  draft: ({ provider, limitType, limitValue, currentUsage, resetTime }, common, { journal }) => {
    if (journal.gauges.newest(providerStatusSampled, provider) === undefined)
      refuse('provider', 'the name of a configured provider');
    requireWhole('limitValue', limitValue, 1);
    requireWhole('currentUsage', currentUsage);
    const resetAt = resetTime.getTime();
    const latest = common.occurredAt + resetWindowsMax * windowMs[limitType];
    if (resetAt <= common.occurredAt || resetAt > latest)
      refuse('resetTime', `after the time of the report, by at most ${resetWindowsMax} windows`);
    const { occurredAt: at, id } = common;
    return providerEvent('rateLimitUsageReported', {
      at,
      ...(id === undefined ? {} : { id }),
      payload: { provider, limitType, limitValue, currentUsage, resetAt },
    });
  },
});
