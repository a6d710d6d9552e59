import type { ModelServerErrorCode, ModelServerKind, ProbedModel, SharedProbeResult } from './events.ts';

export interface ModelServerAddress {
  /** The part of a model id before the colon. */
  readonly name: string;
  readonly url: string;
  readonly kind: ModelServerKind;
  /** Sent as a bearer token. */
  readonly key: string | null;
}

/**
 * Reads the models of a server. Optional requests can continue after it resolves, until the signal aborts.
 * @throws ProbeFailure
 */
export type Probe = (signal: AbortSignal) => Promise<readonly ProbedModel[]>;

export interface ProbeResult {
  readonly server: string;
  /** Unix milliseconds. */
  readonly at: number;
  readonly responseTimeMs: number;
  readonly outcome: readonly ProbedModel[] | ProbeFailure;
}

/** Why a probe failed. The message contains no text from the server, which could contain secrets. */
export class ProbeFailure extends Error {
  override readonly name = 'ProbeFailure';
  readonly code: ModelServerErrorCode;
  /** How long the server requests to wait before the next probe. */
  readonly retryAfterMs: number | null;

  constructor(code: ModelServerErrorCode, message: string, retryAfterMs: number | null = null) {
    super(message);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Limits of what is held in memory for a server. */
export const modelsMax = 1_000;
export const nameCharsMax = 256;

export function toShared({ outcome, ...result }: ProbeResult): SharedProbeResult {
  return outcome instanceof ProbeFailure
    ? { ...result, models: null, failure: { code: outcome.code, message: outcome.message } }
    : { ...result, models: outcome, failure: null };
}

export function fromShared({ models, failure, ...result }: SharedProbeResult): ProbeResult {
  return {
    ...result,
    outcome: failure === null ? (models ?? []) : new ProbeFailure(failure.code, failure.message),
  };
}
