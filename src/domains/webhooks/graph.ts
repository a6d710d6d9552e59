import { builder } from '../../graph/builder.ts';
import { describedEnum, eventEnum } from '../../graph/event-enum.ts';
import {
  boolean,
  dateTime,
  exposedFields,
  id,
  int,
  json,
  named,
  nullable,
  of,
  string,
} from '../../graph/exposed-fields.ts';
import { keysetConnection, searchedPages, searchedRarely } from '../../graph/keyset-connection.ts';
import { fromList, nodeType } from '../../graph/node.ts';
import { SeverityType, type Severity } from '../../graph/severity.ts';
import { timeRangeFields } from '../../graph/time-range-fields.ts';
import { camelKeys } from '../../lib/case-keys.ts';
import { deliveryList, toWebhook, webhookList } from './store.ts';
import {
  webhookEvents,
  type DeliveryRecord,
  type DeliveryStatus,
  type WebhookEvent,
  type WebhookRecord,
} from './webhook.ts';

export const WebhookEventType = eventEnum<WebhookEvent>(
  'WebhookEventType',
  'Events of alerts for which a webhook is called.',
  {
    RAISED: ['alert.raised', 'An alert was raised, and no silence applies to it.'],
    UNSILENCED: ['alert.unsilenced', 'The silence of an alert that is not resolved ended.'],
    ACKNOWLEDGED: ['alert.acknowledged', 'An operator acknowledged an alert.'],
    RESOLVED: ['alert.resolved', 'The cause of an alert ended, or an operator resolved the alert.'],
  },
);

export const webhookTexts = {
  webhookId: 'Identifies the webhook.',
  name: 'Name for people.',
  url: 'The address that is called with POST.',
  enabled: 'Whether the webhook is called.',
  eventTypes: 'The types of the events for which the webhook is called.',
  severities: 'The severities of the alerts for which the webhook is called.',
  alertTypes: 'The types of the alerts for which the webhook is called.',
} as const;

export const Webhook = nodeType<WebhookRecord>('Webhook', {
  description:
    'An address that is called for alerts. Each call is a POST with a JSON body and the headers of Standard Webhooks, whose ' +
    'signature proves that the server made the call. Source: the table webhooks.',
  key: ({ webhookId }) => webhookId,
  load: fromList(webhookList, toWebhook),
  requires: 'manage',
  fields: (t) => ({
    ...exposedFields(t, {
      webhookId: id(webhookTexts.webhookId),
      name: string(webhookTexts.name),
      url: string(webhookTexts.url),
      enabled: boolean(webhookTexts.enabled),
      createdBy: id('Subject of the credential that created the webhook.'),
      createdAt: dateTime('When the webhook was created.'),
      updatedAt: dateTime('When the webhook was last changed.'),
    }),
    eventTypes: t.field({
      type: [WebhookEventType],
      nullable: true,
      description: `${webhookTexts.eventTypes} Null: all.`,
      resolve: ({ events }) => events && [...events],
    }),
    severities: t.field({
      type: [SeverityType],
      nullable: true,
      description: `${webhookTexts.severities} Null: all.`,
      resolve: ({ severities }) => severities && ([...severities] as Severity[]),
    }),
    alertTypes: t.stringList({
      nullable: true,
      description: `${webhookTexts.alertTypes} Null: all.`,
      resolve: ({ alertTypes }) => alertTypes && [...alertTypes],
    }),
  }),
});

const WebhookFilterInput = builder.inputType('WebhookFilter', {
  description: 'Selects webhooks that match all given conditions.',
  fields: (t) => ({
    enabled: t.boolean({ description: 'True: only webhooks that are called. False: only disabled ones.' }),
    createdBy: t.id({ description: 'Only webhooks that this subject of a credential created.' }),
    search: t.string({
      bounds: { chars: [1, 200] },
      description: 'A part of the name or of the address, in upper or lower case.',
    }),
    ...timeRangeFields(t, 'webhooks that were created'),
  }),
});

