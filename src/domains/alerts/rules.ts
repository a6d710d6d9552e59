import { round } from '../../lib/round.ts';
import type { AlertLimits } from './config.ts';
import type { AlertLevel } from './events.ts';

/** The values that rules evaluate. Null: unknown now. */
export interface Readings {
  /** Unix milliseconds. */
  readonly at: number;
  readonly hostId: string;
  /** Mean of the last 30 s. */
  readonly cpuPercent: number | null;
  readonly memoryPercent: number | null;
  /** Share of the database connections that are open, 0 to 1. */
  readonly dbPoolRatio: number | null;
  /** Failed WebSocket connections in the last 60 s. */
  readonly failedAttemptCount: number | null;
  /** HTTP requests in the last 60 s and their mean response time, which is null without requests. */
  readonly http: { readonly requests: number; readonly meanMs: number | null } | null;
  readonly providers: readonly ProviderReading[];
  /** Hosts that host agents report, and whether they are offline. */
  readonly reportedHosts: readonly ReportedHostReading[];
}

export interface ReportedHostReading {
  readonly hostId: string;
  readonly offline: boolean;
  /** When its newest sample was received, Unix milliseconds. */
  readonly receivedAt: number;
}

export interface ProviderReading {
  readonly name: string;
  /** Null if the provider was never probed. */
  readonly offline: boolean | null;
  /** Used percent of the provider's rate limit; null without a limit. */
  readonly usagePercent: number | null;
  /** Whether a probe has succeeded since the rate limit was nearly used up. True if it never was, or is not probed. */
  readonly goodSinceHigh: boolean;
}

export interface Rule {
  readonly alertType: string;
  /** How long the condition must be false until the alert is resolved. */
  readonly clearMs: number;
  /** @returns a result for each subject whose condition is known. Without a result an alert is neither raised nor resolved. */
  readonly evaluate: (readings: Readings, limits: AlertLimits) => readonly RuleResult[];
}

export interface RuleResult {
  readonly subject: string;
  /** The alert to raise; null: the condition is false. */
  readonly alert: RuleAlert | null;
}

