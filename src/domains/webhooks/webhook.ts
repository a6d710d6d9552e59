/** The types of events in the bodies of calls. */
export const webhookEvents = [
  'alert.raised',
  'alert.unsilenced',
  'alert.acknowledged',
  'alert.resolved',
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/** What a mutation sets. A filter that is null selects all. */
export interface WebhookDefinition {
  readonly name: string;
  readonly url: string;
  readonly enabled: boolean;
  readonly events: readonly WebhookEvent[] | null;
  readonly severities: readonly string[] | null;
  readonly alertTypes: readonly string[] | null;
}

export interface WebhookRecord extends WebhookDefinition {
  readonly webhookId: string;
  /** The position in the log up to which events are among the deliveries. */
  readonly position: number;
  /** The subject of a credential. */
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type DeliveryStatus = 'PENDING' | 'DELIVERED' | 'FAILED' | 'CANCELLED';

export interface DeliveryRecord {
  /** Also the header `webhook-id`. */
  readonly deliveryId: string;
  readonly webhookId: string;
  /** One of `webhookEvents`, or `webhook.test`. */
  readonly event: string;
  readonly alertId: string | null;
  readonly body: unknown;
  readonly status: DeliveryStatus;
  /** Calls that have begun. */
  readonly attempts: number;
  /** Null if no further call is made. While a call is made: when another instance may repeat it. */
  readonly nextAttemptAt: Date | null;
  readonly lastAttemptAt: Date | null;
  /** Of the last call; null if there was no response. */
  readonly responseStatus: number | null;
  /** Why the last call failed; null if it succeeded. */
  readonly error: string | null;
  readonly durationMs: number | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** The result of one call. */
export interface CallResult {
  readonly responseStatus: number | null;
  readonly error: string | null;
  readonly durationMs: number;
}
