import type { ClientConfig } from 'pg';

/** The connection settings of the embedded database, which the primary runs. */
export type EmbeddedConnection = Pick<ClientConfig, 'host' | 'port' | 'user' | 'database' | 'ssl'>;

/** Counts per key under a name, such as open WebSockets per client address. */
export interface CountChanges {
  readonly name: string;
  readonly counts: readonly (readonly [key: string, count: number])[];
}

/** What the primary sends to a worker. */
export type ToWorker =
  | {
      readonly kind: 'start';
      /** Position of the worker among the others, from 0. A replacement has that of its predecessor. */
      readonly slot: number;
      /** Null: the database of DATABASE_URL. */
      readonly embedded: EmbeddedConnection | null;
    }
  /** News of an instance, as a carrier brought it. */
  | { readonly kind: 'news'; readonly channel: string; readonly text: string }
  /** Whether news are proven to arrive at the primary. */
  | { readonly kind: 'arrive'; readonly proven: boolean }
  /** The counts of the other workers together. */
  | { readonly kind: 'counts'; readonly changes: readonly CountChanges[] }
  /** Asks for this worker's part of something. */
  | { readonly kind: 'ask'; readonly id: number; readonly what: string }
  /** The parts of the other workers. */
  | { readonly kind: 'gathered'; readonly id: number; readonly parts: readonly unknown[] }
  /** `replaced`: another worker takes over, so connections are no longer accepted. */
  | { readonly kind: 'stop'; readonly replaced: boolean };

/** What a worker sends to the primary. */
export type ToPrimary =
  /** The worker receives messages from now on; Node drops earlier ones. */
  | { readonly kind: 'started' }
  | { readonly kind: 'ready'; readonly addresses: Addresses }
  /** Sent once a second, so that a worker that hangs is found. */
  | { readonly kind: 'alive' }
  /** The worker's own counts. */
  | { readonly kind: 'counts'; readonly changes: readonly CountChanges[] }
  /** Wants the parts of the other workers. */
  | { readonly kind: 'gather'; readonly id: number; readonly what: string }
  | { readonly kind: 'part'; readonly id: number; readonly part: unknown };

/** Where clients connect. */
export interface Addresses {
  readonly http: string;
  readonly graphql: string;
  readonly websocket: string;
}
