/**
 * A topic names one kind of thing that happens and declares, in one place, how it is delivered.
 *
 * LATEST: a gauge. Only the newest value per key counts; a slow reader skips to it; nothing is stored.
 * EVERY: an event. Each one is stored, numbered in commit order, and delivered once and in order.
 */
export type Delivery = 'LATEST' | 'EVERY';

declare const payloadOf: unique symbol;

export interface Topic<Payload = unknown, Mode extends Delivery = Delivery> {
  readonly name: string;
  readonly delivery: Mode;
  readonly [payloadOf]?: Payload;
}

/** The payload type that entries of a topic carry. */
export type PayloadOf<T extends Topic> = T extends Topic<infer Payload> ? Payload : never;

export function latest<Payload>(name: string): Topic<Payload, 'LATEST'> {
  return { name, delivery: 'LATEST' };
}

export function every<Payload>(name: string): Topic<Payload, 'EVERY'> {
  return { name, delivery: 'EVERY' };
}

/** One thing that happened, as the journal holds it. Frozen: readers share it. */
export interface Entry<Payload = unknown> {
  readonly topic: string;
  /** What it is about: a host id, a model id, an actor. */
  readonly key: string;
  /** EVERY: the kind of event in past tense. LATEST: the empty string. */
  readonly type: string;
  /** EVERY: the idempotency key. LATEST: the empty string. */
  readonly id: string;
  /** EVERY: position in the log, in commit order. LATEST: a version that grows within this process. */
  readonly seq: number;
  /** Unix milliseconds: when it happened, as the source says. */
  readonly occurredAt: number;
  /** Unix milliseconds: when the journal took it in. */
  readonly recordedAt: number;
  /** LATEST: more than a measured number changed, so readers are not to wait for their interval. */
  readonly urgent: boolean;
  /** EVERY: the subject whose credential reported it. Null or absent: the server recorded it itself. */
  readonly reportedBy?: string | null;
  readonly payload: Payload;
}

/** An event on its way into the log. */
export interface Draft<Payload = unknown> {
  readonly topic: Topic<Payload, 'EVERY'>;
  readonly key: string;
  readonly type: string;
  /** Idempotency key; a second draft with the same id is accepted and not stored again. Default: a new UUID. */
  readonly id?: string;
  /** Unix milliseconds. Default: now. */
  readonly occurredAt?: number;
  /** The subject whose credential reports it. Absent: the server records it itself. */
  readonly reportedBy?: string;
  readonly payload: Payload;
}

/** A new value of a gauge. A null payload says that the key has ceased to be. */
export interface Gauge<Payload = unknown> {
  readonly topic: Topic<Payload, 'LATEST'>;
  readonly key: string;
  readonly payload: Payload | null;
  /** Unix milliseconds. Default: now. */
  readonly occurredAt?: number;
  readonly urgent?: boolean;
}
