import { connectionLink, nodeLink } from '../../graph/links.ts';
import { Alert } from '../alerts/alerts.graph.ts';
import { auditLogs } from '../governance/audit.graph.ts';
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

connectionLink(Webhook, 'events', auditLogs, {
  description:
    'The entries of the audit log about the webhook, most recent first: its creation, its changes and its tests. ' +
    'Source: the table audit_log.',
  of: ({ webhookId: targetId }) => ({ targetId }),
});
