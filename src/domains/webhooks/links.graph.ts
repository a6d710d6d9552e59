import { connectionLink, nodeLink } from '../../graph/links.ts';
import { Alert } from '../alerts/alerts.graph.ts';
import { Webhook, WebhookDelivery, webhookDeliveries } from './graph.ts';

nodeLink(WebhookDelivery, 'webhook', {
  to: Webhook,
  description: 'The webhook that is called. Null if it was deleted.',
  key: ({ webhookId }) => webhookId,
});

nodeLink(WebhookDelivery, 'alert', {
  to: Alert,
  description: 'The alert concerned. Null for `webhook.test`, and if the alert is no longer retained.',
  key: ({ alertId }) => alertId,
});

connectionLink(Webhook, 'deliveries', webhookDeliveries, {
  description: 'The deliveries to the webhook, newest event first.',
  of: ({ webhookId }) => ({ webhookId }),
});
