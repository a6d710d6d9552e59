import { every, latest, type Draft } from '../../journal/topic.ts';

/** ONLINE: answers in time; DEGRADED: slowly or with 429; OFFLINE: not, or wrongly; UNKNOWN: it was never probed. */
export type ProviderState = 'ONLINE' | 'DEGRADED' | 'OFFLINE' | 'UNKNOWN';

export type RateLimitType = 'PER_MINUTE' | 'PER_HOUR' | 'PER_DAY';

/** How one request of a probe went. RATE_LIMITED: the answer was 429. */
export type AttemptStatus = 'SUCCESS' | 'FAILED' | 'TIMEOUT' | 'RATE_LIMITED';

/** Whether the data collection sends requests. HALF_OPEN: it sends test requests. */
export type BreakerState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

/** The source of a usage: our own count, the provider's headers, or a producer's report. */
export type UsageBasis = 'OWN' | 'HEADERS' | 'REPORT';

/** The usage of a rate limit until its reset. */
export interface Usage {
  readonly limitType: RateLimitType;
  /** Requests a window; 1 or more. */
  readonly limitValue: number;
  readonly currentUsage: number;
  /** Unix milliseconds: from then on it counts from zero. */
  readonly resetAt: number;
  readonly basis: UsageBasis;
}

/** OK below 80 %, WARNING from there, BLOCKED from 100 %: nothing is sent until the reset. */
export type RateLimitStatus = 'OK' | 'WARNING' | 'BLOCKED';

export interface RateLimitUsage extends Usage {
  /** 0 to 100; above 100 when a provider or a producer reports so. */
  readonly percentage: number;
  readonly status: RateLimitStatus;
}

/** What the log says of a provider. Times are Unix milliseconds; null is what has not happened yet. */
export interface ProviderHistory extends Pick<Attempt, 'responseTimeMs' | 'httpStatusCode' | 'errorMessage'> {
  readonly status: ProviderState;
  readonly lastCheckAt: number | null;
  /** Of the newest successful probe. */
  readonly lastSuccessAt: number | null;
  /** Of the newest successful probe. */
  readonly lastSuccessMs: number | null;
  /** Of the last request of any kind. */
  readonly lastRequestAt: number | null;
  readonly usage: Usage | null;
  /** When the usage was 80 % or more last. */
  readonly highAt: number | null;
}

/** The configuration and the state of a provider. */
export interface ProviderStatus extends Omit<ProviderHistory, 'lastSuccessMs' | 'usage'> {
  readonly id: number;
  readonly name: string;
  readonly category: string;
  /** Secrets in it are masked. */
  readonly endpointUrl: string;
  readonly requiresKey: boolean;
  readonly hasKey: boolean;
  /** First 4 characters, `...`, last 4; `***` for keys under 12 characters; null without one. */
  readonly apiKeyMasked: string | null;
  readonly timeoutMs: number;
  /** 1 (most important) to 4. */
  readonly priorityTier: number;
  /** Whether its data are collected. */
  readonly collects: boolean;
  /** Null without a limit. */
  readonly rateLimit: RateLimitUsage | null;
  /** As this instance sees it. */
  readonly breaker: BreakerState;
}

export const providerStatusSampled = latest<ProviderStatus>('providers.status');

/** Share of the probed providers that are online: from 90 % HEALTHY, from 70 % DEGRADED; UNKNOWN: none was probed. */
export type SystemHealth = 'HEALTHY' | 'DEGRADED' | 'UNHEALTHY' | 'UNKNOWN';

/** Statistics of all providers. */
export interface ProviderStatistics {
  readonly totalProviders: number;
  readonly onlineCount: number;
  readonly degradedCount: number;
  readonly offlineCount: number;
  /** Mean over providers of their newest successful probe; null without any. */
  readonly avgResponseTimeMs: number | null;
  /** Probes and collections of the last 60 minutes, as they are logged. */
  readonly totalRequestsHour: number;
  /** Logged failures of the last 60 minutes. */
  readonly totalFailuresHour: number;
  readonly systemHealth: SystemHealth;
}

export interface ProviderSummary extends ProviderStatistics {
  /** Unix milliseconds. */
  readonly sampledAt: number;
  /** Unix milliseconds of the newest probe; null before the first. */
  readonly lastUpdateAt: number | null;
}

export const providerSummarySampled = latest<ProviderSummary>('providers.summary');
/** The gauge's only key. */
export const summaryKey = 'all';

/** What the headers of an answer say of the rate limit; null is what they do not say. */
export interface Quota {
  readonly limitValue: number | null;
  readonly remaining: number | null;
  /** Unix milliseconds. */
  readonly resetAt: number | null;
  /** The status was 429: nothing is left. */
  readonly exhausted: boolean;
}

interface AboutProvider {
  readonly provider: string;
  readonly providerId: number;
}

