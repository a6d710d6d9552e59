import { every, latest, type Draft } from '../../journal/topic.ts';

/** ONLINE: answers in time; DEGRADED: slowly or with 429; OFFLINE: not, or wrongly; UNKNOWN: it was never probed. */
export type ProviderState = 'ONLINE' | 'DEGRADED' | 'OFFLINE' | 'UNKNOWN';

export type RateLimitType = 'PER_MINUTE' | 'PER_HOUR' | 'PER_DAY';

/** How one request of a probe went. RATE_LIMITED: the answer was 429. */
export type AttemptStatus = 'SUCCESS' | 'FAILED' | 'TIMEOUT' | 'RATE_LIMITED';

/** Whether requests of the data collection are sent. HALF_OPEN: one is let through to see. */
export type BreakerState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

/** Who says how much of a limit is used: our own count, the provider's headers, or a producer. */
export type UsageBasis = 'OWN' | 'HEADERS' | 'REPORT';

/** How much of a rate limit is used until it begins anew. */
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

export interface RateLimitFigures extends Usage {
  /** 0 to 100, above when a provider or a producer says so. */
  readonly percentage: number;
  readonly status: RateLimitStatus;
}

/** A provider as it is configured and how it does. Times are Unix milliseconds. */
export interface ProviderStatus {
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
  readonly status: ProviderState;
  /** Of the last attempt, to its headers; null when it got no answer, and before the first. */
  readonly responseTimeMs: number | null;
  /** Of the last attempt; null as above. */
  readonly httpStatusCode: number | null;
  /** Of the last attempt; null when it succeeded, and before the first. */
  readonly errorMessage: string | null;
  /** Of the last attempt; null before the first. */
  readonly lastCheckAt: number | null;
  /** Of the last probe that succeeded. */
  readonly lastSuccessAt: number | null;
  /** Of the last request of any kind. */
  readonly lastRequestAt: number | null;
  /** Null without a limit. */
  readonly rateLimit: RateLimitFigures | null;
  /** When 80 % of its limit were used last; null when never. */
  readonly highAt: number | null;
  /** As this instance sees it. */
  readonly breaker: BreakerState;
}

export const providerStatusSampled = latest<ProviderStatus>('providers.status');

/** Share of the probed providers that are online: from 90 % HEALTHY, from 70 % DEGRADED; UNKNOWN: none was probed. */
export type SystemHealth = 'HEALTHY' | 'DEGRADED' | 'UNHEALTHY' | 'UNKNOWN';

/** All providers in short. */
export interface ProviderFigures {
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

export interface ProviderSummary extends ProviderFigures {
  /** Unix milliseconds. */
  readonly sampledAt: number;
  /** Unix milliseconds of the newest probe; null before the first. */
  readonly lastUpdateAt: number | null;
}

export const providerSummarySampled = latest<ProviderSummary>('providers.summary');
/** The gauge's only key. */
export const summaryKey = 'all';

/** What an answer says of its provider's rate limit; null is what it does not say. */
export interface Quota {
  readonly limitValue: number | null;
  readonly remaining: number | null;
  /** Unix milliseconds. */
  readonly resetAt: number | null;
  /** It was 429: nothing is left. */
  readonly exhausted: boolean;
}

interface AboutProvider {
  readonly provider: string;
  readonly providerId: number;
}

/** One attempt of a probe. The entry's time is when it was sent. */
export interface ConnectionRow extends AboutProvider {
  /** Without a query. */
  readonly endpoint: string;
  readonly status: AttemptStatus;
  /** To the headers of the answer; null without one. */
  readonly responseTimeMs: number | null;
  readonly httpStatusCode: number | null;
  /** `timeout`, `connection_error`, `http_<code>`, `rate_limited`, `invalid_response`; null on success. */
  readonly errorType: string | null;
  readonly errorMessage: string | null;
  readonly quota: Quota | null;
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
  /** Null when nothing was tried again. */
  readonly retryResult: 'SUCCESS' | 'FAILED' | null;
  /** Of a collection; that of a probe stands with its attempts. */
  readonly quota: Quota | null;
}

/** Data that were fetched from a provider. The entry's time is when they were asked for. */
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

/** How much of a provider's limit is used, as it is written down every minute. */
export interface RateLimitRow extends AboutProvider {
  readonly limitType: RateLimitType;
  readonly limitValue: number;
  readonly currentUsage: number;
  readonly percentage: number;
  /** Unix milliseconds. */
  readonly resetAt: number;
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

export interface StatusChange extends AboutProvider {
  readonly oldStatus: ProviderState;
  readonly newStatus: ProviderState;
  /** Of the attempt that decided; null when it got no answer. */
  readonly responseTimeMs: number | null;
  readonly httpStatusCode: number | null;
  readonly errorMessage: string | null;
}

/** The usage has come to 80, 95 or 100 %, or it still lies there a minute later. */
export interface RateLimitCrossing extends RateLimitRow {
  /** CRITICAL from 95 %. */
  readonly severity: 'WARNING' | 'CRITICAL';
  /** Percent that was reached: 80, 95 or 100. */
  readonly threshold: number;
  /** It was told before. */
  readonly repeated: boolean;
}

/** What a producer knows of the usage of a provider's limit. */
export interface UsageReport {
  readonly provider: string;
  readonly limitType: RateLimitType;
  readonly limitValue: number;
  readonly currentUsage: number;
  /** Unix milliseconds. */
  readonly resetAt: number;
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

/** Something that happened to a provider. @param about.at Unix milliseconds. */
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
