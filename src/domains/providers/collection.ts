import { BreakerOpen } from '../../lib/breaker.ts';
import { round } from '../../lib/round.ts';
import { mayAsk, type KnownProvider } from './board.ts';
import type { Body, Outcome, ProviderClient } from './client.ts';
import { withConsequences } from './consequences.ts';
import { logged, type ProviderDraft } from './events.ts';
import { recordsOf } from './records.ts';
import { keyHeaders, withoutQuery } from './settings.ts';

/** A collection that brought nothing: what the breaker counts. */
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

/** Fetches a provider's data. @returns its row, or that of the failure, and what follows; nothing when none was sent. */
export async function collect(
  provider: KnownProvider,
  { client, scheduledAt, signal }: CollectOptions,
): Promise<readonly ProviderDraft[]> {
  const { settings, breaker } = provider;
  if (!mayAsk(provider, Date.now())) return [];
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
    return withConsequences(provider, [collected(provider, outcome, outcome.body, scheduledAt)]);
  } catch (error) {
    if (error instanceof BreakerOpen) return [];
    if (!(error instanceof Failed)) throw error;
    return withConsequences(provider, [failed(provider, error.outcome)]);
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