/** The outcome of one request. */
export interface Attempt {
  readonly status: AttemptStatus;
  /** To the headers of the answer; null without one. */
  readonly responseTimeMs: number | null;
  readonly httpStatusCode: number | null;
  /** `timeout`, `connection_error`, `http_<code>`, `rate_limited`, `invalid_response`; null on success. */
  readonly errorType: string | null;
  /** Our own text, so that it never contains a key; null on success. */
  readonly errorMessage: string | null;
  readonly quota: Quota | null;
}

/** One attempt of a probe. The entry's time is when it was sent. */
export interface ConnectionRow extends AboutProvider, Attempt {
  /** Without a query. */
  readonly endpoint: string;
}

/** A probe whose first attempt failed, or a collection that failed. */
export interface FailureRow extends AboutProvider {
  readonly of: 'PROBE' | 'COLLECTION';
  /** Without a query. */
  readonly endpoint: string;
  readonly errorType: string;
  readonly errorMessage: string;
  readonly httpStatus: number | null;
  readonly retryAttempted: boolean;
  /** Null without a retry. */
  readonly retryResult: 'SUCCESS' | 'FAILED' | null;
  /** Of a collection; that of a probe is in its attempts. */
  readonly quota: Quota | null;
}

/** Data that were fetched from a provider. The entry's time is when the request was sent. */
export interface CollectionRow extends AboutProvider {
  readonly category: string;
  /** Unix milliseconds. */
  readonly scheduledAt: number;
  /** Unix milliseconds. */
  readonly fetchedAt: number;
  readonly recordCount: number;
  readonly payloadSizeBytes: number;
  /** Share of values that are not null, 0 to 1; null when the body is no JSON or holds no values. */
  readonly dataQualityScore: number | null;
  /** Since the answer's `Last-Modified`; null without. */
  readonly stalenessMinutes: number | null;
  /** Begun within 30 s of its time. */
  readonly onSchedule: boolean;
  readonly quota: Quota | null;
}

/** The usage of a provider's limit, as it is stored every minute. */
export interface RateLimitRow extends AboutProvider, Omit<Usage, 'basis'> {
  readonly percentage: number;
}

/** One entry is one row of a log. The key is the provider's name. */
export interface ProviderLogPayloads {
  readonly connectionLogged: ConnectionRow;
  readonly failureLogged: FailureRow;
  readonly collectionLogged: CollectionRow;
  readonly rateLimitLogged: RateLimitRow;
}

export type ProviderLogType = keyof ProviderLogPayloads;
export type ProviderLogPayload = ProviderLogPayloads[ProviderLogType];

export const providerLog = every<ProviderLogPayload>('providers.log');

/** With the attempt that decided the new status. */
export interface StatusChange
  extends AboutProvider, Pick<Attempt, 'responseTimeMs' | 'httpStatusCode' | 'errorMessage'> {
  readonly oldStatus: ProviderState;
  readonly newStatus: ProviderState;
}

/** The usage reached 80, 95 or 100 %, or is still there a minute later. */
export interface RateLimitCrossing extends RateLimitRow {
  /** CRITICAL from 95 %. */
  readonly severity: 'WARNING' | 'CRITICAL';
  /** Percent that was reached: 80, 95 or 100. */
  readonly threshold: number;
  /** Whether an earlier event has reported it. */
  readonly repeated: boolean;
}

/** The usage of a provider's limit, as a producer reports it. */
export interface UsageReport extends Omit<Usage, 'basis'> {
  readonly provider: string;
}

/** The payload of each type of event. The key is the provider's name. */
export interface ProviderEventPayloads {
  readonly providerStatusChanged: StatusChange;
  readonly rateLimitCrossed: RateLimitCrossing;
  readonly rateLimitUsageReported: UsageReport;
}

export type ProviderEventType = keyof ProviderEventPayloads;
export type ProviderEventPayload = ProviderEventPayloads[ProviderEventType];

export const providerEvents = every<ProviderEventPayload>('providers.events');

export type ProviderDraft = Draft<ProviderLogPayload> | Draft<ProviderEventPayload>;

/** A row of a log. @param at Unix milliseconds. */
export function logged<Type extends ProviderLogType>(
  type: Type,
  at: number,
  payload: ProviderLogPayloads[Type],
): Draft<ProviderLogPayload> {
  return { topic: providerLog, key: payload.provider, type, occurredAt: at, payload };
}

/** An event of a provider. @param about.at Unix milliseconds. */
export function providerEvent<Type extends ProviderEventType>(
  type: Type,
  { at, id, payload }: { at: number; id?: string; payload: ProviderEventPayloads[Type] },
): Draft<ProviderEventPayload> {
  return {
    topic: providerEvents,
    key: payload.provider,
    type,
    occurredAt: at,
    ...(id === undefined ? {} : { id }),
    payload,
  };
}
