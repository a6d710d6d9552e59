import type { NewsCarrier } from '../graph/server-stats.ts';

/**
 * A carrier brings the news of other instances: what a commit stored, the newest values of gauges, that an instance has
 * changed. It may lose, delay or repeat news, which costs only time, because PostgreSQL has the truth.
 */
export interface Carrier extends AsyncDisposable {
  readonly name: NewsCarrier;
}

/** Takes what a carrier brings. Its functions must not throw. */
export interface NewsSink {
  /** @param channel the kind of the news; kinds that are not known are ignored */
  news(channel: string, text: string): void;
  /** Whether news are proven to arrive. Until the first call they are not. */
  arrive(proven: boolean): void;
}

/** Starts a carrier, which brings the news of these channels to the sink until it is disposed. */
export type OpenCarrier = (sink: NewsSink, channels: readonly string[]) => Carrier;
