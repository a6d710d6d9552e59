import type { Domain } from '../domain.ts';
import type { WebhooksConfig } from './config.ts';
import { webhookPolicy, webhookPolicyKey } from './events.ts';
import './links.graph.ts';
import './mutations.graph.ts';
import { retainedDeliveries } from './store.ts';
import { startWorker } from './worker.domain.ts';

/** Addresses that are called for alerts, and a queue of calls. */
export function webhooksDomain(config: WebhooksConfig): Domain {
  return {
    name: 'webhooks',
    retained: [retainedDeliveries],
    start(context) {
      const { allowPrivate } = config;
      context.journal.gauges.put([
        { topic: webhookPolicy, key: webhookPolicyKey, payload: { allowPrivate } },
      ]);
      const worker = startWorker(context, config);
      return Promise.resolve({ stop: () => worker.stop() });
    },
  };
}