export interface RuleAlert {
  readonly level: AlertLevel;
  readonly title: string;
  readonly message: string;
  readonly actions: readonly string[];
  readonly provider?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** What the evaluator has to know about a rule. */
export type EvaluatedRule = Pick<Rule, 'alertType' | 'clearMs'>;

/** A rule about a number of this host. Its condition is true above `above` and, if given, up to `upTo`. */
interface HostRule extends Omit<RuleAlert, 'message' | 'provider' | 'labels'> {
  readonly alertType: string;
  readonly value: (readings: Readings) => number | null;
  readonly above: (limits: AlertLimits) => number;
  readonly upTo?: (limits: AlertLimits) => number;
  readonly message: (value: number, above: number) => string;
}

export const clearMs = 60_000;
/** CPU usage is evaluated as the mean of this time. */
export const cpuWindowMs = 30_000;
export const resourceWarningPercent = 80;
/** Of a provider's rate limit. */
export const warningPercent = 80;
export const criticalPercent = 95;
/** The mean response time of fewer requests is not evaluated. */
export const requestsMin = 5;

/** The type of the alert about a host that has become silent. */
export const hostOffline = 'host_offline';

export const rules: readonly Rule[] = [
  hostRule({
    alertType: 'high_cpu',
    level: 'WARNING',
    title: 'High CPU usage',
    actions: ['Investigate load'],
    value: ({ cpuPercent }) => cpuPercent,
    above: ({ cpuPercent }) => cpuPercent,
    message: (value, above) => `CPU usage was ${round(value, 1)} % in the last 30 seconds, above ${above} %`,
  }),
  hostRule({
    alertType: 'high_memory',
    level: 'ERROR',
    title: 'High memory usage',
    actions: ['Check memory leaks'],
    value: ({ memoryPercent }) => memoryPercent,
    above: ({ memoryPercent }) => memoryPercent,
    message: (value, above) => `Memory usage is ${round(value, 1)} %, above ${above} %`,
  }),
  hostRule({
    alertType: 'resource_warning',
    level: 'WARNING',
    title: 'Memory is getting scarce',
    actions: ['Scale Resources', 'Optimize Models'],
    value: ({ memoryPercent }) => memoryPercent,
    above: () => resourceWarningPercent,
    upTo: ({ memoryPercent }) => memoryPercent,
    message: (value, above) => `Memory usage is ${round(value, 1)} %, above ${above} %`,
  }),
  hostRule({
    alertType: 'db_connections',
    level: 'ERROR',
    title: 'Database connections are running out',
    actions: ['Increase pool size'],
    value: ({ dbPoolRatio }) => dbPoolRatio,
    above: ({ dbPoolRatio }) => dbPoolRatio,
    message: (value, above) =>
      `${round(value * 100, 1)} % of the database's connections are taken, above ${round(above * 100, 1)} %`,
  }),
  hostRule({
    alertType: 'ws_failures',
    level: 'ERROR',
    title: 'WebSocket connections fail',
    actions: ['Restart services'],
    value: ({ failedAttemptCount }) => failedAttemptCount,
    above: ({ wsFailuresPerMinute }) => wsFailuresPerMinute,
    message: (value, above) =>
      `${value} WebSocket connections failed in the last 60 seconds, more than ${above}`,
  }),
  hostRule({
    alertType: 'response_time',
    level: 'WARNING',
    title: 'Slow responses',
    actions: ['Optimize queries'],
    value: ({ http }) => (http === null ? null : http.requests < requestsMin ? 0 : (http.meanMs ?? 0)),
    above: ({ responseTimeMs }) => responseTimeMs,
    message: (value, above) =>
      `HTTP requests took ${round(value, 1)} ms in the mean of the last 60 seconds, above ${above} ms`,
  }),
  // A condition about a provider becomes false by a successful probe, so its alert is resolved immediately.
  { alertType: 'rate_limit', clearMs: 0, evaluate: ({ providers }) => providers.flatMap(rateLimit) },
  { alertType: 'provider_offline', clearMs: 0, evaluate: ({ providers }) => providers.flatMap(availability) },
  // A host reports or does not: its event has been stored, so the alert follows it.
  { alertType: hostOffline, clearMs: 0, evaluate: ({ reportedHosts }) => reportedHosts.map(presence) },
];

function hostRule({ alertType, value, above, upTo, message, ...alert }: HostRule): Rule {
  return {
    alertType,
    clearMs,
    evaluate(readings, limits) {
      const current = value(readings);
      if (current === null) return [];
      const limit = above(limits);
      const isTrue = current > limit && current <= (upTo?.(limits) ?? Number.POSITIVE_INFINITY);
      return [
        { subject: readings.hostId, alert: isTrue ? { ...alert, message: message(current, limit) } : null },
      ];
    },
  };
}

function rateLimit({ name, usagePercent, goodSinceHigh }: ProviderReading): readonly RuleResult[] {
  if (usagePercent === null) return [];
  if (usagePercent < warningPercent) return goodSinceHigh ? [{ subject: name, alert: null }] : [];
  const level = usagePercent >= criticalPercent ? 'CRITICAL' : 'WARNING';
  const message = `${round(usagePercent, 1)} % of the rate limit of ${name} are used`;
  return [providerAlert(name, { level, title: 'Rate limit nearly used up', message })];
}

function availability({ name, offline }: ProviderReading): readonly RuleResult[] {
  if (offline === null) return [];
  if (!offline) return [{ subject: name, alert: null }];
  const message = `${name} does not answer as it should`;
  return [providerAlert(name, { level: 'ERROR', title: 'Provider is offline', message })];
}

function presence({ hostId, offline, receivedAt }: ReportedHostReading): RuleResult {
  if (!offline) return { subject: hostId, alert: null };
  const message = `${hostId} has not been reported by its host agent since ${new Date(receivedAt).toISOString()}`;
  const actions = ['Check the host and its host agent'];
  return { subject: hostId, alert: { level: 'ERROR', title: 'Host is offline', message, actions } };
}

function providerAlert(name: string, alert: Pick<RuleAlert, 'level' | 'title' | 'message'>): RuleResult {
  return { subject: name, alert: { ...alert, actions: [], provider: name } };
}
