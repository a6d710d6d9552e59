import { describe, expect, it } from 'vitest';
import { rules, type ProviderReading, type Readings } from './rules.ts';

const providerRules = rules.filter(({ alertType }) => ['rate_limit', 'provider_offline'].includes(alertType));
const available: ProviderReading = { name: 'p', offline: false, usagePercent: null, goodSinceHigh: true };

/** The level of the alert that each rule raises about a provider, or `none`. Empty if the condition is unknown. */
function levelsFor(reading: Partial<ProviderReading>): Record<string, string> {
  const readings = { providers: [{ ...available, ...reading }] } as unknown as Readings;
  const limits = {} as never;
  return Object.fromEntries(
    providerRules.flatMap(({ alertType, evaluate }) =>
      evaluate(readings, limits).map(({ alert }) => [alertType, alert?.level ?? 'none']),
    ),
  );
}

describe('the rules about providers', () => {
  it.each<[Partial<ProviderReading>, Record<string, string>]>([
    [{}, { provider_offline: 'none' }],
    [{ offline: true }, { provider_offline: 'ERROR' }],
    [{ offline: null }, {}],
    [
      { usagePercent: 79.99, goodSinceHigh: true },
      { rate_limit: 'none', provider_offline: 'none' },
    ],
    [{ usagePercent: 79.99, goodSinceHigh: false }, { provider_offline: 'none' }],
    [{ usagePercent: 80 }, { rate_limit: 'WARNING', provider_offline: 'none' }],
    [{ usagePercent: 94.99 }, { rate_limit: 'WARNING', provider_offline: 'none' }],
    [{ usagePercent: 95 }, { rate_limit: 'CRITICAL', provider_offline: 'none' }],
    [
      { usagePercent: 130, offline: true },
      { rate_limit: 'CRITICAL', provider_offline: 'ERROR' },
    ],
  ])('return for %o the levels %o', (reading, expected) => {
    expect(levelsFor(reading)).toEqual(expected);
  });
});
