import { every, latest, type Draft } from '../../journal/topic.ts';

/**
 * The status after the most recent probe. ONLINE: answered in time. DEGRADED: answered slowly or with 429. OFFLINE: no
 * response, or another status. UNKNOWN: not probed yet.
 */
export type ProviderState = 'ONLINE' | 'DEGRADED' | 'OFFLINE' | 'UNKNOWN';

export type RateLimitType = 'PER_MINUTE' | 'PER_HOUR' | 'PER_DAY';

/** The outcome of one request. RATE_LIMITED: the response was 429. */
export type AttemptStatus = 'SUCCESS' | 'FAILED' | 'TIMEOUT' | 'RATE_LIMITED';

/** Whether the data collection sends requests. HALF_OPEN: it sends trial requests. */
export type BreakerState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

/** The source of a usage: this server's own count, the provider's response headers, or a producer's report. */
export type UsageBasis = 'OWN' | 'HEADERS' | 'REPORT';

/** A rate limit as it is configured. */
export interface Limit {
  readonly limitType: RateLimitType;
  /** Requests per window, at least 1. */
  readonly limitValue: number;
}

export interface UsageOfLimit extends Limit {
  /** Requests in the current window. */
  readonly currentUsage: number;
  /** When the usage is reset to zero, Unix milliseconds. */
  readonly resetAt: number;
}

export interface Usage extends UsageOfLimit {
  readonly basis: UsageBasis;
}

/** OK: below 80 %. WARNING: at least 80 %. BLOCKED: at least 100 %, so no requests are sent until the reset. */
export type RateLimitStatus = 'OK' | 'WARNING' | 'BLOCKED';

export interface RateLimitUsage extends Usage {
  /** From 0; above 100 if a provider or a producer reports such a usage. */
  readonly percentage: number;
  readonly status: RateLimitStatus;
}

/** The rate limit as the headers of a response describe it. Null: the headers do not contain the value. */
export interface Quota {
  readonly limitValue: number | null;
  readonly remaining: number | null;
  /** Unix milliseconds. */
  readonly resetAt: number | null;
  /** Whether the response was 429. */
  readonly exhausted: boolean;
}

/** The outcome of one request. */
export interface Attempt {
  readonly status: AttemptStatus;
  /** Time until the response headers; null without a response. */
  readonly responseTimeMs: number | null;
  readonly httpStatusCode: number | null;
  /** `timeout`, `connection_error`, `http_<code>`, `rate_limited`, `invalid_response`; null on success. */
  readonly errorType: string | null;
  /** The server's own text, so that it never contains a key; null on success. */
  readonly errorMessage: string | null;
  readonly quota: Quota | null;
}

type AttemptDetails = Pick<Attempt, 'responseTimeMs' | 'httpStatusCode' | 'errorMessage'>;

/** What follows from the log of a provider. Times are Unix milliseconds; null before the first such request. */
export interface ProviderHistory extends AttemptDetails {
  readonly status: ProviderState;
  readonly lastCheckAt: number | null;
  /** When a probe last succeeded. */
  readonly lastSuccessAt: number | null;
  /** The response time of that probe, in milliseconds. */
  readonly lastSuccessMs: number | null;
  /** When the last request was sent, to probe or to collect data. */
  readonly lastRequestAt: number | null;
  readonly usage: Usage | null;
  /** When the usage was last at least 80 %. */
  readonly highAt: number | null;
}

/** The configuration and the state of a provider. */
export interface ProviderStatus extends Omit<ProviderHistory, 'lastSuccessMs' | 'usage'> {
  readonly id: number;
  readonly name: string;
  readonly category: string;
  /** Secrets in the URL are masked. */
  readonly endpointUrl: string;
  readonly requiresKey: boolean;
  readonly hasKey: boolean;
  /** First 4 characters, `...`, last 4; `***` for keys under 12 characters; null without a key. */
  readonly apiKeyMasked: string | null;
  readonly timeoutMs: number;
  /** 1 (most important) to 4. */
  readonly priorityTier: number;
  /** Whether data is collected from the provider. */
  readonly collects: boolean;
  /** Null without a limit. */
  readonly rateLimit: RateLimitUsage | null;
  /** On this instance. */
  readonly breaker: BreakerState;
}

export const providerStatusSampled = latest<ProviderStatus>('providers.status');

/** By the share of online providers: HEALTHY from 90 %, DEGRADED from 70 %. UNKNOWN: no provider was probed. */
export type SystemHealth = 'HEALTHY' | 'DEGRADED' | 'UNHEALTHY' | 'UNKNOWN';

