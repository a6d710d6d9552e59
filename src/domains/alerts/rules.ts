import { round } from '../../lib/round.ts';
import type { AlertLevel } from './events.ts';

/** What the rules look at. Null is what is not known now. */
export interface Readings {
  /** Unix milliseconds. */
  readonly at: number;
  readonly hostId: string;
  /** Mean of 30 s. */
  readonly cpuPercent: number | null;
  readonly memoryPercent: number | null;
  /** Share of the database's connections that are open, 0 to 1. */
  readonly dbPoolRatio: number | null;
  /** Failed WebSocket connections of the last 60 s. */
  readonly failedAttempts: number | null;
  /** HTTP requests of the last 60 s and the mean of their times, which is null without any. */
  readonly http: { readonly requests: number; readonly meanMs: number | null } | null;
  /** Providers of data that are configured. */
  readonly providers: readonly ProviderReading[];
}

export interface ProviderReading {
  readonly name: string;
  /** Null when it was never probed. */
  readonly offline: boolean | null;
  /** Percent of its rate limit that is used now; null without a limit. */
  readonly usagePercent: number | null;
  /** Whether a probe has succeeded since the limit was nearly used up; also when it never was, or none is made. */
  readonly goodSinceHigh: boolean;
}

export interface Limits {
  readonly cpuPercent: number;
  readonly memoryPercent: number;
  readonly dbPoolRatio: number;
  readonly wsFailuresPerMinute: number;
  readonly responseTimeMs: number;
}

export interface Rule {
  readonly alertType: string;
  /** The condition must have been false for so long before the alert is resolved. */
  readonly clearMs: number;
  /** About each subject that it knows something of. What is left out is not known: neither raised nor resolved. */
  readonly judge: (readings: Readings, limits: Limits) => readonly Verdict[];
}

export interface Verdict {
  readonly subject: string;
  /** What is to be raised; null: the condition is false. */
  readonly alert: RaisedByRule | null;
}

export interface RaisedByRule {
  readonly level: AlertLevel;
  readonly title: string;
  readonly message: string;
  readonly actions: readonly string[];
  readonly provider?: string;
}

/** A rule about a number that belongs to this host: true above `above` and, where it is given, up to `upTo`. */
interface HostRule extends Omit<RaisedByRule, 'message' | 'provider'> {
  readonly alertType: string;
  readonly value: (readings: Readings) => number | null;
  readonly above: (limits: Limits) => number;
  readonly upTo?: (limits: Limits) => number;
  /** The number in words, as in `memory usage is 91.5 %`. */
  readonly words: (value: number, above: number) => string;
}

const clearMs = 60_000;
const resourceWarningPercent = 80;
/** Of a provider's rate limit. */
const warningPercent = 80;
const criticalPercent = 95;
/** Fewer requests say nothing of how fast we are. */
const requestsMin = 5;

/** Every rule. Another one is one more entry. */
export const rules: readonly Rule[] = [
  aboutHost({
    alertType: 'high_cpu',
    level: 'WARNING',
    title: 'High CPU usage',
    actions: ['Investigate load'],
    value: ({ cpuPercent }) => cpuPercent,
    above: ({ cpuPercent }) => cpuPercent,
    words: (value, above) => `CPU usage was ${round(value, 1)} % in the last 30 seconds, above ${above} %`,
  }),
  aboutHost({
    alertType: 'high_memory',
    level: 'ERROR',
    title: 'High memory usage',
    actions: ['Check memory leaks'],
    value: ({ memoryPercent }) => memoryPercent,
    above: ({ memoryPercent }) => memoryPercent,
    words: (value, above) => `Memory usage is ${round(value, 1)} %, above ${above} %`,
  }),
  aboutHost({
    alertType: 'resource_warning',
    level: 'WARNING',
    title: 'Memory is getting scarce',
    actions: ['Scale Resources', 'Optimize Models'],
    value: ({ memoryPercent }) => memoryPercent,
    above: () => resourceWarningPercent,
    upTo: ({ memoryPercent }) => memoryPercent,
    words: (value, above) => `Memory usage is ${round(value, 1)} %, above ${above} %`,
  }),
  aboutHost({
    alertType: 'db_connections',
    level: 'ERROR',
    title: 'Database connections are running out',
    actions: ['Increase pool size'],
    value: ({ dbPoolRatio }) => dbPoolRatio,
    above: ({ dbPoolRatio }) => dbPoolRatio,
    words: (value, above) =>
      `${round(value * 100, 1)} % of the database's connections are taken, above ${round(above * 100, 1)} %`,
  }),
  aboutHost({
    alertType: 'ws_failures',
    level: 'ERROR',
    title: 'WebSocket connections fail',
    actions: ['Restart services'],
    value: ({ failedAttempts }) => failedAttempts,
    above: ({ wsFailuresPerMinute }) => wsFailuresPerMinute,
    words: (value, above) =>
      `${value} WebSocket connections failed in the last 60 seconds, more than ${above}`,
  }),
  aboutHost({
    alertType: 'response_time',
    level: 'WARNING',
    title: 'Slow responses',
    actions: ['Optimize queries'],
    value: ({ http }) => (http === null ? null : http.requests < requestsMin ? 0 : (http.meanMs ?? 0)),
    above: ({ responseTimeMs }) => responseTimeMs,
    words: (value, above) =>
      `HTTP requests took ${round(value, 1)} ms in the mean of the last 60 seconds, above ${above} ms`,
  }),
  // About each provider of data. What is false is so by a good probe already, so it needs no time to be believed.
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

function aboutHost({ alertType, value, above, upTo, words, ...raised }: HostRule): Rule {
  return {
    alertType,
    clearMs,
    judge(readings, limits) {
      const now = value(readings);
      if (now === null) return [];
      const limit = above(limits);
      const holds = now > limit && now <= (upTo?.(limits) ?? Number.POSITIVE_INFINITY);
      const alert = holds ? { ...raised, message: words(now, limit) } : null;
      return [{ subject: readings.hostId, alert }];
    },
  };
}

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
