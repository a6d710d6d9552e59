import { maskUrl } from '../lib/mask.ts';
import { redisUrl } from './parsers.ts';
import { section } from './setting.ts';

export const newsSettings = section({
  title: 'Several instances',
  settings: {
    redisUrl: {
      env: 'REDIS_URL',
      type: redisUrl,
      secret: true,
      shown: maskUrl,
      aliases: ['VALKEY_URL'],
      unset: 'notifications of PostgreSQL',
      description:
        'URL of a Redis 6 or Valkey server through which instances tell each other what they have stored: redis://user:password@host:6379/0, or rediss:// for TLS. All instances need the same one. See docs/scaling.md for when it helps.',
    },
  },
});
