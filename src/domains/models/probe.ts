import type { ModelMeasurements, ModelServerErrorCode, ModelServerKind } from './events.ts';

export interface ModelServerAddress {
  /** Prefix of its models' ids, before the colon. */
  readonly name: string;
  readonly url: string;
  readonly kind: ModelServerKind;
  /** Sent as a bearer token. */
  readonly key: string | null;
}

/** A model as its server describes it. Null is what the server does not report; MB = 2^20 bytes. */
export interface ProbedModel extends Omit<ModelMeasurements, 'memoryTotalMb'> {
  /** The server's own name of it. */
  readonly name: string;
  /** A name for people. */
  readonly title: string | null;
  /** Null where the server does not report it: then a report's status counts, or the last known one. */
  readonly status: 'LOADED' | 'LOADING' | 'UNLOADED' | null;
  /** Whether at least half of it is in the memory of a graphics card. */
  readonly onGpu: boolean;
}

/**
 * Requests a server's models. Throws a `ProbeFailure`. Optional requests may go on after it resolves, until the signal
 * aborts.
 */
export type Probe = (signal: AbortSignal) => Promise<readonly ProbedModel[]>;

export interface ProbeResult {
  readonly server: string;
  /** Unix milliseconds. */
  readonly at: number;
  readonly responseTimeMs: number;
  readonly outcome: readonly ProbedModel[] | ProbeFailure;
}

/** Why a server's models are not known. The message contains nothing that the server sent, so no secret either. */
export class ProbeFailure extends Error {
  override readonly name = 'ProbeFailure';
  readonly code: ModelServerErrorCode;
  /** How long the server asks to wait. */
  readonly retryAfterMs: number | null;

  constructor(code: ModelServerErrorCode, message: string, retryAfterMs: number | null = null) {
    super(message);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Bounds of what a server can make this process hold. */
export const modelsMax = 1_000;
export const nameCharsMax = 256;
