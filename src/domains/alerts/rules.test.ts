import { describe, expect, it } from 'vitest';
import { rules, type ProviderReading, type Readings } from './rules.ts';

const aboutProviders = rules.filter(({ alertType }) =>
  ['rate_limit', 'provider_offline'].includes(alertType),
);
const fine: ProviderReading = { name: 'p', offline: false, usagePercent: null, goodSinceHigh: true };

/** What the rules say of a provider: the level of what is raised, `fine`, or nothing when it is not known. */
function said(reading: Partial<ProviderReading>): Record<string, string> {
  const readings = { providers: [{ ...fine, ...reading }] } as unknown as Readings;
  const limits = {} as never;
  return Object.fromEntries(
    aboutProviders.flatMap(({ alertType, judge }) =>
      judge(readings, limits).map(({ alert }) => [alertType, alert?.level ?? 'fine']),
    ),
  );
}

describe('the rules about providers', () => {
  it.each<[Partial<ProviderReading>, Record<string, string>]>([
    [{}, { provider_offline: 'fine' }],
    [{ offline: true }, { provider_offline: 'ERROR' }],
    [{ offline: null }, {}],
    [
      { usagePercent: 79.99, goodSinceHigh: true },
      { rate_limit: 'fine', provider_offline: 'fine' },
    ],
    [{ usagePercent: 79.99, goodSinceHigh: false }, { provider_offline: 'fine' }],
    [{ usagePercent: 80 }, { rate_limit: 'WARNING', provider_offline: 'fine' }],
    [{ usagePercent: 94.99 }, { rate_limit: 'WARNING', provider_offline: 'fine' }],
    [{ usagePercent: 95 }, { rate_limit: 'CRITICAL', provider_offline: 'fine' }],
    [
      { usagePercent: 130, offline: true },
      { rate_limit: 'CRITICAL', provider_offline: 'ERROR' },
    ],
  ])('say of %o: %o', (reading, expected) => {
    expect(said(reading)).toEqual(expected);
  });
});
