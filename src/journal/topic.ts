/**
 * How the entries of a topic are delivered.
 *
 * LATEST: gauges. Only the newest value per key matters. Nothing is stored, and a slow reader skips to the newest
 * value. EVERY: events. Each event is stored, numbered in commit order, and delivered to each reader once and in order.
 */
export type Delivery = 'LATEST' | 'EVERY';

declare const payloadOf: unique symbol;

export interface Topic<Payload = unknown, Mode extends Delivery = Delivery> {
  readonly name: string;
  readonly delivery: Mode;
  readonly [payloadOf]?: Payload;
}

/** The payload type of a topic's entries. */
export type PayloadOf<T extends Topic> = T extends Topic<infer Payload> ? Payload : never;

export function latest<Payload>(name: string): Topic<Payload, 'LATEST'> {
  return { name, delivery: 'LATEST' };
}

export function every<Payload>(name: string): Topic<Payload, 'EVERY'> {
  return { name, delivery: 'EVERY' };
}

/** One item of the journal. Frozen, because all readers share it. */
export interface Entry<Payload = unknown> {
  readonly topic: string;
  /** The object that the entry is about: a host id, a model id, an actor. */
  readonly key: string;
  /** EVERY: the type of event, in the past tense. LATEST: empty. */
  readonly type: string;
  /** EVERY: the idempotency key. LATEST: empty. */
  readonly id: string;
  /** EVERY: position in the log, in commit order. LATEST: a version that increases within this process. */
  readonly seq: number;
  /** When it happened, according to the source. Unix milliseconds. */
  readonly occurredAt: number;
  /** When it was added to the journal. Unix milliseconds. */
  readonly recordedAt: number;
  /** LATEST: more than a measured number has changed, so the value does not wait for the reader's interval. */
  readonly urgent: boolean;
  /** EVERY: subject of the credential with which it was reported. Null or absent: the server created it. */
  readonly reportedBy?: string | null;
  readonly payload: Payload;
}

/** An event before it is stored. */
export interface Draft<Payload = unknown> {
  readonly topic: Topic<Payload, 'EVERY'>;
  readonly key: string;
  readonly type: string;
  /** Idempotency key: a second draft with the same id is accepted and not stored again. Default: a new UUID. */
  readonly id?: string;
  /** Of what a producer reported under `id`. A second draft with the same id and another digest is rejected. */
  readonly digest?: string;
  /** Unix milliseconds. Default: now. */
  readonly occurredAt?: number;
  /** Subject of the credential with which it is reported. Absent: the server creates it. */
  readonly reportedBy?: string;
  readonly payload: Payload;
}

/** A new value of a gauge. A null payload removes the key. */
export interface Gauge<Payload = unknown> {
  readonly topic: Topic<Payload, 'LATEST'>;
  readonly key: string;
  readonly payload: Payload | null;
  /** Unix milliseconds. Default: now. */
  readonly occurredAt?: number;
  readonly urgent?: boolean;
}
