import { BreakerOpen } from '../../lib/breaker.ts';
import { round } from '../../lib/round.ts';
import type { ProviderClient, RequestOutcome } from './client.ts';
import { withDerivedEvents } from './derived-events.ts';
import type { CollectionRow, ProviderDraft } from './events.ts';
import { failureOf } from './probe.ts';
import { canRequest, logRow, type Provider } from './provider.ts';

/** A failed collection. It is thrown so that the circuit breaker counts it. */
class CollectionFailed extends Error {
  readonly outcome: RequestOutcome;
  constructor(outcome: RequestOutcome) {
    super(outcome.errorMessage ?? '');
    this.outcome = outcome;
  }
}

const onScheduleMs = 30_000;

/**
 * Collects a provider's data with a GET of its endpoint.
 * @param options.scheduledAt when the collection was due, Unix milliseconds.
 * @returns a log row of the collection or its failure, and the events that follow; nothing if no request was sent.
 */
export async function collect(
  provider: Provider,
  { client, scheduledAt, signal }: { client: ProviderClient; scheduledAt: number; signal: AbortSignal },
): Promise<readonly ProviderDraft[]> {
  const { settings, breaker } = provider;
  if (!canRequest(provider, Date.now())) return [];
  const url = settings.endpointUrl;
  try {
    const outcome = await breaker.run(async () => {
      const response = await client.get(settings, { url, wantsBody: true, signal });
      if (response !== null && response.body === null) throw new CollectionFailed(response);
      return response;
    });
    if (outcome === null || outcome.body === null) return [];
    const { at, body, quota } = outcome;
    const staleMs = body.lastModifiedAt === null ? null : Math.max(0, at - body.lastModifiedAt);
    const row = logRow(provider, 'collectionLogged', at, {
      category: settings.category,
      scheduledAt,
      fetchedAt: at,
      ...recordsOf(body.text),
      payloadSizeBytes: body.bytes,
      stalenessMinutes: staleMs === null ? null : round(staleMs / 60_000, 2),
      onSchedule: at - scheduledAt <= onScheduleMs,
      quota,
    });
    return withDerivedEvents(provider, [row]);
  } catch (error) {
    if (error instanceof BreakerOpen) return [];
    if (!(error instanceof CollectionFailed)) throw error;
    const { outcome } = error;
    const row = logRow(provider, 'failureLogged', outcome.at, failureOf('COLLECTION', url, outcome));
    return withDerivedEvents(provider, [row]);
  }
}

/**
 * The records of a response body: the items of the array that the body is, otherwise of the longest array directly
 * inside the object that it is, otherwise the whole body as one record.
 */
export function recordsOf(body: string): Pick<CollectionRow, 'recordCount' | 'dataQualityScore'> {
  let value: unknown;
  try {
    value = JSON.parse(body.replace(/^\uFEFF/, ''));
  } catch {
    return { recordCount: 1, dataQualityScore: null };
  }
  const records = longestArray(value) ?? [value];
  let values = 0;
  let notNull = 0;
  for (const record of records) {
    const fields = typeof record === 'object' && record !== null ? Object.values(record) : [record];
    values += fields.length;
    notNull += fields.filter((field) => field !== null).length;
  }
  return { recordCount: records.length, dataQualityScore: values === 0 ? null : round(notNull / values, 4) };
}

function longestArray(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null) return null;
  let longest: readonly unknown[] | null = null;
  for (const inner of Object.values(value))
    if (Array.isArray(inner) && inner.length >= (longest?.length ?? 0)) longest = inner;
  return longest;
}