/** Statistics of all providers. */
export interface ProviderStatistics {
  readonly providerCount: number;
  readonly onlineCount: number;
  readonly degradedCount: number;
  readonly offlineCount: number;
  /** Mean over the providers of their most recent successful probe; null without such a probe. */
  readonly avgResponseTimeMs: number | null;
  /** Logged probe requests and successful collections of the last 60 minutes. */
  readonly lastHourRequestCount: number;
  /** Logged failures of the last 60 minutes. */
  readonly lastHourFailureCount: number;
  readonly systemHealth: SystemHealth;
}

export interface ProviderSummary extends ProviderStatistics {
  /** Unix milliseconds. */
  readonly sampledAt: number;
  /** Unix milliseconds of the most recent probe; null before the first. */
  readonly lastUpdateAt: number | null;
}

export const providerSummarySampled = latest<ProviderSummary>('providers.summary');
/** The gauge's only key. */
export const summaryKey = 'all';

/** One request of a probe. The entry's time is when the request was sent. */
export interface ConnectionRow extends Attempt {
  /** Without a query. */
  readonly endpoint: string;
}

/** A probe whose first request failed, or a collection that failed. */
export interface FailureRow {
  readonly of: 'PROBE' | 'COLLECTION';
  /** Without a query. */
  readonly endpoint: string;
  readonly errorType: string;
  readonly errorMessage: string;
  readonly httpStatus: number | null;
  readonly retryAttempted: boolean;
  /** Null without a retry. */
  readonly retryResult: 'SUCCESS' | 'FAILED' | null;
  /** Null for a probe, whose requests are logged with their quotas. */
  readonly quota: Quota | null;
}

/** A successful data collection. The entry's time is when the request was sent. */
export interface CollectionRow {
  readonly category: string;
  /** Unix milliseconds. */
  readonly scheduledAt: number;
  /** Unix milliseconds. */
  readonly fetchedAt: number;
  readonly recordCount: number;
  readonly payloadSizeBytes: number;
  /** Share of values that are not null, 0 to 1; null if the body is not JSON or has no values. */
  readonly dataQualityScore: number | null;
  /** Since the response's `Last-Modified`; null without the header. */
  readonly stalenessMinutes: number | null;
  /** Whether the request was sent within 30 s of `scheduledAt`. */
  readonly onSchedule: boolean;
  readonly quota: Quota | null;
}

/** The usage of a provider's rate limit, stored every minute. */
export interface RateLimitRow extends UsageOfLimit {
  readonly percentage: number;
}

export interface ProviderLogRows {
  readonly connectionLogged: ConnectionRow;
  readonly failureLogged: FailureRow;
  readonly collectionLogged: CollectionRow;
  readonly rateLimitLogged: RateLimitRow;
}

/** The provider that an entry is about. */
export interface ProviderReference {
  readonly provider: string;
  readonly providerId: number;
}

export type ProviderLogType = keyof ProviderLogRows;
/** The payload of each type of entry. */
export type ProviderLogPayloads = {
  readonly [Type in ProviderLogType]: ProviderReference & ProviderLogRows[Type];
};
export type ProviderLogPayload = ProviderLogPayloads[ProviderLogType];

/** Each entry is a row of a log. The key is the provider's name. */
export const providerLog = every<ProviderLogPayload>('providers.log');

/** A changed status, with the probe request that changed it. */
export interface StatusChange extends ProviderReference, AttemptDetails {
  readonly oldStatus: ProviderState;
  readonly newStatus: ProviderState;
}

/** The usage reached 80, 95 or 100 %, or is still as high a minute later. */
export interface RateLimitCrossing extends ProviderReference, RateLimitRow {
  /** CRITICAL: at least 95 %. */
  readonly severity: 'WARNING' | 'CRITICAL';
  /** The highest threshold that the usage has reached, in percent: 80, 95 or 100. */
  readonly threshold: number;
  /** Whether an earlier event reported the same usage. */
  readonly repeated: boolean;
}

/** The usage of a provider's rate limit, as a producer reports it. */
export interface UsageReport extends UsageOfLimit {
  readonly provider: string;
}

/** The payload of each type of event. */
export interface ProviderEventPayloads {
  readonly providerStatusChanged: StatusChange;
  readonly rateLimitCrossed: RateLimitCrossing;
  readonly rateLimitUsageReported: UsageReport;
}

export type ProviderEventType = keyof ProviderEventPayloads;
export type ProviderEventPayload = ProviderEventPayloads[ProviderEventType];

/** The key is the provider's name. */
export const providerEvents = every<ProviderEventPayload>('providers.events');

export type ProviderDraft = Draft<ProviderLogPayload> | Draft<ProviderEventPayload>;
