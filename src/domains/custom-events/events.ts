import type { Severity } from '../../graph/severity.ts';
import { every } from '../../journal/topic.ts';

/** An event of a type that its producer has made up. */
export interface CustomEvent {
  readonly type: string;
  /** What the event is about. Null if the producer named nothing. */
  readonly subject: string | null;
  readonly severity: Severity;
  /** For people. */
  readonly message: string;
  /** Any JSON value; null if the producer gave none. */
  readonly data: unknown;
}

/** Keyed by subject; by type for events without one. The type of the entries is `customEventReported`. */
export const customEvents = every<CustomEvent>('custom.events');
