import { integer } from '../../config/parsers.ts';
import { section } from '../../config/setting.ts';

const dayMs = 86_400_000;

export const slowQuerySettings = section({
  title: 'Slow queries',
  settings: {
    thresholdMs: {
      env: 'SLOW_QUERY_THRESHOLD_MS',
      type: integer(1, dayMs),
      default: '1000',
      description: 'Milliseconds from which a query counts as slow.',
    },
  },
});
