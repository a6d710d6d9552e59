import { AppError } from '../../errors.ts';
import { builder } from '../../graph/builder.ts';

export const ProviderStatusType = builder.enumType('ProviderStatus', {
  description: 'How a provider’s last probe went.',
  values: {
    ONLINE: { description: 'It answered with 2xx in less than 2000 ms.' },
    DEGRADED: { description: 'It answered more slowly, or with 429.' },
    OFFLINE: { description: 'It did not answer in time, or with anything else.' },
    UNKNOWN: { description: 'It was never probed, or it needs a key and there is none.' },
  } as const,
});

export const RateLimitTypeType = builder.enumType('RateLimitType', {
  description: 'The window of a rate limit.',
  values: {
    PER_MINUTE: { description: 'Requests a minute.' },
    PER_HOUR: { description: 'Requests an hour.' },
    PER_DAY: { description: 'Requests a day.' },
  } as const,
});

export const SystemHealthType = builder.enumType('SystemHealth', {
  description: 'The share of the providers probed that are online.',
  values: {
    HEALTHY: { description: '90 % or more.' },
    DEGRADED: { description: '70 % or more.' },
    UNHEALTHY: { description: 'Less.' },
    UNKNOWN: { description: 'None was probed.' },
  } as const,
});

export const hoursDefault = 24;
const hoursMax = 720;
const hourMs = 3_600_000;

export const hoursDescription = `Look back so many hours, 1 to ${hoursMax}. Default: ${hoursDefault}.`;

/** The instant from which on counts what an `hours` argument asks for. @throws AppError BAD_USER_INPUT. */
export function sinceHours(hours: number | null | undefined): Date {
  return new Date(Date.now() - within('hours', hours, { fallback: hoursDefault, max: hoursMax }) * hourMs);
}

/** The value of an argument from 1 up. @throws AppError BAD_USER_INPUT. */
export function within(
  argument: string,
  value: number | null | undefined,
  { fallback, max }: { fallback: number; max: number },
): number {
  const given = value ?? fallback;
  if (given >= 1 && given <= max) return given;
  throw new AppError('BAD_USER_INPUT', `${argument} must lie between 1 and ${max}.`, {
    details: { argument, minimum: 1, maximum: max },
  });
}
