import { round } from '../../lib/round.ts';
import type { ProviderReading, Rule, Verdict } from './rules.ts';

const warningPercent = 80;
const criticalPercent = 95;

/** About each provider of data. What is false is so by a good probe already, so it needs no time to be believed. */
export const providerRules: readonly Rule[] = [
  {
    alertType: 'rate_limit',
    clearMs: 0,
    judge: ({ providers }) => providers.flatMap(aboutLimit),
  },
  {
    alertType: 'provider_offline',
    clearMs: 0,
    judge: ({ providers }) => providers.flatMap(aboutState),
  },
];

function aboutLimit({ name, usagePercent, goodSinceHigh }: ProviderReading): readonly Verdict[] {
  if (usagePercent === null) return [];
  if (usagePercent < warningPercent) return goodSinceHigh ? [{ subject: name, alert: null }] : [];
  return [
    {
      subject: name,
      alert: {
        level: usagePercent >= criticalPercent ? 'CRITICAL' : 'WARNING',
        title: 'Rate limit nearly used up',
        message: `${round(usagePercent, 1)} % of the rate limit of ${name} are used`,
        actions: [],
        provider: name,
      },
    },
  ];
}

function aboutState({ name, offline }: ProviderReading): readonly Verdict[] {
  if (offline === null) return [];
  if (!offline) return [{ subject: name, alert: null }];
  return [
    {
      subject: name,
      alert: {
        level: 'ERROR',
        title: 'Provider is offline',
        message: `${name} does not answer as it should`,
        actions: [],
        provider: name,
      },
    },
  ];
}