keysetConnection('webhooks', {
  name: 'Webhook',
  type: Webhook,
  list: webhookList,
  node: toWebhook,
  requires: 'manage',
  description: `Returns the webhooks, most recently created first. Source: the table webhooks. ${searchedRarely('`enabled`, `createdBy` or `search`')}`,
  followedBy: 'auditEvents',
  page: 'A page of webhooks.',
  edge: 'A webhook and its position in the list.',
  totalCount: 'Number of webhooks that match the filter.',
  filterInput: WebhookFilterInput,
  one: {
    field: 'webhook',
    description: 'Returns one webhook. Null if it does not exist.',
    key: 'webhookId',
    keyDescription: 'The value of `webhookId` that `createWebhook` returned.',
  },
});

const DeliveryStatusType = describedEnum<DeliveryStatus>(
  'WebhookDeliveryStatus',
  'Whether an event was delivered to a webhook.',
  {
    PENDING: 'A call has not been made, or failed and is repeated.',
    DELIVERED: 'The last call was answered with a status from 200 to 299.',
    FAILED: 'All calls failed. None is made any longer.',
    CANCELLED: 'The webhook was disabled or deleted before the event was delivered.',
  },
);

export const WebhookDelivery = nodeType<DeliveryRecord>('WebhookDelivery', {
  description:
    'The delivery of one event to one webhook, with the result of its last call. A call may be repeated although the receiver ' +
    'has processed it: receivers recognize it by the header `webhook-id`, which is `deliveryId`.',
  key: ({ deliveryId }) => deliveryId,
  load: fromList(deliveryList, camelKeys),
  requires: 'manage',
  fields: (t) => ({
    ...exposedFields(t, {
      deliveryId: id('Identifies the delivery. It is also the header `webhook-id` of all its calls.'),
      webhookId: id('The webhook that is called.'),
      alertId: nullable.id('The alert concerned. Null for a test.'),
      body: json('The body of the calls.'),
      status: of(DeliveryStatusType, 'Whether the event was delivered.'),
      attempts: named('attemptCount', int('Number of calls that have begun.')),
      nextAttemptAt: nullable.dateTime(
        'When the next call is made. While a call is in progress, when it is repeated if its result is not stored. Null if ' +
          'no further call is made.',
      ),
      lastAttemptAt: nullable.dateTime('When the last call began. Null before the first.'),
      responseStatus: named(
        'httpStatusCode',
        nullable.int('HTTP status of the last response. Null if there was none.'),
      ),
      error: nullable.string(
        'Why the last call failed, for people. Null if it succeeded, or before the first.',
      ),
      durationMs: nullable.float('Duration of the last call in milliseconds. Null before the first.'),
      createdAt: dateTime('When the event was stored.'),
      finishedAt: nullable.dateTime('When the event was delivered, or had failed. Null while it is pending.'),
    }),
    eventType: t.field({
      type: WebhookEventType,
      nullable: true,
      description:
        'The type of the event, `type` in the body: `RAISED` is `alert.raised`. Null for a test, whose type is `webhook.test`.',
      resolve: ({ event }) =>
        (webhookEvents as readonly string[]).includes(event) ? (event as WebhookEvent) : null,
    }),
  }),
});

const DeliveryFilter = builder.inputType('WebhookDeliveryFilter', {
  description: 'Selects deliveries that match all given conditions.',
  fields: (t) => ({
    webhookId: t.id({ description: 'Only deliveries to this webhook.' }),
    statuses: t.field({
      type: [DeliveryStatusType],
      description: 'Only deliveries with one of these statuses.',
    }),
  }),
});

export const webhookDeliveries = keysetConnection('webhookDeliveries', {
  name: 'WebhookDelivery',
  type: WebhookDelivery,
  list: deliveryList,
  node: camelKeys,
  requires: 'manage',
  description:
    'Returns the deliveries to webhooks, newest event first. Source: the table webhook_deliveries, which keeps them for ' +
    `RETENTION_DAYS after they ended. ${searchedPages('`webhookId` and `statuses`')}`,
  page: 'A page of deliveries.',
  edge: 'A delivery and its position in the list.',
  totalCount: 'Number of retained deliveries that match the filter.',
  filterInput: DeliveryFilter,
  filter: ({ webhookId = null, statuses = null }) => ({ webhookId, statuses }),
  one: {
    field: 'webhookDelivery',
    description: 'Returns one delivery. Null if it does not exist or is no longer retained.',
    key: 'deliveryId',
    keyDescription: 'The value of `deliveryId`, or of the header `webhook-id` of a call.',
  },
});
