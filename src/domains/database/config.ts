import { milliseconds } from '../../config/parsers.ts';
import { section } from '../../config/setting.ts';

export const slowQuerySettings = section({
  title: 'Slow queries',
  settings: {
    thresholdMs: {
      env: 'SLOW_QUERY_THRESHOLD_MS',
      type: milliseconds(1),
      default: '1000',
      description: 'Milliseconds from which a query counts as slow.',
    },
  },
});
