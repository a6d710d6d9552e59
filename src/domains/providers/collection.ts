import { BreakerOpen } from '../../lib/breaker.ts';
import { round } from '../../lib/round.ts';
import { canRequest, type KnownProvider } from './registry.ts';
import type { Body, Outcome, ProviderClient } from './client.ts';
import { withDerivedEvents } from './derived-events.ts';
import { logged, type ProviderDraft } from './events.ts';
import { keyHeaders, withoutQuery } from './settings.ts';

/** A collection that failed, as the circuit breaker counts it. */
class Failed extends Error {
  readonly outcome: Outcome;
  constructor(outcome: Outcome) {
    super(outcome.errorMessage ?? '');
    this.outcome = outcome;
  }
}

export interface CollectOptions {
  readonly client: ProviderClient;
  /** Unix milliseconds. */
  readonly scheduledAt: number;
  readonly signal: AbortSignal;
}

const onScheduleMs = 30_000;

/**
 * Fetches a provider's data.
 * @returns its row, or that of the failure, and the events that follow; nothing when no request was sent.
 */
export async function collect(
  provider: KnownProvider,
  { client, scheduledAt, signal }: CollectOptions,
): Promise<readonly ProviderDraft[]> {
  const { settings, breaker } = provider;
  if (!canRequest(provider, Date.now())) return [];
  const asked = {
    url: settings.endpointUrl,
    headers: keyHeaders(settings),
    timeoutMs: settings.timeoutMs,
    wantsBody: true,
  };
  try {
    const outcome = await breaker.run(async () => {
      const answer = await client.get(asked, signal);
      if (answer !== null && answer.body === null) throw new Failed(answer);
      return answer;
    });
    if (outcome === null || outcome.body === null) return [];
    return withDerivedEvents(provider, [collected(provider, outcome, outcome.body, scheduledAt)]);
  } catch (error) {
    if (error instanceof BreakerOpen) return [];
    if (!(error instanceof Failed)) throw error;
    return withDerivedEvents(provider, [failed(provider, error.outcome)]);
  }
}

function collected(
  { id, settings }: KnownProvider,
  { at, quota }: Outcome,
  body: Body,
  scheduledAt: number,
): ProviderDraft {
  const stale = body.lastModifiedAt === null ? null : Math.max(0, at - body.lastModifiedAt);
  return logged('collectionLogged', at, {
    provider: settings.name,
    providerId: id,
    category: settings.category,
    scheduledAt,
    fetchedAt: at,
    ...recordsOf(body.text),
    payloadSizeBytes: body.bytes,
    stalenessMinutes: stale === null ? null : round(stale / 60_000, 2),
    onSchedule: at - scheduledAt <= onScheduleMs,
    quota,
  });
}

function failed({ id, settings }: KnownProvider, outcome: Outcome): ProviderDraft {
  return logged('failureLogged', outcome.at, {
    of: 'COLLECTION',
    provider: settings.name,
    providerId: id,
    endpoint: withoutQuery(settings.endpointUrl),
    errorType: outcome.errorType ?? 'invalid_response',
    errorMessage: outcome.errorMessage ?? '',
    httpStatus: outcome.httpStatusCode,
    retryAttempted: false,
    retryResult: null,
    quota: outcome.quota,
  });
}

/** What a collected body contains. */
export interface Records {
  readonly recordCount: number;
  /** Share of values that are not null, 0 to 1; null when it is no JSON or holds no values. */
  readonly dataQualityScore: number | null;
}

/**
 * The records of a body: the items of the array that it is, else of the longest array directly inside the object that
 * it is, else the whole as one.
 */
export function recordsOf(body: string): Records {
  let value: unknown;
  try {
    value = JSON.parse(body.replace(/^\uFEFF/, ''));
  } catch {
    return { recordCount: 1, dataQualityScore: null };
  }
  const records = arrayOf(value) ?? [value];
  let values = 0;
  let known = 0;
  for (const record of records) {
    const fields = typeof record === 'object' && record !== null ? Object.values(record) : [record];
    values += fields.length;
    known += fields.filter((field) => field !== null).length;
  }
  return { recordCount: records.length, dataQualityScore: values === 0 ? null : round(known / values, 4) };
}

function arrayOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null) return null;
  let longest: readonly unknown[] | null = null;
  for (const inner of Object.values(value))
    if (Array.isArray(inner) && inner.length >= (longest?.length ?? 0)) longest = inner;
  return longest;
}
