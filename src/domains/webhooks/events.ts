import { latest } from '../../journal/topic.ts';

/** What the settings allow webhooks to call. */
export interface WebhookPolicy {
  readonly allowPrivate: boolean;
}

/** Put once, at the start. */
export const webhookPolicy = latest<WebhookPolicy>('webhooks.policy');
/** The gauge's only key. */
export const webhookPolicyKey = 'all';
