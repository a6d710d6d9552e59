import { flag, integer, seconds } from '../../config/parsers.ts';
import { section } from '../../config/setting.ts';

export const webhookSettings = section({
  title: 'Webhooks',
  prefix: 'WEBHOOK_',
  settings: {
    allowPrivate: {
      env: 'WEBHOOK_ALLOW_PRIVATE',
      type: flag,
      default: 'false',
      description:
        'Whether webhooks may use http:// and addresses that are not public: loopback, private and link-local ones.',
    },
    timeoutMs: {
      env: 'WEBHOOK_TIMEOUT_S',
      type: seconds(1, 60),
      default: '10',
      description: 'Time limit of one call, in seconds.',
    },
    attemptsMax: {
      env: 'WEBHOOK_ATTEMPTS_MAX',
      type: integer(1, 30),
      default: '10',
      description: 'Calls after which a delivery has failed.',
    },
    retryMs: {
      env: 'WEBHOOK_RETRY_S',
      type: seconds(1, 3_600),
      default: '5',
      description:
        'Time before the second call, in seconds. Each further wait is four times as long, at most an hour.',
    },
  },
});

export type WebhooksConfig = ReturnType<typeof webhookSettings.resolve>;
