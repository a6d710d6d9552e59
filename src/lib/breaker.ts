import { BrokenCircuitError, circuitBreaker, CircuitState, ConsecutiveBreaker, handleAll } from 'cockatiel';

export type BreakerState = 'closed' | 'open' | 'half-open';

/** The circuit is open, so the call was not made. */
export class BreakerOpen extends Error {
  readonly retryAfterS: number;

  constructor(retryAfterS: number) {
    super('Refused for a while, because it failed again and again.');
    this.retryAfterS = retryAfterS;
  }
}

const failuresMax = 5;
const trialsNeeded = 3;

/**
 * A circuit breaker. After five consecutive failures it opens for one minute. Then three trial calls must all succeed
 * to close it; one failure opens it for another minute.
 */
export class Breaker {
  readonly #openMs: number;
  readonly #trials = new Trials(failuresMax);
  readonly #policy;
  #openedAtMs = 0;

  constructor(openMs = 60_000) {
    this.#openMs = openMs;
    this.#policy = circuitBreaker(handleAll, { halfOpenAfter: openMs, breaker: this.#trials });
    this.#policy.onBreak(() => (this.#openedAtMs = Date.now()));
  }

  get state(): BreakerState {
    const { state } = this.#policy;
    if (state === CircuitState.Closed) return this.#trials.left > 0 ? 'half-open' : 'closed';
    return state === CircuitState.Open && this.retryAfterS > 0 ? 'open' : 'half-open';
  }

  /** Whole seconds until the next trial; 0: now. */
  get retryAfterS(): number {
    if (this.#policy.state !== CircuitState.Open) return 0;
    return Math.max(0, Math.ceil((this.#openedAtMs + this.#openMs - Date.now()) / 1_000));
  }

  /** Rejects with BreakerOpen instead of calling. A rejection of the call counts as a failure. */
  async run<Result>(call: () => Promise<Result>): Promise<Result> {
    try {
      return await this.#policy.execute(call);
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw new BreakerOpen(Math.max(1, this.retryAfterS));
      throw error;
    }
  }
}

/** The state of several breakers combined: the worst one. */
export function worstOf(states: Iterable<BreakerState>): BreakerState {
  const all = new Set(states);
  if (all.has('open')) return 'open';
  return all.has('half-open') ? 'half-open' : 'closed';
}

/**
 * The library closes a circuit after one successful trial. Until enough trials have succeeded, the next failure opens
 * it again.
 */
class Trials extends ConsecutiveBreaker {
  left = 0;

  override success(state?: CircuitState): void {
    super.success();
    this.left = state === CircuitState.HalfOpen ? trialsNeeded - 1 : Math.max(0, this.left - 1);
  }

  override failure(): boolean {
    const opens = super.failure() || this.left > 0;
    if (opens) this.left = this.state = 0;
    return opens;
  }
}
